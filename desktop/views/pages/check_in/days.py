"""Days as they are typed at check-in."""

from datetime import date


def is_day(text: str) -> bool:
    """Tell whether a text is a day as it is kept: 2026-09-20."""
    try:
        return date.fromisoformat(text.strip()).isoformat() == text.strip()
    except ValueError:
        return False
