"""The step that shows what was found: groups, a table, the photo and what can be decided beside."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.procedures.named_files import LookedAt
from desktop.procedures.photo_views import looked_at_photo
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.widgets.chips import Chips
from desktop.views.widgets.details import Details
from desktop.views.widgets.photo_box import NONE, UNREADABLE, WAITING, PhotoBox
from desktop.views.widgets.record_table import RecordTable
from desktop.views.widgets.texts import button, label
from desktop.views.wizards.frame import StepPage
from desktop.views.wizards.read_photos.draft import (
    BY_LOT,
    COLUMNS,
    GROUPS,
    PhotoLine,
    ReadPhotos,
    found_sentence,
    lines,
    parts,
    with_all,
    with_choice,
)

_LARGE = (150, 200)
_PAUSE = 120
"""Milliseconds for which a row stays current before its photo is fetched."""


class FoundStep(StepPage[ReadPhotos]):
    """What was found, group by group; nothing was written yet."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._draft = ReadPhotos()
        self._sentence = label(wraps=True)
        self.chips = Chips(GROUPS)
        self.table = RecordTable(
            tr("找到的照片"), COLUMNS, desk.memory, unit=tr("项"), searched=lambda line: line.name
        )
        self.table.say_when_empty(tr("这一类没有照片。"), tr("请看别的几类，或者点“下一步”。"))
        self.photo = PhotoBox("", *_LARGE, opens=False)
        self.details = Details(
            tr("这一张照片"), tr("选择一行，这里会列出照片和疑问，可以决定收不收。")
        )
        self._come_in = button(tr("选中的都收入"), lambda: self.decide_all(come_in=True))
        self._leave_out = button(tr("选中的都不收"), lambda: self.decide_all(come_in=False))
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAUSE)
        self._soon.timeout.connect(self._fetch)
        self.chips.chosen.connect(self._filter)
        self.table.current_changed.connect(lambda _line: self._tell_current())
        self._build()

    @property
    def sentence(self) -> str:
        """The sentence in sight."""
        return self._sentence.text()

    def show_draft(self, draft: ReadPhotos) -> None:
        """Show what was found, beginning with what needs a person."""
        fresh = draft.look is not self._draft.look
        self._draft = draft
        found = lines(draft)
        if fresh:
            self._offer(found)
        self._show_lines(found)
        self._begin()

    def take(self, draft: ReadPhotos) -> ReadPhotos:
        """Return the draft with what was decided here."""
        return with_decisions(draft, self._draft)

    def decide(self, one: LookedAt, student: str) -> None:
        """Let a file come in for a student, or for no one."""
        self._draft = with_choice(self._draft, one, student)
        self._decided()

    def decide_all(self, *, come_in: bool) -> None:
        """Let the selected files come in, or leave them out."""
        files = [line.one for line in self.table.selected if line.one]
        self._draft = with_all(self._draft, files, come_in=come_in)
        self._decided()

    def _decided(self) -> None:
        self._show_lines(lines(self._draft))
        self._tell_current()
        self.changed.emit()

    def _build(self) -> None:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(t.SMALL)
        column.addWidget(self.photo, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.details, 1)
        left = QWidget()
        under = QHBoxLayout()
        for made in (self._come_in, self._leave_out):
            made.setToolTip(tr("按住 Ctrl 或 Shift 可以选多行，Ctrl+A 全选"))
            under.addWidget(made)
        under.addStretch()
        rows = QVBoxLayout(left)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(t.SMALL)
        rows.addWidget(self.table, 1)
        rows.addLayout(under)
        beside = QHBoxLayout()
        beside.setSpacing(t.MEDIUM)
        beside.addWidget(left, 5)
        beside.addWidget(side, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(t.SMALL)
        layout.addWidget(label(tr("找到了什么？"), "heading", wraps=True))
        layout.addWidget(label(tr("现在还没有写入任何内容。"), "quiet", wraps=True))
        layout.addWidget(self._sentence)
        layout.addWidget(self.chips)
        layout.addLayout(beside, 1)
        self.setFocusProxy(self.table)

    def _offer(self, found: Sequence[PhotoLine]) -> None:
        """Offer the groups that there are, beginning with what needs a person."""
        groups = Counter(line.group for line in found)
        self.chips.count({id_: groups[id_] for id_, _ in GROUPS})
        filled = [id_ for id_, _ in GROUPS if groups[id_]] or [GROUPS[0][0]]
        with QSignalBlocker(self.chips):
            self.chips.choose(filled[0])
            self.chips.offer(filled)
        self._want(self.chips.current)

    def _show_lines(self, found: Sequence[PhotoLine]) -> None:
        self._sentence.setText(found_sentence(self._draft))
        self.table.set_records(found)

    def _filter(self, group: str) -> None:
        self._want(group)
        self.table.fit_columns()  # other groups have other things to say
        self._begin()

    def _want(self, group: str) -> None:
        self.table.want(lambda line: line.group == group)
        self._come_in.setEnabled(group in BY_LOT)
        self._leave_out.setEnabled(group in BY_LOT)

    def _begin(self) -> None:
        """Make the first row current where none is."""
        if self.table.current is None:
            self.table.view.selectRow(0)

    def _tell_current(self) -> None:
        line = self.table.current
        if line is None:
            self.photo.say(NONE)
            self.details.say_nothing()
            return
        self.details.tell(parts(line, self._draft, self.decide))
        if line.one is None:
            self.photo.say(NONE)
        elif line.one.picture is None:
            self.photo.say(UNREADABLE)
        else:
            self.photo.say(WAITING)
            self._soon.start()

    def _fetch(self) -> None:
        """Have the photo of the current row made ready, if it still is in sight by then."""
        line, look = self.table.current, self._draft.look
        if line is None or line.one is None or line.one.picture is None or look is None:
            return
        one, size = line.one, self.photo.size_wanted

        def still_there() -> bool:
            now = self.table.current
            return now is not None and now.one is one

        self._desk.run(
            lambda _session, _progress: looked_at_photo(look, one, size.width(), size.height()),
            lambda png: self.photo.show_picture(png) if still_there() else None,
            lambda _failure: self.photo.say(UNREADABLE) if still_there() else None,
            owner=self,
            title=tr("正在打开照片"),
        )


def with_decisions(draft: ReadPhotos, decided: ReadPhotos) -> ReadPhotos:
    """Return a draft with what was decided about the same files."""
    return replace(draft, chosen=decided.chosen) if draft.look is decided.look else draft
