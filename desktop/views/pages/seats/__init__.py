"""The page 席位: the seats of the school; joining, renewing, sending away."""
