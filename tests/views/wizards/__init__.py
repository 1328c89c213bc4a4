"""Tests of the window: wizards."""
