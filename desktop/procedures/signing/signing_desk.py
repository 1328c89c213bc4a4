"""The classes of a college's round: how far each is, what to do next, what changed since print."""

from collections import Counter
from dataclasses import dataclass

from desktop.domain.authority import SIGN_OFFS
from desktop.domain.names import rare_characters
from desktop.domain.offices import OfficeKind
from desktop.domain.rounds import ClassGroup, Round
from desktop.domain.sheets import Mark, Sheet
from desktop.domain.signing import SEAL, ClassStanding, NextAction, next_action
from desktop.domain.students import Identity
from desktop.procedures.registration.student_registration import Judged, judged_students
from desktop.procedures.session import Reader
from desktop.procedures.sheet_states import PageState, page_states
from desktop.procedures.unsent_classes import unsent_classes
from desktop.store import registration, school
from desktop.store.registration import Correction
from desktop.store.store import UnitOfWork
from desktop.store.students import Student, listed_students


@dataclass(frozen=True, slots=True)
class ClassLine:
    """One class of the round.

    Attributes:
        group: the class.
        standing: its counts.
        next: the one thing to do next.
        void: pages of its sheets that no longer count and are not yet printed anew, with why.
        unprinted: names of the students who stand on no page that counts.
        printed_at: when its latest sheet was printed, "" for never.
        sheets: the numbers of the sheets in use, the latest first.
    """

    group: ClassGroup
    standing: ClassStanding
    next: NextAction
    void: tuple[PageState, ...]
    unprinted: tuple[str, ...]
    printed_at: str
    sheets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClassMember:
    """A student in the list of a class, with what is striking or proposed about it."""

    subject: str
    identity: Identity
    rare: str
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class ClassList:
    """A class and its students, in the order of the sheets."""

    group: ClassGroup
    members: tuple[ClassMember, ...]


def class_lines(session: Reader, round_id: str) -> list[ClassLine]:
    """Return every class of a college that has students in a round, by name.

    Raises:
        NotFound: this store does not know the round.
        NotAllowed: only a college has classes of its own.
    """
    session.require(OfficeKind.COLLEGE)
    with session.unit_of_work() as unit:
        desk = _Classes(session, unit, round_id)
        groups = school.classes(unit.connection, office=session.home.seat.office.id)
        lines = [desk.line(group) for group in groups if group.id in desk.members]
    return sorted(lines, key=lambda line: line.group.name)


def class_list(session: Reader, round_id: str, class_id: str) -> ClassList:
    """Return the students of a class as their list is to be looked over before printing.

    Raises:
        NotFound: this store does not know the class.
    """
    with session.unit_of_work() as unit:
        group = school.class_by_id(unit.connection, class_id)
        students = listed_students(unit.connection, round_id, [class_id])
        proposed: dict[str, list[Correction]] = {}
        for correction in registration.corrections(unit.connection, round_id):
            proposed.setdefault(correction.student, []).append(correction)
    members = (
        ClassMember(
            subject=student.subject,
            identity=student.identity,
            rare=rare_characters(student.identity.name),
            corrections=tuple(proposed.get(student.subject, ())),
        )
        for student in students
    )
    return ClassList(group, tuple(members))


