"""The table of a sheet: one row a student, marks by keys, nothing to click."""

from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from desktop.domain.sheets import MARK_TITLES, Mark
from desktop.domain.students import FIELD_TITLES
from desktop.procedures.signing.recording_desk import DeskRow
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_appearance, current_look
from desktop.views.look.states import STATE_TITLES, State, state_picture
from desktop.views.pages.recording.draft import RecordingDraft
from desktop.views.widgets.masked_number import masked
from desktop.views.widgets.state_delegate import StateDelegate

Index = QModelIndex | QPersistentModelIndex
_NOTHING = QModelIndex()
_COLUMNS: Final = (
    (tr("序号"), 3), (tr("学号"), 9), (tr("姓名"), 8), (tr("性别"), 3),
    (tr("签字情况"), 7), (tr("说明"), 12), (tr("身份证号"), 12), (tr("页"), 2),
)  # fmt: skip
_NAME_COLUMN, _MARK_COLUMN, _REMARK_COLUMN = 2, 4, 5
_REMARK_LEAST = 6  # characters
_DISPENSABLE = (7, 6, 3, 1)  # page, ID number, sex, student number: name and mark always stay
_PLACES = {"given_up": tr("已报告放弃入学资格"), "kept": tr("已报告保留入学资格")}
_SMALLEST_ROW = 17

# a scanner types the text of a QR code wherever the cursor is: its digits must not mark anybody
_SCAN_KEY: Final = Qt.Key.Key_J

KEYS: Final = {
    Qt.Key.Key_Return: Mark.SIGNED,
    Qt.Key.Key_Enter: Mark.SIGNED,
    Qt.Key.Key_Space: Mark.SIGNED,
    Qt.Key.Key_1: Mark.SIGNED,
    Qt.Key.Key_2: Mark.BY_PROXY,
    Qt.Key.Key_3: Mark.UNSIGNED,
    Qt.Key.Key_4: Mark.STRUCK_OUT,
}
_OTHER_KEYS: Final = tr(
    "3 未签 · 4 划去 · 退格 收回未保存的 · Ctrl+Z 撤销 · Ctrl+回车 整页已签 · Ctrl+S 保存"
)


def keys_in_words(*, proxy_allowed: bool) -> str:
    """Return what the keys do; the one for a proxy only where the round allows any."""
    proxy = (tr("2 代签"),) if proxy_allowed else ()
    return " · ".join((tr("回车 本人签字并到下一行"), *proxy, _OTHER_KEYS))


def left_out(room: int, character: int) -> frozenset[int]:
    """Return the columns for which a room is too narrow, the least needed first."""
    characters = [width for _title, width in _COLUMNS]
    characters[_REMARK_COLUMN] = _REMARK_LEAST
    widths = {place: count * character + 2 * t.SMALL for place, count in enumerate(characters)}
    out: set[int] = set()
    for column in _DISPENSABLE:
        if sum(width for place, width in widths.items() if place not in out) <= room:
            break
        out.add(column)
    return frozenset(out)


def state_of_row(draft: RecordingDraft, row: DeskRow) -> State:
    """Return the shape of a row: saved, read but not saved, to be looked at, nothing yet."""
    if row.void or (row.disputed and row.student not in draft.marks):
        return State.ATTENTION
    if row.student in draft.marks:
        return State.IN_HAND
    return State.DONE if row.mark is not None or row.place else State.NOT_YET


def remark_of(draft: RecordingDraft, row: DeskRow) -> str:
    """Return what stands behind a row: why void, disputed, by whom, which corrections."""
    parts: list[str] = []
    shown = draft.shown(row)
    if row.void:
        parts.append(tr("本页已作废：{void}", void=row.void))
    if row.disputed and row.student not in draft.marks:
        parts.append(tr("两个席位登记得不一样，请照纸面再登记一次"))
    if shown and shown.proxy:
        parts.append(tr("{proxy}代签", proxy=shown.proxy))
    if shown and shown.explanation:
        parts.append(shown.explanation)
    if row.place:
        parts.append(_PLACES[row.place])
    parts += [_correction(field, new, decision) for field, new, decision in _corrections(row)]
    if row.mark and row.sheet != draft.desk.sheet.number and row.student not in draft.marks:
        parts.append(tr("登记在签字表 {sheet}", sheet=row.sheet))
    return "；".join(parts)


def _corrections(row: DeskRow) -> list[tuple[str, str, str]]:
    return [(c.field, c.new, c.decision) for c in row.corrections]


def _correction(field: str, new: str, decision: str) -> str:
    words = {"": tr("提出更正"), "accepted": tr("已更正"), "rejected": tr("更正被驳回")}[decision]
    return f"{words}：{FIELD_TITLES.get(field, field)}“{new}”"


