"""Dates as offices write them, read into the one form that everything here uses: YYYYMMDD."""

import re
from datetime import date

_EARLIEST, _LATEST = 1900, 2100
_SPELLINGS = (
    re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})"),
    re.compile(r"([0-9]{4})\s?[-/.年．－／]\s?([0-9]{1,2})\s?[-/.月．－／]\s?([0-9]{1,2})\s?日?"),
)
_TIME = re.compile(r"[ T][0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?$")
_MONTHS_A_YEAR = 12


def parse_date(text: str) -> str | None:
    """Return ``text`` as YYYYMMDD, or None when it is no date or there is no such day.

    A day is never completed: 2026年9月 has none and is no date.
    """
    text = _TIME.sub("", text.strip())
    for spelling in _SPELLINGS:
        if match := spelling.fullmatch(text):
            return _day(int(match[1]), int(match[2]), int(match[3]))
    return None


def day_words(iso: str) -> str:
    """Return a day as sentences say it, 2026年9月5日 for 2026-09-05; "" for none."""
    if not iso:
        return ""
    year, month, number = iso.split("-")
    return f"{year}年{int(month)}月{int(number)}日"


def study_gap_days(entry: str, years: str, expected: str) -> int:
    """Return how many days ``expected`` lies from ``entry`` plus ``years`` of study.

    Args:
        entry: YYYYMMDD, a valid day.
        years: the 学制, such as "3" or "2.5".
        expected: YYYYMMDD, a valid day.
    """
    start = _to_date(entry)
    months = start.month - 1 + round(float(years) * _MONTHS_A_YEAR)
    year, month = start.year + months // _MONTHS_A_YEAR, months % _MONTHS_A_YEAR + 1
    end = date(year, month, 1).toordinal() + start.day - 1
    return abs(_to_date(expected).toordinal() - end)


def _to_date(text: str) -> date:
    return date(int(text[:4]), int(text[4:6]), int(text[6:8]))


def _day(year: int, month: int, day: int) -> str | None:
    try:
        date(year, month, day)
    except ValueError:
        return None
    return f"{year:04d}{month:02d}{day:02d}" if _EARLIEST <= year <= _LATEST else None
