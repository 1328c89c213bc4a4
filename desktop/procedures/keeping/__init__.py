"""Keeping a store safe: backups, and the check of everything in it."""