class _Classes:
    """What all classes need to know, asked once."""

    def __init__(self, session: Reader, unit: UnitOfWork, round_id: str) -> None:
        connection = unit.connection
        self._round: Round = school.round_by_id(connection, round_id)
        self.members: dict[str, list[Judged]] = {}
        own = [g.id for g in school.classes(connection, office=session.home.seat.office.id)]
        for one in judged_students(unit, round_id, own):
            self.members.setdefault(one.student.class_id, []).append(one)
        self._sheets: dict[str, list[Sheet]] = {}
        sheets = registration.sheets_of_round(connection, round_id, own)
        for sheet in sheets.values():
            self._sheets.setdefault(sheet.class_id, []).append(sheet)
        self._pages = page_states(unit, sheets.values())
        self._marks = registration.texts_of_round(connection, "signature", round_id)
        self._places = registration.texts_of_round(connection, "place_report", round_id)
        self._missing = registration.missing_sign_offs(connection, round_id)
        self._added = {
            addition.student
            for addition in registration.additions(connection, round_id)
            if addition.decision == "accepted"
        }
        self._unsent = unsent_classes(session, unit, self._round)

    def line(self, group: ClassGroup) -> ClassLine:
        """Return one class."""
        members = self.members[group.id]
        sheets = sorted(
            self._sheets.get(group.id, ()), key=lambda s: (s.printed_at, s.number), reverse=True
        )
        counting = self._on_counting_pages(sheets)
        needs_none = self._places.keys() | self._added
        unprinted = [
            one.student
            for one in members
            if one.student.subject not in counting and one.student.subject not in needs_none
        ]
        in_use = self._in_use(sheets, members)
        standing = self._standing(members, sheets, unprinted, in_use, counting)
        return ClassLine(
            group=group,
            standing=standing,
            next=next_action(standing),
            void=self._void(sheets, unprinted),
            unprinted=tuple(student.identity.name for student in unprinted),
            printed_at=sheets[0].printed_at if sheets else "",
            sheets=tuple(sheet.number for sheet in in_use),
        )

    def _standing(
        self,
        members: list[Judged],
        sheets: list[Sheet],
        unprinted: list[Student],
        in_use: list[Sheet],
        counting: set[str],
    ) -> ClassStanding:
        subjects = [one.student.subject for one in members]
        marks = Counter(self._marks.get(subject, {}).get("mark", "") for subject in subjects)
        missing = {name for sheet in in_use for name in self._missing_on(sheet)}
        return ClassStanding(
            students=len(members),
            printed=len(members) - len(unprinted),
            ever_printed=bool(sheets) or len(unprinted) < len(members),
            recorded=sum(self._is_recorded(subject, counting) for subject in subjects),
            disputed=sum(
                bool(self._marks.get(subject, {}).get("conflicts")) for subject in subjects
            ),
            unsigned=marks[Mark.UNSIGNED],
            missing=tuple(name for name in (*SIGN_OFFS, SEAL) if name in missing),
            unsent=members[0].student.class_id in self._unsent,
            ready=sum(one.verdict.outcome is not None for one in members),
            issued=sum(one.issued is not None for one in members),
            closed=not self._round.open,
        )

    def _is_recorded(self, subject: str, counting: set[str]) -> bool:
        if subject in self._places or subject in self._added:
            return True
        return subject in counting and bool(self._marks.get(subject, {}).get("mark"))

    def _on_counting_pages(self, sheets: list[Sheet]) -> set[str]:
        """Return the students who stand on a page that is not void."""
        return {
            row.student
            for sheet in sheets
            for row in sheet.rows
            if not self._pages[sheet.number, row.page].void
        }

    def _in_use(self, sheets: list[Sheet], members: list[Judged]) -> list[Sheet]:
        """Return the sheets that carry a mark of a member, and the latest while none does."""
        carrying = {self._marks.get(one.student.subject, {}).get("sheet", "") for one in members}
        return [sheet for sheet in sheets if sheet.number in carrying] or sheets[:1]

    def _missing_on(self, sheet: Sheet) -> set[str]:
        wanted = {*self._round.required_sign_offs, SEAL}
        return wanted & self._missing.get(sheet.number, frozenset(wanted))

    def _void(self, sheets: list[Sheet], unprinted: list[Student]) -> tuple[PageState, ...]:
        """Return the void pages of which a student is to be printed again."""
        waiting = {student.subject for student in unprinted}
        return tuple(
            state
            for sheet in sheets
            for page in sheet.pages
            if (state := self._pages[sheet.number, page]).void
            and any(row.page == page and row.student in waiting for row in sheet.rows)
        )
