"""Named queries of procedure three: all that was said about the students of a round."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Select,
    bindparam,
    case,
    exists,
    func,
    literal,
    select,
    union_all,
)

from desktop.domain.authority import SIGN_OFFS, YEARLY
from desktop.domain.key_claims import KEY_FIELDS
from desktop.domain.sheets import NotedCorrection, Sheet, rows_from_text
from desktop.domain.statements import Key
from desktop.domain.student_registration import Outcome
from desktop.models import DISPUTED
from desktop.models.journal import StatementRow
from desktop.models.registration import PlaceReportRow, RegistrationRow
from desktop.models.sheet import (
    AdditionDecisionRow,
    AdditionRow,
    CorrectionDecisionRow,
    CorrectionRow,
    SheetRow,
    SignatureRow,
)
from desktop.models.student import IdentityRow, PlacementRow
from desktop.store.links import among, as_json, chunks
from desktop.store.students import on_roster
from desktop.store.tables import TABLES

Texts = dict[str, str]


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction and what was decided about it ("" while open)."""

    subject: str
    student: str
    field: str
    old: str
    new: str
    sheet: str
    explanation: str
    decision: str


@dataclass(frozen=True, slots=True)
class Addition:
    """A student added by hand, and what was decided ("" while open)."""

    subject: str
    class_id: str
    sheet: str
    name: str
    sex: str
    exam_number: str
    student_number: str
    id_number: str
    explanation: str
    decision: str
    student: str


@dataclass(frozen=True, slots=True)
class Registration:
    """An outcome that was issued."""

    student: str
    outcome: Outcome
    issued_on: str
    explanation: str
    document: str
    until: str


def texts_of_round(
    connection: Connection, aspect: str, round_id: str, subjects: Collection[str] | None = None
) -> dict[str, Texts]:
    """Return an aspect's readings of a round: per subject its fields, absent ones empty.

    Of all subjects, or of those that are named: for few of many it takes a fraction of the time.
    """
    query, names = _readings_of_round(aspect)
    given = {"round": round_id}
    if subjects is not None:
        if (text := as_json(subjects)) is None:
            query = query.where(among(TABLES[aspect].c.subject, subjects))
        else:
            query, given["subjects"] = _readings_of_some(aspect), text
    return {
        subject: dict(zip(names, (text or "" for text in texts), strict=True))
        for subject, *texts in connection.execute(query, given)
    }


@cache  # a page asks for a dozen aspects, and making the question takes as long as the answer
def _readings_of_round(aspect: str) -> tuple[Select[Any], tuple[str, ...]]:
    """Return the query for an aspect's readings of a round, and the names of what it returns."""
    table = TABLES[aspect]
    wanted = [column for column in table.c if column.name not in ("subject", "round")]
    query = select(table.c.subject, *wanted).where(table.c.round == bindparam("round"))
    return query, tuple(column.name for column in wanted)


@cache
def _readings_of_some(aspect: str) -> Select[Any]:
    """Return the same query for the subjects that come as one parameter."""
    query, _ = _readings_of_round(aspect)
    named = func.json_each(bindparam("subjects")).table_valued("value")
    return query.where(TABLES[aspect].c.subject.in_(select(named.c.value)))


def subjects_of_round(connection: Connection, aspect: str, round_id: str) -> frozenset[str]:
    """Return the subjects about which an aspect says anything in a round."""
    table = TABLES[aspect]
    query = select(table.c.subject).where(table.c.round == round_id)
    return frozenset(connection.execute(query).scalars())


def verdicts_by_round(connection: Connection, aspect: str) -> dict[str, frozenset[str]]:
    """Return the students about whom there is a verdict, agreed upon or not, by round."""
    table = TABLES[aspect]
    query = select(table.c.subject, table.c.round).where(
        table.c.verdict.is_not(None) | (table.c.conflicts != "")
    )
    found: dict[str, set[str]] = {}
    for subject, round_id in connection.execute(query):
        found.setdefault(round_id, set()).add(subject)
    return {round_id: frozenset(subjects) for round_id, subjects in found.items()}


