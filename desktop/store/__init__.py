"""The one file in which a seat keeps everything: journal, readings, unit of work."""
