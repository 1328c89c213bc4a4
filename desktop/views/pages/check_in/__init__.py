"""The check-in of new students at the college: the board of its classes, and a class by keys."""
