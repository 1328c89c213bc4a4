"""Pure rules on frozen records; standard library only."""
