"""Tests of the window: the user guide."""
