"""Tests of the window: the page of papers of procedures one and two."""
