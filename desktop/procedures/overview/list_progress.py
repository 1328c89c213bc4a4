"""How far an office is with its lists: whose students they have, whom they lack, what is next.

For offices that state something of students whom others look after (``domain/duties.py``).
"""

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import groupby

from desktop.domain.offices import OfficeKind
from desktop.domain.rounds import ClassGroup
from desktop.domain.students import Identity
from desktop.domain.wording import ASPECT_TITLES, year_text
from desktop.procedures.imports.import_kinds import AskedFor, KindRule, readable_kinds, year_of_day
from desktop.procedures.overview.overview import ToldStudent
from desktop.procedures.registration.boards import NO_CLASS
from desktop.procedures.session import Reader
from desktop.store import exchange, imports, school
from desktop.store.store import UnitOfWork
from desktop.store.students import Student, every_student

_TERM_BEGINS = "0801"


class NextStep(StrEnum):
    """What an office has to do next about its lists."""

    TAKE_IN = "take_in"  # it has not heard of any student yet
    READ = "read"  # it has read no list of this year
    SEND = "send"  # it has said what the registrar has not been sent
    COMPLETE = "complete"  # students are lacking in its lists
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class ListProgress:
    """How far one kind of list is.

    Attributes:
        kind: of list.
        about: what it states, such as 缴费情况.
        year: for which year, in words; "" where it is for none.
        told: of how many students something is said.
        expected: of how many something ought to be said.
        values: how many students have which value of the field that says most, "" for none.
    """

    kind: str
    about: str
    year: str
    told: int
    expected: int
    values: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ClassLists:
    """A class in the office's lists: ``lacking`` names, for each kind, who is in none."""

    group: ClassGroup
    students: int
    expected: tuple[int, ...]
    lacking: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ListDesk:
    """Everything about an office's lists; ``unsent`` counts what the registrar was not sent."""

    lists: tuple[ListProgress, ...]
    classes: tuple[ClassLists, ...]
    unsent: int
    next: NextStep


MAIN_FIELDS: Mapping[str, str] = {"fee": "fee_state", "face_check": "face_result"}
"""The field of an aspect that says most."""
SETTLED_VALUES = frozenset({"已缴费", "成功"})
OPEN_VALUES = frozenset({"未缴费", "失败", "未进行"})
"""What such a field says of those about whom something has to be done."""


def list_desk(session: Reader) -> ListDesk:
    """Return how far an office is with the lists that it may read in; worked out once."""
    return session.store.worked_out(("lists",), lambda: _list_desk(session))


def told_students(session: Reader) -> list[ToldStudent]:
    """Return every student whom this seat knows, with what its lists of this year say."""
    with session.unit_of_work() as unit:
        asked = _asked(session, unit)
        students = every_student(unit.connection)
        groups = {group.id: group for group in school.classes(unit.connection)}
    found = []
    for student in students:
        words = [
            _short(one.rule.about, said)
            for one in asked
            if (said := one.readings.get(student.subject))
        ]
        group = groups.get(student.class_id, NO_CLASS)
        line = ToldStudent.of(student.subject, student.identity, group, None, "")
        found.append(replace(line, said=sys.intern("；".join(words))))
    return found


@dataclass(frozen=True, slots=True)
class _Asked:
    """One kind of list in one year, with what is said."""

    rule: KindRule
    year: str
    readings: Mapping[str, Mapping[str, str]]

    def expects(self, student: Student) -> bool:
        """Tell whether the list ought to have a student."""
        return student.subject in self.readings or expected_in(
            self.rule.asked, self.year, student.identity
        )


def expected_in(asked: AskedFor, year: str, identity: Identity) -> bool:
    """Tell whether a list of a year ought to have a student, by when the student studies."""
    if asked is AskedFor.YEAR:
        return bool(year) and identity.expected_graduation_date.startswith(year)
    if asked is AskedFor.SCHOOL_YEAR:
        first, _, last = year.partition("-")
        begins, ends = identity.entry_date, identity.expected_graduation_date
        return (not begins or begins < last + _TERM_BEGINS) and (
            not ends or ends >= first + _TERM_BEGINS
        )
    return True


def _list_desk(session: Reader) -> ListDesk:
    me = session.home.seat
    with session.unit_of_work() as unit:
        asked = _asked(session, unit)
        students = every_student(unit.connection)
        groups = {group.id: group for group in school.classes(unit.connection)}
        unsent = len(exchange.unsent_lines(unit.connection, me.id, str(OfficeKind.REGISTRAR), ""))
    classes = tuple(
        found
        for class_id, members in groupby(students, key=lambda student: student.class_id)
        if any((found := _class(groups.get(class_id, NO_CLASS), list(members), asked)).expected)
    )
    classes = tuple(sorted(classes, key=_in_order))
    lists = tuple(_progress(place, one, classes) for place, one in enumerate(asked))
    return ListDesk(lists, classes, unsent, _next(lists, students, unsent))


def _asked(session: Reader, unit: UnitOfWork) -> list[_Asked]:
    """Return the lists that state something of students who are known, each with its year."""
    found = []
    for rule in readable_kinds(session.home.seat.office.kind):
        if rule.about and not rule.identities:
            year = _year(rule, imports.spans(unit.connection, rule.about), session.today())
            found.append(_Asked(rule, year, imports.readings(unit.connection, rule.about, year)))
    return found


def _year(rule: KindRule, said: Sequence[str], today: date) -> str:
    """Return the year that is worked on: today's, or the next one if something is said of it."""
    coming = year_of_day(rule.asked, today.replace(year=today.year + 1, day=1))
    return coming if coming in said else year_of_day(rule.asked, today)


def _class(group: ClassGroup, members: Sequence[Student], asked: Sequence[_Asked]) -> ClassLists:
    expected = [[one for one in members if list_.expects(one)] for list_ in asked]
    return ClassLists(
        group,
        len(members),
        tuple(map(len, expected)),
        tuple(
            tuple(one.identity.name for one in theirs if one.subject not in list_.readings)
            for theirs, list_ in zip(expected, asked, strict=True)
        ),
    )


def _in_order(one: ClassLists) -> tuple[bool, str, str, str]:
    group = one.group
    return not group.id, group.college_name, group.entry_year, group.name


def _progress(place: int, one: _Asked, classes: Sequence[ClassLists]) -> ListProgress:
    expected = sum(group.expected[place] for group in classes)
    lacking = sum(len(group.lacking[place]) for group in classes)
    main = MAIN_FIELDS.get(one.rule.about, "")
    values = Counter(values.get(main, "") for values in one.readings.values())
    return ListProgress(
        kind=one.rule.kind,
        about=ASPECT_TITLES[one.rule.about],
        year=year_text(one.year),
        told=expected - lacking,
        expected=expected,
        values=values,
    )


def _next(lists: Sequence[ListProgress], students: Sequence[Student], unsent: int) -> NextStep:
    if not students:
        return NextStep.TAKE_IN
    if unsent:
        return NextStep.SEND
    if any(not one.told for one in lists):
        return NextStep.READ
    if any(one.told < one.expected for one in lists):
        return NextStep.COMPLETE
    return NextStep.NOTHING


def _short(aspect: str, values: Mapping[str, str]) -> str:
    """Return what a list says of one student in a few words."""
    if main := values.get(MAIN_FIELDS.get(aspect, "")):
        return main
    earned, due = values.get("credits_earned", ""), values.get("credits_due", "")
    return f"已修{earned}，应修{due}" if earned and due else ASPECT_TITLES[aspect]
