"""Tests of the window: the page of one student."""
