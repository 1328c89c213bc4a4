"""Tests of the window: look."""
