"""Undoing an import: the question with the file, the number and what would be taken back."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.procedures.import_undoing import UndoPlan, undo_import
from desktop.procedures.session import Progress, Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.frame import Flow, Step, StepPage, Wizard
from desktop.views.wizards.step_pages import Field, FormStep, SummaryStep

LOOK, REASON, DONE = "look", "reason", "done"
_STEPS = (LOOK, REASON, DONE)


@dataclass(frozen=True, slots=True)
class Undoing:
    """Which import, what that takes back, and why."""

    plan: UndoPlan
    reason: str = ""


def next_step(step: str, _draft: Undoing) -> str:
    """Return the step after a step."""
    place = _STEPS.index(step)
    return _STEPS[place + 1] if place + 1 < len(_STEPS) else ""


def problems(step: str, draft: Undoing) -> dict[str, str]:
    """Return what is wrong on a step."""
    if step == LOOK and draft.plan.built_on:
        return {"": tr("这次读入不能撤销。请先撤回或更正后来的登记；个别学生有误的，按更正办理。")}
    if step == REASON and not draft.reason:
        return {"reason": tr("请写明为什么撤销。")}
    return {}


def undo_import_wizard(desk: Desk, plan: UndoPlan, parent: QWidget) -> Wizard[Undoing]:
    """Return the wizard for one import."""
    title = tr(
        "撤销“{file}”的读入（{count:,} 名学生）？",
        file=plan.line.kept.file_name,
        count=plan.students,
    )
    flow = Flow(
        title=tr("撤销读入"),
        guide="读入名单#撤销",
        first=LOOK,
        next_step=next_step,
        problems=problems,
        steps={
            LOOK: Step(tr("会撤销什么"), partial(SummaryStep, title, plan_sentences)),
            REASON: Step(tr("原因"), _reason, desk.act(undo), tr("撤销这次读入")),
            DONE: Step(
                tr("完成"), partial(SummaryStep, tr("已撤销"), done_sentences), button=tr("完成")
            ),
        },
    )
    return Wizard(flow, Undoing(plan), desk.runner, parent)


def undo(session: Session, draft: Undoing, _progress: Progress) -> Undoing:
    """Undo it."""
    undo_import(session, draft.plan.line.kept.id, draft.reason)
    return draft


def plan_sentences(draft: Undoing) -> tuple[str, ...]:
    """Return what would no longer count, or why it can not be."""
    plan = draft.plan
    if plan.built_on:
        return (tr("后来的登记是根据这次读入做的，不能撤销："), *plan.built_on)
    said = [
        tr(
            "{kind}“{file}”，{day}由{who}读入，登记了 {students:,} 名学生的内容。",
            kind=plan.line.kind_title,
            file=plan.line.kept.file_name,
            day=plan.line.kept.imported_at[:10],
            who=plan.line.kept.operator,
            students=plan.students,
        ),
        tr(
            "撤销以后，这次登记的 {count:,} 条记载不再计入，一切回到读入以前的样子。",
            count=plan.statements,
        ),
    ]
    if plan.new_students:
        said.append(
            tr("其中 {count:,} 名学生是这次才有的，会从学生名单里消失。", count=plan.new_students)
        )
    said.append(tr("记载本身不会删除，学生的记录里仍然看得到，注明“已被撤销”。"))
    said.append(tr("需要时可以把同一个文件再读入一次。"))
    return tuple(said)


def done_sentences(draft: Undoing) -> tuple[str, ...]:
    """Return what was done, and what to do next."""
    return (
        tr(
            "“{file}”的读入已撤销，{count:,} 条记载不再计入。",
            file=draft.plan.line.kept.file_name,
            count=draft.plan.statements,
        ),
        tr("接下来：已经把这些内容导出给院部的，请再导出一份报送包，他们那边才会一致。"),
    )


def _reason() -> StepPage[Undoing]:
    fields = (Field("reason", tr("撤销的原因"), tr("会留在学生的记录里，也随报送包告诉院部。")),)
    return FormStep(tr("为什么撤销？"), tr("例如“文件拿错了，不是最后的名单”。"), fields)
