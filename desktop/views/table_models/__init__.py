"""Item models of Qt over records."""
