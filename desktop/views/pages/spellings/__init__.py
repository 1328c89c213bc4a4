"""The page 写法认定: which spellings mean the same for everybody, and what waits to be decided."""
