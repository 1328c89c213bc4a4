"""核对签字: the classes of a round, and the list of one class."""
