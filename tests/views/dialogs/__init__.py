"""Tests of the dialogs of the window."""
