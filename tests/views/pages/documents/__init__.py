"""Tests of the window: the page of documents."""
