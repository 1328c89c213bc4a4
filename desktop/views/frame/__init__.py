"""The main window around the pages: rail, header, history, status line."""
