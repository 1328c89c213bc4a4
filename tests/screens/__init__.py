"""The pictures of the window: nothing of the program is left out."""
