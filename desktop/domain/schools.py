"""The school: what it is called and who leads it, each with the day from which it holds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SchoolFacts:
    """The words that papers print; in a change, "" stands for what stays as it was."""

    code: str = ""  # 国标代码, five digits
    name: str = ""
    president: str = ""
    level: str = ""  # 层次: 专科(高职), 本科


@dataclass(frozen=True, slots=True)
class SchoolVersion:
    """A change, and the day from which it holds, ``YYYY-MM-DD`` ("": from the beginning)."""

    since: str
    facts: SchoolFacts


def school_subject(since: str) -> str:
    """Return the journal's subject for what holds from a day on."""
    return f"school:{since}" if since else "school"
