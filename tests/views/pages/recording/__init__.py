"""Tests of the window: pages/recording."""
