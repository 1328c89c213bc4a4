"""How a case ends: concluded by a college or by admissions, and opened again (细则 二(三)4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from desktop.domain.cases import OUTCOMES, needs_document
from desktop.domain.recheck import RecheckVerdict
from desktop.errors import (
    CaseUnexamined,
    Incomplete,
    NothingToChange,
    ValueRefused,
    VerdictRests,
)
from desktop.procedures.cases.case_files import CASE_OFFICES, Case, case_by_number
from desktop.procedures.cases.case_saying import (
    open_case,
    paragraphs,
    past_day,
    require_for_group,
    require_recheck,
    say,
)
from desktop.procedures.evidence_files import Evidence, keep_evidence
from desktop.procedures.registration.undisputed import named
from desktop.procedures.session import Session
from desktop.procedures.typed_texts import person_called, stated_reason, typed_day, typed_text
from desktop.store import registration
from desktop.store.store import UnitOfWork
from desktop.store.students import Student

_CONCLUSION: Final = ("outcome", "until", "decided_by", "decided_on", "document", "explanation")
_FINAL: Final = frozenset(RecheckVerdict) - {RecheckVerdict.CASE}


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What a case is concluded with; ``until`` is the day until which a place is kept."""

    outcome: str
    decided_by: str
    decided_on: str  # YYYY-MM-DD
    explanation: str
    document: str = ""
    until: str = ""


def conclude_case(
    session: Session,
    round_id: str,
    number: str,
    conclusion: Conclusion,
    evidence: Sequence[Evidence] = (),
) -> None:
    """Conclude a case.

    Raises:
        CaseForLeadingGroup: it is important, and this is a college.
        CaseUnexamined: nothing was found out yet.
        CaseSettled: it has a conclusion already.
        Incomplete: who decided, the day, the reason, the paper or the term is missing.
        ValueRefused: a day is none, or the term is not to come, or the decision is.
        TextRefused, NotFound, NotAllowed, RoundNotOpen: nothing was concluded.
    """
    if conclusion.outcome not in OUTCOMES:
        raise ValueError(f"no such conclusion: {conclusion.outcome}")
    conclusion = _typed_conclusion(session, conclusion)
    with open_case(session, round_id, number) as (unit, case):
        _require_ready(session, case, conclusion)
        values = {field: getattr(conclusion, field) or None for field in _CONCLUSION}
        values["outcome"] = str(conclusion.outcome)
        kept = keep_evidence(session, unit, evidence)
        say(unit, round_id, case, {**values, "state": "concluded"}, evidence=kept)
        unit.commit()


def reopen_case(session: Session, round_id: str, number: str, reason: str) -> None:
    """Open a concluded case again: its conclusion holds no more, what was found stays.

    Raises:
        VerdictRests: the registrar was told a verdict that rests on the conclusion.
        CaseForLeadingGroup: a college would open again what the leading group has concluded.
        NothingToChange: it is open.
        Incomplete, NotFound, NotAllowed, RoundNotOpen: nothing was changed.
    """
    session.require(*CASE_OFFICES)
    why = stated_reason(reason, "重新核查要写明原因。", "请填写原因后再保存。")
    with session.unit_of_work() as unit:
        require_recheck(unit, round_id)
        case = case_by_number(unit, round_id, number)
        if not case.concluded and not case.outcome:
            raise NothingToChange(f"专项核查 {number} 还没有结论，不用重新核查。", "请直接登记。")
        require_for_group(session, case, "重新核查")
        _require_untold(unit, round_id, case.student)
        nothing = dict.fromkeys(_CONCLUSION)
        say(unit, round_id, case, {**nothing, "state": "open"}, reason=why)
        unit.commit()


def _require_ready(session: Session, case: Case, conclusion: Conclusion) -> None:
    """Raise unless a case can be concluded so, here and now."""
    require_for_group(session, case, "作结论")
    if not case.examined:
        raise CaseUnexamined(
            f"专项核查 {case.number} 还没有登记谈话、核查情况或证据材料，不能作结论。",
            "请先登记核查情况，再作结论。",
        )
    if not conclusion.document and needs_document(conclusion.outcome, important=case.important):
        why = "重点对象" if case.important else "不合格和保留入学资格"
        raise Incomplete(f"{why}的结论要写明依据的文件。", "请填写文件名称和文号，再保存。")


def _require_untold(unit: UnitOfWork, round_id: str, student: Student) -> None:
    """Raise when the registrar was told more of a student than that there is a case."""
    told = registration.texts_of_round(unit.connection, "recheck", round_id)
    if told.get(student.subject, {}).get("verdict") in _FINAL:
        raise VerdictRests(
            f"{named(student)}的复查结论已经报给教务处，不能重新核查。",
            "请招生工作处先收回复查结论；已经注册学籍的，请另立一件专项核查。",
        )


def _typed_conclusion(session: Session, conclusion: Conclusion) -> Conclusion:
    """Return a conclusion whose texts and days are set right."""
    decided_on = past_day(session, "决定日期", conclusion.decided_on)
    explanation = paragraphs("结论的理由", conclusion.explanation)
    if not (decided_on and explanation):
        raise Incomplete("结论要写明理由和决定日期。", "请补全后再保存。")
    until = ""
    if conclusion.outcome == RecheckVerdict.KEPT:
        until, today = typed_day("保留期限", conclusion.until), session.today().isoformat()
        if not until:
            raise Incomplete("保留入学资格要写明保留到哪一天。", "请填写期限后再保存。")
        if until <= today:
            raise ValueRefused(
                f"保留期限“{until}”不在今天（{today}）以后。", "请核对文件上的期限后再保存。"
            )
    return Conclusion(
        conclusion.outcome,
        person_called("决定人", conclusion.decided_by),
        decided_on,
        explanation,
        typed_text("依据的文件", conclusion.document),
        until,
    )
