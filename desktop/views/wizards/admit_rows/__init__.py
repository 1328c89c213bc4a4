"""The wizard that lets rows in that were held back: one, mended; or several, as they stand."""
