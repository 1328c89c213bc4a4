"""What papers and files said of every student's outcome when they were made.

It is kept beside the paper, so that whoever holds the paper can be told what has changed since.
A comparison of outcomes, not of times: it does not matter when a statement was made, when it
arrived, or which clock was wrong.
"""

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from desktop.domain.statements import canonical_json
from desktop.domain.student_registration import Outcome
from desktop.procedures.session import Session
from desktop.store import documents, outcomes, registration
from desktop.store.store import UnitOfWork


class Paper(StrEnum):
    """What says outcomes to people outside of the program."""

    REGISTER = "register"
    PLATFORM = "chsi"


class Printed(NamedTuple):
    """A student's outcome as printed: None for one that was taken back; until when it holds."""

    outcome: Outcome | None
    until: str = ""


Outcomes = Mapping[str, Printed]
"""By student; who never had an outcome is not in it."""


def outcomes_now(unit: UnitOfWork, round_id: str) -> Outcomes:
    """Return the outcome of everybody in a round who ever had one."""
    found = dict.fromkeys(outcomes.taken_back(unit.connection, round_id), Printed(None))
    for student, issued in registration.registrations(unit.connection, round_id).items():
        found[student] = Printed(issued.outcome, issued.until)
    return found


def remember(session: Session, paper: Paper, round_id: str, said: Outcomes) -> None:
    """Keep what a paper said that has been made."""
    with session.unit_of_work() as unit:
        known = documents.attachments_named(unit.connection, _prefix(paper, round_id))
        name = f"{_prefix(paper, round_id)}{len(known) + 1:06d}.json"
        data = canonical_json({"name": name, "outcomes": {s: [*p] for s, p in said.items()}})
        content = data.encode()
        sha256 = session.store.attachments.put(content)
        documents.keep_attachment(unit.connection, sha256, name, len(content), session.now_text())
        unit.commit()


def remembered(session: Session, unit: UnitOfWork, paper: Paper, round_id: str) -> list[Outcomes]:
    """Return what every such paper of a round said, the latest last.

    Raises:
        AttachmentDamaged: what was kept is gone or altered.
    """
    return [
        _read(session.store.attachments.get(sha256))
        for sha256 in documents.attachments_named(unit.connection, _prefix(paper, round_id))
    ]


def _prefix(paper: Paper, round_id: str) -> str:
    return f"outcomes/{paper}/{round_id}/"  # no file that somebody brings is called so


def _read(content: bytes) -> Outcomes:
    said = json.loads(content)["outcomes"]
    return {
        student: Printed(Outcome(outcome) if outcome else None, until)
        for student, (outcome, until) in said.items()
    }
