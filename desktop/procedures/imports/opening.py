"""Beginning a round with its roster: what a file brings is shown, then everything is said at once.

Looking changes nothing; what was looked at is what is taken in, even if the file changes meanwhile.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from desktop.domain.import_problems import ImportProblem, RosterFile, RosterRow, Severity
from desktop.domain.imports import Target
from desktop.domain.mended_lists import Mended
from desktop.domain.offices import Office, OfficeKind
from desktop.domain.rounds import LEADERS, Round
from desktop.domain.students import FIELD_TITLES, class_subject
from desktop.interchange.rosters import as_roster
from desktop.interchange.tables import NEW_STUDENTS
from desktop.procedures.imports.held_rows import HeldRow, held_rows_of
from desktop.procedures.imports.imports import name_import
from desktop.procedures.imports.roster_comparison import IdentityChange, RosterImport
from desktop.procedures.imports.rosters import compare_roster, take_in
from desktop.procedures.rounds import (
    NewRound,
    require_leading,
    state_assignment,
    state_round,
)
from desktop.procedures.school.class_offices import offices_by_college
from desktop.procedures.session import Session
from desktop.store import imports, school
from desktop.store.store import UnitOfWork


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
        mended: what was read and mended; this, and nothing else, is taken in later.
        students: how many rows it has, but for those that a person has set aside.
        new: how many students come onto the roster.
        changed: what changes about known students.
        kept: what the file has otherwise, and a person has corrected: it stays.
        held: the rows that do not come in, each with its problems.
        notes: what was set right or skipped by itself.
        colleges: the colleges of the rows that come in.
        offices: the colleges' offices, to which classes can be given.
    """

    mended: Mended
    students: int
    new: int
    changed: tuple[ShownChange, ...]
    kept: tuple[ShownChange, ...]
    held: tuple[HeldRow, ...]
    notes: tuple[ImportProblem, ...]
    colleges: tuple[CollegeInFile, ...]
    offices: tuple[SeatedOffice, ...]


@dataclass(frozen=True, slots=True)
class Begun:
    """A round with its roster, and what the roster brought."""

    round: Round
    brought: RosterImport


def plan_roster(session: Session, mended: Mended, entry_year: str) -> RosterPlan:
    """Return what a roster would bring to a round that is to be opened; nothing is written.

    Args:
        session: of the registrar.
        mended: the list of new students, as a person has mended it.
        entry_year: of the round.

    Raises:
        NotAllowed: only an office that leads a procedure opens rounds.
    """
    session.require(*LEADERS.values())
    file = _roster(mended)
    with session.unit_of_work() as unit:
        result = compare_roster(session, unit, "", entry_year, file)
        titles = _class_titles(session, unit, file, entry_year)
        return RosterPlan(
            mended=mended,
            students=file.students,
            new=len(result.new),
            changed=tuple(_shown(change, titles) for change in result.changed),
            kept=tuple(_shown(change, titles) for change in result.kept),
            held=held_rows_of(file, result.held_back, result.problems),
            notes=tuple(one for one in result.problems if one.severity is Severity.NOTE),
            colleges=_colleges(unit, result),
            offices=_offices(session, unit),
        )


def begin_round(
    session: Session, new: NewRound, mended: Mended, offices: Mapping[str, str]
) -> Begun:
    """Open a round, take its roster in and give the classes to offices: all of it, or nothing.

    Args:
        session: of the registrar.
        new: the round.
        mended: as ``plan_roster`` has looked at it.
        offices: the office of each college, by the name that the file uses; others wait.

    Raises:
        NotAllowed, Incomplete, NotFound: nothing was written.
    """
    require_leading(session, new.procedure)
    with session.unit_of_work() as unit:
        round_ = state_round(session, unit, new)
        before = unit.journal.number
        brought = take_in(session, unit, round_, _roster(mended), let_in=mended.let_in)
        for college, office in offices.items():
            if office:
                state_assignment(unit, college, office)
        target, file = Target(NEW_STUDENTS, round_.id), mended.file
        made = unit.journal.number - before
        subject = name_import(unit, target, file.file_name, file.sha256, made)
        imports.add_details(unit.connection, target, subject)
        unit.commit()
    return Begun(round_, brought)


def _roster(mended: Mended) -> RosterFile:
    """Return a list as a roster; the rows that a person has set aside are not in it."""
    roster = as_roster(mended.file)
    left = tuple(r for r in roster.held_back if (r.sheet, r.row) not in mended.set_aside)
    return replace(roster, held_back=left)


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
