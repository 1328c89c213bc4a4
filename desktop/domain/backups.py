"""Copies of a store: what is known of each, and which are kept as time goes by."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

_DAYS, _WEEKS = timedelta(days=7), timedelta(days=60)


@dataclass(frozen=True, slots=True)
class BackupCopy:
    """One copy, as its own description tells it.

    Attributes:
        folder: where it lies.
        made_at: when, as ISO text with its offset.
        operator: who made it.
        school_code: of the seat to which it belongs, as the three after it.
        seat: the seat's number.
        office_name: the office's name.
        training: whether it is practice.
        statements: how many statements it holds.
        size: of its database, in bytes.
        sha256: of its database: when that is another, the copy is damaged.
        state_digest: what the doctor found; a store that reads the same has the same.
        school_name: of the school at that time; "" in copies of before it was written down.
        students: how many students it knows; None in copies of before they were counted.
    """

    folder: str
    made_at: str
    operator: str
    school_code: str
    seat: str
    office_name: str
    training: bool
    statements: int
    size: int
    sha256: str
    state_digest: str
    school_name: str = ""
    students: int | None = None

    @property
    def made(self) -> datetime:
        """When it was made."""
        return datetime.fromisoformat(self.made_at)


def to_thin(copies: Iterable[BackupCopy], now: datetime) -> tuple[BackupCopy, ...]:
    """Return the copies that are no longer needed.

    Of the last day all stay, of the last seven days one each, then one a week for two months,
    then one a month. Of a day, a week, a month it is the latest that stays, so the latest of all
    always does.

    Args:
        copies: good ones only; what is damaged counts for nothing.
        now: the present time.
    """
    seen: set[Collection[object]] = set()
    needless = []
    for copy in sorted(copies, key=lambda one: one.made, reverse=True):
        span = _span(copy.made, now)
        if span in seen:
            needless.append(copy)
        seen.add(span)
    return tuple(needless)


def _span(made: datetime, now: datetime) -> Collection[object]:
    """Return of which stretch of time a copy is one; only one of each stays."""
    age = now - made
    if age < timedelta(days=1):
        return ("moment", made)
    if age < _DAYS:
        return ("day", made.date())
    if age < _WEEKS:
        return ("week", *made.isocalendar()[:2])
    return ("month", made.year, made.month)
