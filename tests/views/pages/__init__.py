"""Tests of the window: pages."""
