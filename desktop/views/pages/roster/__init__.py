"""The page 批次名单: new rounds, rosters read again, and the rows that were held back."""
