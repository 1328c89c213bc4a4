"""The page of documents: everything that was made, with a preview."""
