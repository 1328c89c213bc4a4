"""The page of cases: who is looked into, what was found, and how it ended."""
