"""The wizard 新建批次并读入名单 as data: its steps, their pages, what is done between them."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.procedures.opening import begin_round, plan_roster, read_again
from desktop.procedures.session import Progress, Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.frame import Flow, Step, StepPage, Wizard
from desktop.views.wizards.open_round.content import ContentStep
from desktop.views.wizards.open_round.draft import (
    CONFIRM,
    CONTENT,
    DONE,
    FILE,
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
from desktop.views.wizards.open_round.steps import OfficesStep, RoundStep, RulesStep, file_step
from desktop.views.wizards.step_pages import SummaryStep


def open_round_flow(desk: Desk, *, again: bool) -> Flow[OpenRound]:
    """Return the flow: of a new round, or of reading a roster again."""

    def content() -> StepPage[OpenRound]:
        return ContentStep(desk.memory)

    return Flow(
        title=tr("再读入名单") if again else tr("新建批次并读入名单"),
        guide="学籍科的三个页面#批次名单",
        first=FILE if again else ROUND,
        next_step=next_step,
        problems=problems,
        roomy=True,
        steps={
            ROUND: Step(tr("批次"), RoundStep),
            RULES: Step(tr("签字规定"), RulesStep),
            FILE: Step(tr("名单文件"), file_step, desk.act(look), tr("查看内容"), reads=True),
            CONTENT: Step(tr("名单内容"), content),
            OFFICES: Step(tr("分配院部"), OfficesStep),
            CONFIRM: Step(
                tr("确认"), _confirm, desk.act(write), tr("读入名单") if again else tr("新建并读入")
            ),
            DONE: Step(tr("完成"), _done, button=tr("完成")),
        },
    )


def open_round_wizard(desk: Desk, draft: OpenRound, parent: QWidget) -> Wizard[OpenRound]:
    """Return the wizard for a draft."""
    return Wizard(open_round_flow(desk, again=draft.again), draft, desk.runner, parent)


def look(session: Session, draft: OpenRound, progress: Progress) -> OpenRound:
    """Read the file; nothing is written."""
    plan = plan_roster(session, Path(draft.file), draft.year, draft.round_id, progress)
    return planned(draft, plan)


def write(session: Session, draft: OpenRound, _progress: Progress) -> OpenRound:
    """Open the round if it is new, take the roster in, and give the classes to offices."""
    if draft.plan is None:
        raise ValueError("nothing was read")
    offices = dict(draft.offices)
    if draft.again:
        return replace(draft, begun=read_again(session, draft.round_id, draft.plan.file, offices))
    return replace(draft, begun=begin_round(session, draft.new_round, draft.plan.file, offices))


def _confirm() -> StepPage[OpenRound]:
    return SummaryStep(tr("将要办理"), confirm_sentences)


def _done() -> StepPage[OpenRound]:
    return SummaryStep(tr("名单已经读入"), done_sentences)
