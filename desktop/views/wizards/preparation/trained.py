"""The wizard 登记培训: on which day the chosen classes' teachers signed in, and on what sheet."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop.procedures.class_training import TrainedTeacher, record_training
from desktop.procedures.evidence_files import read_evidence
from desktop.procedures.session import Progress, Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.frame import StepPage, Wizard
from desktop.views.wizards.one_form import OneForm
from desktop.views.wizards.step_pages import Field, FormStep, Kind

_NAMED = 8
_SCANS = tr("扫描件 (*.pdf *.jpg *.jpeg *.png *.bmp *.tif *.tiff)")


@dataclass(frozen=True, slots=True)
class ChosenClass:
    """A class that was chosen, and who its teacher is as far as is known."""

    id: str
    name: str
    teacher: str


@dataclass(frozen=True, slots=True)
class Trained:
    """The classes, the day, the scanned sheet; ``teacher`` only where one class is chosen."""

    round_id: str
    classes: tuple[ChosenClass, ...]
    trained_on: str = ""
    teacher: str = ""
    scan: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Who will be recorded, class by class."""
        return tuple(f"{one.name}（{self.teacher or one.teacher}）" for one in self.classes)


def problems(draft: Trained) -> dict[str, str]:
    """Return what is missing, per field."""
    found = {}
    if not draft.trained_on:
        found["trained_on"] = tr("请填写签到表上的日期，例如 2026-08-30。")
    unknown = [one.name for one in draft.classes if not (one.teacher or draft.teacher)]
    if unknown and len(draft.classes) == 1:
        found["teacher"] = tr("这个班还没有登记班主任，请填写参加培训的老师。")
    elif unknown:
        found["trained_on"] = tr(
            "{names}还没有登记班主任，不知道是谁参加了培训；请单独选中这样的班，逐个登记。",
            names="、".join(unknown[:_NAMED]),
        )
    return found


def confirm_sentences(draft: Trained) -> tuple[str, ...]:
    """Say for how many classes, whom, and when."""
    shown = "、".join(draft.names[:_NAMED]) + (tr("等") if len(draft.names) > _NAMED else "")
    said = tr(
        "登记 {count} 个班的班主任于 {day} 参加了培训：{shown}。",
        count=len(draft.classes),
        day=draft.trained_on,
        shown=shown,
    )
    return (said, tr("附上签到表：{scan}。", scan=draft.scan)) if draft.scan else (said,)


def trained_wizard(desk: Desk, draft: Trained, parent: QWidget) -> Wizard[Trained]:
    """Return the wizard."""
    form = OneForm(
        title=tr("登记培训"),
        guide="报到准备#班主任培训",
        form=lambda: _form(draft),
        problems=problems,
        confirm=confirm_sentences,
        act=desk.act(carry_out),
        verb=tr("登记"),
        done=lambda d: (
            tr("已登记 {count} 个班。", count=len(d.classes)),
            tr("接下来：导出报送包给各院部，这些班就可以开始核对。"),
        ),
    )
    return Wizard(form.flow(), draft, desk.runner, parent)


def carry_out(session: Session, draft: Trained, _progress: Progress) -> Trained:
    """Record it."""
    trained = [TrainedTeacher(one.id, draft.teacher) for one in draft.classes]
    scans = read_evidence([draft.scan] if draft.scan else [])
    record_training(session, draft.round_id, trained, draft.trained_on, scans)
    return draft


def _form(draft: Trained) -> StepPage[Trained]:
    day = Field("trained_on", tr("培训日期"), tr("签到表上的日期，写成“2026-08-30”。"))
    teacher = Field("teacher", tr("参加培训的老师"), tr("不是现任班主任的，班级还要等班主任培训。"))
    scan = Field("scan", tr("签到表扫描件（可以不附）"), kind=Kind.FILE, file_kinds=_SCANS)
    one = len(draft.classes) == 1
    return FormStep(
        tr("{count} 个班的班主任是哪一天培训的？", count=len(draft.classes)),
        tr("对照本人签名的签到表登记；没有签到的班不要选。"),
        (day, teacher, scan) if one else (day, scan),
    )
