"""Pages of the check-in."""
