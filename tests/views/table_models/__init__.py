"""Tests of the window: table_models."""
