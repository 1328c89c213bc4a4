"""The leading group's approval of a re-check's closing report, as admissions records it.

(细则 二(三)5.) The registrar is told nothing but who is under a case before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from desktop.domain.documents import Document
from desktop.domain.offices import OfficeKind
from desktop.domain.recheck import RecheckVerdict
from desktop.domain.statements import Key, Values
from desktop.errors import Incomplete, NotFound, NothingToChange, VerdictRests
from desktop.procedures.cases.case_saying import past_day, require_recheck
from desktop.procedures.evidence_files import Evidence, keep_evidence
from desktop.procedures.session import Session
from desktop.procedures.typed_texts import person_called, stated_reason, typed_text
from desktop.store import documents, registration
from desktop.store.store import UnitOfWork

APPROVERS: Final = (OfficeKind.ADMISSIONS, OfficeKind.REGISTRAR)
REPORT_KIND: Final = "closing_report"
"""The kind under which the closing report stands on the document shelf."""
_FIELDS: Final = ("approved_on", "document", "leader", "members", "report", "explanation")


@dataclass(frozen=True, slots=True)
class Approval:
    """What the leading group has approved, when, by which paper.

    Attributes:
        approved_on: the day, YYYY-MM-DD.
        document: the name and number of the paper.
        leader: who leads the group.
        members: who was there.
        report: the SHA-256 of the closing report that was approved.
        explanation: what else the group said.
    """

    approved_on: str
    document: str
    leader: str
    members: str = ""
    report: str = ""
    explanation: str = ""


def closing_reports(session: Session, round_id: str) -> tuple[Document, ...]:
    """Return the closing reports of a round that were made at this seat, the latest first."""
    with session.unit_of_work() as unit:
        return _reports(unit, round_id)


def record_approval(
    session: Session, round_id: str, approval: Approval, evidence: Sequence[Evidence] = ()
) -> None:
    """Record that the leading group has approved the closing report.

    The report is one of the shelf, or, where it was written elsewhere, the first file attached.

    Args:
        session: of admissions or the registrar.
        round_id: an open round of the re-check.
        approval: ``report`` is "" where the report is attached.
        evidence: scans of the report as it was signed, of the minutes.

    Raises:
        Incomplete: day, paper, leader or the report is missing.
        ValueRefused: the day is none, or still to come.
        NotFound: this seat has made no such report.
        TextRefused, NotAllowed, RoundNotOpen: nothing was recorded.
    """
    session.require(*APPROVERS)
    typed = _typed(session, approval)
    if not (typed.report or evidence):
        raise Incomplete("没有选择审定的复查小结。", "请先生成复查小结，或者附上小结的扫描件。")
    with session.unit_of_work() as unit:
        require_recheck(unit, round_id)
        known = {document.sha256 for document in _reports(unit, round_id)}
        if typed.report and typed.report not in known:
            raise NotFound("文档里没有这份复查小结。", "请重新选择；在别处写的，请附上文件。")
        kept = keep_evidence(session, unit, evidence)
        values = {field: getattr(typed, field) or None for field in _FIELDS}
        values["report"] = typed.report or kept[0]
        unit.journal.state(_key(round_id), values, evidence=kept)
        unit.commit()


def retract_approval(session: Session, round_id: str, reason: str) -> None:
    """Take back that the leading group has approved, as long as nothing rests on it.

    Raises:
        VerdictRests: verdicts were issued since.
        NothingToChange: nothing was recorded.
        Incomplete, NotAllowed, NotFound, RoundNotOpen: nothing was taken back.
    """
    session.require(*APPROVERS)
    why = stated_reason(reason, "撤回审定要写明原因。", "请填写原因后再撤回。")
    with session.unit_of_work() as unit:
        require_recheck(unit, round_id)
        if not registration.texts_of_round(unit.connection, "approval", round_id):
            raise NothingToChange("没有登记过领导小组的审定。", "请刷新后核对。")
        said = registration.texts_of_round(unit.connection, "recheck", round_id).values()
        final = [t for t in said if t["verdict"] not in ("", RecheckVerdict.CASE)]
        if final:
            raise VerdictRests(
                f"已经根据这次审定下达了{len(final)}名学生的复查结论，不能撤回审定。",
                "请先收回这些结论；审定的内容登记有误的，请直接重新登记。",
            )
        nothing: Values = dict.fromkeys(_FIELDS)
        unit.journal.state(_key(round_id), nothing, reason=why)
        unit.commit()


def approval_of(unit: UnitOfWork, round_id: str) -> Approval | None:
    """Return the approval of a round; None while there is none, or while it is disputed."""
    said = registration.texts_of_round(unit.connection, "approval", round_id)
    texts = said.get(f"round:{round_id}")
    if texts is None or texts["conflicts"] or not texts["approved_on"]:
        return None
    return Approval(*(texts[field] for field in _FIELDS))


def _key(round_id: str) -> Key:
    return Key(f"round:{round_id}", "approval", round_id)


def _reports(unit: UnitOfWork, round_id: str) -> tuple[Document, ...]:
    made = documents.documents(unit.connection, round_id)
    return tuple(reversed([one for one in made if one.kind == REPORT_KIND]))


def _typed(session: Session, approval: Approval) -> Approval:
    approved_on = past_day(session, "审定日期", approval.approved_on)
    document = typed_text("审定文件", approval.document)
    if not (approved_on and document):
        raise Incomplete("审定要登记日期和文件名称、文号。", "请补全后再保存。")
    return Approval(
        approved_on,
        document,
        person_called("组长姓名", approval.leader),
        typed_text("参加审定的人员", approval.members),
        approval.report,
        typed_text("说明", approval.explanation),
    )
