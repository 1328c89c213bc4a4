"""A college's whole round of procedure three, played by the program's own use cases on files."""
