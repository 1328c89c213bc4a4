"""All that this page lets the registrar do, as functions for the background: one place to adapt."""

from collections.abc import Collection, Sequence

from desktop.procedures.deciding.deciding_together import DecidedAlike, decide_alike
from desktop.procedures.deciding.decision_desk import (
    DecisionDesk,
    Disagreement,
    Side,
    decision_desk,
)
from desktop.procedures.deciding.decisions import (
    accept_addition,
    decide_conflict,
    decide_correction,
    reject_addition,
)
from desktop.procedures.deciding.redeciding import decide_anew
from desktop.procedures.overview.histories import read_evidence
from desktop.procedures.session import Progress, Session


def read_desk(session: Session, round_id: str) -> DecisionDesk:
    """Read everything that waits or was decided."""
    return decision_desk(session, round_id)


def decide(session: Session, one: Disagreement, side: Side, reason: str) -> None:
    """Decide one disagreement, and what goes with it."""
    decide_conflict(session, one.key, one.field, side.value, reason)


def decide_again(
    session: Session, round_id: str, one: Disagreement, side: Side, reason: str
) -> None:
    """Decide anew what was decided, and what goes with it."""
    if one.decided is None:
        raise ValueError(one)
    decide_anew(session, round_id, one.decided.conflict, side.value, reason)


def decide_many(
    session: Session, chosen: Sequence[Disagreement], seat: str, reason: str, progress: Progress
) -> DecidedAlike:
    """Decide many in favour of one seat."""
    return decide_alike(session, chosen, seat, reason, progress)


def settle_correction(
    session: Session,
    round_id: str,
    subject: str,
    reason: str,
    *,
    accept: bool,
    confirmed: Collection[str] = (),
) -> None:
    """Accept or reject a correction; ``confirmed`` are doubts that the registrar has answered."""
    decide_correction(session, round_id, subject, accept=accept, reason=reason, confirmed=confirmed)


def settle_addition(
    session: Session,
    round_id: str,
    subject: str,
    reason: str,
    *,
    accept: bool,
    confirmed: Collection[str] = (),
) -> None:
    """Accept or reject a student who was added by hand; see ``settle_correction``."""
    if accept:
        accept_addition(session, round_id, subject, reason, confirmed=confirmed)
    else:
        reject_addition(session, round_id, subject, reason)


def evidence(session: Session, sha256: str) -> bytes:
    """Read a piece of evidence."""
    return read_evidence(session, sha256)
