"""Tests of the window: frame."""
