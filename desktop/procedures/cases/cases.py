"""Cases of the re-check: opened from a doubt, looked into, taken back (细则 二(三)4).

Colleges and admissions work on them together. Nothing is passed on a student while a case of
theirs is open; an important one is concluded by admissions on the leading group's paper alone.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from desktop.domain.offices import OfficeKind
from desktop.domain.statements import Key
from desktop.errors import (
    CaseForLeadingGroup,
    CaseSettled,
    CaseStands,
    Incomplete,
    NotFound,
    NothingToChange,
)
from desktop.procedures.cases.case_files import CASE_OFFICES, case_by_number, cases_of
from desktop.procedures.cases.case_saying import (
    open_case,
    paragraphs,
    require_own_word,
    require_recheck,
    say,
    take_back,
)
from desktop.procedures.evidence_files import Evidence, keep_evidence
from desktop.procedures.registration.undisputed import named
from desktop.procedures.session import Session
from desktop.procedures.typed_texts import stated_reason
from desktop.store import cases
from desktop.store.journal import Draft
from desktop.store.store import UnitOfWork
from desktop.store.students import Student, listed_students


@dataclass(frozen=True, slots=True)
class NewCase:
    """What is asked when a case is opened."""

    student: str
    cause: str
    important: bool = False


def open_cases(session: Session, round_id: str, wanted: Sequence[NewCase]) -> tuple[str, ...]:
    """Open cases, all of them or none, and return their numbers.

    Raises:
        CaseStands: one of the students has an open case.
        Incomplete: a case has no cause, or nobody was chosen.
        NotFound: a student is not on the round's list.
        TextRefused, NotAllowed, RoundNotOpen: nothing was opened.
    """
    session.require(*CASE_OFFICES)
    if not wanted:
        raise Incomplete("没有选择学生。", "请先选择有疑点的学生。")
    wanted = [replace(one, cause=paragraphs("立案原因", one.cause)) for one in wanted]
    if not all(one.cause for one in wanted):
        raise Incomplete("专项核查要写明原因。", "请写明疑点是什么，再立案。")
    with session.unit_of_work() as unit:
        require_recheck(unit, round_id)
        listed = _listed(unit, round_id, [one.student for one in wanted])
        _require_no_open_case(unit, round_id, listed)
        seat = session.home.seat.id
        serial = cases.next_serial(unit.connection, "case_file", f"case:{seat}-")
        numbers = [f"{seat}-{serial + place:03d}" for place in range(len(wanted))]
        unit.journal.state_all(
            Draft(
                Key(f"case:{number}", "case_file", round_id),
                {
                    "student": one.student,
                    "cause": one.cause,
                    "important": "yes" if one.important else "no",
                    "state": "open",
                    "opened_on": session.today().isoformat(),
                },
            )
            for number, one in zip(numbers, wanted, strict=True)
        )
        unit.commit()
    return tuple(numbers)


def amend_case(
    session: Session,
    round_id: str,
    number: str,
    *,
    cause: str | None = None,
    findings: str | None = None,
) -> None:
    """Write down what was found, or word the cause anew; None leaves it as it is.

    Raises:
        CaseSettled: it has a conclusion.
        Incomplete, TextRefused: the cause is empty, or a text can not be read.
        NothingToChange: it says so already.
        NotFound, NotAllowed, RoundNotOpen: nothing was written.
    """
    typed = {
        field: paragraphs(title, text)
        for field, title, text in (("cause", "立案原因", cause), ("findings", "核查情况", findings))
        if text is not None
    }
    if typed.get("cause") == "":
        raise Incomplete("专项核查要写明原因。", "请写明疑点是什么，再保存。")
    with open_case(session, round_id, number) as (unit, case):
        changed = {field: text for field, text in typed.items() if text != getattr(case, field)}
        if not changed:
            raise NothingToChange("内容与现在登记的相同，没有要保存的。", "请修改后再保存。")
        say(unit, round_id, case, {field: text or None for field, text in changed.items()})
        unit.commit()


def mark_important(
    session: Session, round_id: str, number: str, reason: str, *, important: bool
) -> None:
    """Say that a case is one for the leading group, or, only at admissions, that it is not.

    Raises:
        CaseForLeadingGroup: a college would take it away from the leading group.
        CaseSettled: it has a conclusion.
        NothingToChange: it is so already.
        Incomplete, TextRefused, NotFound, NotAllowed, RoundNotOpen: nothing was said.
    """
    why = stated_reason(reason, "改变是否重点对象要写明原因。", "请填写原因后再保存。")
    with open_case(session, round_id, number) as (unit, case):
        if case.important is important:
            now = "已经是重点对象" if important else "本来就不是重点对象"
            raise NothingToChange(f"专项核查 {number} {now}。", "请刷新后核对。")
        if not important and session.home.seat.office.kind is OfficeKind.COLLEGE:
            raise CaseForLeadingGroup(
                f"专项核查 {number} 是重点对象，院部不能改为一般对象。",
                "请联系招生工作处；确实不需要报领导小组的，由招生工作处更改。",
            )
        say(unit, round_id, case, {"important": "yes" if important else "no"}, reason=why)
        unit.commit()


def keep_statement(session: Session, round_id: str, number: str, statement: Evidence) -> None:
    """Keep the written statement of a case with it, as it was signed, concluded or not.

    Raises:
        NotFound, NotAllowed, RoundNotOpen: nothing was kept.
    """
    session.require(*CASE_OFFICES)
    with session.unit_of_work() as unit:
        require_recheck(unit, round_id)
        case = case_by_number(unit, round_id, number)
        kept = keep_evidence(session, unit, [statement])
        say(unit, round_id, case, {"statement": kept[0]}, evidence=kept)
        unit.commit()


def retract_case(session: Session, round_id: str, number: str, reason: str) -> None:
    """Take back a case that was opened by mistake, before anything was found out.

    Raises:
        AlreadyDecided: another office opened it, or has had a word in it.
        CaseSettled: it has a conclusion, or notes; those are to be taken back first.
        Incomplete, NotFound, NotAllowed, RoundNotOpen: nothing was taken back.
    """
    why = stated_reason(reason, "撤回立案要写明原因。", "请填写原因后再撤回。")
    with open_case(session, round_id, number) as (unit, case):
        if case.examined:
            raise CaseSettled(
                f"专项核查 {number} 已经登记了核查情况，不能撤回立案。",
                "疑点已经排除的，请作出结论；登记有误的，请先逐条撤回。",
            )
        key = Key(f"case:{number}", "case_file", round_id)
        require_own_word(session, unit, key, f"专项核查 {number}")
        take_back(unit, key, case, why)
        unit.commit()


def _require_no_open_case(unit: UnitOfWork, round_id: str, listed: Collection[Student]) -> None:
    wanted = {student.subject for student in listed}
    for case in cases_of(unit, round_id):
        if case.student.subject in wanted and not case.concluded:
            raise CaseStands(
                f"{named(case.student)}的专项核查 {case.number} 还没有结论，不能再立一件。",
                "请在原来的那一件里继续登记。",
            )


def _listed(unit: UnitOfWork, round_id: str, subjects: Sequence[str]) -> list[Student]:
    wanted = set(subjects)
    found = [one for one in listed_students(unit.connection, round_id) if one.subject in wanted]
    if len(found) < len(subjects):
        raise NotFound(
            f"有 {len(subjects) - len(found)} 名学生不在本批次的名单里，或者选了两次。",
            "请刷新列表，重新选择。",
        )
    return found