def conflicting_fields(connection: Connection, round_id: str) -> dict[tuple[str, str], list[str]]:
    """Return the fields in conflict: per subject and aspect, of a round and of what lasts."""
    found: dict[tuple[str, str], list[str]] = {}
    for (subject, aspect, _), fields in _in_conflict(connection, round_id):
        found[subject, aspect] = sorted({*found.get((subject, aspect), ()), *fields})
    return found


def conflicting_keys(connection: Connection, round_id: str) -> list[Key]:
    """Return what is in conflict, of a round, of what lasts, and of every year."""
    return [key for key, _ in _in_conflict(connection, round_id)]


def _in_conflict(connection: Connection, round_id: str) -> Iterator[tuple[Key, list[str]]]:
    for aspect, *place, conflicts in connection.execute(_disputed(), {"round": round_id}):
        subject, round_ = place
        yield Key(subject, aspect, round_), list(json.loads(conflicts))


@cache
def _disputed() -> CompoundSelect[Any]:
    """Return the one question for what is in conflict in any of the tables that are readings."""
    parts = []
    for aspect, table in TABLES.items():
        part = select(literal(aspect), table.c.subject, table.c.round, table.c.conflicts).where(
            DISPUTED
        )
        if aspect not in YEARLY:
            part = part.where((table.c.round == "") | (table.c.round == bindparam("round")))
        parts.append(part)
    return union_all(*parts)


def maybe_decided(connection: Connection, round_id: str, office: str) -> list[Key]:
    """Return the keys, of a round and of what lasts, where an office may have decided a conflict.

    A decision has seen two statements that contradict one another, so there are three.
    """
    query = (
        select(StatementRow.subject, StatementRow.aspect, StatementRow.round)
        .where(
            StatementRow.uncounted == "",
            StatementRow.round.in_(("", round_id)) | StatementRow.aspect.in_(YEARLY),
        )
        .group_by(StatementRow.subject, StatementRow.aspect, StatementRow.round)
        .having(func.count() >= _OF_A_DECISION)
        .having(func.max(case((StatementRow.office == office, 1), else_=0)) == 1)
    )
    return [Key(*row) for row in connection.execute(query)]


_OF_A_DECISION = 3


def sheets_of_round(
    connection: Connection, round_id: str, class_ids: Collection[str] | None = None
) -> dict[str, Sheet]:
    """Return the printed sheets of a round by number; one in conflict with itself is left out."""
    query = select(
        SheetRow.subject,
        SheetRow.class_id,
        SheetRow.page_count,
        SheetRow.digest,
        SheetRow.rows,
        SheetRow.printed_at,
    ).where(SheetRow.round == round_id, SheetRow.conflicts == "")
    found = {}
    for subject, class_id, page_count, digest, rows, printed_at in connection.execute(query):
        if class_ids is None or class_id in class_ids:
            number = subject.removeprefix("sheet:")
            found[number] = Sheet(
                number,
                round_id,
                class_id or "",
                int(page_count or 0),
                digest or "",
                rows_from_text(rows or "[]"),
                printed_at or "",
            )
    return found


def missing_sign_offs(connection: Connection, round_id: str) -> dict[str, frozenset[str]]:
    """Return, per sheet number, the sign-offs (and "seal") that lack a name or a date."""
    found = {}
    for subject, texts in texts_of_round(connection, "sign_off", round_id).items():
        found[subject.removeprefix("sheet:")] = frozenset(
            name for name in (*SIGN_OFFS, "seal") if not (texts[name] and texts[f"{name}_date"])
        )
    return found


def corrections(connection: Connection, round_id: str = "") -> list[Correction]:
    """Return the corrections of a round, or of all, with what was decided, oldest first.

    Those that their college has retracted are none any more: only the student is left of them.
    """
    query = (
        select(
            CorrectionRow.subject,
            CorrectionRow.student,
            CorrectionRow.field,
            CorrectionRow.old,
            CorrectionRow.new,
            CorrectionRow.sheet,
            CorrectionRow.explanation,
            CorrectionDecisionRow.decision,
        )
        .outerjoin(CorrectionDecisionRow, CorrectionDecisionRow.subject == CorrectionRow.subject)
        .where(CorrectionRow.field.is_not(None) | (CorrectionRow.conflicts != ""))
        .order_by(CorrectionRow.subject)
    )
    if round_id:
        query = query.where(CorrectionRow.round == round_id)
    return [Correction(*[part or "" for part in row]) for row in connection.execute(query)]


