"""Tests of the window: pages/signing."""
