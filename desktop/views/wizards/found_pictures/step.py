"""The step that shows what was found: groups, a table, each picture and what can be decided."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Generic

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.procedures.named_files import LookedAt, Verdict
from desktop.procedures.photos.photo_views import looked_at_photo
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.widgets.details import Details
from desktop.views.widgets.photo_box import NONE, UNREADABLE, WAITING, PhotoBox
from desktop.views.widgets.record_table import RecordTable
from desktop.views.wizards.found_pictures.assign_line import AssignLine
from desktop.views.wizards.found_pictures.choosing import (
    BY_LOT,
    COLUMNS,
    D,
    FileLine,
    found_sentence,
    lines,
    parts,
    with_all,
    with_choice,
)
from desktop.views.wizards.groups_step import Found, GroupsStep

_PORTRAIT = (150, 200)
_PAUSE = 120
"""Milliseconds for which a row stays current before its picture is fetched."""


@dataclass(frozen=True)
class Pictures(Generic[D]):
    """What the pictures are.

    Attributes:
        nothing: a draft with which nobody has looked yet.
        name: what they are called.
        groups: of what can be found.
        box: how large one is shown, in pixels at normal text size.
    """

    nothing: D
    name: str
    groups: Sequence[tuple[str, str]]
    box: tuple[int, int] = _PORTRAIT


class FoundStep(GroupsStep[D, FileLine]):
    """What was found, group by group; nothing was written yet."""

    def __init__(self, desk: Desk, pictures: Pictures[D]) -> None:
        name = pictures.name
        table = RecordTable(
            tr("找到的{name}", name=name),
            COLUMNS,
            desk.memory,
            unit=tr("项"),
            searched=lambda line: line.name,
        )
        table.say_when_empty(
            tr("这一类没有{name}。", name=name), tr("请看别的几类，或者点“下一步”。")
        )
        found = Found[D, FileLine](
            question=tr("找到了什么？"),
            groups=pictures.groups,
            what=lambda draft: draft.found,
            sentence=found_sentence,
            lines=lines,
            parts=lambda line: parts(line, self._draft, self.decide),
        )
        photo = PhotoBox("", *pictures.box, opens=False)
        details = Details(
            tr("这一张{name}", name=name),
            tr("选择一行，这里会列出照片和疑问，可以决定收不收。"),
        )
        self.assign = AssignLine()
        side = _one_above_the_other(photo, self.assign, details)
        super().__init__(found, pictures.nothing, table, details, side)
        self._desk, self.photo = desk, photo
        self.assign.chosen.connect(self._assign)
        self.offer_for_many(tr("选中的都收入"), lambda: self.decide_all(come_in=True), BY_LOT)
        self.offer_for_many(tr("选中的都不收"), lambda: self.decide_all(come_in=False), BY_LOT)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAUSE)
        self._soon.timeout.connect(self._fetch)
        table.current_changed.connect(lambda _line: self._show_photo())

    def show_draft(self, draft: D) -> None:
        """Show what was found, beginning with what needs a person."""
        self.assign.offer(draft.everybody)
        super().show_draft(draft)

    def take(self, draft: D) -> D:
        """Return the draft with what was decided here."""
        return with_decisions(draft, self._draft)

    def decide(self, one: LookedAt, student: str) -> None:
        """Let a file come in for a student, or for no one."""
        self.decided(with_choice(self._draft, one, student))

    def decide_all(self, *, come_in: bool) -> None:
        """Let the selected files come in, or leave them out."""
        files = [line.one for line in self.table.selected if line.one]
        self.decided(with_all(self._draft, files, come_in=come_in))

    def _assign(self, student: str) -> None:
        """Give the current file to a student whom a person has named."""
        line = self.table.current
        if line and line.one and line.one.picture and line.one.verdict is not Verdict.REFUSED:
            self.decide(line.one, student)
            self.table.view.setFocus()

    def _show_photo(self) -> None:
        """Show the picture of the current row, as soon as it is fetched."""
        line = self.table.current
        one = line.one if line else None
        may_be_given = one is not None and one.verdict is not Verdict.REFUSED
        self.assign.setEnabled(may_be_given and bool(one and one.picture))
        if line is None or line.one is None:
            self.photo.say(NONE)
        elif line.one.picture is None:
            self.photo.say(UNREADABLE)
        else:
            self.photo.say(WAITING)
            self._soon.start()

    def _fetch(self) -> None:
        """Have the picture of the current row made ready, if it still is in sight by then."""
        line, found = self.table.current, self._draft.found
        if line is None or line.one is None or line.one.picture is None or found is None:
            return
        one, size, source = line.one, self.photo.size_wanted, found.source

        def still_there() -> bool:
            now = self.table.current
            return now is not None and now.one is one

        self._desk.run(
            lambda _session, _progress: looked_at_photo(source, one, size.width(), size.height()),
            lambda png: self.photo.show_picture(png) if still_there() else None,
            lambda _failure: self.photo.say(UNREADABLE) if still_there() else None,
            owner=self,
            title=tr("正在打开照片"),
        )


def _one_above_the_other(photo: QWidget, assign: QWidget, details: QWidget) -> QWidget:
    side = QWidget()
    column = QVBoxLayout(side)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(t.SMALL)
    column.addWidget(photo, 0, Qt.AlignmentFlag.AlignHCenter)
    column.addWidget(assign)
    column.addWidget(details, 1)
    return side


def with_decisions(draft: D, decided: D) -> D:
    """Return a draft with what was decided about the same files."""
    return replace(draft, chosen=decided.chosen) if draft.found is decided.found else draft
