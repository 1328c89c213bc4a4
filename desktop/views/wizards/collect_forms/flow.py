"""The wizard 收复查表 as data: its steps, their pages, what is done between them."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.procedures.recheck.recheck_forms import take_in_forms
from desktop.procedures.recheck.recheck_looking import look_at_forms
from desktop.procedures.session import Progress, Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.collect_forms.draft import (
    CONFIRM,
    DONE,
    FOUND,
    GROUPS,
    PLACE,
    REASON,
    CollectForms,
    confirm_sentences,
    done_sentences,
    next_step,
    problems,
    with_look,
)
from desktop.views.wizards.found_pictures.step import FoundStep, Pictures
from desktop.views.wizards.frame import Flow, Step, StepPage, Wizard
from desktop.views.wizards.step_pages import Field, FormStep, Kind, SummaryStep

_PAGE = (150, 212)
_HOW = tr(
    "手机拍的、扫描仪存的都可以，一名学生一张；扫描仪把全班存成一个 PDF 的，直接选这个文件。"
    "按表上的二维码认出是谁的，读不出的看文件名里的学号或姓名，再认不出的在下一步指定。"
)


def collect_forms_flow(desk: Desk, draft: CollectForms) -> Flow[CollectForms]:
    """Return the flow, with the classes of a draft to choose from."""

    def place() -> StepPage[CollectForms]:
        return FormStep(tr("要收哪个班的复查表，照片放在哪里？"), _HOW, _fields(draft))

    def reason() -> StepPage[CollectForms]:
        return FormStep(
            tr("有疑问的复查表，为什么可以收入？"),
            tr("原因只用于有疑问的那些，会和疑问一起记在这些学生名下。"),
            (Field("reason", tr("原因"), tr("例如“已打开核对，看得清”。")),),
        )

    pictures = Pictures(CollectForms(), tr("复查表"), GROUPS, _PAGE)
    return Flow(
        title=tr("收复查表"),
        guide="入学复查",
        first=PLACE,
        next_step=next_step,
        problems=problems,
        roomy=True,
        steps={
            PLACE: Step(tr("选择文件"), place, desk.act(look_at), tr("核对"), reads=True),
            FOUND: Step(tr("核对"), lambda: FoundStep(desk, pictures)),
            REASON: Step(tr("写明原因"), reason),
            CONFIRM: Step(
                tr("确认"),
                lambda: SummaryStep(tr("将要收入"), confirm_sentences),
                desk.act(take),
                tr("收入复查表"),
            ),
            DONE: Step(
                tr("完成"),
                lambda: SummaryStep(tr("复查表已收入"), done_sentences),
                button=tr("完成"),
            ),
        },
    )


def collect_forms_wizard(desk: Desk, draft: CollectForms, parent: QWidget) -> Wizard[CollectForms]:
    """Return the wizard."""
    return Wizard(collect_forms_flow(desk, draft), draft, desk.runner, parent)


def look_at(session: Session, draft: CollectForms, progress: Progress) -> CollectForms:
    """Look at the folder or ZIP."""
    classes = [draft.class_id] if draft.class_id else []
    look = look_at_forms(session, draft.round_id, Path(draft.source), classes, progress)
    return with_look(draft, look)


def take(session: Session, draft: CollectForms, progress: Progress) -> CollectForms:
    """Take the chosen forms in."""
    if draft.look is None:
        return draft
    taken = take_in_forms(session, draft.look, dict(draft.chosen), draft.reason, progress)
    return replace(draft, taken=taken)


def _fields(draft: CollectForms) -> tuple[Field, ...]:
    return (
        Field(
            "class_id",
            tr("哪个班的"),
            tr("选了班级，别的班的表会提出来问。"),
            kind=Kind.CHOICE,
            options=(*draft.classes, ("", tr("所有班级"))),
        ),
        Field(
            "source",
            tr("放照片的文件夹，ZIP 压缩包，或者一个扫描件"),
            kind=Kind.PLACE,
            file_kinds=tr("扫描件、照片和压缩包 (*.pdf *.tif *.tiff *.jpg *.jpeg *.png *.zip)"),
        ),
    )
