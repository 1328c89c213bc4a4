"""What each kind of list states, about whom, for what, and which offices may read it."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from desktop.domain.authority import ASPECTS, YEARLY, may_state
from desktop.domain.duties import READERS
from desktop.domain.import_problems import ListFile
from desktop.domain.imports import Target
from desktop.domain.offices import OfficeKind
from desktop.domain.rounds import Procedure, Round
from desktop.domain.students import IDENTITY_FIELDS
from desktop.domain.wording import VALUE_TITLES, year_text
from desktop.errors import ImportRefused
from desktop.interchange.tables import list_kinds
from desktop.procedures.session import Session

_AUTUMN: Final = 8  # the month in which a school year begins
_SCHOOL_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)\s*[-—－至~]+\s*(20\d\d)(?!\d)")
_CLASS_OF: Final = re.compile(r"(?<!\d)(20\d\d)\s*届")


class AskedFor(Enum):
    """What has to be chosen for a list, besides the file."""

    ROUND = "round"
    SCHOOL_YEAR = "school_year"
    YEAR = "year"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class KindRule:
    """What a kind of list states.

    Attributes:
        kind: its name.
        about: the aspect that its own fields go to, "" for none.
        fields: the list's field for each field of that aspect.
        keys: the numbers by which its students are known, the first counts most.
        identities: the fields of the identity that it states; none where it brings no students.
        asked: what has to be chosen.
    """

    kind: str
    about: str
    fields: Mapping[str, str]
    keys: tuple[str, ...]
    identities: tuple[str, ...]
    asked: AskedFor

    @property
    def title(self) -> str:
        """What it is called."""
        return list_kinds()[self.kind].title

    def span(self, target: Target) -> str:
        """Return the year of what a list states of its own, "" where that lasts."""
        return target.year if self.about in YEARLY else ""

    @property
    def aspects(self) -> tuple[str, ...]:
        """Everything that it may state."""
        students = ("class_group", "identity", "placement") if self.identities else ()
        roster = ("roster",) if self.asked is AskedFor.ROUND else ()
        return (*students, *roster, *filter(None, [self.about]))


def _own(aspect: str) -> dict[str, str]:
    """Return the fields of an aspect that are called alike in the list, in the order of forms."""
    order = list(VALUE_TITLES)
    fields = sorted(ASPECTS[aspect].fields, key=lambda one: (one == "remark", order.index(one)))
    return {field: field for field in fields}


_AS_ADMITTED: Final = ("exam_number", "id_number", "student_number")
_AS_ENROLLED: Final = ("student_number", "exam_number", "id_number")
# 学信网 keeps the result of its identity check in the remark, which so is nothing of the student's
_AT_CHSI: Final = tuple(field for field in IDENTITY_FIELDS if field != "remark")
_CHSI: Final = {**_own("chsi_state"), "identity_check": "remark"}

RULES: Final[Mapping[str, KindRule]] = {
    rule.kind: rule
    for rule in (
        KindRule("new-students", "", {}, _AS_ADMITTED, IDENTITY_FIELDS, AskedFor.ROUND),
        KindRule(
            "continuing-students", "chsi_state", _CHSI, _AS_ENROLLED, _AT_CHSI, AskedFor.NOTHING
        ),
        KindRule("expected-graduates", "chsi_state", _CHSI, _AS_ENROLLED, _AT_CHSI, AskedFor.YEAR),
        KindRule("fees", "fee", _own("fee"), _AS_ENROLLED, (), AskedFor.SCHOOL_YEAR),
        KindRule(
            "face-check", "face_check", _own("face_check"), _AS_ADMITTED, (), AskedFor.NOTHING
        ),
        KindRule("archive", "archive", _own("archive"), _AS_ADMITTED, (), AskedFor.NOTHING),
        KindRule(
            "credit-audit", "credit_audit", _own("credit_audit"), _AS_ENROLLED, (), AskedFor.YEAR
        ),
    )
}
LIST_ASPECTS: Final = tuple(dict.fromkeys(rule.about for rule in RULES.values() if rule.about))
"""What lists state of students besides who they are."""


def readable_kinds(office: OfficeKind) -> tuple[KindRule, ...]:
    """Return the kinds of lists that an office may read in: those of which it may state all."""
    return tuple(rule for rule in RULES.values() if all(may_state(office, a) for a in rule.aspects))


def require_reader(session: Session) -> None:
    """Raise unless the seat's office reads lists in at all.

    Raises:
        NotAllowed: it does not.
    """
    session.require(*READERS)


def require_readable(office: OfficeKind, kind: str) -> KindRule:
    """Return what a kind of list states, if this office may read it in.

    Raises:
        ImportRefused: it may not.
    """
    rule = RULES[kind]
    if rule not in readable_kinds(office):
        raise ImportRefused(
            f"“{rule.title}”不归本部门读入。", "请把文件交给教务处学籍科，或者由负责的部门读入。"
        )
    return rule


def guess_target(file: ListFile, rounds: Iterable[Round], today: date) -> Target:
    """Return what a list is for, as far as the file or the day tells."""
    asked = RULES[file.kind].asked
    if asked is AskedFor.ROUND:
        return Target(file.kind, round=_likely_round(file, rounds))
    if asked is AskedFor.SCHOOL_YEAR:
        return Target(file.kind, year=_school_year(file.file_name, today))
    if asked is AskedFor.YEAR:
        return Target(file.kind, year=_graduation_year(file, today))
    return Target(file.kind)


def year_of_day(asked: AskedFor, day: date) -> str:
    """Return the school year of a day, the year in which its last class graduates, or ""."""
    autumn = day.month >= _AUTUMN
    if asked is AskedFor.SCHOOL_YEAR:
        begins = day.year if autumn else day.year - 1
        return f"{begins}-{begins + 1}"
    return str(day.year + autumn) if asked is AskedFor.YEAR else ""


def offered_years(kind: str, chosen: str, today: date) -> tuple[tuple[str, str], ...]:
    """Return the years to choose from, each with its words, the latest first."""
    school_years = RULES[kind].asked is AskedFor.SCHOOL_YEAR
    years = {
        f"{year}-{year + 1}" if school_years else str(year)
        for year in range(today.year - 3, today.year + 4)
    }
    return tuple((year, year_text(year)) for year in sorted(years | {chosen}, reverse=True) if year)


def target_title(target: Target, rounds: Mapping[str, str]) -> str:
    """Return what a list is for, in words; "" where its kind needs nothing."""
    if target.round:
        return rounds.get(target.round, target.round)
    return year_text(target.year)


BEGUN_WITH_LISTS: Final = (Procedure.ENTRY_REVIEW, Procedure.STUDENT_REGISTRATION)
"""The procedures whose rounds take in lists of new students."""


def _likely_round(file: ListFile, rounds: Iterable[Round]) -> str:
    """Return the open round of the year in which most of the students begin, else the latest."""
    may = [r for r in rounds if r.open and r.procedure in BEGUN_WITH_LISTS]
    begin = Counter(row.values.get("entry_date", "")[:4] for row in file.rows)
    begin.pop("", None)
    common = begin.most_common(1)
    fitting = [r for r in may if common and r.entry_year == common[0][0]]
    if not may:
        return ""
    return max(fitting or may, key=lambda round_: (round_.entry_year, round_.deadline)).id


def _school_year(file_name: str, today: date) -> str:
    for first, second in _SCHOOL_YEAR.findall(file_name):
        if int(second) == int(first) + 1:
            return f"{first}-{second}"
    return year_of_day(AskedFor.SCHOOL_YEAR, today)


def _graduation_year(file: ListFile, today: date) -> str:
    if named := _CLASS_OF.search(file.file_name):
        return named[1]
    years = Counter(row.values.get("expected_graduation_date", "")[:4] for row in file.rows)
    years.pop("", None)
    if years:
        return years.most_common(1)[0][0]
    return year_of_day(AskedFor.YEAR, today)
