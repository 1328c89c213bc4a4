"""Tests of the page 读入记录."""
