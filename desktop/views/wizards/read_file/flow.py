"""The wizard 读入名单 as data: its steps, their pages, what is done between them."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from desktop.procedures.imports.import_plans import plan_import
from desktop.procedures.imports.imports import write_import
from desktop.procedures.imports.mending_drafts import forget_mending
from desktop.procedures.session import Progress, Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.frame import Flow, Step, StepPage, Wizard
from desktop.views.wizards.read_file.changes_step import ChangesStep
from desktop.views.wizards.read_file.draft import (
    CHANGES,
    DONE,
    LIKELY,
    REASON,
    TARGET,
    WRITE,
    ReadFile,
    next_step,
    problems,
    with_guess,
    with_plan,
)
from desktop.views.wizards.read_file.likely_step import LikelyStep
from desktop.views.wizards.read_file.mending.acts import open_file, read_columns
from desktop.views.wizards.read_file.mending.columns_step import ColumnsStep
from desktop.views.wizards.read_file.mending.draft import COLUMNS, FILE, MEND
from desktop.views.wizards.read_file.mending.file_step import FileStep
from desktop.views.wizards.read_file.mending.mend_step import MendStep
from desktop.views.wizards.read_file.sentences import done_sentences, write_sentences
from desktop.views.wizards.read_file.target_step import TargetStep
from desktop.views.wizards.step_pages import Field, FormStep, SummaryStep


def read_file_flow(desk: Desk) -> Flow[ReadFile]:
    """Return the flow."""

    def reason() -> StepPage[ReadFile]:
        return FormStep(
            tr("姓名、批次或院部不一致的，为什么仍然读入？"),
            tr("原因只用于选了“仍然读入”的那些行，会记在这些学生名下。"),
            (Field("reason", tr("原因"), tr("例如“已与招生工作处核对”。")),),
        )

    return Flow(
        title=tr("读入名单"),
        guide="读入名单",
        first=FILE,
        next_step=next_step,
        problems=problems,
        roomy=True,
        steps={
            FILE: Step(tr("选文件"), lambda: FileStep(desk), desk.act(open_file), reads=True),
            COLUMNS: Step(tr("认栏目"), ColumnsStep, desk.act(read_columns), reads=True),
            MEND: Step(tr("改问题"), lambda: MendStep(desk)),
            TARGET: Step(tr("用在哪里"), TargetStep, desk.act(compare), reads=True),
            LIKELY: Step(tr("疑似同一人"), lambda: LikelyStep(desk), desk.act(compare), reads=True),
            CHANGES: Step(tr("核对改动"), lambda: ChangesStep(desk), desk.act(settle), reads=True),
            REASON: Step(tr("写明原因"), reason),
            WRITE: Step(
                tr("写入"),
                lambda: SummaryStep(tr("将要写入"), write_sentences),
                desk.act(write),
                tr("写入"),
            ),
            DONE: Step(
                tr("完成"), lambda: SummaryStep(tr("已经写入"), done_sentences), button=tr("完成")
            ),
        },
    )


def read_file_wizard(desk: Desk, draft: ReadFile, parent: QWidget) -> Wizard[ReadFile]:
    """Return the wizard."""
    return Wizard(read_file_flow(desk), draft, desk.runner, parent)


def compare(session: Session, draft: ReadFile, progress: Progress) -> ReadFile:
    """Compare the list with what stands, as far as people have decided; nothing is written."""
    draft = with_guess(draft)
    if draft.mend.mended is None:
        return draft
    decisions = draft.decisions(come_in=False)
    return with_plan(
        draft, plan_import(session, draft.mend.mended, draft.target, decisions, progress)
    )


def settle(session: Session, draft: ReadFile, progress: Progress) -> ReadFile:
    """Compare once more with the rows that people let come in: this is what would be written."""
    if draft.mend.mended is None:
        return draft
    if not draft.come_in:
        return replace(draft, last=draft.plan)
    decisions = draft.decisions(come_in=True)
    last = plan_import(session, draft.mend.mended, draft.target, decisions, progress)
    return replace(draft, last=last)


def write(session: Session, draft: ReadFile, progress: Progress) -> ReadFile:
    """Write the list."""
    if draft.mend.mended is None:
        return draft
    decisions = draft.decisions(come_in=True)
    done = write_import(session, draft.mend.mended, draft.target, decisions, progress)
    if draft.mend.mending and not draft.mend.mending.counts.waiting:
        forget_mending(session, draft.mend.mended.file.sha256)
    return replace(draft, done=done)
