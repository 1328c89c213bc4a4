"""Opening, closing and reopening a round, and preparing it: the roster, classes, offices."""

from dataclasses import dataclass, replace
from typing import Final

from desktop.domain.authority import SIGN_OFFS
from desktop.domain.offices import OFFICE_KIND_TITLES, OfficeKind
from desktop.domain.rounds import LEADERS, ClassGroup, Procedure, Round
from desktop.domain.statements import Key
from desktop.errors import Incomplete, NotFound, RoundNotOpen
from desktop.procedures.session import Reader, Session
from desktop.procedures.typed_texts import stated_reason, typed_text
from desktop.store import school
from desktop.store.journal import Draft
from desktop.store.store import UnitOfWork


@dataclass(frozen=True, slots=True)
class NewRound:
    """What is asked when a round is opened.

    ``required_sign_offs`` are names of ``authority.SIGN_OFFS``; the class teacher and the head
    are what the rule book demands (细则 三(三)1). Signing by proxy is off unless allowed.
    """

    procedure: Procedure
    name: str
    entry_year: str
    deadline: str  # YYYY-MM-DD
    required_sign_offs: tuple[str, ...] = ("class_teacher", "head")
    proxy_allowed: bool = False
    asks_verdicts: bool = False


def require_leading(session: Reader, procedure: Procedure) -> None:
    """Raise unless this office leads a procedure, or is the registrar, who may step in.

    Raises:
        NotAllowed: it does not.
    """
    session.require(OfficeKind.REGISTRAR, LEADERS[procedure])


def open_round(session: Session, new: NewRound) -> Round:
    """Open a round.

    Raises:
        NotAllowed: only the office that leads the procedure opens its rounds.
        TextRefused: the name has characters that nobody can read.
        Incomplete: name, year or deadline is missing.
    """
    require_leading(session, new.procedure)
    with session.unit_of_work() as unit:
        round_ = state_round(session, unit, new)
        unit.commit()
    return round_


def state_round(session: Session, unit: UnitOfWork, new: NewRound) -> Round:
    """Say, within a transaction, that there is a round.

    Raises:
        Incomplete: name, year or deadline is missing.
    """
    new = replace(new, name=typed_text("批次名称", new.name))
    if not (new.name and new.entry_year and new.deadline):
        raise Incomplete("批次的名称、年级和截止日期都要填写。", "请补全后再保存。")
    if unknown := set(new.required_sign_offs) - set(SIGN_OFFS):
        raise ValueError(f"no such sign-offs: {sorted(unknown)}")
    # another seat than the root has its number in the id: two seats never open one round
    seat = "" if session.home.is_root else f"{session.home.seat.id}-"
    prefix = f"{new.entry_year}-{new.procedure}-{seat}"
    known = [round_.id.removeprefix(prefix) for round_ in school.rounds(unit.connection)]
    count = sum(rest.isdecimal() for rest in known)
    round_id = f"{prefix}{count + 1}"
    unit.journal.state(
        Key(f"round:{round_id}", "round", ""),
        {
            "procedure": str(new.procedure),
            "name": new.name,
            "entry_year": new.entry_year,
            "deadline": new.deadline,
            "required_sign_offs": ",".join(new.required_sign_offs),
            "proxy_allowed": "yes" if new.proxy_allowed else "no",
            "asks_verdicts": "yes" if new.asks_verdicts else "no",
            "state": "open",
        },
    )
    return school.round_by_id(unit.connection, round_id)


def close_round(session: Session, round_id: str) -> None:
    """Close a round: what comes later is shown, never silently taken.

    Raises:
        NotAllowed: only the office that leads it closes a round.
        RoundNotOpen: it is closed already.
    """
    with session.unit_of_work() as unit:
        require_leading(session, require_open(unit, round_id).procedure)
        unit.journal.state(
            Key(f"round:{round_id}", "round", ""),
            {"state": "closed", "closed_on": session.today().isoformat()},
        )
        unit.commit()


def reopen_round(session: Session, round_id: str, reason: str) -> None:
    """Open a closed round again.

    Raises:
        NotAllowed: only the office that leads it does.
        Incomplete: no reason is given.
    """
    reason = stated_reason(reason, "重新开启批次要写明原因。", "请填写原因。")
    with session.unit_of_work() as unit:
        require_leading(session, school.round_by_id(unit.connection, round_id).procedure)
        unit.journal.state(
            Key(f"round:{round_id}", "round", ""),
            {"state": "open", "closed_on": None},
            reason=reason,
        )
        unit.commit()


def assign_classes(session: Session, college_name: str, office: str) -> tuple[ClassGroup, ...]:
    """Assign every class that the admission data give to a college to that college's office.

    Raises:
        NotAllowed: only the registrar and admissions do.
        NotFound: there are no such classes, or no such office.
    """
    session.require(OfficeKind.REGISTRAR, OfficeKind.ADMISSIONS)
    with session.unit_of_work() as unit:
        state_assignment(unit, college_name, office)
        unit.commit()
        return school.classes(unit.connection, office=office)


def state_assignment(unit: UnitOfWork, college_name: str, office: str) -> None:
    """Say, within a transaction, that a college's classes are an office's.

    Raises:
        NotFound: there are no such classes, or no such office.
    """
    if office not in {known.id for known in school.offices(unit.connection)}:
        raise NotFound(f"没有编号为“{office}”的部门。", "请先批复该部门加入。")
    found = [c for c in school.classes(unit.connection) if c.college_name == college_name]
    if not found:
        raise NotFound(f"名单里没有“{college_name}”的班级。", "请核对院部名称。")
    unit.journal.state_all(
        Draft(Key(group.id, "class_group", ""), {"office": office})
        for group in found
        if group.office != office
    )


GENERAL: Final = Round(
    id="",
    procedure=Procedure.STUDENT_REGISTRATION,
    name="学校、部门和席位",
    entry_year="",
    deadline="",
    required_sign_offs=(),
    proxy_allowed=False,
    open=True,
)
"""In place of a round, for bundles that bring only what lasts: before any round was opened."""


def round_or_general(unit: UnitOfWork, round_id: str) -> Round:
    """Return a round, or what stands in place of one where none is named.

    Raises:
        NotFound: this store does not know it.
    """
    return school.round_by_id(unit.connection, round_id) if round_id else GENERAL


def require_open(unit: UnitOfWork, round_id: str) -> Round:
    """Return the round, if it is open.

    Raises:
        NotFound: no such round here.
        RoundNotOpen: it is closed.
    """
    round_ = school.round_by_id(unit.connection, round_id)
    if not round_.open:
        raise RoundNotOpen(
            f"“{round_.name}”已经结束，不能再登记。",
            f"确需登记时，请联系{OFFICE_KIND_TITLES[round_.leader]}重新开启。",
        )
    return round_
