"""That a student gives the place up, or has it kept: why, on what paper, until when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.procedures.evidence_files import read_evidence
from desktop.procedures.session import Progress, Session
from desktop.procedures.signing.recording import PlaceReport, report_place
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.frame import Flow, Step, StepPage, Wizard
from desktop.views.wizards.on_sheet.evidence_step import EvidenceStep
from desktop.views.wizards.step_pages import ChoiceStep, Field, FormStep, SummaryStep

KIND, PAPER, EVIDENCE, DONE = "kind", "paper", "evidence", "done"
_STEPS = (KIND, PAPER, EVIDENCE, DONE)
GIVEN_UP, KEPT = "given_up", "kept"
_THEN = tr("这名学生不再需要签字。接下来：材料原件随签字表交学籍科，并导出报送包。")
_TITLES = {GIVEN_UP: tr("放弃入学资格"), KEPT: tr("保留入学资格")}


@dataclass(frozen=True, slots=True)
class PlaceDraft:
    """What is reported about whom; ``then`` says what comes next."""

    round_id: str
    student: str
    name: str
    then: str = _THEN
    kind: str = GIVEN_UP
    explanation: str = ""
    document: str = ""
    until: str = ""
    files: tuple[str, ...] = ()


def next_step(step: str, _draft: PlaceDraft) -> str:
    """Return the step after a step."""
    place = _STEPS.index(step)
    return _STEPS[place + 1] if place + 1 < len(_STEPS) else ""


def problems(step: str, draft: PlaceDraft) -> Mapping[str, str]:
    """Return what is wrong on a step."""
    if step != PAPER:
        return {}
    found = {}
    if not draft.explanation:
        found["explanation"] = tr("请写明原因。")
    if not draft.document:
        found["document"] = tr("请写明凭什么材料，例如“本人书面声明”。")
    if _is_kept(draft) and not _is_day(draft.until):
        found["until"] = tr("请填写保留到哪一天，写成 2028-09-01 这样。")
    return found


def report(session: Session, draft: PlaceDraft, _progress: Progress) -> PlaceDraft:
    """Report it."""
    said = PlaceReport(draft.student, draft.kind, draft.explanation, draft.document, draft.until)
    report_place(session, draft.round_id, said, read_evidence(draft.files))
    return draft


def done_sentences(draft: PlaceDraft) -> tuple[str, ...]:
    """Say what was reported, and what comes next."""
    until = tr("至 {until}", until=draft.until) if _is_kept(draft) else ""
    return (
        tr(
            "已登记{name}{title}{until}，凭“{document}”。",
            name=draft.name,
            title=_TITLES[draft.kind],
            until=until,
            document=draft.document,
        ),
        draft.then,
    )


def place_wizard(desk: Desk, draft: PlaceDraft, parent: QWidget) -> Wizard[PlaceDraft]:
    """Return the wizard about a student."""
    name = draft.name
    flow = Flow(
        title=tr("放弃或保留入学资格：{name}", name=name),
        guide="核对签字（院部）#空白行里手写",
        first=KIND,
        next_step=next_step,
        problems=problems,
        steps={
            KIND: Step(tr("放弃还是保留"), partial(_choice, name)),
            PAPER: Step(tr("原因和材料"), _form),
            EVIDENCE: Step(tr("附上扫描件"), _evidence, desk.act(report), tr("登记")),
            DONE: Step(
                tr("完成"), partial(SummaryStep, tr("已登记"), done_sentences), button=tr("完成")
            ),
        },
    )
    return Wizard(flow, draft, desk.runner, parent)


def _choice(name: str) -> StepPage[PlaceDraft]:
    return ChoiceStep(
        tr("{name}是放弃还是保留入学资格？", name=name),
        "kind",
        (
            (GIVEN_UP, _TITLES[GIVEN_UP], tr("本人声明放弃，或者逾期不报到又没有请假。")),
            (KEPT, _TITLES[KEPT], tr("应征入伍、因病不能入学等，经学校同意保留到期后再入学。")),
        ),
    )


def _form() -> StepPage[PlaceDraft]:
    fields = (
        Field("explanation", tr("原因"), tr("例如：应征入伍。")),
        Field("document", tr("证明材料名称"), tr("例如：入伍通知书、本人书面声明。")),
        Field("until", tr("保留到哪一天"), tr("例如 2028-09-01。"), asked=_is_kept),
    )
    return FormStep(tr("为什么，凭什么材料？"), tr("材料原件随报送材料上交。"), fields)


def _evidence() -> StepPage[PlaceDraft]:
    return EvidenceStep(
        tr("有扫描件或照片吗？"), tr("有的请附上；没有的可以直接登记，原件随材料上交。")
    )


def _is_kept(draft: PlaceDraft) -> bool:
    return draft.kind == KEPT


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
