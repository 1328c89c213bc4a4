"""Proposing a correction: which field, what it should be, why, and what proves it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.id_numbers import id_fault
from desktop.domain.sheets import PRINTED_FIELDS
from desktop.domain.students import FIELD_TITLES, Identity
from desktop.procedures.evidence_files import read_evidence
from desktop.procedures.session import Progress, Session
from desktop.procedures.signing.recording import ProposedCorrection, propose_correction
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.frame import Flow, Step, StepPage, Wizard
from desktop.views.wizards.on_sheet.evidence_step import EvidenceStep
from desktop.views.wizards.step_pages import Field, FormStep, Kind, SummaryStep

FIELD, EVIDENCE, DONE = "field", "evidence", "done"
_STEPS = (FIELD, EVIDENCE, DONE)
_NOT_HERE = frozenset({"exam_number", "remark"})


@dataclass(frozen=True, slots=True)
class CorrectionDraft:
    """What is to be corrected about whom; ``sheet`` is "" where it was not written on one.

    ``confirmed`` are the doubts about the new value that a person has answered.
    """

    round_id: str
    student: str
    identity: Identity
    sheet: str = ""
    field: str = "name"
    new: str = ""
    explanation: str = ""
    files: tuple[str, ...] = ()
    confirmed: tuple[str, ...] = ()

    @property
    def old(self) -> str:
        """The value that stands now."""
        return str(getattr(self.identity, self.field))


def next_step(step: str, _draft: CorrectionDraft) -> str:
    """Return the step after a step."""
    place = _STEPS.index(step)
    return _STEPS[place + 1] if place + 1 < len(_STEPS) else ""


def problems(step: str, draft: CorrectionDraft) -> Mapping[str, str]:
    """Return what is wrong on a step."""
    if step == EVIDENCE:
        return (
            {} if draft.files else {"files": tr("请附上身份证、户口簿等证明材料的照片或扫描件。")}
        )
    if step != FIELD:
        return {}
    found = {}
    title = FIELD_TITLES[draft.field]
    if not draft.new:
        found["new"] = tr("请填写正确的{title}。", title=title)
    elif draft.new == draft.old:
        found["new"] = tr("与现在的{title}相同，不需要更正。", title=title)
    elif draft.field == "id_number" and id_fault(draft.new):
        found["new"] = tr("这个身份证号的校验位或出生日期不对，请对照证件重新输入。")
    if not draft.explanation:
        found["explanation"] = tr("请写明依据，例如“以身份证为准”。")
    return found


def propose(session: Session, draft: CorrectionDraft, _progress: Progress) -> CorrectionDraft:
    """Propose it, with what proves it."""
    proposed = ProposedCorrection(
        draft.student, draft.field, draft.new, draft.explanation, draft.sheet
    )
    evidence = read_evidence(draft.files)
    propose_correction(session, draft.round_id, proposed, evidence, confirmed=draft.confirmed)
    return draft


def standing(draft: CorrectionDraft) -> str:
    """Say whose field, and what it is now."""
    return tr(
        "{name}  现在的{title}：{old}",
        name=draft.identity.name,
        title=FIELD_TITLES[draft.field],
        old=draft.old or tr("（空）"),
    )


def done_sentences(draft: CorrectionDraft) -> tuple[str, ...]:
    """Say what was proposed, and what comes next."""
    title = FIELD_TITLES[draft.field]
    said = [
        tr(
            "已提出把{name}的{title}由“{old}”更正为“{new}”，附 {count} 个证明文件。",
            name=draft.identity.name,
            title=title,
            old=draft.old,
            new=draft.new,
            count=len(draft.files),
        ),
        tr("接下来：导出报送包交学籍科；采纳以前，名单和签字表仍用原来的内容。"),
    ]
    if draft.sheet:
        said.append(
            tr("更正要写在签字表 {sheet} 的备注栏里，采纳后这一页仍然有效。", sheet=draft.sheet)
        )
    return tuple(said)


def correction_wizard(
    desk: Desk, round_id: str, student: str, identity: Identity, sheet: str, parent: QWidget
) -> Wizard[CorrectionDraft]:
    """Return the wizard about one student; ``sheet`` is where it was written by hand, or ""."""
    flow = Flow(
        title=tr("提出更正：{name}", name=identity.name),
        guide="核对签字（院部）#核对名单",
        first=FIELD,
        next_step=next_step,
        problems=problems,
        steps={
            FIELD: Step(tr("更正什么"), _form),
            EVIDENCE: Step(tr("证明材料"), _evidence, desk.act(propose), tr("提出更正")),
            DONE: Step(
                tr("完成"),
                partial(SummaryStep, tr("已提出更正"), done_sentences),
                button=tr("完成"),
            ),
        },
    )
    draft = CorrectionDraft(round_id, student, identity, sheet)
    return Wizard(flow, draft, desk.runner, parent)


def correctable() -> tuple[tuple[str, str], ...]:
    """Return the fields that can be corrected, those printed on the sheet first."""
    rest = [f for f in FIELD_TITLES if f not in PRINTED_FIELDS and f not in _NOT_HERE]
    ordered = ("name", *(f for f in PRINTED_FIELDS if f != "name"), *rest)
    return tuple((field, FIELD_TITLES[field]) for field in ordered)


def _form() -> StepPage[CorrectionDraft]:
    fields = (
        Field("field", tr("哪一项不对"), kind=Kind.CHOICE, options=correctable()),
        Field("new", tr("正确的内容"), tr("照证件填写；日期写成 20080310 这样。")),
        Field("explanation", tr("依据"), tr("例如：以身份证为准。")),
    )
    return _FieldStep(
        tr("哪一项不对，应该是什么？"), tr("由学籍科核对后采纳或驳回。"), fields, standing
    )


class _FieldStep(FormStep):
    """The form, which says the value of the chosen field."""

    def take(self, draft: CorrectionDraft) -> CorrectionDraft:
        """Return the draft, and say the value of its field."""
        taken: CorrectionDraft = super().take(draft)
        if self._shown:
            self._digits.setText(self._shown(taken))
        return taken


def _evidence() -> StepPage[CorrectionDraft]:
    return EvidenceStep(
        tr("用什么证明？"),
        tr("附上身份证、户口簿、录取材料的照片或扫描件，会随报送包一起交给学籍科。"),
    )
