"""Bundles between offices: planned, written, looked at, merged, withdrawn."""
