"""Dates in every spelling of the offices become YYYYMMDD; what is no day is refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.dates import parse_date, study_gap_days

_DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
_SPELLINGS = st.sampled_from(
    [
        "{0:%Y%m%d}",
        "{0:%Y-%m-%d}",
        "{0.year}/{0.month}/{0.day}",
        "{0.year}.{0.month}.{0.day}",
        "{0.year}年{0.month}月{0.day}日",
        " {0:%Y-%m-%d} 00:00:00",
        "{0:%Y-%m-%d}T08:30",
    ]
)


@given(_DAYS, _SPELLINGS)
def test_every_spelling_is_read(day: date, spelling: str) -> None:
    assert parse_date(spelling.format(day)) == f"{day:%Y%m%d}"


@pytest.mark.parametrize(
    "text",
    [
        "20260931",
        "2026-02-29",
        "20260900",
        "202609",
        "2026年9月",
        "46266",
        "0000-00-00",
        "待定",
        "",
        "18990101",
    ],
)
def test_what_is_no_day_is_refused(text: str) -> None:
    assert parse_date(text) is None


@given(st.text(max_size=12))
def test_no_text_breaks_it(text: str) -> None:
    day = parse_date(text)
    assert day is None or len(day) == 8


@pytest.mark.parametrize(
    ("years", "expected", "gap"),
    [("3", "20290901", 0), ("3", "20290630", 63), ("2.5", "20290301", 0), ("3", "20280630", 428)],
)
def test_the_gap_is_counted_in_days(years: str, expected: str, gap: int) -> None:
    assert study_gap_days("20260901", years, expected) == gap


@given(_DAYS, st.sampled_from(["1.5", "2", "2.5", "3", "8"]))
def test_the_gap_is_defined_for_every_day(day: date, years: str) -> None:
    assert study_gap_days(f"{day:%Y%m%d}", years, f"{day:%Y%m%d}") > 500
