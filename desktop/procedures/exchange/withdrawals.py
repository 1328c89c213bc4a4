"""Taking a merged bundle back, and what that would take back, asked before it happens (ADR 48).

Whoever took a bundle in takes it back: the registrar any, admissions and student affairs those of
offices that answer to them. Nothing is taken back on which a decision of this office rests.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from desktop.domain.authority import may_state
from desktop.domain.exchange import IncomingBundle
from desktop.domain.offices import OfficeKind, kind_of_office
from desktop.domain.routes import takes_back
from desktop.domain.statements import Key, Statement
from desktop.domain.wording import ASPECT_TITLES
from desktop.errors import AlreadyIssued, NotAllowed, NotFound
from desktop.procedures.naming import Names
from desktop.procedures.session import Reader, Session
from desktop.procedures.typed_texts import stated_reason
from desktop.store import exchange, registration
from desktop.store.store import UnitOfWork

_VERDICTS = ("entry_review", "recheck")


@dataclass(frozen=True, slots=True)
class WithdrawalPlan:
    """What a withdrawal takes back.

    Attributes:
        office_name: whose bundle it is.
        number: of the bundle.
        statements: how many statements would no longer count.
        aspects: how many of what, in words, the most first.
        students: the names of the students whom they concern.
        issued: the names of those about whom this office has decided already, by an outcome or a
            verdict: then it can not be taken back.
        verdicts: whether what was decided are verdicts, which can be taken back first.
    """

    office_name: str
    number: int
    statements: int
    aspects: tuple[tuple[str, int], ...]
    students: tuple[str, ...]
    issued: tuple[str, ...]
    verdicts: bool


def may_withdraw(session: Reader, bundle: IncomingBundle) -> bool:
    """Tell whether this office may take back a bundle that lies here.

    Not what was sent to another office and handed on, nor the word of whoever leads it.
    """
    me = session.home.seat.office
    return (
        may_state(me.kind, "withdrawal")
        and bundle.to_office == me.id
        and takes_back(me.kind, kind_of_office(bundle.from_office))
    )


def plan_withdrawal(session: Session, bundle_id: str) -> WithdrawalPlan:
    """Return what ``withdraw_bundle`` would take back, and change nothing.

    Raises:
        NotFound: no such bundle was merged. NotAllowed: another office decides about it.
    """
    with session.unit_of_work() as unit:
        bundle = _taken_in(session, unit, bundle_id)
        resting = unit.journal.resting_on(bundle_id)
        touched = exchange.students_touched(unit.connection, resting)
        issued = _decided(session, unit, resting)
        names = Names(unit, touched)
    counted = Counter(ASPECT_TITLES[statement.aspect] for statement in resting)
    return WithdrawalPlan(
        office_name=names.office(bundle.from_office),
        number=bundle.number,
        statements=len(resting),
        aspects=tuple(counted.most_common()),
        students=tuple(sorted(names.who(one).name for one in touched)),
        issued=tuple(sorted(names.who(one).name for one in issued)),
        verdicts=session.home.seat.office.kind is not OfficeKind.REGISTRAR,
    )


def withdraw_bundle(session: Session, bundle_id: str, reason: str) -> None:
    """Take a merged bundle back: its statements stay, but no longer count (design §3.5).

    Raises:
        NotAllowed: another office decides about it.
        NotFound: no such bundle was merged.
        AlreadyIssued: this office has decided about a student of whom it speaks.
        Incomplete: no reason is given.
    """
    _require_taking_back(session)
    reason = stated_reason(reason, "撤回报送包要写明原因。", "请填写原因后再操作。")
    with session.unit_of_work() as unit:
        _taken_in(session, unit, bundle_id)
        hit = _decided(session, unit, unit.journal.resting_on(bundle_id))
        if hit and session.home.seat.office.kind is OfficeKind.REGISTRAR:
            raise AlreadyIssued(
                f"这份报送包涉及的 {len(hit)} 名学生已经办理了注册结论，不能撤回。",
                "请对有问题的学生逐一更正。",
            )
        if hit:
            raise AlreadyIssued(
                f"这份报送包涉及的 {len(hit)} 名学生已经下达了审查或复查结论，不能撤回。",
                "请先收回这些学生的结论，再撤回报送包。",
            )
        unit.journal.state(
            Key(f"bundle:{bundle_id}", "withdrawal", ""),
            {"withdrawn": "yes", "explanation": reason},
        )
        unit.commit()


def _require_taking_back(session: Reader) -> None:
    """Raise unless this office takes back what it has taken in."""
    if not may_state(session.home.seat.office.kind, "withdrawal"):
        raise NotAllowed("本部门不能撤回收入的报送包。", "请联系报送部门，请他们更正以后再报送。")


def _taken_in(session: Reader, unit: UnitOfWork, bundle_id: str) -> IncomingBundle:
    """Return a merged bundle that this office may take back."""
    _require_taking_back(session)
    bundle = exchange.incoming_bundle(unit.connection, bundle_id)
    if bundle is None:
        raise NotFound("没有收过这份报送包。", "请在已收列表中选择。")
    if not may_withdraw(session, bundle):
        raise NotAllowed(
            "这份报送包不归本部门撤回。", "其中有误的，请联系报送部门，请他们更正以后再报送。"
        )
    return bundle


def _decided(session: Reader, unit: UnitOfWork, resting: Sequence[Statement]) -> frozenset[str]:
    """Return the students of statements about whom this office has decided.

    The registrar's outcomes rest on what was said in any round, for much of it lasts. A verdict of
    admissions rests on what was said in its own round, and on what lasts.
    """
    if session.home.seat.office.kind is OfficeKind.REGISTRAR:
        touched = exchange.students_touched(unit.connection, resting)
        return touched & registration.issued_students(unit.connection)
    lasting = [one for one in resting if not one.round]
    decided: frozenset[str] = frozenset()
    for aspect in _VERDICTS:
        for round_id, students in registration.verdicts_by_round(unit.connection, aspect).items():
            said = [*lasting, *(one for one in resting if one.round == round_id)]
            decided |= _touched(unit, said) & students
    return decided


def _touched(unit: UnitOfWork, said: Collection[Statement]) -> frozenset[str]:
    return exchange.students_touched(unit.connection, said) if said else frozenset()
