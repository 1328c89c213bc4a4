"""The page of one student: who it is, how things stand, and all that was ever said."""
