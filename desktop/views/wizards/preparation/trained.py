"""The wizard 登记培训: on which day the chosen classes' teachers signed in, and on what sheet."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop.procedures.entry_review.class_training import TrainedTeacher, record_training
from desktop.procedures.evidence_files import read_evidence
from desktop.procedures.session import Progress, Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.frame import StepPage, Wizard
from desktop.views.wizards.one_form import OneForm
from desktop.views.wizards.step_pages import Field, FormStep, Kind

_NAMED = 8
_ALL_NAMED = 60  # classes: more than a hall holds
_BETWEEN = re.compile(r"[、，,；;\s]+")
_SCANS = tr("扫描件 (*.pdf *.jpg *.jpeg *.png *.bmp *.tif *.tiff)")


@dataclass(frozen=True, slots=True)
class ChosenClass:
    """A class that was chosen, and who its teacher is as far as is known."""

    id: str
    name: str
    teacher: str


@dataclass(frozen=True, slots=True)
class Trained:
    """The classes, the day, the scanned sheet; who came for those whose teacher is not known.

    ``teachers`` are names in the order of ``asked``, as people write several in one line.
    """

    round_id: str
    classes: tuple[ChosenClass, ...]
    trained_on: str = ""
    teachers: str = ""
    scan: str = ""

    @property
    def asked(self) -> tuple[ChosenClass, ...]:
        """The classes of which it is asked who came: one that is alone, and the unknown ones."""
        if len(self.classes) == 1:
            return self.classes
        return tuple(one for one in self.classes if not one.teacher)

    @property
    def typed(self) -> tuple[str, ...]:
        """The names that were typed."""
        return tuple(filter(None, _BETWEEN.split(self.teachers)))

    @property
    def who(self) -> tuple[tuple[ChosenClass, str], ...]:
        """Who came for each class."""
        typed = dict(zip((one.id for one in self.asked), self.typed, strict=False))
        return tuple((one, typed.get(one.id, one.teacher)) for one in self.classes)


def problems(draft: Trained) -> dict[str, str]:
    """Return what is missing, per field."""
    found = {}
    if not draft.trained_on:
        found["trained_on"] = tr("请填写签到表上的日期，例如 2026-08-30。")
    if len(draft.typed) != len(draft.asked):
        found["teachers"] = tr(
            "这里要填 {wanted} 个姓名（{classes}），现在是 {typed} 个。",
            wanted=len(draft.asked),
            classes=_shortly([one.name for one in draft.asked]),
            typed=len(draft.typed),
        )
    return found


def _shortly(names: Sequence[str]) -> str:
    return "、".join(names[:_NAMED]) + (tr("等") if len(names) > _NAMED else "")


def confirm_sentences(draft: Trained) -> tuple[str, ...]:
    """Say for how many classes, whom, and when."""
    names = [f"{one.name}（{teacher}）" for one, teacher in draft.who]
    shown = _shortly(names) if len(names) > _ALL_NAMED else "、".join(names)
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
    trained = [TrainedTeacher(one.id, teacher) for one, teacher in draft.who]
    scans = read_evidence([draft.scan] if draft.scan else [])
    record_training(session, draft.round_id, trained, draft.trained_on, scans)
    return draft


def _form(draft: Trained) -> StepPage[Trained]:
    day = Field("trained_on", tr("培训日期"), tr("签到表上的日期，写成“2026-08-30”。"))
    scan = Field("scan", tr("签到表扫描件（可以不附）"), kind=Kind.FILE, file_kinds=_SCANS)
    return FormStep(
        tr("{count} 个班的班主任是哪一天培训的？", count=len(draft.classes)),
        tr("对照本人签名的签到表登记；没有签到的班不要选。"),
        (day, *_who_came(draft), scan),
    )


def _who_came(draft: Trained) -> tuple[Field, ...]:
    """Return the field for the names that are asked for, none where all are known."""
    if not draft.asked:
        return ()
    hint = tr("不是现任班主任的，班级还要等班主任培训。")
    if len(draft.classes) > 1:
        hint = tr(
            "这些班还没有登记班主任，请按次序填写姓名，用顿号隔开：{classes}。",
            classes="、".join(one.name for one in draft.asked),
        )
    return (Field("teachers", tr("参加培训的老师"), hint),)
