"""The wizard 作结论: how a case ends, who decided, and on what paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.cases import CONCLUSION_TITLES, OUTCOMES, needs_document
from desktop.domain.recheck import RecheckVerdict, cancelled_title
from desktop.procedures.cases.case_conclusions import Conclusion, conclude_case
from desktop.procedures.evidence_files import read_evidence
from desktop.procedures.session import Progress, Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.frame import Flow, Step, StepPage, Wizard
from desktop.views.wizards.on_sheet.evidence_step import EvidenceStep
from desktop.views.wizards.step_pages import ChoiceStep, Field, FormStep, SummaryStep
from desktop.views.wizards.step_pages import Kind as FieldKind

KIND, PAPER, FILES, CONFIRM, DONE = "kind", "paper", "files", "confirm", "done"
_STEPS = (KIND, PAPER, FILES, CONFIRM, DONE)


@dataclass(frozen=True, slots=True)
class Concluding:
    """How a case ends.

    ``enrolled`` says whether the student is registered already, by which failing is worded.
    """

    round_id: str
    number: str
    name: str
    important: bool
    decided_on: str
    enrolled: bool = False
    outcome: str = RecheckVerdict.PASSED
    decided_by: str = ""
    explanation: str = ""
    document: str = ""
    until: str = ""
    files: tuple[str, ...] = ()


def next_step(step: str, _draft: Concluding) -> str:
    """Return the step after a step."""
    place = _STEPS.index(step)
    return _STEPS[place + 1] if place + 1 < len(_STEPS) else ""


def problems(step: str, draft: Concluding) -> Mapping[str, str]:
    """Return what is missing on a step."""
    if step != PAPER:
        return {}
    needed = {
        "explanation": tr("请写明理由。"),
        "decided_by": tr("请写明由谁决定，例如“领导小组”。"),
        "decided_on": tr("请填写决定日期，例如 2026-10-20。"),
    }
    if needs_document(draft.outcome, important=draft.important):
        needed["document"] = tr("请写明依据的文件和文号。")
    if _is_kept(draft):
        needed["until"] = tr("请填写保留到哪一天，例如 2028-09-01。")
    return {name: words for name, words in needed.items() if not getattr(draft, name)}


def _is_kept(draft: Concluding) -> bool:
    return draft.outcome == RecheckVerdict.KEPT


def outcome_words(draft: Concluding) -> str:
    """Return how it ends, as people say it."""
    title = CONCLUSION_TITLES[RecheckVerdict(draft.outcome)]
    if draft.outcome == RecheckVerdict.FAILED:
        return tr("{title}，{means}", title=title, means=cancelled_title(enrolled=draft.enrolled))
    if _is_kept(draft):
        return tr("{title}至 {until}", title=title, until=draft.until)
    return title


def confirm_sentences(draft: Concluding) -> tuple[str, ...]:
    """Say what will hold then, for whom, why and by what paper."""
    return (
        tr(
            "专项核查 {number}（{name}）的结论：{words}。",
            number=draft.number,
            name=draft.name,
            words=outcome_words(draft),
        ),
        tr(
            "理由：{why}。由{who}于 {day} 决定。",
            why=draft.explanation.replace("\n", " ").rstrip("。"),
            who=draft.decided_by,
            day=draft.decided_on,
        ),
        tr("依据：{document}。", document=draft.document)
        if draft.document
        else tr("没有登记依据的文件。"),
        tr("作结论以后不能再改核查记录；确需再查的，可以写明原因重新核查。"),
    )


def done_sentences(draft: Concluding) -> tuple[str, ...]:
    """Say what was concluded, and what comes next."""
    return (
        tr(
            "专项核查 {number}（{name}）已有结论：{words}。",
            number=draft.number,
            name=draft.name,
            words=outcome_words(draft),
        ),
        tr("接下来：打印书面材料，签字盖章后附到这件专项核查；再到“收发”里导出。"),
    )


def conclude(session: Session, draft: Concluding, _progress: Progress) -> Concluding:
    """Conclude it."""
    said = Conclusion(
        draft.outcome,
        draft.decided_by,
        draft.decided_on,
        draft.explanation,
        draft.document,
        draft.until,
    )
    conclude_case(session, draft.round_id, draft.number, said, read_evidence(draft.files))
    return draft


def concluding_wizard(desk: Desk, draft: Concluding, parent: QWidget) -> Wizard[Concluding]:
    """Return the wizard."""
    flow = Flow(
        title=tr("作结论：{name}", name=draft.name),
        guide="专项核查#结论",
        first=KIND,
        next_step=next_step,
        problems=problems,
        steps={
            KIND: Step(tr("结论"), partial(_choice, draft)),
            PAPER: Step(tr("理由和文件"), partial(_form, draft)),
            FILES: Step(tr("附上文件"), _files),
            CONFIRM: Step(
                tr("确认"),
                partial(SummaryStep, tr("将要办理"), confirm_sentences),
                desk.act(conclude),
                tr("作结论"),
            ),
            DONE: Step(
                tr("完成"), partial(SummaryStep, tr("已作结论"), done_sentences), button=tr("完成")
            ),
        },
    )
    return Wizard(flow, draft, desk.runner, parent)


def _choice(draft: Concluding) -> StepPage[Concluding]:
    failing = cancelled_title(enrolled=draft.enrolled)
    sentences = {
        RecheckVerdict.PASSED: tr("疑点已经查清，可以列入复查合格名单。"),
        RecheckVerdict.FAILED: tr("属实的，{failing}（41号令 第十一条）。", failing=failing),
        RecheckVerdict.KEPT: tr("经二级甲等以上医院诊断暂不宜在校学习，保留到期后再入学。"),
    }
    return ChoiceStep(
        tr("{name}的专项核查怎样结束？", name=draft.name),
        "outcome",
        [(str(one), CONCLUSION_TITLES[one], sentences[one]) for one in OUTCOMES],
    )


def _form(draft: Concluding) -> StepPage[Concluding]:
    hint = (
        tr("重点对象凭领导小组的文件作结论（细则 二(三)4、5）。")
        if draft.important
        else tr("不合格和保留入学资格要写明依据的文件。")
    )
    return FormStep(
        tr("为什么，由谁决定？"),
        hint,
        (
            Field("explanation", tr("理由"), kind=FieldKind.LONG),
            Field("decided_by", tr("决定人"), tr("例如“领导小组”或者负责人姓名。")),
            Field("decided_on", tr("决定日期"), tr("例如 2026-10-20。")),
            Field("document", tr("依据的文件"), tr("例如“领导小组会议纪要〔2026〕3号”。")),
            Field("until", tr("保留到"), tr("例如 2028-09-01。"), asked=_is_kept),
        ),
    )


def _files() -> StepPage[Concluding]:
    return EvidenceStep(
        tr("有决定文件的扫描件吗？"), tr("有的请附上；没有的可以直接进入下一步，以后附书面材料。")
    )
