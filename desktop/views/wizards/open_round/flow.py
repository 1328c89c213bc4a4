"""The wizard 新建批次并读入名单 as data: its steps, their pages, what is done between them."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.procedures.imports.mending_drafts import forget_mending
from desktop.procedures.imports.opening import begin_round, plan_roster
from desktop.procedures.session import Progress, Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.frame import Flow, Step, StepPage, Wizard
from desktop.views.wizards.open_round.content import ContentStep
from desktop.views.wizards.open_round.draft import (
    CONFIRM,
    CONTENT,
    DONE,
    OFFICES,
    ROUND,
    RULES,
    OpenRound,
    confirm_sentences,
    done_sentences,
    next_step,
    planned,
    problems,
)
from desktop.views.wizards.open_round.steps import OfficesStep, RoundStep, RulesStep
from desktop.views.wizards.read_file.mending.acts import open_file, read_columns
from desktop.views.wizards.read_file.mending.columns_step import ColumnsStep
from desktop.views.wizards.read_file.mending.draft import COLUMNS, FILE, MEND
from desktop.views.wizards.read_file.mending.file_step import FileStep
from desktop.views.wizards.read_file.mending.mend_step import MendStep
from desktop.views.wizards.step_pages import SummaryStep


def open_round_flow(desk: Desk) -> Flow[OpenRound]:
    """Return the flow; between the rules and what the list brings, it is read as any list is."""

    def content() -> StepPage[OpenRound]:
        return ContentStep(desk.memory)

    def file() -> StepPage[OpenRound]:
        return FileStep(desk, asks_kind=False)

    return Flow(
        title=tr("新建批次并读入名单"),
        guide="学籍科的三个页面#批次名单",
        first=ROUND,
        next_step=next_step,
        problems=problems,
        roomy=True,
        steps={
            ROUND: Step(tr("批次"), RoundStep),
            RULES: Step(tr("签字规定"), RulesStep),
            FILE: Step(tr("选文件"), file, desk.act(partial(look_after, open_file)), reads=True),
            COLUMNS: Step(
                tr("认栏目"),
                ColumnsStep,
                desk.act(partial(look_after, read_columns)),
                reads=True,
            ),
            MEND: Step(tr("改问题"), lambda: MendStep(desk), desk.act(look), reads=True),
            CONTENT: Step(tr("名单内容"), content),
            OFFICES: Step(tr("分配院部"), OfficesStep),
            CONFIRM: Step(tr("确认"), _confirm, desk.act(write), tr("新建并读入")),
            DONE: Step(tr("完成"), _done, button=tr("完成")),
        },
    )


def open_round_wizard(desk: Desk, draft: OpenRound, parent: QWidget) -> Wizard[OpenRound]:
    """Return the wizard for a draft."""
    return Wizard(open_round_flow(desk), draft, desk.runner, parent)


def look_after(
    act: Callable[[Session, OpenRound, Progress], OpenRound],
    session: Session,
    draft: OpenRound,
    progress: Progress,
) -> OpenRound:
    """Do what a step of reading does; where nothing is to be mended, look at what comes."""
    draft = act(session, draft, progress)
    mending = draft.mend.mending
    return look(session, draft, progress) if mending and not mending.rows else draft


def look(session: Session, draft: OpenRound, _progress: Progress) -> OpenRound:
    """Compare the list with what is known; nothing is written."""
    if draft.mend.mended is None:
        return draft
    return planned(draft, plan_roster(session, draft.mend.mended, draft.year))


def write(session: Session, draft: OpenRound, _progress: Progress) -> OpenRound:
    """Open the round, take the roster in, and give the classes to offices."""
    if draft.plan is None:
        raise ValueError("nothing was read")
    mended = draft.plan.mended
    begun = begin_round(session, draft.new_round, mended, dict(draft.offices))
    if draft.mend.mending and not draft.mend.mending.counts.waiting:
        forget_mending(session, mended.file.sha256)
    return replace(draft, begun=begun)


def _confirm() -> StepPage[OpenRound]:
    return SummaryStep(tr("将要办理"), confirm_sentences)


def _done() -> StepPage[OpenRound]:
    return SummaryStep(tr("名单已经读入"), done_sentences)
