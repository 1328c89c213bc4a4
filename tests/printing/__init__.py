"""Papers, read back and looked at."""
