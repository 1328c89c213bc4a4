"""Deciding anew what the registrar has decided by mistake.

A decision is one more statement, and so is the one that takes its place: nothing is struck out of
the journal, and where the first had consequences for a student, they are turned round with it.
"""

from dataclasses import dataclass

from desktop.domain.offices import OfficeKind
from desktop.domain.readings import Decided, decided, read
from desktop.domain.rounds import LEADERS
from desktop.domain.statements import Key
from desktop.errors import AlreadyIssued, DecisionStale
from desktop.procedures.deciding.consequences import consequences
from desktop.procedures.deciding.decisions import Alternative, alternative, require_deciding
from desktop.procedures.deciding.going_together import decision_values
from desktop.procedures.rounds import require_open
from desktop.procedures.session import Session
from desktop.procedures.typed_texts import stated_reason
from desktop.store import exchange, registration, seats
from desktop.store.journal import Draft
from desktop.store.store import UnitOfWork
from desktop.store.tables import statements_of


@dataclass(frozen=True, slots=True)
class DecidedConflict:
    """A field on which statements contradicted one another until the registrar decided.

    ``decision`` is what holds now; ``statement`` is the statement that says so.
    """

    key: Key
    field: str
    alternatives: tuple[Alternative, ...]
    decision: Alternative
    statement: str


def decided_conflicts(session: Session, round_id: str) -> list[DecidedConflict]:
    """Return the conflicts that were decided and still stand so, by subject."""
    with session.unit_of_work() as unit:
        offices = seats.offices_by_seat(unit.connection)
        decider = _decider(session)
        keys = registration.maybe_decided(unit.connection, round_id, decider)
        said = statements_of(unit.connection, keys)
    deciders = _seats_of(offices, decider)
    return [
        DecidedConflict(
            key,
            field,
            tuple(alternative(s, field, offices.get(s.seat, "")) for s in one.sides),
            alternative(one.by, field, offices[one.by.seat]),
            one.by.id,
        )
        for key in sorted(said)
        for field, one in sorted(decided(said[key], deciders).items())
    ]


def decide_anew(
    session: Session, round_id: str, one: DecidedConflict, value: str | None, reason: str
) -> None:
    """Decide a decided conflict otherwise, for another of its sides.

    Where the first decision changed a student's data, as between accepting and rejecting a
    correction or an addition, they follow this one.

    Raises:
        Incomplete: no reason is given.
        DecisionStale: something else holds by now, or the value is none of the sides.
        AlreadyIssued: a student whom it touches has an outcome in this round.
        CorrectionRefused, ReasonOfAnotherMark: see ``decide_conflict``.
        RoundNotOpen: it is about a round that is closed.
        NotAllowed: see ``decide_conflict``.
    """
    require_deciding(session, one.key)
    reason = stated_reason(reason, "重新裁定要写明理由。")
    with session.unit_of_work() as unit:
        if one.key.round == round_id:
            require_open(unit, round_id)
        before = _standing_decision(session, unit, one)
        if value == before.by.values[one.field] or value not in {
            side.values[one.field] for side in before.sides
        }:
            raise _stale()
        said = statements_of(unit.connection, [one.key]).get(one.key, [])
        _require_unissued(unit, round_id, one.key, before)
        values = decision_values(one.key, one.field, value, before.sides, read(said))
        # asked before the decision is said: what stood until now tells what follows from it
        follows = consequences(unit, one.key, one.field, value, reason)
        unit.journal.state_all([*follows, Draft(one.key, values, reason)])
        unit.commit()


def _decider(session: Session) -> str:
    """Return whose decisions are looked at: one's own office's where it leads any procedure."""
    kind = session.home.seat.office.kind
    return str(kind if kind in LEADERS.values() else OfficeKind.REGISTRAR)


def _seats_of(offices: dict[str, str], office: str) -> set[str]:
    return {seat for seat, of in offices.items() if of == office}


def _standing_decision(session: Session, unit: UnitOfWork, one: DecidedConflict) -> Decided:
    """Return the decision that is to be replaced, if it is still the one that was shown."""
    said = statements_of(unit.connection, [one.key]).get(one.key, [])
    deciders = _seats_of(seats.offices_by_seat(unit.connection), _decider(session))
    found = decided(said, deciders).get(one.field)
    if found is None or found.by.id != one.statement:
        raise _stale()
    return found


def _stale() -> DecisionStale:
    return DecisionStale(
        "这一处裁定已经变化，或已有人重新裁定。", "请刷新已裁定的列表，查看最新情况。"
    )


def _require_unissued(unit: UnitOfWork, round_id: str, key: Key, before: Decided) -> None:
    """Raise when an outcome rests on the decision."""
    touched = exchange.students_touched(unit.connection, [before.by, *before.sides])
    touched |= {
        correction.student
        for correction in registration.corrections(unit.connection, round_id)
        if correction.subject == key.subject
    }
    issued = registration.subjects_of_round(unit.connection, "registration", round_id)
    if hit := touched & issued:
        raise AlreadyIssued(
            f"有{len(hit)}名学生已经据此办理了注册结论，不能重新裁定。",
            "请先在“学籍注册”里更改或收回结论，再重新裁定。",
        )
