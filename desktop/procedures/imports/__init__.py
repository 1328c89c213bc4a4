"""The import desk: lists opened, mended, compared, written, undone (ADR 39)."""
