"""From which rounds a new one can begin, with whom, and until when it would take."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from desktop.domain.review_rules import recheck_deadline
from desktop.domain.rounds import Procedure, Round
from desktop.procedures.session import Session
from desktop.procedures.standing.following_rounds import plan_following, sources
from desktop.procedures.standing.review_files import rules_of_round
from desktop.store import school
from desktop.store.students import listed_students


@dataclass(frozen=True, slots=True)
class FollowingStart:
    """A round from which a new one can begin.

    Attributes:
        source: the round.
        students: how many would come.
        new: how many of them are not in the round yet that is asked about.
        left: how many of the other round would not come.
        deadline: the last day that is suggested; "" where there is nothing to go by.
    """

    source: Round
    students: int
    new: int
    left: int
    deadline: str


def following_starts(
    session: Session, procedure: Procedure, round_id: str = ""
) -> tuple[FollowingStart, ...]:
    """Return from which rounds a round of a procedure can begin, the latest first.

    Args:
        session: of the office that leads the procedure, or of the registrar.
        procedure: of the new round.
        round_id: a round that is open already, of whose latecomers it is asked; "" for a new one.

    Raises:
        NotAllowed: another office leads it.
    """
    found = []
    year = ""
    if round_id:
        with session.unit_of_work() as unit:
            year = school.round_by_id(unit.connection, round_id).entry_year
    for source in sources(session, procedure, year):
        plan = plan_following(session, procedure, source.id, round_id)
        deadline = _last_day(session, source) if procedure is Procedure.RECHECK else ""
        found.append(FollowingStart(source, len(plan.students), len(plan.new), plan.left, deadline))
    return tuple(found)


def _last_day(session: Session, source: Round) -> str:
    """Return the end of the three months after most of the students have entered (二(二))."""
    with session.unit_of_work() as unit:
        days = Counter(
            day
            for one in listed_students(unit.connection, source.id)
            if (day := _day(one.identity.entry_date))
        )
        rules = rules_of_round(unit, source.id)
    if days:
        entered = days.most_common(1)[0][0]
    elif rules.check_in_from:
        entered = date.fromisoformat(rules.check_in_from)
    else:
        return ""
    return recheck_deadline(entered).isoformat()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
