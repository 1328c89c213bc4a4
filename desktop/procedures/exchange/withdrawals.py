"""What the withdrawal of a bundle would take back, asked before it happens."""

from collections import Counter
from dataclasses import dataclass

from desktop.domain.offices import OfficeKind
from desktop.domain.wording import ASPECT_TITLES
from desktop.errors import NotFound
from desktop.procedures.naming import Names
from desktop.procedures.session import Session
from desktop.store import exchange, registration


@dataclass(frozen=True, slots=True)
class WithdrawalPlan:
    """What a withdrawal takes back.

    Attributes:
        office_name: whose bundle it is.
        number: of the bundle.
        statements: how many statements would no longer count.
        aspects: how many of what, in words, the most first.
        students: the names of the students whom they concern.
        issued: the names of those who have an outcome already: then it can not be taken back.
    """

    office_name: str
    number: int
    statements: int
    aspects: tuple[tuple[str, int], ...]
    students: tuple[str, ...]
    issued: tuple[str, ...]


def plan_withdrawal(session: Session, bundle_id: str) -> WithdrawalPlan:
    """Return what ``withdraw_bundle`` would take back, and change nothing.

    Raises:
        NotFound: no such bundle was merged. NotAllowed: only the registrar withdraws.
    """
    session.require(OfficeKind.REGISTRAR)
    with session.unit_of_work() as unit:
        bundle = exchange.incoming_bundle(unit.connection, bundle_id)
        if bundle is None:
            raise NotFound("没有收过这份报送包。", "请在已收列表中选择。")
        resting = unit.journal.resting_on(bundle_id)
        touched = exchange.students_touched(unit.connection, resting)
        issued = touched & registration.issued_students(unit.connection)
        names = Names(unit, touched)
    counted = Counter(ASPECT_TITLES[statement.aspect] for statement in resting)
    return WithdrawalPlan(
        office_name=names.office(bundle.from_office),
        number=bundle.number,
        statements=len(resting),
        aspects=tuple(counted.most_common()),
        students=tuple(sorted(names.who(one).name for one in touched)),
        issued=tuple(sorted(names.who(one).name for one in issued)),
    )
