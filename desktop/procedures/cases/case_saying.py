"""Whoever says something of a case: in an open re-check, of a case that has no conclusion."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from desktop.domain.authority import ASPECTS
from desktop.domain.offices import OfficeKind
from desktop.domain.rounds import Procedure, Round
from desktop.domain.statements import Key, Values
from desktop.errors import (
    AlreadyDecided,
    CaseForLeadingGroup,
    CaseSettled,
    NotFound,
    ValueRefused,
)
from desktop.procedures.cases.case_files import CASE_OFFICES, Case, case_by_number
from desktop.procedures.rounds import require_open
from desktop.procedures.session import Session
from desktop.procedures.typed_texts import typed_day, typed_text
from desktop.store import histories
from desktop.store.store import UnitOfWork


@contextmanager
def open_case(session: Session, round_id: str, number: str) -> Iterator[tuple[UnitOfWork, Case]]:
    """Open a transaction in which something is said of a case that has no conclusion."""
    session.require(*CASE_OFFICES)
    with session.unit_of_work() as unit:
        require_recheck(unit, round_id)
        case = case_by_number(unit, round_id, number)
        if case.concluded:
            raise CaseSettled(
                f"专项核查 {number} 已有结论，不能再改。", "确需再查的，请先“重新核查”并写明原因。"
            )
        yield unit, case


def require_recheck(unit: UnitOfWork, round_id: str) -> Round:
    """Return a round, if it is an open re-check.

    Raises:
        NotFound: there is none.
        RoundNotOpen: it is closed.
    """
    round_ = require_open(unit, round_id)
    if round_.procedure is not Procedure.RECHECK:
        raise NotFound(f"“{round_.name}”不是入学资格复查。", "请选择入学资格复查的批次。")
    return round_


def say(
    unit: UnitOfWork,
    round_id: str,
    case: Case,
    values: Values,
    *,
    reason: str = "",
    evidence: Sequence[str] = (),
) -> None:
    """Say something of a case; each time it names the student, by whom its college is found."""
    key = Key(f"case:{case.number}", "case_file", round_id)
    named_too = {**values, "student": case.student.subject}
    unit.journal.state(key, named_too, reason=reason, evidence=evidence)


def take_back(unit: UnitOfWork, key: Key, case: Case, reason: str) -> None:
    """Set everything back to nothing but the student, by whom a college is found."""
    nothing: Values = dict.fromkeys(sorted(ASPECTS[key.aspect].fields))
    unit.journal.state(key, {**nothing, "student": case.student.subject}, reason=reason)


def require_own_word(session: Session, unit: UnitOfWork, key: Key, title: str) -> None:
    """Raise when another office than this one has had a word in it."""
    if histories.said_by_others(unit.connection, key, session.home.seat.office.id):
        raise AlreadyDecided(
            f"{title}有其他部门登记的内容，本部门不能撤回。", "请联系登记的部门说明情况。"
        )


def require_for_group(session: Session, case: Case, deed: str) -> None:
    """Raise when a case is for the leading group, and this is a college."""
    if case.important and session.home.seat.office.kind is OfficeKind.COLLEGE:
        raise CaseForLeadingGroup(
            f"专项核查 {case.number} 是重点对象，不能由院部{deed}。",
            "请登记核查情况后报招生工作处，由招生工作处报领导小组决定。",
        )


def past_day(session: Session, title: str, text: str) -> str:
    """Return a day that is not still to come, "" for none.

    Raises:
        ValueRefused: it is no day, or still to come.
    """
    day, today = typed_day(title, text), session.today().isoformat()
    if day > today:
        raise ValueRefused(f"{title}“{day}”还没有到（今天是{today}）。", "请核对日期后再保存。")
    return day


def paragraphs(title: str, text: str) -> str:
    """Return a text of several lines, each as ``typed_text`` makes it; empty ones are left out."""
    lines = (typed_text(title, line) for line in text.splitlines())
    return "\n".join(line for line in lines if line)
