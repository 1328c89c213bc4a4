"""The first start: create the school, join it, or try the program."""
