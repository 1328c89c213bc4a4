"""Named queries for boards: how far each student of a round is, at the cost of counting."""

import json
from dataclasses import dataclass

from sqlalchemy import Connection, and_, func, select

from desktop.domain.student_registration import Outcome
from desktop.models.registration import PlaceReportRow, RegistrationRow
from desktop.models.sheet import SheetRow, SignatureRow
from desktop.models.student import PlacementRow, RosterRow
from desktop.store.students import LISTED

_STUDENT = 2  # the place in a printed row: see rows_to_text


@dataclass(frozen=True, slots=True)
class ClassSteps:
    """How far the students of a round are whom one class holds.

    Attributes:
        students: their subjects.
        recorded: of how many a college has recorded a signature, or reported about the place.
        issued: how many have an outcome.
    """

    students: tuple[str, ...]
    recorded: int
    issued: int

    def __add__(self, other: "ClassSteps") -> "ClassSteps":
        """Return both classes taken as one."""
        return ClassSteps(
            self.students + other.students,
            self.recorded + other.recorded,
            self.issued + other.issued,
        )


def steps_of_round(connection: Connection, round_id: str) -> dict[str, ClassSteps]:
    """Return how far the students on a round's roster are, by class; under "" those in none.

    The database counts: it needs no Python for it, and whoever draws the window does not wait.
    """
    signed, reported, issued = (
        and_(row.subject == RosterRow.subject, row.round == round_id)
        for row in (SignatureRow, PlaceReportRow, RegistrationRow)
    )
    class_id = func.coalesce(PlacementRow.class_id, "")
    query = (
        select(
            class_id,
            func.json_group_array(RosterRow.subject),
            func.count(func.coalesce(SignatureRow.subject, PlaceReportRow.subject)),
            func.count(func.nullif(RegistrationRow.outcome, "")),
        )
        .outerjoin(PlacementRow, PlacementRow.subject == RosterRow.subject)
        .outerjoin(SignatureRow, signed)
        .outerjoin(PlaceReportRow, reported)
        .outerjoin(RegistrationRow, issued)
        .where(RosterRow.round == round_id, LISTED)
        .group_by(class_id)
    )
    return {
        found: ClassSteps(tuple(json.loads(students)), *counts)
        for found, students, *counts in connection.execute(query)
    }


def printed_students(connection: Connection, round_id: str) -> frozenset[str]:
    """Return who stands on a sheet of a round; one in conflict with itself does not count."""
    query = select(SheetRow.rows).where(SheetRow.round == round_id, SheetRow.conflicts == "")
    texts = connection.execute(query).scalars().all()
    students: set[str] = set()
    for text in texts:  # as a statement carries it, without making a record of every row
        students.update(row[_STUDENT] for row in json.loads(text or "[]"))
    return frozenset(students)


def outcomes_by_number(connection: Connection, round_id: str) -> dict[Outcome | None, int]:
    """Return how many students on a round's roster have each outcome; under None, how many none."""
    outcome = func.coalesce(RegistrationRow.outcome, "")
    query = (
        select(outcome, func.count())
        .select_from(RosterRow)
        .outerjoin(
            RegistrationRow,
            and_(RegistrationRow.subject == RosterRow.subject, RegistrationRow.round == round_id),
        )
        .where(RosterRow.round == round_id, LISTED)
        .group_by(outcome)
    )
    return {Outcome(found) if found else None: n for found, n in connection.execute(query)}
