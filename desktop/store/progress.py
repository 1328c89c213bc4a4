"""Named queries for boards: how far each student of a round is, at the cost of counting."""

import json
from typing import NamedTuple

from sqlalchemy import Connection, and_, func, or_, select

from desktop.domain.student_registration import Outcome
from desktop.models.registration import PlaceReportRow, RegistrationRow
from desktop.models.sheet import SheetRow, SignatureRow
from desktop.models.student import PlacementRow, RosterRow
from desktop.store.students import LISTED


class Steps(NamedTuple):
    """How far a student on a roster is.

    Attributes:
        subject: the student.
        class_id: the class that holds them, "" for none.
        recorded: whether a college has recorded a signature, or reported about the place.
        issued: whether an outcome was issued.
    """

    subject: str
    class_id: str
    recorded: bool
    issued: bool


def steps_of_round(connection: Connection, round_id: str) -> list[Steps]:
    """Return how far every student on a round's roster is."""
    rows = [
        and_(row.subject == RosterRow.subject, row.round == round_id)
        for row in (SignatureRow, PlaceReportRow, RegistrationRow)
    ]
    query = (
        select(
            RosterRow.subject,
            func.coalesce(PlacementRow.class_id, ""),
            or_(SignatureRow.subject.is_not(None), PlaceReportRow.subject.is_not(None)),
            func.coalesce(RegistrationRow.outcome, "") != "",
        )
        .outerjoin(PlacementRow, PlacementRow.subject == RosterRow.subject)
        .outerjoin(SignatureRow, rows[0])
        .outerjoin(PlaceReportRow, rows[1])
        .outerjoin(RegistrationRow, rows[2])
        .where(RosterRow.round == round_id, LISTED)
    )
    return [Steps(*row) for row in connection.execute(query).all()]


def printed_students(connection: Connection, round_id: str) -> frozenset[str]:
    """Return who stands on a sheet of a round; one in conflict with itself does not count."""
    query = select(SheetRow.rows).where(SheetRow.round == round_id, SheetRow.conflicts == "")
    texts = connection.execute(query).scalars().all()
    return frozenset(student for text in texts for _, _, student, _ in json.loads(text or "[]"))


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
