"""What a round of procedures one and two asks for: settings, with this college's values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Final

from desktop.domain.review_fields import ANSWER_FIELDS, REVIEW_RULE_FIELDS

_MONTHS_OF_RECHECK: Final = 3  # 41号令 第十一条
SECOND_CHECKS: Final = {"none": "不要求", "doubtful": "存疑和异常的学生", "all": "全部学生"}
DEFAULT_FORM_FIELDS: Final = (
    "name",
    "sex",
    "birth_date",
    "ethnicity",
    "id_number",
    "exam_number",
    "secondary_school",
    "exam_card_number",
    "home_address",
    "family",
)


@dataclass(frozen=True, slots=True)
class ReviewRules:
    """The settings of one round; days are ISO texts, "" where nobody has said.

    Attributes:
        face_link: where students find the face-comparison system.
        face_threshold: the likeness, from 0 to 1, from which a comparison counts.
        second_check: whom a second person looks at: a key of ``SECOND_CHECKS``.
        check_in_from: the first day of check-in.
        check_in_until: the last one.
        no_show_days: after so many days a no-show may be taken to have given the place up.
        report_days: within so many days of the end of check-in the no-shows are reported to the
            provinces that they come from.
        recheck_until: the day by which the re-check must be done.
        form_fields: what the re-check form asks, of ``ANSWER_FIELDS``.
    """

    face_link: str = ""
    face_threshold: float = 0.8
    second_check: str = "doubtful"
    check_in_from: str = ""
    check_in_until: str = ""
    no_show_days: int = 14
    report_days: int = 20
    recheck_until: str = ""
    form_fields: tuple[str, ...] = DEFAULT_FORM_FIELDS

    @property
    def give_up_after(self) -> str:
        """The last day before a no-show may be taken to have given the place up."""
        return _later(self.check_in_until, self.no_show_days)

    @property
    def report_by(self) -> str:
        """The day by which the no-shows are reported."""
        return _later(self.check_in_until, self.report_days)


def read_rules(said: Mapping[str, str]) -> ReviewRules:
    """Return the rules that statements set; what is not said is this college's custom.

    Raises:
        ValueError: a value can not be read.
    """
    values = {field: said.get(field, "") for field in REVIEW_RULE_FIELDS}
    default = ReviewRules()
    asked = tuple(filter(None, values["form_fields"].split(",")))
    if set(asked) - set(ANSWER_FIELDS):
        raise ValueError(f"no such fields: {sorted(set(asked) - set(ANSWER_FIELDS))}")
    if values["second_check"] and values["second_check"] not in SECOND_CHECKS:
        raise ValueError(f"no such rule: {values['second_check']}")
    threshold = float(values["face_threshold"] or default.face_threshold)
    if not 0 <= threshold <= 1:
        raise ValueError(f"no likeness: {threshold}")
    return ReviewRules(
        face_link=values["face_link"],
        face_threshold=threshold,
        second_check=values["second_check"] or default.second_check,
        check_in_from=_day(values["check_in_from"]),
        check_in_until=_day(values["check_in_until"]),
        no_show_days=_days(values["no_show_days"], default.no_show_days),
        report_days=_days(values["report_days"], default.report_days),
        recheck_until=_day(values["recheck_until"]),
        form_fields=asked or default.form_fields,
    )


def recheck_deadline(entry: date) -> date:
    """Return the last day of the three months in which the re-check must be done."""
    month = entry.month + _MONTHS_OF_RECHECK
    year, month = entry.year + (month - 1) // 12, (month - 1) % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(entry.day, last))


def last_recheck_day(rules: ReviewRules, deadline: str) -> str:
    """Return the last day of a re-check: what is set for it, else the deadline of its round.

    Pages, boards and papers all go by this day, so that they count the same days (二(二)).
    """
    return rules.recheck_until or deadline


def days_left(until: str, today: date) -> int | None:
    """Return how many days are left, negative once they are over, None where no day is set."""
    return (date.fromisoformat(until) - today).days if until else None


def percent(likeness: float) -> str:
    """Return a likeness from 0 to 1 as people read it: "86.2%".

    Never rounded up, so that one that is too low does not look like the one that was asked for.
    """
    tenths = (Decimal(str(likeness)) * 100).quantize(Decimal("0.1"), ROUND_DOWN)
    return f"{tenths}%"


def percent_asked(likeness: float) -> str:
    """Return the likeness from which a comparison counts, as it was typed: "80%", "82.5%"."""
    return f"{(Decimal(str(likeness)) * 100).normalize():f}%"


def _later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat() if day else ""


def _day(text: str) -> str:
    return date.fromisoformat(text).isoformat() if text else ""


def _days(text: str, default: int) -> int:
    days = int(text or default)
    if not 0 <= days <= 366:  # noqa: PLR2004 - a year
        raise ValueError(f"no number of days: {text}")
    return days
