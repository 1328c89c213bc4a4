"""What is decided together: the fields of one act, and many disagreements of one kind."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.errors import DecisionStale
from desktop.procedures.deciding.decision_desk import Disagreement
from desktop.procedures.deciding.decisions import decide_conflict
from desktop.procedures.deciding.going_together import ACTS
from desktop.procedures.session import Progress, Session, no_progress


@dataclass(frozen=True, slots=True)
class DecidedAlike:
    """How many were decided in one go, and how many had changed meanwhile and still wait."""

    decided: int
    stale: int


def companions(one: Disagreement, others: Sequence[Disagreement]) -> tuple[Disagreement, ...]:
    """Return the other fields of the same act, where a disagreement is about its leading field.

    Who is right about whether a student has signed is right about why not, too.
    """
    act = ACTS.get(one.key.aspect)
    if act is None or act.leading != one.field:
        return ()
    return tuple(o for o in others if o.key == one.key and o.field in act.along)


def decide_alike(
    session: Session,
    chosen: Sequence[Disagreement],
    seat: str,
    reason: str,
    progress: Progress = no_progress,
) -> DecidedAlike:
    """Decide several disagreements in favour of what one seat says, each in its transaction.

    One that somebody else decided or changed meanwhile is left alone and counted.

    Raises:
        Incomplete: no reason is given. NotAllowed: only the registrar decides.
        Cancelled: those before are decided.
    """
    stale = 0
    for done, one in enumerate(chosen):
        progress(done, len(chosen))
        try:
            decide_conflict(session, one.key, one.field, one.value_of(seat), reason)
        except DecisionStale:
            stale += 1
    return DecidedAlike(len(chosen) - stale, stale)


def like(one: Disagreement, others: Sequence[Disagreement]) -> tuple[Disagreement, ...]:
    """Return those, itself among them, that can be decided alike: same field, same speakers.

    A seat that contradicts itself says nothing that could be followed.
    """
    return tuple(
        other
        for other in others
        if other.likeness == one.likeness
        and len({side.voice.seat for side in other.sides}) == len(other.sides)
    )
