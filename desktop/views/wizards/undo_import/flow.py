"""Undoing an import: the question with the file, the number and what would be taken back."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop.procedures.imports.import_undoing import UndoPlan, undo_import
from desktop.procedures.session import Progress, Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.frame import Wizard
from desktop.views.wizards.taking_back import TakingBack


@dataclass(frozen=True, slots=True)
class Undoing:
    """Which import, what that takes back, and why."""

    plan: UndoPlan
    reason: str = ""


def undo_import_wizard(desk: Desk, plan: UndoPlan, parent: QWidget) -> Wizard[Undoing]:
    """Return the wizard for one import."""
    taking = TakingBack(
        title=tr("撤销读入"),
        guide="读入名单#撤销",
        verb=tr("撤销"),
        question=tr(
            "撤销“{file}”的读入（{count:,} 名学生）？",
            file=plan.line.kept.file_name,
            count=plan.students,
        ),
        look=plan_sentences,
        hindered=hindered,
        example=tr("例如“文件拿错了，不是最后的名单”。"),
        told=tr("会留在学生的记录里，也随报送包告诉院部。"),
        act=desk.act(undo),
        button=tr("撤销这次读入"),
        done=done_sentences,
    )
    return Wizard(taking.flow(), Undoing(plan), desk.runner, parent)


def hindered(draft: Undoing) -> str:
    """Say why it can not be undone, "" where it can."""
    if not draft.plan.built_on:
        return ""
    return tr("这次读入不能撤销。请先撤回或更正后来的登记；个别学生有误的，按更正办理。")


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
