"""The cases of a re-check with everything that belongs to each (细则 二(三)4)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from desktop.domain.cases import cause_of, is_grave, wants_case
from desktop.domain.histories import Attached, evidence_name
from desktop.domain.offices import OfficeKind
from desktop.domain.recheck import RecheckVerdict
from desktop.domain.review_rules import days_left, last_recheck_day
from desktop.domain.rounds import ClassGroup
from desktop.domain.statements import Statement
from desktop.domain.wording import full_title
from desktop.errors import NotFound
from desktop.procedures.registration.boards import NO_CLASS
from desktop.procedures.session import Reader
from desktop.procedures.standing.recheck_files import Rechecked, case_stands, recheck_once
from desktop.store import cases, histories, registration, school
from desktop.store.registration import Texts
from desktop.store.store import UnitOfWork
from desktop.store.students import Student, listed_students

CASE_OFFICES: Final = (OfficeKind.COLLEGE, OfficeKind.ADMISSIONS, OfficeKind.REGISTRAR)
"""Who works on cases; a college only on those of its own students."""
_OF_CASE: Final = "case:"
_OF_NOTE: Final = "note:"


@dataclass(frozen=True, slots=True)
class Note:
    """One note of a case.

    Attributes:
        number: ``<seat>-<nnn>``.
        kind: a key of ``recheck.NOTE_TITLES``.
        noted_on: the day of the interview, or on which it was found.
        people: who took part.
        text: what was said or found.
        evidence: the files that belong to it.
        office: the id of the office that wrote it down.
        operator: who did.
    """

    number: str
    kind: str
    noted_on: str
    people: str
    text: str
    evidence: tuple[Attached, ...]
    office: str
    operator: str


@dataclass(frozen=True, slots=True)
class Case:
    """A case, with the student, and every note of it in the order of days.

    Attributes:
        number: ``<seat>-<nnn>``.
        student: who it is about.
        group: the student's class, ``boards.NO_CLASS`` for none.
        cause: why it was opened.
        important: whether it is for the leading group.
        concluded: whether it has a conclusion.
        opened_on: the day.
        opened_by: the id of the office.
        findings: what was found, summed up.
        statement: the SHA-256 of the written statement, "" while none was made.
        outcome: a ``RecheckVerdict`` but CASE, "" while there is none.
        until: the day until which a place is kept.
        decided_by: who decided.
        decided_on: the day.
        document: the paper on which the decision rests.
        explanation: why it was decided so.
        conflicts: the titles of what offices say differently about it.
        notes: all that were not taken back.
        evidence: files of the conclusion and the statement.
    """

    number: str
    student: Student
    group: ClassGroup
    cause: str
    important: bool
    concluded: bool
    opened_on: str
    opened_by: str
    findings: str
    statement: str
    outcome: str
    until: str
    decided_by: str
    decided_on: str
    document: str
    explanation: str
    conflicts: tuple[str, ...]
    notes: tuple[Note, ...]
    evidence: tuple[Attached, ...]

    @property
    def examined(self) -> bool:
        """Whether anything was found out from which a conclusion could be drawn."""
        return bool(self.findings or self.notes)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A student for whom a case is suggested, with the doubts as its cause."""

    one: Rechecked
    group: ClassGroup
    cause: str
    important: bool


@dataclass(frozen=True, slots=True)
class CaseDesk:
    """The cases that a seat works on: who has none yet in spite of a doubt, and all that there are.

    ``verdicts`` are what the registrar was told, by student; ``until`` is the last day of the
    re-check, and ``days`` how many are left, None where no day is set.
    """

    suggested: tuple[Suggestion, ...]
    cases: tuple[Case, ...]
    verdicts: Mapping[str, RecheckVerdict]
    until: str = ""
    days: int | None = None

    @property
    def open(self) -> tuple[Case, ...]:
        """Those without a conclusion."""
        return tuple(case for case in self.cases if not case.concluded)


def case_desk(session: Reader, round_id: str) -> CaseDesk:
    """Return the cases of a round that a seat knows, and for whom one is suggested.

    Raises:
        NotAllowed: the office has no part in cases.
        NotFound: this store does not know the round.
    """
    session.require(*CASE_OFFICES)
    with session.unit_of_work() as unit:
        recheck = recheck_once(session, unit, round_id)
        deadline = school.round_by_id(unit.connection, round_id).deadline
        groups = {group.id: group for group in school.classes(unit.connection)}
        suggested = tuple(
            Suggestion(
                one,
                groups.get(one.student.class_id, NO_CLASS),
                cause_of(one.assessment),
                is_grave(one.file, one.assessment),
            )
            for one in recheck.students
            if wants_case(one.assessment)
        )
        found = cases_of(unit, round_id)
    verdicts = {
        one.student.subject: one.file.verdict for one in recheck.students if one.file.verdict
    }
    until = last_recheck_day(recheck.rules, deadline)
    days = days_left(until, session.today())
    return CaseDesk(suggested, found, verdicts, until, days)


