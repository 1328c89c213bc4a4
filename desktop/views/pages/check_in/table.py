"""The table of a class: one row a student, everything by single keys, nothing to click."""

from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from desktop.domain.entry_review import ArrivalState, Finding
from desktop.procedures.check_in.check_in_desk import CheckInRow
from desktop.procedures.check_in.exceptions import About
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_appearance, current_look
from desktop.views.look.states import STATE_TITLES, state_picture
from desktop.views.pages.check_in import words
from desktop.views.pages.check_in.draft import CheckInDraft
from desktop.views.pages.check_in.noting import SAME_ALL, SEE_ALL
from desktop.views.widgets.state_delegate import StateDelegate

Index = QModelIndex | QPersistentModelIndex
_NOTHING = QModelIndex()
_COLUMNS: Final = (
    (tr("序号"), 3), (tr("考生号"), 9), (tr("姓名"), 5), (tr("性别"), 3), (tr("报到"), 8),
    (tr("材料"), 4), (tr("人像比对"), 8), (tr("结论"), 6), (tr("现在"), 9),
)  # fmt: skip
_NAME, _ARRIVAL, _NOW = 2, 4, 8
_NOW_LEAST = 6  # characters
_DISPENSABLE: Final = (3, 1, 0, 6, 5, 7)  # name, arrival and where somebody stands always stay
_SMALLEST_ROW = 17

KEYS: Final = {
    Qt.Key.Key_Return: ArrivalState.ARRIVED,
    Qt.Key.Key_Enter: ArrivalState.ARRIVED,
    Qt.Key.Key_Space: ArrivalState.ARRIVED,
    Qt.Key.Key_1: ArrivalState.ARRIVED,
    Qt.Key.Key_2: ArrivalState.LEAVE,
    Qt.Key.Key_3: ArrivalState.ABSENT,
    Qt.Key.Key_4: Finding.NORMAL,
    Qt.Key.Key_5: Finding.DOUBTFUL,
    Qt.Key.Key_6: Finding.ABNORMAL,
    Qt.Key.Key_7: SEE_ALL,
    Qt.Key.Key_8: SAME_ALL,
}
"""What a key notes of the current student."""
_EXCEPT: Final = {Qt.Key.Key_9: About.DOCUMENTS, Qt.Key.Key_0: About.COMPARED}
KEYS_IN_WORDS: Final = tr(
    "回车或 1 已报到 · 2 请假 · 3 未报到 · 4 正常 · 5 存疑 · 6 异常 · 7 材料齐全 · 8 六项都一致"
    " · 9 材料全班除了… · 0 六对照全班除了… · 退格 收回未保存的 · Ctrl+Z 撤销 · Ctrl+S 保存"
)


class CheckInModel(QAbstractTableModel):
    """The rows of a draft."""

    def __init__(self) -> None:
        super().__init__()
        self._draft: CheckInDraft | None = None

    def show_draft(self, draft: CheckInDraft) -> None:
        """Show a draft; the same class keeps its place."""
        before = self._draft.desk.rows if self._draft else ()
        same = [row.student for row in before] == [row.student for row in draft.desk.rows]
        if same and before:
            self._draft = draft
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._draft = draft
        self.endResetModel()

    def row(self, place: int) -> CheckInRow:
        """Return a row."""
        assert self._draft  # noqa: S101 - no row is asked for before there is a class
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
        row, column = self.row(index.row()), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return words.remark_of(self._draft, row) or None
        if role == Qt.ItemDataRole.DecorationRole and column == _NOW:
            return state_picture(words.row_state(self._draft, row), current_look())
        if role == Qt.ItemDataRole.FontRole and column == _NAME:
            font = QFont()
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = f"{_COLUMNS[column][0]}：{self._text(row, column)}"
            state = STATE_TITLES[words.row_state(self._draft, row)]
            return f"{said}，{state}" if column == _NOW else said
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

    def _text(self, row: CheckInRow, column: int) -> str:
        assert self._draft  # noqa: S101
        file, one = self._draft.files[row.student], row.identity
        return (
            str(row.number),
            one.exam_number,
            one.name,
            one.sex,
            words.arrival_text(file),
            words.documents_text(self._draft.desk.items, file),
            words.face_text(file, self._draft.desk.rules),
            words.finding_text(file),
            words.standing_text(self._draft, row),
        )[column]


class CheckInTable(QTableView):
    """The table; ``noted`` hands on (place, what a key stands for), the others what else."""

    noted = Signal(int, object)
    taken_back = Signal(int)
    rest_arrived = Signal()
    except_wanted = Signal(object)
    undone = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows = CheckInModel()
        self.setModel(self.rows)
        self.setItemDelegate(StateDelegate(self))
        self.setAccessibleName(tr("这个班的学生"))
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
        self.horizontalHeader().setSectionResizeMode(_NOW, QHeaderView.ResizeMode.Stretch)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setHighlightSections(False)
        current_appearance().changed.connect(self._measure)
        self._measure()

    @property
    def place(self) -> int:
        """The place of the current row, -1 for none."""
        return self.currentIndex().row()

    def show_draft(self, draft: CheckInDraft) -> None:
        """Show a draft."""
        self.rows.show_draft(draft)
        self._fit_rows()

    def go_to(self, place: int) -> None:
        """Make a row the current one."""
        self.setCurrentIndex(self.rows.index(place, _ARRIVAL))
        self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Take the keys that note something; all others move as everywhere."""
        key, place = Qt.Key(event.key()), self.place
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undone.emit()
        elif place < 0:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.rest_arrived.emit()
            else:
                super().keyPressEvent(event)
        elif key in KEYS:
            self.noted.emit(place, KEYS[key])
        elif key in _EXCEPT:
            self.except_wanted.emit(_EXCEPT[key])
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.taken_back.emit(place)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Let a whole class fit, where a little less height for each row is enough."""
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
        character, room = current_look().px(t.BODY), self.viewport().width()
        least = [*(width for _title, width in _COLUMNS[:-1]), _NOW_LEAST]
        widths = [width * character + 2 * t.SMALL for width in least]
        out: set[int] = set()
        for column in _DISPENSABLE:
            if sum(width for place, width in enumerate(widths) if place not in out) > room:
                out.add(column)
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
