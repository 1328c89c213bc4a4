"""Tests: the same tree as the program, plus architecture and scenarios."""
