"""Tests of the window: wizards/on_sheet."""
