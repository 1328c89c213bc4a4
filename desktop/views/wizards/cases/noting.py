"""The wizard 登记核查记录: what kind, when, who, what, and the files."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.recheck import NOTE_TITLES
from desktop.procedures.cases.case_notes import NewNote, add_note
from desktop.procedures.evidence_files import read_evidence
from desktop.procedures.session import Progress, Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.frame import Flow, Step, StepPage, Wizard
from desktop.views.wizards.on_sheet.evidence_step import EvidenceStep
from desktop.views.wizards.step_pages import Field, FormStep, Kind, SummaryStep

FORM, FILES, DONE = "form", "files", "done"
_NEXT = {FORM: FILES, FILES: DONE, DONE: ""}
INTERVIEW, EVIDENCE = "interview", "evidence"


@dataclass(frozen=True, slots=True)
class Noting:
    """What is written down of a case."""

    round_id: str
    number: str
    name: str
    noted_on: str
    kind: str = INTERVIEW
    people: str = ""
    text: str = ""
    files: tuple[str, ...] = ()


def next_step(step: str, _draft: Noting) -> str:
    """Return the step after a step."""
    return _NEXT[step]


def problems(step: str, draft: Noting) -> Mapping[str, str]:
    """Return what is missing on a step."""
    if step == FILES:
        bare = draft.kind == EVIDENCE and not (draft.text or draft.files)
        return {"files": tr("请附上文件，或者返回上一步写明材料名称。")} if bare else {}
    found = {}
    if not draft.noted_on:
        found["noted_on"] = tr("请填写日期，例如 2026-10-08。")
    if draft.kind == INTERVIEW and not draft.people:
        found["people"] = tr("请写明谁与谁谈话，例如“李老师、王同学”。")
    if draft.kind != EVIDENCE and not draft.text:
        found["text"] = tr("请写明内容。")
    return found if step == FORM else {}


def note(session: Session, draft: Noting, _progress: Progress) -> Noting:
    """Write it down."""
    new = NewNote(draft.kind, draft.noted_on, draft.people, draft.text)
    add_note(session, draft.round_id, draft.number, new, read_evidence(draft.files))
    return draft


def done_sentences(draft: Noting) -> tuple[str, ...]:
    """Say what was written down, and what comes next."""
    files = tr("附 {count} 个文件", count=len(draft.files)) if draft.files else tr("没有附文件")
    return (
        tr(
            "已登记{name}的{kind}，{files}。",
            name=draft.name,
            kind=NOTE_TITLES[draft.kind],
            files=files,
        ),
        tr("接下来：查清楚以后作结论；重点对象导出给招生工作处，由招生工作处作结论。"),
    )


def noting_wizard(desk: Desk, draft: Noting, parent: QWidget) -> Wizard[Noting]:
    """Return the wizard."""
    flow = Flow(
        title=tr("登记核查记录：{name}", name=draft.name),
        guide="专项核查#核查记录",
        first=FORM,
        next_step=next_step,
        problems=problems,
        steps={
            FORM: Step(tr("核查记录"), _form),
            FILES: Step(tr("附上文件"), _files, desk.act(note), tr("登记")),
            DONE: Step(
                tr("完成"), partial(SummaryStep, tr("已登记"), done_sentences), button=tr("完成")
            ),
        },
    )
    return Wizard(flow, draft, desk.runner, parent)


def _form() -> StepPage[Noting]:
    return FormStep(
        tr("查了什么，查到什么？"),
        tr("一次谈话、一项核对、一份材料各登记一条，写进书面材料时按日期排列。"),
        (
            Field("kind", tr("种类"), kind=Kind.CHOICE, options=tuple(NOTE_TITLES.items())),
            Field("noted_on", tr("日期"), tr("例如 2026-10-08。")),
            Field("people", tr("参加人"), tr("谈话必须填写，例如“李老师、王同学”。")),
            Field("text", tr("内容"), tr("证据材料写名称，可以只附文件。"), kind=Kind.LONG),
        ),
    )


def _files() -> StepPage[Noting]:
    return EvidenceStep(
        tr("有照片、扫描件或文件吗？"), tr("有的请附上；没有的可以直接登记，原件由本部门留存。")
    )
