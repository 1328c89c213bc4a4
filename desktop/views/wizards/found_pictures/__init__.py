"""Pictures that were found in a folder, before they come in: a table, each picture, what to do."""
