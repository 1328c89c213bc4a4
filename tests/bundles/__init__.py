"""Tests of keys, certificates, and the sealed envelope."""
