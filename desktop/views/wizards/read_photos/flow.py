"""The wizard 读入照片 as data: its steps, their pages, what is done between them."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.domain.photos import PHOTO_TITLES, PhotoKind
from desktop.procedures.photos.photo_looking import look
from desktop.procedures.photos.photo_taking import take_in
from desktop.procedures.session import Progress, Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.found_pictures.step import FoundStep, Pictures
from desktop.views.wizards.frame import Flow, Step, StepPage, Wizard
from desktop.views.wizards.read_photos.draft import (
    CONFIRM,
    DONE,
    FOUND,
    GROUPS,
    PLACE,
    REASON,
    ReadPhotos,
    confirm_sentences,
    done_sentences,
    next_step,
    problems,
    with_look,
)
from desktop.views.wizards.step_pages import Field, FormStep, Kind, SummaryStep

_HOW_NAMED = tr(
    "文件名里要有考生号、学号或证件号，也可以加上姓名，分隔符和先后不限；"
    "照片可以分放在院部、班级的文件夹里。"
)


def read_photos_flow(desk: Desk, draft: ReadPhotos) -> Flow[ReadPhotos]:
    """Return the flow, with the rounds of a draft to choose from."""

    def place() -> StepPage[ReadPhotos]:
        return FormStep(tr("要读入哪种照片，放在哪里？"), _HOW_NAMED, _fields(draft))

    def reason() -> StepPage[ReadPhotos]:
        return FormStep(
            tr("有疑问的照片，为什么可以收入？"),
            tr("原因只用于有疑问的那些照片，会和疑问一起记在这些学生名下。"),
            (Field("reason", tr("原因"), tr("例如“已与本人核对”。")),),
        )

    return Flow(
        title=tr("读入照片"),
        guide="照片",
        first=PLACE,
        next_step=next_step,
        problems=problems,
        roomy=True,
        steps={
            PLACE: Step(tr("选择照片"), place, desk.act(look_at), tr("核对"), reads=True),
            FOUND: Step(
                tr("核对"), lambda: FoundStep(desk, Pictures(ReadPhotos(), tr("照片"), GROUPS))
            ),
            REASON: Step(tr("写明原因"), reason),
            CONFIRM: Step(
                tr("确认"),
                lambda: SummaryStep(tr("将要收入"), confirm_sentences),
                desk.act(take),
                tr("收入照片"),
            ),
            DONE: Step(
                tr("完成"), lambda: SummaryStep(tr("照片已收入"), done_sentences), button=tr("完成")
            ),
        },
    )


def read_photos_wizard(desk: Desk, draft: ReadPhotos, parent: QWidget) -> Wizard[ReadPhotos]:
    """Return the wizard."""
    return Wizard(read_photos_flow(desk, draft), draft, desk.runner, parent)


def look_at(session: Session, draft: ReadPhotos, progress: Progress) -> ReadPhotos:
    """Look at the folder or ZIP."""
    kind, source = PhotoKind(draft.kind), Path(draft.source)
    return with_look(draft, look(session, kind, source, draft.round_id, progress))


def take(session: Session, draft: ReadPhotos, progress: Progress) -> ReadPhotos:
    """Take the chosen photos in."""
    if draft.look is None:
        return draft
    taken = take_in(session, draft.look, dict(draft.chosen), draft.reason, progress)
    return replace(draft, taken=taken)


def _fields(draft: ReadPhotos) -> tuple[Field, ...]:
    kinds = tuple((str(kind), PHOTO_TITLES[kind]) for kind in PhotoKind)
    rounds = (*((round_.id, round_.name) for round_ in draft.rounds), ("", tr("所有学生")))
    return (
        Field("kind", tr("哪种照片"), kind=Kind.CHOICE, options=kinds),
        Field(
            "source",
            tr("放照片的文件夹或 ZIP 压缩包"),
            kind=Kind.PLACE,
            file_kinds=tr("压缩包 (*.zip)"),
        ),
        Field(
            "round_id",
            tr("核对谁还没有照片"),
            tr("照片可以是任何学生的，这里只决定“还没有照片的学生”从哪份名单数起。"),
            kind=Kind.CHOICE,
            options=rounds,
        ),
    )
