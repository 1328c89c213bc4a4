"""A table of one class or sheet that is recorded by single keys: one row a student, no clicks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_appearance, current_look
from desktop.views.look.states import STATE_TITLES, State, state_picture
from desktop.views.widgets.state_delegate import StateDelegate


class Row(Protocol):
    """A row is about a student."""

    @property
    def student(self) -> str:
        """The subject."""


D = TypeVar("D")
R = TypeVar("R", bound=Row)
Index = QModelIndex | QPersistentModelIndex
_NOTHING = QModelIndex()
_SMALLEST_ROW: Final = 17
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_BACK: Final = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)


@dataclass(frozen=True, slots=True)
class KeyColumns(Generic[D, R]):
    """The columns of a table, and what its rows say of a draft.

    Attributes:
        titles: each title with its width in characters.
        name: the column of the name, in bold.
        mark: the column where the keyboard stands.
        state: the column with the shape.
        rest: the column that takes what room is left.
        rest_least: how many characters it takes at least.
        dispensable: the columns that give way, the least needed first.
        rows: of a draft.
        texts: of a row, one for each column.
        remark: what stands behind a row, as its tip.
        shape: of a row.
    """

    titles: Sequence[tuple[str, int]]
    name: int
    mark: int
    state: int
    rest: int
    rest_least: int
    dispensable: Sequence[int]
    rows: Callable[[D], Sequence[R]]
    texts: Callable[[D, R], Sequence[str]]
    remark: Callable[[D, R], str]
    shape: Callable[[D, R], State]

    def left_out(self, room: int, character: int) -> frozenset[int]:
        """Return the columns for which a room is too narrow, the least needed first.

        Args:
            room: pixels.
            character: pixels that a character takes.
        """
        counts = [width for _title, width in self.titles]
        counts[self.rest] = self.rest_least
        widths = {place: count * character + 2 * t.SMALL for place, count in enumerate(counts)}
        out: set[int] = set()
        for column in self.dispensable:
            if sum(width for place, width in widths.items() if place not in out) <= room:
                break
            out.add(column)
        return frozenset(out)


class KeyModel(QAbstractTableModel, Generic[D, R]):
    """The rows of a draft."""

    def __init__(self, columns: KeyColumns[D, R]) -> None:
        super().__init__()
        self._columns = columns
        self._draft: D | None = None
        self._rows: Sequence[R] = ()

    def show_draft(self, draft: D) -> None:
        """Show a draft; the same students keep their places."""
        rows = self._columns.rows(draft)
        same = [row.student for row in rows] == [row.student for row in self._rows]
        if same and rows:
            self._draft, self._rows = draft, rows
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._draft, self._rows = draft, rows
        self.endResetModel()

    def row(self, place: int) -> R:
        """Return a row."""
        return self._rows[place]

    def rowCount(self, parent: Index = _NOTHING) -> int:  # noqa: N802 - Qt's name
        """Return the number of students."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOTHING) -> int:  # noqa: N802 - Qt's name
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._columns.titles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Return what a cell shows and says."""
        columns, draft = self._columns, self._draft
        assert draft is not None  # noqa: S101 - there are no cells before
        row, column = self.row(index.row()), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return columns.texts(draft, row)[column]
        if role == Qt.ItemDataRole.ToolTipRole:
            return columns.remark(draft, row) or None
        if role == Qt.ItemDataRole.DecorationRole and column == columns.state:
            return state_picture(columns.shape(draft, row), current_look())
        if role == Qt.ItemDataRole.FontRole and column == columns.name:
            font = QFont()
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = f"{columns.titles[column][0]}：{columns.texts(draft, row)[column]}"
            shape = STATE_TITLES[columns.shape(draft, row)]
            return f"{said}，{shape}" if column == columns.state else said
        return None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401
        """Return the title of a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._columns.titles[section][0]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class KeyTable(QTableView, Generic[D, R]):
    """The table; ``noted`` hands on (place, what a key stands for), ``whole`` a place.

    ``whole`` is Ctrl and Enter: all that the page takes together with the current row.
    """

    noted = Signal(int, object)
    taken_back = Signal(int)
    whole = Signal(int)
    undone = Signal()

    def __init__(self, name: str, columns: KeyColumns[D, R], keys: Mapping[Qt.Key, object]) -> None:
        super().__init__()
        self._columns, self._keys = columns, keys
        self.rows = KeyModel(columns)
        self.setModel(self.rows)
        self.setItemDelegate(StateDelegate(self))
        self.setAccessibleName(name)
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
        header = self.horizontalHeader()
        header.setSectionResizeMode(columns.rest, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        current_appearance().changed.connect(self._measure)
        self._measure()

    @property
    def place(self) -> int:
        """The place of the current row, -1 for none."""
        return self.currentIndex().row()

    def show_draft(self, draft: D) -> None:
        """Show a draft."""
        self.rows.show_draft(draft)
        self._fit_rows()

    def go_to(self, place: int) -> None:
        """Make a row the current one."""
        self.setCurrentIndex(self.rows.index(place, self._columns.mark))
        self.scrollTo(self.currentIndex())

    def takes(self, key: Qt.Key, text: str) -> bool:
        """Take a key that stands for something else than a note; True where that was done."""
        del key, text
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Take the keys that note something; all others move as everywhere."""
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undone.emit()
        elif self.place < 0 or not self._take(event):
            super().keyPressEvent(event)

    def _take(self, event: QKeyEvent) -> bool:
        key, place = Qt.Key(event.key()), self.place
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if key not in _ENTER:
                return False
            self.whole.emit(place)
        elif self.takes(key, event.text()):
            return True
        elif key in self._keys:
            self.noted.emit(place, self._keys[key])
        elif key in _BACK:
            self.taken_back.emit(place)
        else:
            return False
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Let a whole class fit, where a little less height for each row is enough.

        The current row stays in sight, also when a line that asks takes room below.
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
        out = self._columns.left_out(self.viewport().width(), current_look().px(t.BODY))
        for column in self._columns.dispensable:
            self.setColumnHidden(column, column in out)

    def _measure(self) -> None:
        look = current_look()
        for column, (_title, width) in enumerate(self._columns.titles):
            self.setColumnWidth(column, width * look.px(t.BODY) + 2 * t.SMALL)
        self._fit_columns()
        self.horizontalHeader().setMinimumSectionSize(2 * look.px(t.BODY))
        self.horizontalHeader().setFixedHeight(look.row_height)
        self._fit_rows()
