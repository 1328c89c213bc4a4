"""What a list would change, shown before anything is written; planning writes nothing."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.import_problems import ListRow, Severity
from desktop.domain.imports import (
    FATE_TITLES,
    NOTHING_DECIDED,
    Decisions,
    Fate,
    LikelyPair,
    MissingStudent,
    PlannedRow,
    Target,
)
from desktop.domain.mended_lists import Mended
from desktop.errors import ImportRefused
from desktop.garbage import garbage_left_alone
from desktop.procedures.imports.import_kinds import AskedFor, KindRule, require_readable
from desktop.procedures.imports.import_matching import Matched, match_students
from desktop.procedures.imports.import_statements import Said, Speaking, as_planned
from desktop.procedures.rounds import require_leading, require_open
from desktop.procedures.session import Progress, Session, no_progress
from desktop.store import imports, school
from desktop.store.journal import Draft
from desktop.store.store import UnitOfWork
from desktop.store.students import listed_places, students_by_subject


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What a list would change.

    Attributes:
        mended: the list; this, and nothing else, is written later.
        target: what it is for.
        rows: every row of the list with its fate, in the order of the file.
        missing: who was expected and is in no row: a question, never a deletion.
        pairs: who is likely the same person, decided or not.
    """

    mended: Mended
    target: Target
    rows: tuple[PlannedRow, ...]
    missing: tuple[MissingStudent, ...]
    pairs: tuple[LikelyPair, ...]

    @property
    def counts(self) -> Mapping[Fate, int]:
        """How many rows have which fate, in the order of fates; none that no row has."""
        counted = Counter(row.fate for row in self.rows)
        return {fate: counted[fate] for fate in FATE_TITLES if counted[fate]}


@dataclass(frozen=True, slots=True)
class Worded:
    """A plan with the statements that would be made of it, in their order."""

    plan: ImportPlan
    drafts: tuple[Draft, ...]


def plan_import(
    session: Session,
    mended: Mended,
    target: Target,
    decisions: Decisions = NOTHING_DECIDED,
    progress: Progress = no_progress,
) -> ImportPlan:
    """Return what a list would change, and write nothing.

    Args:
        session: of an office that may read such a list in.
        mended: the list.
        target: what it is for.
        decisions: what people have decided so far.
        progress: called a few times.

    Raises:
        ImportRefused: the office may not, or there is no round or year.
        RoundNotOpen, NotFound: the round is closed, or not known here.
    """
    with garbage_left_alone(), session.unit_of_work() as unit:
        return word(session, unit, mended, target, decisions, progress).plan


def word(
    session: Session,
    unit: UnitOfWork,
    mended: Mended,
    target: Target,
    decisions: Decisions,
    progress: Progress = no_progress,
) -> Worded:
    """Return what a list would change with its statements, within a transaction."""
    rule = require_readable(session.home.seat.office.kind, target.kind)
    _require_target(session, unit, rule, target)
    steps = 4
    progress(0, steps)
    open_, fates = _sorted_out(mended)
    matched = match_students(session, unit, rule, open_, decisions)
    progress(1, steps)
    speaking = Speaking(session, unit, rule, target, decisions)
    said = speaking.say(matched.matches.values(), mended.let_in)
    progress(2, steps)
    for one in said:
        fates[one.row.place] = one.row
    fates |= _left_out(open_, matched)
    rows = tuple(fates[row.sheet, row.row] for row in mended.file.rows)
    missing = _missing(unit, rule, target, rows)
    progress(3, steps)
    return Worded(
        ImportPlan(mended, target, rows, missing, matched.pairs), _drafts(mended, speaking, said)
    )


def _require_target(session: Session, unit: UnitOfWork, rule: KindRule, target: Target) -> None:
    """Raise unless a list is for what its kind needs."""
    if rule.asked is AskedFor.ROUND:
        if not target.round:
            raise ImportRefused("没有选择批次。", "请先新建批次，再读入新生名单。")
        require_leading(session, require_open(unit, target.round).procedure)
    elif rule.asked is not AskedFor.NOTHING and not target.year:
        raise ImportRefused("没有选择学年或年份。", "请选择这份名单是哪一年的。")


def _sorted_out(mended: Mended) -> tuple[list[ListRow], dict[tuple[str, int], PlannedRow]]:
    """Return the rows that may come in, and the fate of the others."""
    problems: dict[tuple[str, int], list[str]] = {}
    for problem in mended.file.problems:
        if problem.severity is not Severity.NOTE:
            problems.setdefault((problem.sheet, problem.row), []).append(problem.message)
    open_: list[ListRow] = []
    fates: dict[tuple[str, int], PlannedRow] = {}
    for row in mended.file.rows:
        place = row.sheet, row.row
        if place in mended.set_aside:
            fates[place] = as_planned(row, Fate.ASIDE, "改问题时由人放下，没有写入。")
        elif row.held_back and place not in mended.let_in:
            fates[place] = as_planned(row, Fate.HELD, "".join(problems.get(place, ())))
        else:
            open_.append(row)
    return open_, fates


def _left_out(rows: Sequence[ListRow], matched: Matched) -> dict[tuple[str, int], PlannedRow]:
    """Return the rows of which it is not certain whom they mean."""
    found = {}
    for row in rows:
        if left := matched.left_out.get((row.sheet, row.row)):
            found[row.sheet, row.row] = as_planned(row, left.fate, left.sentence)
    return found


def _drafts(mended: Mended, speaking: Speaking, said: Sequence[Said]) -> tuple[Draft, ...]:
    """Return the statements: classes first, then in the order of the students' ids.

    In this order the store keeps them. Each says where it comes from.
    """
    source = f"读入名单“{mended.file.file_name}”（{mended.file.sha256[:12]}）"
    drafts = speaking.class_drafts(said)
    for one in sorted(said, key=lambda one: one.row.subject):
        drafts += one.drafts
    return tuple(
        Draft(key, values, f"{source}；{reason}" if reason else source, evidence)
        for key, values, reason, evidence in drafts
    )


def _missing(
    unit: UnitOfWork, rule: KindRule, target: Target, rows: Sequence[PlannedRow]
) -> tuple[MissingStudent, ...]:
    """Return who was expected in the list and is in no row of it.

    Expected are those who are on the round's roster; else who was in the last such list for this
    year, and who is in one class with somebody in the list.
    """
    connection = unit.connection
    present = {row.subject for row in rows if row.subject}
    if rule.asked is AskedFor.ROUND:
        expected = {student for student, _ in listed_places(connection, target.round)}
    else:
        expected = imports.students_of_last(connection, target) | _classmates(unit, present)
    numbers = {row.number for row in rows if row.number}
    names = {group.id: group.name for group in school.classes(connection)}
    found = students_by_subject(connection, expected - present).values()
    return tuple(
        sorted(
            (
                MissingStudent(
                    one.subject,
                    one.identity.name,
                    one.identity.student_number or one.identity.exam_number,
                    names.get(one.class_id, ""),
                )
                for one in found
                if not numbers
                & {
                    one.identity.student_number,
                    one.identity.exam_number,
                    one.identity.id_number,
                }
            ),
            key=lambda one: (one.class_name, one.number),
        )
    )


def _classmates(unit: UnitOfWork, present: Collection[str]) -> set[str]:
    """Return everybody who is in one class with somebody."""
    places = students_by_subject(unit.connection, present).values()
    classes = {student.class_id for student in places} - {""}
    return set(imports.members_of(unit.connection, classes))
