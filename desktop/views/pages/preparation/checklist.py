"""The part 材料清单: the year's checklist as a table that is edited and saved as a whole."""

from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout

from desktop.domain.rounds import Round
from desktop.procedures.entry_review.year_checklist import (
    ChecklistOnDesk,
    TypedLine,
    checklist_on_desk,
    save_checklist,
)
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.pages.preparation import lines as editing
from desktop.views.pages.preparation.line_editor import LineEditor
from desktop.views.pages.preparation.topic import RoundTopic, in_room
from desktop.views.table_models.columns import Align, Column
from desktop.views.widgets.beside import beside
from desktop.views.widgets.record_table import RecordTable
from desktop.views.widgets.texts import button, label


@dataclass(frozen=True, slots=True)
class Row:
    """A line in its place."""

    place: int
    line: TypedLine


COLUMNS: tuple[Column[Row], ...] = (
    Column(tr("次序"), lambda r: str(r.place), align=Align.RIGHT, width=3),
    Column(tr("材料"), lambda r: r.line.title, width=14),
    Column(tr("谁要交"), lambda r: editing.required_text(r.line), width=12),
    Column(tr("说明"), lambda r: r.line.note, width=14, may_be_cut=True),
)


class ChecklistTopic(RoundTopic):
    """The table, the fields of the chosen line beside it, and what is not saved yet below."""

    ID, TITLE = "checklist", tr("材料清单")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._lines: editing.Lines = ()
        self._saved: editing.Lines = ()
        self._free = 0
        self._changing = False
        self.table = RecordTable(tr("报到材料清单"), COLUMNS, desk.memory, unit=tr("项"))
        self.table.view.setSortingEnabled(False)  # the order is what is edited
        self.editor = LineEditor()
        self.add = button(tr("新增一项"), self.add_line)
        self.up = button(tr("上移"), lambda: self.shift(-1))
        self.down = button(tr("下移"), lambda: self.shift(1))
        self.drop = button(tr("取消这一项"), self.drop_line)
        self.back = button(tr("放弃修改"), self.undo)
        self.save = button(tr("保存清单"), self.save_lines, role="primary")
        self.unsaved = label(role="note", wraps=True)
        self._build()

    @property
    def lines(self) -> editing.Lines:
        """The lines in sight, saved or not."""
        return self._lines

    def refresh(self) -> None:
        """Read the checklist; what is edited and not saved stays."""
        if (round_ := self.round) is None:
            return
        self.desk.run(
            lambda session, _progress: checklist_on_desk(session, round_.id),
            self._take,
            self.failed.emit,
            owner=self,
            title=tr("正在读取清单"),
        )

    def show_round(self, round_: Round) -> None:
        """Show another round's checklist; what was edited of this one is not kept for it."""
        if self.round is None or round_.id != self.round.id:
            self._lines = self._saved = ()
        super().show_round(round_)

    def add_line(self) -> None:
        """Add a line at the end, and go to its title."""
        self._change((*self._lines, TypedLine("")), len(self._lines))
        self.editor.title.setFocus()

    def shift(self, by: int) -> None:
        """Move the chosen line up or down."""
        at = self._at
        if at >= 0:
            after = editing.moved(self._lines, at, by)
            self._change(after, after.index(self._lines[at]))

    def drop_line(self) -> None:
        """Take the chosen line out; it is dropped when the list is saved."""
        if (at := self._at) >= 0:
            self._change(editing.without(self._lines, at), min(at, len(self._lines) - 2))

    def undo(self) -> None:
        """Show the list again as it was saved."""
        self._change(self._saved, 0)

    def save_lines(self) -> None:
        """Say the list as it is in sight."""
        if (round_ := self.round) is None:
            return
        wanted = self._lines
        self.desk.change(
            lambda session, _progress: save_checklist(session, round_.id, wanted),
            self._done,
            self.failed.emit,
            owner=self,
            title=tr("正在保存清单"),
        )

    @property
    def _at(self) -> int:
        current = self.table.current
        return current.place - 1 if current else -1

    def _done(self, items: object) -> None:
        del items
        self._saved = self._lines  # so that what is read next is taken
        self.said.emit(
            tr("清单已保存，共 {count} 项。接下来点“下发…”，导出给各院部。", count=len(self._lines))
        )

    def _take(self, found: ChecklistOnDesk) -> None:
        edited = bool(self._saved) and self._lines != self._saved
        self._saved = editing.as_lines(found.items)
        self._free = found.free
        self.editor.offer_types(found.types)
        self._change(self._lines if edited else self._saved, max(self._at, 0))

    def _edit(self, line: object) -> None:
        if isinstance(line, TypedLine) and self._at >= 0:
            self._change(editing.put(self._lines, self._at, line), self._at)

    def _change(self, lines: editing.Lines, at: int) -> None:
        """Show lines, the one at a place as the chosen one."""
        self._lines = lines
        rows = [Row(place, line) for place, line in enumerate(lines, 1)]
        self._changing = True
        self.table.set_records(rows)
        if 0 <= at < len(rows):
            self.table.choose(rows[at])
        self._changing = False
        self._tell()

    def _tell(self) -> None:
        if self._changing:
            return
        at = self._at
        self.editor.show_line(self._lines[at] if 0 <= at < len(self._lines) else None)
        new = sum(not line.slot for line in self._lines)
        open_ = self.round is not None and self.round.open
        self.add.setEnabled(open_ and new < self._free)
        self.up.setEnabled(at > 0)
        self.down.setEnabled(0 <= at < len(self._lines) - 1)
        self.drop.setEnabled(at >= 0 and len(self._lines) > 1)
        words = editing.changes_sentence(self._lines, self._saved)
        self.back.setEnabled(bool(words))
        self.save.setEnabled(open_ and bool(words))
        self.unsaved.setText(
            words or tr("还可以新增 {free} 项；取消的项在这个批次里不能再用。", free=self._free)
        )

    def _build(self) -> None:
        self.up.setShortcut("Alt+Up")
        self.up.setToolTip(tr("把选中的一项上移（Alt+↑）"))
        self.down.setShortcut("Alt+Down")
        self.down.setToolTip(tr("把选中的一项下移（Alt+↓）"))
        self.editor.edited.connect(self._edit)
        self.table.current_changed.connect(lambda _row: self._tell())
        row = QHBoxLayout()
        row.setSpacing(t.SMALL)
        for made in (self.add, self.up, self.down, self.drop):
            row.addWidget(made)
        row.addStretch()
        row.addWidget(self.back)
        row.addWidget(self.save)
        self.column.addWidget(beside(self.table, in_room(self.editor), (5, 3)), 1)
        self.column.addWidget(self.unsaved)
        self.column.addLayout(row)