def cases_of(unit: UnitOfWork, round_id: str) -> tuple[Case, ...]:
    """Return the cases of a round, the open ones first, then by number."""
    connection = unit.connection
    said = {
        subject: texts
        for subject, texts in registration.texts_of_round(connection, "case_file", round_id).items()
        if case_stands(texts)
    }
    notes = _notes(unit, round_id, {subject.removeprefix(_OF_CASE) for subject in said})
    groups = {group.id: group for group in school.classes(connection)}
    students = {one.subject: one for one in listed_students(connection, round_id)}
    spoken = cases.counted_statements(connection, list(said))
    conflicts = registration.conflicting_fields(connection, round_id)
    names = _names(unit, spoken.values())
    found = [
        _case(
            subject.removeprefix(_OF_CASE),
            texts,
            (students[texts["student"]], groups.get(students[texts["student"]].class_id, NO_CLASS)),
            tuple(
                full_title("case_file", field)
                for field in conflicts.get((subject, "case_file"), ())
            ),
            notes.get(subject.removeprefix(_OF_CASE), ()),
            (spoken[subject][0][1], _attached(spoken[subject], names)),
        )
        for subject, texts in said.items()
        if texts["student"] in students
    ]
    return tuple(sorted(found, key=lambda case: (case.concluded, case.number)))


def case_by_number(unit: UnitOfWork, round_id: str, number: str) -> Case:
    """Return one case.

    Raises:
        NotFound: there is none of this number, or it was taken back.
    """
    found = next((case for case in cases_of(unit, round_id) if case.number == number), None)
    if found is None:
        raise NotFound(f"没有编号为 {number} 的专项核查，或者已经撤回。", "请刷新后在列表中选择。")
    return found


def _notes(
    unit: UnitOfWork, round_id: str, numbers: Collection[str]
) -> dict[str, tuple[Note, ...]]:
    """Return the notes of cases, in the order of days."""
    said = {
        subject: texts
        for subject, texts in registration.texts_of_round(
            unit.connection, "case_note", round_id
        ).items()
        if texts["case_file"] in numbers
    }
    spoken = cases.counted_statements(unit.connection, list(said))
    names = _names(unit, spoken.values())
    found: dict[str, list[Note]] = {}
    for subject, texts in said.items():
        (first, office), *_ = spoken[subject]
        note = Note(
            subject.removeprefix(_OF_NOTE),
            texts["kind"],
            texts["noted_on"],
            texts["people"],
            texts["text"],
            _attached(spoken[subject], names),
            office,
            first.operator,
        )
        found.setdefault(texts["case_file"], []).append(note)
    return {
        number: tuple(sorted(notes, key=lambda note: (note.noted_on, note.number)))
        for number, notes in found.items()
    }


def _case(
    number: str,
    texts: Texts,
    who: tuple[Student, ClassGroup],
    conflicts: tuple[str, ...],
    notes: tuple[Note, ...],
    opened: tuple[str, tuple[Attached, ...]],
) -> Case:
    return Case(
        number=number,
        student=who[0],
        group=who[1],
        cause=texts["cause"],
        important=texts["important"] == "yes",
        concluded=texts["state"] == "concluded" and not conflicts,
        opened_on=texts["opened_on"],
        opened_by=opened[0],
        findings=texts["findings"],
        statement=texts["statement"],
        outcome=texts["outcome"],
        until=texts["until"],
        decided_by=texts["decided_by"],
        decided_on=texts["decided_on"],
        document=texts["document"],
        explanation=texts["explanation"],
        conflicts=conflicts,
        notes=notes,
        evidence=opened[1],
    )


_Spoken = Sequence[tuple[Statement, str]]


def _names(unit: UnitOfWork, spoken: Collection[_Spoken]) -> Mapping[str, str]:
    wanted = {sha256 for said in spoken for one, _ in said for sha256 in one.evidence}
    return histories.attachment_names(unit.connection, sorted(wanted))


def _attached(spoken: _Spoken, names: Mapping[str, str]) -> tuple[Attached, ...]:
    files = dict.fromkeys(sha256 for one, _ in spoken for sha256 in one.evidence)
    return tuple(
        Attached(sha256, evidence_name(sha256, place, names))
        for place, sha256 in enumerate(files, start=1)
    )
