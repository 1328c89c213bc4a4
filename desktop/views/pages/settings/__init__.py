"""The page of settings: one topic at a time."""
