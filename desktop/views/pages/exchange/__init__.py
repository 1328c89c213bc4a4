"""The page 收发: what came, what went with its answer, what was refused and why."""
