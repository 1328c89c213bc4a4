"""Named queries about outcomes that were changed after they had been issued."""

from typing import Final

from sqlalchemy import Connection, exists, select

from desktop.domain.statements import Key, Statement
from desktop.models.journal import StatementRow
from desktop.models.registration import RegistrationRow
from desktop.models.student import RosterRow
from desktop.store.tables import statements_of

_PAPER: Final = "；依据："


def why_taken_back(reason: str, document: str) -> str:
    """Return the reason of a statement that takes an outcome back, with its paper.

    Nothing may be left of the outcome, so the paper can stand in the reason alone.
    """
    return f"{reason}{_PAPER}{document}"


def paper_of(statement: Statement) -> tuple[str, str]:
    """Return why an outcome reads as it does, and on what paper."""
    if statement.values.get("outcome") is None:
        reason, _, document = statement.reason.rpartition(_PAPER)
        return (reason, document) if reason else (document, "")
    return (
        statement.reason or statement.values.get("explanation") or "",
        statement.values.get("document") or "",
    )


def last_said(connection: Connection, round_id: str, students: list[str]) -> dict[str, Statement]:
    """Return the last statement about each student's outcome, in the order of people's speaking.

    Who only settled another field than the outcome or its term has not changed it.
    """
    said = statements_of(connection, [Key(one, "registration", round_id) for one in students])
    found = {}
    for key, group in said.items():
        if telling := [s for s in group if s.values.keys() & {"outcome", "until"}]:
            found[key.subject] = max(telling, key=lambda s: (s.clock, s.seat, s.number))
    return found


def taken_back(connection: Connection, round_id: str) -> dict[str, str]:
    """Return why, for each student of a roster whose outcome was taken back.

    Something was said of the outcome that counts, and nothing is left of it, nor in dispute.
    """
    issued = exists().where(
        RegistrationRow.subject == RosterRow.subject,
        RegistrationRow.round == round_id,
        RegistrationRow.outcome.is_not(None) | (RegistrationRow.conflicts != ""),
    )
    spoken_of = exists().where(
        StatementRow.subject == RosterRow.subject,
        StatementRow.aspect == "registration",
        StatementRow.round == round_id,
        StatementRow.uncounted == "",
    )
    query = select(RosterRow.subject).where(RosterRow.round == round_id, ~issued, spoken_of)
    students = list(connection.execute(query).scalars())
    said = last_said(connection, round_id, students)
    return {
        student: "；".join(filter(None, paper_of(statement))) or "未写原因"
        for student, statement in said.items()
    }
