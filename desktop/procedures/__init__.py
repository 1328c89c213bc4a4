"""What an office does: one function, one use case, one transaction."""
