"""籍册 (Jice): student and credential registration for the offices of a college."""

__version__ = "0.1.0"
