"""All that was said of a new student in procedures one and two, and where it leads (ADR 34)."""
