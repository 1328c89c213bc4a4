"""Photos of students: looked at, taken in, shown."""
