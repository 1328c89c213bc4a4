"""The merge desk as data: its steps, their pages, what is done between them."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from desktop.domain.rounds import LEADERS
from desktop.procedures.exchange.merge_words import merge_in_words, plan_in_words
from desktop.procedures.session import Progress, Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.frame import Flow, Step, StepPage, Wizard
from desktop.views.wizards.merge_desk.draft import (
    DISPUTED,
    DONE,
    FILES,
    PLAN,
    MergeDraft,
    next_step,
    plan_sentence,
    problems,
    result_sentences,
)
from desktop.views.wizards.merge_desk.steps import BundlesStep, FilesStep


def merge_flow(desk: Desk) -> Flow[MergeDraft]:
    """Return the flow of the merge desk."""

    def plan_page() -> StepPage[MergeDraft]:
        return BundlesStep(desk, tr("收入以后会怎样"), lambda draft: draft.plan, _planned)

    def result_page() -> StepPage[MergeDraft]:
        return BundlesStep(desk, tr("收入的结果"), lambda draft: draft.result, _taken)

    return Flow(
        title=tr("收入报送包"),
        guide="收发#收入报送包",
        first=FILES,
        next_step=next_step,
        problems=problems,
        roomy=True,
        steps={
            FILES: Step(
                tr("选择文件"),
                lambda: FilesStep(desk),
                desk.act(plan),
                tr("核对并预览"),
                reads=True,
            ),
            PLAN: Step(tr("预览"), plan_page, desk.act(take_in), tr("收入")),
            DONE: Step(tr("完成"), result_page, button=tr("完成")),
            DISPUTED: Step(tr("完成"), result_page, button=tr("去裁定")),
        },
    )


def merge_wizard(desk: Desk, parent: QWidget) -> Wizard[MergeDraft]:
    """Return the merge desk."""
    draft = MergeDraft(desk.kind in LEADERS.values())
    return Wizard(merge_flow(desk), draft, desk.runner, parent)


def plan(session: Session, draft: MergeDraft, progress: Progress) -> MergeDraft:
    """Work out what the files would do."""
    return replace(draft, plan=plan_in_words(session, draft.files, progress))


def take_in(session: Session, draft: MergeDraft, progress: Progress) -> MergeDraft:
    """Take the files in."""
    return replace(draft, result=merge_in_words(session, draft.files, progress))


def _planned(draft: MergeDraft) -> tuple[str, ...]:
    if draft.plan is None:
        return ()
    return (
        plan_sentence(draft.plan),
        tr(
            "现在还没有改动任何内容。不能收入的整份不收，只留下记录；其余的逐份收入，可以中途停下。"
        ),
    )


def _taken(draft: MergeDraft) -> tuple[str, ...]:
    return result_sentences(draft.result, registrar=draft.registrar) if draft.result else ()
