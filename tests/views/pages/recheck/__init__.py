"""The pages of the re-check, as a college uses them."""
