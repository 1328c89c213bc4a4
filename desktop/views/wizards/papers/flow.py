"""The wizard 生成名册和文件 as data."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from desktop.procedures.registration.class_lists import make_class_lists
from desktop.procedures.registration.papers import (
    check_papers,
    make_chsi_files,
    make_hand_over,
    make_register,
)
from desktop.procedures.session import Progress, Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.frame import Flow, Step, StepPage, Wizard
from desktop.views.wizards.papers.draft import (
    CHECK,
    CHSI,
    CLASS_LISTS,
    DONE,
    HAND_OVER,
    REGISTER,
    TITLES,
    WHAT,
    Papers,
    check_sentences,
    done_sentences,
    next_step,
    problems,
)
from desktop.views.wizards.step_pages import ChoiceStep, SummaryStep


def papers_flow(desk: Desk, draft: Papers) -> Flow[Papers]:
    """Return the flow for a round and the classes in sight."""
    return Flow(
        title=tr("生成名册和文件"),
        guide="学籍科的三个页面#学籍注册",
        first=WHAT,
        next_step=next_step,
        problems=problems,
        steps={
            WHAT: Step(tr("生成什么"), lambda: _what(draft), desk.act(look), reads=True),
            CHECK: Step(tr("检查"), _check, desk.act(make), tr("生成")),
            DONE: Step(tr("完成"), _done, button=tr("打开文档")),
        },
    )


def papers_wizard(desk: Desk, draft: Papers, parent: QWidget) -> Wizard[Papers]:
    """Return the wizard."""
    return Wizard(papers_flow(desk, draft), draft, desk.runner, parent)


def look(session: Session, draft: Papers, _progress: Progress) -> Papers:
    """Work out what would stop it; nothing is made."""
    return replace(draft, check=check_papers(session, draft.round_id))


def make(session: Session, draft: Papers, progress: Progress) -> Papers:
    """Make what was chosen."""
    round_id = draft.round_id
    if draft.what == REGISTER:
        return replace(draft, made=make_register(session, round_id, progress))
    if draft.what == CHSI:
        made = make_chsi_files(session, round_id).documents
        return replace(draft, made=made, left_out=check_papers(session, round_id).left_out)
    if draft.what == HAND_OVER:
        return replace(draft, made=(make_hand_over(session, round_id),))
    return replace(draft, made=(make_class_lists(session, round_id, draft.class_ids),))


def _what(draft: Papers) -> StepPage[Papers]:
    options = (
        (REGISTER, TITLES[REGISTER], tr("装订成册、签字盖章后交档案室（细则 三(三)2）。")),
        (CHSI, TITLES[CHSI], tr("学籍注册、保留、放弃入学资格的上传文件，电子表格和DBF各一份。")),
        (HAND_OVER, TITLES[HAND_OVER], tr("列出名册、文件和签字表原件，随材料交档案室。")),
        (
            CLASS_LISTS,
            TITLES[CLASS_LISTS],
            tr("{classes_title}，写明签字情况、结论和理由。", classes_title=draft.classes_title),
        ),
    )
    return ChoiceStep(
        tr("“{round_name}”要生成什么？", round_name=draft.round_name), "what", options
    )


def _check() -> StepPage[Papers]:
    return SummaryStep(tr("将要生成"), check_sentences)


def _done() -> StepPage[Papers]:
    return SummaryStep(tr("已经生成"), done_sentences)