class RecordingModel(QAbstractTableModel):
    """The rows of a draft."""

    def __init__(self) -> None:
        super().__init__()
        self._draft: RecordingDraft | None = None

    def show_draft(self, draft: RecordingDraft) -> None:
        """Show a draft; the same sheet keeps its place."""
        same = self._draft is not None and [r.student for r in self._draft.desk.rows] == [
            r.student for r in draft.desk.rows
        ]
        if same:
            self._draft = draft
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._draft = draft
        self.endResetModel()

    def row(self, place: int) -> DeskRow:
        """Return a row."""
        assert self._draft  # noqa: S101 - no row is asked for before there is a sheet
        return self._draft.desk.rows[place]

    def rowCount(self, parent: Index = _NOTHING) -> int:  # noqa: N802 - Qt's name
        """Return the number of students."""
        return 0 if parent.isValid() or not self._draft else len(self._draft.desk.rows)

    def columnCount(self, parent: Index = _NOTHING) -> int:  # noqa: N802 - Qt's name
        """Return the number of columns."""
        return 0 if parent.isValid() else len(_COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Return what a cell shows and says."""
        assert self._draft  # noqa: S101 - there are no cells before
        row = self.row(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return remark_of(self._draft, row) or None
        if role == Qt.ItemDataRole.DecorationRole and index.column() == _MARK_COLUMN:
            return state_picture(state_of_row(self._draft, row), current_look())
        if role == Qt.ItemDataRole.FontRole and index.column() == _NAME_COLUMN:
            font = QFont()
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.AccessibleTextRole:
            text = self._text(row, index.column())
            state = STATE_TITLES[state_of_row(self._draft, row)]
            title = _COLUMNS[index.column()][0]
            return f"{title}：{text}" + (f"，{state}" if index.column() == _MARK_COLUMN else "")
        return None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401
        """Return the title of a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _COLUMNS[section][0]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def _text(self, row: DeskRow, column: int) -> str:
        assert self._draft  # noqa: S101
        shown = self._draft.shown(row)
        one = row.identity
        return (
            str(row.number),
            one.student_number,
            one.name,
            one.sex,
            MARK_TITLES[shown.mark] if shown else "",
            remark_of(self._draft, row),
            masked(one.id_number),
            str(row.page),
        )[column]


class RecordingTable(QTableView):
    """The table; ``marked`` hands on (place, mark), the other signals what else a key asks for.

    ``scanning`` hands on the first character of what a scanner begins to type.
    """

    marked = Signal(int, object)
    taken_back = Signal(int)
    page_signed = Signal(int)
    undone = Signal()
    scanning = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.rows = RecordingModel()
        self.setModel(self.rows)
        self.setItemDelegate(StateDelegate(self))
        self.setAccessibleName(tr("签字表上的学生"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        self.horizontalHeader().setSectionResizeMode(_REMARK_COLUMN, QHeaderView.ResizeMode.Stretch)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setHighlightSections(False)
        current_appearance().changed.connect(self._measure)
        self._measure()

    @property
    def place(self) -> int:
        """The place of the current row, -1 for none."""
        return self.currentIndex().row()

    def show_draft(self, draft: RecordingDraft) -> None:
        """Show a draft."""
        self.rows.show_draft(draft)
        self._fit_rows()

    def go_to(self, place: int) -> None:
        """Make a row the current one."""
        self.setCurrentIndex(self.rows.index(place, _MARK_COLUMN))
        self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Take the keys that mark; all others move as everywhere."""
        key = Qt.Key(event.key())
        place = self.place
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undone.emit()
        elif place < 0:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.page_signed.emit(place)
            else:
                super().keyPressEvent(event)
        elif key is _SCAN_KEY:
            self.scanning.emit(event.text())
        elif key in KEYS:
            self.marked.emit(place, KEYS[key])
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.taken_back.emit(place)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Let a whole class fit, where a little less height for each row is enough.

        The current row stays in sight, also when the line for reasons takes room below.
        """
        super().resizeEvent(event)
        self._fit_columns()
        self._fit_rows()
        self.scrollTo(self.currentIndex())

    def _fit_rows(self) -> None:
        look, count = current_look(), self.rows.rowCount()
        height = look.px(t.DENSE_ROW_HEIGHT)
        if count and self.viewport().height() // count >= look.px(_SMALLEST_ROW):
            height = min(height, self.viewport().height() // count)
        self.verticalHeader().setDefaultSectionSize(height)

    def _fit_columns(self) -> None:
        """Leave columns out before anything has to be scrolled."""
        out = left_out(self.viewport().width(), current_look().px(t.BODY))
        for column in _DISPENSABLE:
            self.setColumnHidden(column, column in out)

    def _measure(self) -> None:
        look = current_look()
        for column, (_title, width) in enumerate(_COLUMNS):
            self.setColumnWidth(column, width * look.px(t.BODY) + 2 * t.SMALL)
        self._fit_columns()
        self.horizontalHeader().setMinimumSectionSize(2 * look.px(t.BODY))
        self.horizontalHeader().setFixedHeight(look.row_height)
        self._fit_rows()
