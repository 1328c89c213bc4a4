"""Which copies stay: a day of all, a week of days, two months of weeks, then months."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.backups import BackupCopy, to_thin

NOW = datetime(2026, 11, 25, 17, 0, tzinfo=UTC)
COPY = BackupCopy("", "", "张老师", "12354", "001", "教务处学籍科", False, 1, 1, "", "")


def copies(ages: list[timedelta]) -> list[BackupCopy]:
    """Return copies of these ages."""
    return [
        replace(COPY, folder=str(n), made_at=(NOW - age).isoformat()) for n, age in enumerate(ages)
    ]


def stay(ages: list[timedelta]) -> list[timedelta]:
    """Return the ages of the copies that stay."""
    made = copies(ages)
    gone = to_thin(made, NOW)
    return [NOW - copy.made for copy in made if copy not in gone]


def hours(*ages: float) -> list[timedelta]:
    return [timedelta(hours=age) for age in ages]


def days(*ages: float) -> list[timedelta]:
    return [timedelta(days=age) for age in ages]


def test_of_the_last_day_all_stay() -> None:
    assert stay(hours(0, 1, 2, 23)) == hours(0, 1, 2, 23)


def test_of_each_of_the_last_days_the_latest_stays() -> None:
    assert stay(days(2, 2.1, 2.2, 5, 5.5)) == days(2, 5)


def test_of_each_week_then_of_each_month_the_latest_stays() -> None:
    assert stay(days(10, 11, 12, 17)) == days(10, 17)
    assert stay(days(100, 105, 130)) == days(100, 130)


@given(st.lists(st.integers(0, 24 * 400), max_size=60))
def test_the_latest_stays_and_thinning_again_thins_nothing(ages: list[int]) -> None:
    made = copies(hours(*ages))
    gone = to_thin(made, NOW)
    left = [copy for copy in made if copy not in gone]
    if made:
        assert max(copy.made for copy in left) == max(copy.made for copy in made)
    assert to_thin(left, NOW) == ()
    assert set(left).isdisjoint(gone)