def noted_corrections(connection: Connection, round_id: str) -> list[NotedCorrection]:
    """Return the accepted corrections that were written on a sheet."""
    return [
        NotedCorrection(c.student, c.sheet, c.field, c.old, c.new)
        for c in corrections(connection, round_id)
        if c.decision == "accepted" and c.sheet
    ]


def additions(
    connection: Connection, round_id: str = "", *, retracted: bool = False
) -> list[Addition]:
    """Return the students added by hand in a round, or in all, with what was decided.

    Of those that their college has retracted only the class is left; they come on demand alone.
    """
    query = (
        select(
            AdditionRow.subject,
            AdditionRow.class_id,
            AdditionRow.sheet,
            AdditionRow.name,
            AdditionRow.sex,
            AdditionRow.exam_number,
            AdditionRow.student_number,
            AdditionRow.id_number,
            AdditionRow.explanation,
            AdditionDecisionRow.decision,
            AdditionDecisionRow.student,
        )
        .outerjoin(AdditionDecisionRow, AdditionDecisionRow.subject == AdditionRow.subject)
        .order_by(AdditionRow.subject)
    )
    if round_id:
        query = query.where(AdditionRow.round == round_id)
    if not retracted:
        query = query.where(AdditionRow.name.is_not(None) | (AdditionRow.conflicts != ""))
    return [Addition(*[part or "" for part in row]) for row in connection.execute(query)]


def registrations(connection: Connection, round_id: str) -> dict[str, Registration]:
    """Return the issued outcomes of a round, by student."""
    query = select(
        RegistrationRow.subject,
        RegistrationRow.outcome,
        RegistrationRow.issued_on,
        RegistrationRow.explanation,
        RegistrationRow.document,
        RegistrationRow.until,
    ).where(RegistrationRow.round == round_id)
    found = {}
    for subject, outcome, *texts in connection.execute(query):
        if outcome:
            found[subject] = Registration(
                subject, Outcome(outcome), *[text or "" for text in texts]
            )
    return found


def issued_students(connection: Connection) -> frozenset[str]:
    """Return everybody to whom anything was ever issued, in any round, agreed upon or not."""
    return frozenset(connection.execute(select(RegistrationRow.subject)).scalars())


def doubled_numbers(connection: Connection) -> frozenset[tuple[str, str]]:
    """Return the numbers that stand with two students or more: ``(field, number)``."""
    found: set[tuple[str, str]] = set()
    for field in KEY_FIELDS:
        column = getattr(IdentityRow, field)
        query = select(column).where(column != "").group_by(column).having(func.count() > 1)
        found.update((field, number) for number in connection.execute(query).scalars())
    return frozenset(found)


def silent_students(
    connection: Connection, round_id: str, class_ids: Collection[str]
) -> dict[str, tuple[str, ...]]:
    """Return, per class, the listed students of whom no college has said anything yet."""
    if not class_ids:
        return {}
    silent: dict[str, list[str]] = {}
    for chunk in chunks(class_ids):
        # asked from the classes outward: so only their own students are looked at
        query = (
            select(PlacementRow.class_id, PlacementRow.subject)
            .join(IdentityRow, IdentityRow.subject == PlacementRow.subject)
            .where(
                PlacementRow.class_id.in_(chunk),
                on_roster(PlacementRow.subject, round_id),
                ~_said(SignatureRow, round_id),
                ~_said(PlaceReportRow, round_id),
            )
            .order_by(
                PlacementRow.class_id,
                func.coalesce(IdentityRow.student_number, ""),
                func.coalesce(IdentityRow.exam_number, ""),
                PlacementRow.subject,
            )
        )
        for class_id, subject in connection.execute(query):
            silent.setdefault(class_id or "", []).append(subject)
    return {class_id: tuple(students) for class_id, students in silent.items()}


def _said(table: type[SignatureRow | PlaceReportRow], round_id: str) -> ColumnElement[bool]:
    """Return the condition that a table says something about a placed student in a round."""
    return exists().where(table.subject == PlacementRow.subject, table.round == round_id)
