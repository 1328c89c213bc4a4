"""The wizard that brings a file in: chosen, recognised, mended, compared, written."""
