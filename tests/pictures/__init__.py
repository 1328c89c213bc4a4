"""Tests of pictures that others bring."""
