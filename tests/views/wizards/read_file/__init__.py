"""Tests of the wizard that brings a file in."""
