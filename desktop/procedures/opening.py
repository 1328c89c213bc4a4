"""Beginning a round with its roster: what a file brings is shown, then everything is said at once.

Looking changes nothing; what was looked at is what is taken in, even if the file changes meanwhile.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.import_problems import ImportProblem, RosterFile, RosterRow, Severity
from desktop.domain.imports import Target
from desktop.domain.key_claims import KEY_FIELDS
from desktop.domain.offices import Office, OfficeKind
from desktop.domain.rounds import Round
from desktop.domain.students import FIELD_TITLES, class_subject
from desktop.interchange.rosters import read_roster
from desktop.procedures.class_offices import offices_by_college
from desktop.procedures.held_rows import HeldRow, admitted_places, held_rows_of
from desktop.procedures.imports import name_range
from desktop.procedures.rosters import IdentityChange, RosterImport, compare_roster, take_in
from desktop.procedures.rounds import NewRound, require_open, state_assignment, state_round
from desktop.procedures.session import Progress, Session, no_progress
from desktop.procedures.undisputed import named
from desktop.store import imports, school
from desktop.store.store import UnitOfWork
from desktop.store.students import Student, students_by_subject


@dataclass(frozen=True, slots=True)
class CollegeInFile:
    """A college as the file names it: how much of it comes in, and whose it would be.

    ``office`` is the office that has its classes already, or that is called the same; "" if none.
    """

    name: str
    classes: tuple[str, ...]
    students: int
    office: str


@dataclass(frozen=True, slots=True)
class SeatedOffice:
    """An office of a college, and whether one of its seats can receive anything."""

    office: Office
    seated: bool


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A value of a known student that the file has otherwise, in words."""

    name: str
    title: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RosterPlan:
    """What a file brings, before anything is written.

    Attributes:
        file: what was read; this, and nothing else, is taken in later.
        new: how many students come in.
        same: of how many nothing changes.
        changed: what changes about known students.
        kept: what the file has otherwise, and a person has corrected: it stays.
        missing: who is on the roster and in no row of the file, named; they stay.
        held: the rows that do not come in, each with its problems.
        let_in: how many rows do not come in because a person has let them in before.
        notes: what was set right or skipped by itself.
        colleges: the colleges of the rows that come in.
        offices: the colleges' offices, to which classes can be given.
    """

    file: RosterFile
    new: int
    same: int
    changed: tuple[ShownChange, ...]
    kept: tuple[ShownChange, ...]
    missing: tuple[str, ...]
    held: tuple[HeldRow, ...]
    let_in: int
    notes: tuple[ImportProblem, ...]
    colleges: tuple[CollegeInFile, ...]
    offices: tuple[SeatedOffice, ...]


@dataclass(frozen=True, slots=True)
class Begun:
    """A round with its roster, and what the roster brought."""

    round: Round
    brought: RosterImport


def plan_roster(
    session: Session,
    path: Path,
    entry_year: str,
    round_id: str = "",
    progress: Progress = no_progress,
) -> RosterPlan:
    """Read a roster file and return what it would bring; nothing is written.

    Args:
        session: of the registrar.
        path: the file.
        entry_year: of the round that is to be opened.
        round_id: of an open round, whose year then counts; "" for one that is not open yet.
        progress: called while reading.

    Raises:
        InterchangeError: the file can not be read, or is no roster.
        NotAllowed, RoundNotOpen, Cancelled: nothing was read.
    """
    session.require(OfficeKind.REGISTRAR)
    file = read_roster(path, progress)
    with session.unit_of_work() as unit:
        if round_id:
            entry_year = require_open(unit, round_id).entry_year
        result = compare_roster(session, unit, round_id, entry_year, file)
        titles = _class_titles(session, unit, file, entry_year)
        held = held_rows_of(file, result.held_back, result.problems)
        decided = admitted_places(unit, round_id)
        open_ = tuple(h for h in held if (h.source, h.row.sheet, h.row.row) not in decided)
        missing = students_by_subject(unit.connection, result.missing).values()
        return RosterPlan(
            file=file,
            new=len(result.new),
            same=result.same,
            changed=tuple(_shown(change, titles) for change in result.changed),
            kept=tuple(_shown(change, titles) for change in result.kept),
            missing=tuple(named(student) for student in _not_among(missing, held)),
            held=open_,
            let_in=len(held) - len(open_),
            notes=tuple(one for one in result.problems if one.severity is Severity.NOTE),
            colleges=_colleges(unit, result),
            offices=_offices(session, unit),
        )


