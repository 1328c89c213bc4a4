"""Tests of the window: wizards/print_sheets."""
