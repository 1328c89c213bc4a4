"""The page 读入记录: every file that was read in, what became of its rows, and undoing it."""
