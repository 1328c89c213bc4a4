"""The class within “the whole class, except …”: a tick for each exception, in what, by when."""

from collections.abc import Collection, Sequence
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from desktop.procedures.check_in.exceptions import About
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_look
from desktop.views.pages.check_in import words
from desktop.views.pages.check_in.excepting import Plan, Planned, day_of, items_of, lack_words
from desktop.views.widgets.state_delegate import StateDelegate

_NAME, _EXAM, _LACK, _DAY, _NOW = range(5)
_WIDTHS: Final = (7, 9, 12, 7, 9)  # characters
_DISPENSABLE: Final = (_EXAM, _NOW)
_TITLES: Final = {
    About.DOCUMENTS: (tr("姓名"), tr("考生号"), tr("缺什么"), tr("补交日期"), tr("现在")),
    About.COMPARED: (tr("姓名"), tr("考生号"), tr("哪里不一致"), "", tr("现在")),
}
_CHECKED, _UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class ExceptTable(QTableWidget):
    """Students by place; ``ticked`` and ``lacked`` hand on a place, ``dated`` also the text.

    ``typed`` hands on a letter that is meant for the line that searches.
    """

    ticked = Signal(int)
    lacked = Signal(int, int)
    dated = Signal(int, str)
    typed = Signal(str)

    def __init__(self, about: About) -> None:
        super().__init__(0, len(_WIDTHS))
        self._about = about
        self.setHorizontalHeaderLabels(_TITLES[about])
        self.setAccessibleName(tr("这个班的学生，打勾的是例外"))
        self.setItemDelegate(StateDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.horizontalHeader().setSectionResizeMode(_LACK, QHeaderView.ResizeMode.Stretch)
        self._measure()
        self.itemChanged.connect(self._changed)

    @property
    def place(self) -> int:
        """The place of the current row, -1 for none in sight."""
        row = self.currentRow()
        return row if row >= 0 and not self.isRowHidden(row) else -1

    def text_of(self, place: int) -> tuple[str, ...]:
        """Return what a row shows."""
        return tuple(
            str(self.model().index(place, column).data() or "") for column in range(len(_WIDTHS))
        )

    def show_plan(self, plan: Plan) -> None:
        """Show what would be noted of each student; the current row stays the current one."""
        with QSignalBlocker(self):
            self.setRowCount(len(plan.rows))
            for place, one in enumerate(plan.rows):
                self._show_row(plan, place, one)
            if self.currentRow() < 0 and plan.rows:
                self.setCurrentCell(0, _NAME)

    def show_only(self, places: Collection[int] | None, first: int) -> None:
        """Leave only some places in sight, None for all, and make one the current row."""
        for place in range(self.rowCount()):
            self.setRowHidden(place, places is not None and place not in places)
        if first >= 0:
            self.setCurrentCell(first, _NAME)

    def step_on(self, step: int) -> None:
        """Make the next or the last row in sight the current one."""
        seen = [place for place in range(self.rowCount()) if not self.isRowHidden(place)]
        if seen:
            at = seen.index(self.place) if self.place in seen else 0
            self.setCurrentCell(seen[max(0, min(at + step, len(seen) - 1))], _NAME)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Tick by the space bar, name what is lacking by digits, edit the day by F2."""
        key, text = Qt.Key(event.key()), event.text()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier or self.place < 0:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.ticked.emit(self.place)
        elif text.isdecimal():
            self.lacked.emit(self.place, int(text))
        elif key == Qt.Key.Key_F2:
            self.edit(self.model().index(self.place, _DAY))
        elif text.isalpha():
            self.typed.emit(text)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Leave columns out before anything has to be scrolled."""
        super().resizeEvent(event)
        self._measure()

    def _show_row(self, plan: Plan, place: int, one: Planned) -> None:
        told, row = plan.told, one.row
        meant = one.ticked and not one.hindrance
        dated = meant and self._about is About.DOCUMENTS
        texts = (
            row.identity.name or tr("姓名待定"),
            row.identity.exam_number,
            lack_words(plan, one, items_of(plan.before.desk, told.about)),
            day_of(told, row.student) if dated else "",
            one.hindrance or self._now(plan, row.student),
        )
        can = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        cells = [self._cell(place, column) for column in range(len(texts))]
        for column, (item, text) in enumerate(zip(cells, texts, strict=True)):
            item.setText(text)
            item.setToolTip(text)
            item.setFlags(can | Qt.ItemFlag.ItemIsEditable if column == _DAY and dated else can)
            title = _TITLES[self._about][column]
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}：{text}")
        name = cells[_NAME]
        if one.hindrance:
            name.setData(Qt.ItemDataRole.CheckStateRole, None)
        else:
            name.setFlags(can | Qt.ItemFlag.ItemIsUserCheckable)
            name.setCheckState(_CHECKED if row.student in told.lacking else _UNCHECKED)

    def _cell(self, place: int, column: int) -> QTableWidgetItem:
        if (item := self.item(place, column)) is None:
            self.setItem(place, column, item := QTableWidgetItem())
        return item

    def _now(self, plan: Plan, student: str) -> str:
        file = plan.before.files[student]
        if self._about is About.DOCUMENTS:
            return words.documents_text(plan.before.desk.items, file)
        return words.finding_text(file) or words.face_text(file, plan.before.desk.rules)

    def _changed(self, item: QTableWidgetItem) -> None:
        if item.column() == _NAME:
            self.ticked.emit(item.row())
        elif item.column() == _DAY:
            self.dated.emit(item.row(), item.text().strip())

    def _measure(self) -> None:
        look = current_look()
        character, room = look.px(t.BODY), self.viewport().width()
        widths = [width * character + 2 * t.SMALL for width in _WIDTHS]
        widths[_NAME] += look.px(t.LARGE) + t.SMALL  # the tick
        out = {_DAY} if self._about is About.COMPARED else set()
        for column in _DISPENSABLE:
            if _sum_without(widths, out) > room:
                out.add(column)
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)
            self.setColumnHidden(column, column in out)
        height = look.px(t.DENSE_ROW_HEIGHT) if look.large else look.row_height
        self.verticalHeader().setDefaultSectionSize(height)
        self.horizontalHeader().setFixedHeight(height)


def _sum_without(widths: Sequence[int], out: Collection[int]) -> int:
    return sum(width for column, width in enumerate(widths) if column not in out)
