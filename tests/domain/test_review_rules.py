"""What a round of procedures one and two asks for."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.review_rules import (
    DEFAULT_FORM_FIELDS,
    ReviewRules,
    days_left,
    percent,
    percent_asked,
    read_rules,
    recheck_deadline,
)


def test_what_is_not_said_is_custom() -> None:
    assert read_rules({}) == ReviewRules()
    assert read_rules({"face_threshold": "", "no_show_days": ""}) == ReviewRules()
    assert ReviewRules().form_fields == DEFAULT_FORM_FIELDS


def test_what_is_said_counts() -> None:
    rules = read_rules(
        {
            "face_threshold": "0.75",
            "second_check": "all",
            "check_in_until": "2026-09-12",
            "no_show_days": "0",
            "form_fields": "name,height",
        }
    )
    assert (rules.face_threshold, rules.second_check) == (0.75, "all")
    assert (rules.give_up_after, rules.report_by) == ("2026-09-12", "2026-10-02")
    assert rules.form_fields == ("name", "height")


@pytest.mark.parametrize(
    "said",
    [
        {"face_threshold": "1.2"},
        {"face_threshold": "high"},
        {"second_check": "sometimes"},
        {"check_in_until": "2026-9-31"},
        {"no_show_days": "-1"},
        {"no_show_days": "1000"},
        {"form_fields": "name,shoe_size"},
    ],
)
def test_what_can_not_be_read_is_refused(said: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=next(iter(said.values())).split(",")[-1]):
        read_rules(said)


@pytest.mark.parametrize(
    ("likeness", "told"),
    [(0.862, "86.2%"), (0.94, "94.0%"), (1.0, "100.0%"), (0.57, "57.0%"), (0.79996, "79.9%")],
)
def test_a_likeness_is_told_in_hundredths_and_never_rounded_up(likeness: float, told: str) -> None:
    assert percent(likeness) == told


@pytest.mark.parametrize(
    ("asked", "told"), [(0.8, "80%"), (0.825, "82.5%"), (0.07, "7%"), (1.0, "100%"), (0.0, "0%")]
)
def test_the_likeness_asked_for_is_told_as_it_was_typed(asked: float, told: str) -> None:
    assert percent_asked(asked) == told


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_the_recheck_ends_three_months_after_the_entry(entry: date) -> None:
    until = recheck_deadline(entry)
    months = (until.year - entry.year) * 12 + until.month - entry.month
    assert months == 3
    assert until.day <= entry.day
    assert until.day == entry.day or (until.replace(day=28).month == until.month)


def test_the_last_day_of_a_short_month() -> None:
    assert recheck_deadline(date(2026, 11, 30)) == date(2027, 2, 28)
    assert recheck_deadline(date(2026, 9, 12)) == date(2026, 12, 12)


def test_days_left_may_be_over() -> None:
    today = date(2026, 9, 12)
    assert days_left("2026-09-12", today) == 0
    assert days_left("2026-09-10", today) == -2
    assert days_left("", today) is None