def begin_round(
    session: Session, new: NewRound, file: RosterFile, offices: Mapping[str, str]
) -> Begun:
    """Open a round, take its roster in and give the classes to offices: all of it, or nothing.

    Args:
        session: of the registrar.
        new: the round.
        file: as ``plan_roster`` has read it.
        offices: the office of each college, by the name that the file uses; others wait.

    Raises:
        NotAllowed, Incomplete, NotFound: nothing was written.
    """
    session.require(OfficeKind.REGISTRAR)
    with session.unit_of_work() as unit:
        round_ = state_round(session, unit, new)
        begun = Begun(round_, _bring_in(session, unit, round_, file, offices))
        unit.commit()
    return begun


def read_again(
    session: Session, round_id: str, file: RosterFile, offices: Mapping[str, str]
) -> Begun:
    """Take a roster into an open round; what is the same says nothing.

    Raises:
        NotAllowed, RoundNotOpen, NotFound: nothing was written.
    """
    session.require(OfficeKind.REGISTRAR)
    with session.unit_of_work() as unit:
        round_ = require_open(unit, round_id)
        begun = Begun(round_, _bring_in(session, unit, round_, file, offices))
        unit.commit()
    return begun


def _bring_in(
    session: Session,
    unit: UnitOfWork,
    round_: Round,
    file: RosterFile,
    offices: Mapping[str, str],
) -> RosterImport:
    before = unit.journal.number
    brought = take_in(session, unit, round_, file)
    for college, office in offices.items():
        if office:
            state_assignment(unit, college, office)
    target = Target("new-students", round_.id)
    made = unit.journal.number - before
    subject = name_range(unit, target, file.file_name, file.sha256, made)
    imports.add_details(unit.connection, target, subject)
    return brought


def _not_among(students: Iterable[Student], held: Iterable[HeldRow]) -> list[Student]:
    """Return the students whom no held-back row names by one of their numbers."""
    numbers = {getattr(h.row.identity, field) for h in held for field in KEY_FIELDS} - {""}
    return [
        student
        for student in students
        if not numbers & {getattr(student.identity, field) for field in KEY_FIELDS}
    ]


def _class_titles(
    session: Session, unit: UnitOfWork, file: RosterFile, entry_year: str
) -> dict[str, str]:
    """Return the names of classes, of those that the file would make as well."""
    code = session.home.school_code
    titles = {
        class_subject(code, row.college, row.class_name, entry_year): row.class_name
        for row in file.rows
    }
    return titles | {group.id: group.name for group in school.classes(unit.connection)}


def _shown(change: IdentityChange, classes: Mapping[str, str]) -> ShownChange:
    if change.field == "class_id":
        old, new = classes.get(change.old, ""), classes.get(change.new, "")
        return ShownChange(change.name, "班级", old, new)
    return ShownChange(change.name, FIELD_TITLES[change.field], change.old, change.new)


def _colleges(unit: UnitOfWork, result: RosterImport) -> tuple[CollegeInFile, ...]:
    """Return the colleges in the order in which the file names them."""
    refused = {(row.sheet, row.row) for row in result.held_back}
    rows: dict[str, list[RosterRow]] = defaultdict(list)
    for row in result.file.rows:
        if (row.sheet, row.row) not in refused:
            rows[row.college].append(row)
    known = offices_by_college(unit)
    return tuple(
        CollegeInFile(
            name=name,
            classes=tuple(dict.fromkeys(row.class_name for row in mine)),
            students=len(mine),
            office=known.get(name, ""),
        )
        for name, mine in rows.items()
    )


def _offices(session: Session, unit: UnitOfWork) -> tuple[SeatedOffice, ...]:
    trust, today = session.trust(unit), session.today()
    return tuple(
        SeatedOffice(office, bool(trust.recipients_of(office.id, today)))
        for office in school.offices(unit.connection)
        if office.kind is OfficeKind.COLLEGE
    )
