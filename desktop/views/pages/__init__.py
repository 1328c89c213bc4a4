"""The pages of the main window, one file or folder each, listed in one table."""
