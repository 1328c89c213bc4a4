"""The grid of problem rows: cells that can be typed into, the wrong ones marked, Enter leads on.

A row that was mended stays where it is until another group of rows is chosen: nothing moves
away below the hands of who types.
"""

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.domain.import_problems import Severity
from desktop.domain.mends import Place
from desktop.procedures.mending import Mending, MendRow, RowProblem
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_appearance, current_look
from desktop.views.look.icons import icon
from desktop.views.look.states import State, state_picture
from desktop.views.widgets.state_delegate import StateDelegate
from desktop.views.wizards.read_file.mending.words import STANDING_TITLES, STATES, place_of

Index = QModelIndex | QPersistentModelIndex
STATE, WHERE = 0, 1
_FIXED = 2
_NOTHING = QModelIndex()
_TINT = 40
_SIGN = 12
_LONG, _SHORT, _STATE, _WIDE_PLACE = 13, 6, 6, 10  # in characters
_LONG_FIELDS = frozenset({"exam_number", "id_number", "student_number", "secondary_school"})
PROBLEM_ROLE = Qt.ItemDataRole.UserRole
_WORST = {Severity.ERROR: 0, Severity.QUESTION: 1, Severity.NOTE: 2}


class MendModel(QAbstractTableModel):
    """Problem rows; ``typed`` hands on the row, the field and the text of a cell."""

    typed = Signal(object, str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.fields: tuple[str, ...] = ()
        self._titles: dict[str, str] = {}
        self._rows: dict[Place, MendRow] = {}
        self._rank: dict[Place, int] = {}
        self._places: list[Place] = []
        self._names_sheet = False

    def begin(self, mending: Mending) -> None:
        """Take the columns of a list, those with problems first, and show no row."""
        self.beginResetModel()
        wrong = {one.field for row in mending.rows for one in row.problems}
        first = ["name", *(f for f in mending.fields if f in wrong and f != "name")]
        rest = (field for field in mending.fields if field not in first)
        self.fields = tuple(f for f in (*first, *rest) if f in mending.fields)
        self._titles = {field: mending.title(field) for field in self.fields}
        self._names_sheet = len(mending.read.sheets) > 1
        self._places = []
        self._take(mending)
        self.endResetModel()

    def show_rows(self, mending: Mending, wanted: Callable[[MendRow], bool]) -> None:
        """Show the rows of a group."""
        self.beginResetModel()
        self._take(mending)
        self._places = [row.place for row in mending.rows if wanted(row)]
        self.endResetModel()

    def update_rows(self, mending: Mending, wanted: Callable[[MendRow], bool]) -> None:
        """Show what has become of the rows in sight; rows that are new to the group come in."""
        self._take(mending)
        gone = [place for place in self._places if place not in self._rows]
        for place in gone:
            at = self._places.index(place)
            self.beginRemoveRows(_NOTHING, at, at)
            del self._places[at]
            self.endRemoveRows()
        shown = set(self._places)
        for row in mending.rows:
            if row.place not in shown and wanted(row):
                at = sum(self._rank[place] < self._rank[row.place] for place in self._places)
                self.beginInsertRows(_NOTHING, at, at)
                self._places.insert(at, row.place)
                self.endInsertRows()
        if self._places:
            last = self.index(len(self._places) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def row(self, number: int) -> MendRow:
        """Return the row in a line."""
        return self._rows[self._places[number]]

    def line_of(self, place: Place) -> int:
        """Return the line of a row, -1 where it is not in sight."""
        return self._places.index(place) if place in self._places else -1

    def field(self, column: int) -> str:
        """Return the field of a column, "" for the first two."""
        return self.fields[column - _FIXED] if column >= _FIXED else ""

    def column(self, field: str) -> int:
        """Return the column of a field; what is of no field stands beside where the row is."""
        return self.fields.index(field) + _FIXED if field in self.fields else WHERE

    def problem(self, index: Index) -> RowProblem | None:
        """Return the worst open problem of a cell."""
        row, column = self.row(index.row()), index.column()
        found = [one for one in row.open_problems if self.column(one.field) == column]
        return min(found, key=lambda one: _WORST[one.problem.severity], default=None)

    def rowCount(self, parent: Index = _NOTHING) -> int:  # noqa: N802 - Qt's name
        """Return how many rows are in sight."""
        return 0 if parent.isValid() else len(self._places)

    def columnCount(self, parent: Index = _NOTHING) -> int:  # noqa: N802 - Qt's name
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.fields) + _FIXED

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let the cells of students be typed into."""
        flags = super().flags(index)
        editable = index.isValid() and index.column() >= _FIXED
        if editable and self.field(index.column()) in self.row(index.row()).cells:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Return what a cell shows, its sign, and what it says to who can not see it."""
        row = self.row(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._text(row, index.column())
        if role == Qt.ItemDataRole.DecorationRole:
            return self._sign(row, index)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._told(row, index)
        problem = self.problem(index) if role in _ABOUT_PROBLEMS else None
        return _ABOUT_PROBLEMS[role](problem) if problem else None

    def setData(  # noqa: N802 - Qt's name
        self,
        index: Index,
        value: Any,  # noqa: ANN401
        role: int = Qt.ItemDataRole.EditRole,
    ) -> bool:
        """Hand on what was typed."""
        if role != Qt.ItemDataRole.EditRole:
            return False
        place, field = self._places[index.row()], self.field(index.column())
        self.typed.emit(place, field, str(value))
        return True

    def headerData(  # noqa: N802 - Qt's name
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:  # noqa: ANN401
        """Return the title of a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._title(section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def width(self, column: int) -> int:
        """Return how wide a column is, in characters."""
        if column == STATE:
            return _STATE
        if column == WHERE:
            return _WIDE_PLACE if self._names_sheet else _SHORT - 2
        field = self.field(column)
        longest = max(
            (len(self.row(n).cells.get(field, "")) for n in range(self.rowCount())), default=0
        )
        least = _LONG if field in _LONG_FIELDS else len(self._title(column)) + 2
        return max(least, min(longest, _LONG))

    def _take(self, mending: Mending) -> None:
        self._rows = {row.place: row for row in mending.rows}
        self._rank = {place: rank for rank, place in enumerate(self._rows)}

    def _title(self, column: int) -> str:
        if column < _FIXED:
            return (tr("状态"), tr("行"))[column]
        return self._titles[self.field(column)]

    def _text(self, row: MendRow, column: int) -> str:
        if column == STATE:
            return STANDING_TITLES[row.standing]
        if column == WHERE:
            return place_of(row, names_sheet=self._names_sheet)
        return row.cells.get(self.field(column), "")

    def _sign(self, row: MendRow, index: Index) -> QPixmap | None:
        """Return the sign of a cell: of the row's state, of a problem, of what was typed."""
        look = current_look()
        if index.column() == STATE:
            return state_picture(STATES[row.standing], look)
        problem = self.problem(index)
        size = look.px(_SIGN)
        if problem and problem.problem.severity is Severity.ERROR:
            return icon("close", look.palette.wrong).pixmap(size, size)
        if problem:
            return state_picture(State.ATTENTION, look)
        if self.field(index.column()) in row.typed:
            return icon("edit", look.palette.done).pixmap(size, size)
        return None

    def _told(self, row: MendRow, index: Index) -> str:
        text = self._text(row, index.column()) or tr("（空）")
        told = tr("{title}：{text}", title=self._title(index.column()), text=text)
        problem = self.problem(index)
        return (
            tr("{told}，{problem}", told=told, problem=problem.problem.message) if problem else told
        )


class MendGrid(QTableView):
    """The view: Enter leads to the next problem, typing begins to write."""

    current_changed = Signal()

    def __init__(self, model: MendModel, name: str) -> None:
        super().__init__()
        self._mend = model
        self.setModel(model)
        self.setItemDelegate(_MarkingDelegate(self))
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.selectionModel().currentChanged.connect(lambda *_: self.current_changed.emit())
        current_appearance().changed.connect(self.fit)
        self.fit()

    @property
    def current_row(self) -> MendRow | None:
        """The row in hand."""
        index = self.currentIndex()
        return self._mend.row(index.row()) if index.isValid() else None

    @property
    def current_field(self) -> str:
        """The field of the cell in hand."""
        index = self.currentIndex()
        return self._mend.field(index.column()) if index.isValid() else ""

    @property
    def selected_rows(self) -> list[MendRow]:
        """The selected rows, as they stand."""
        lines = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._mend.row(line) for line in lines]

    def fit(self) -> None:
        """Give rows and columns their sizes."""
        look = current_look()
        self.verticalHeader().setDefaultSectionSize(look.row_height)
        self.horizontalHeader().setFixedHeight(look.row_height)
        for column in range(self._mend.columnCount()):
            width = self._mend.width(column) * look.px(t.BODY) + 2 * t.MEDIUM
            self.setColumnWidth(column, width + (look.px(_SIGN) if column != WHERE else 0))

    def go_to(self, place: Place, field: str) -> None:
        """Make a cell the one in hand."""
        line = self._mend.line_of(place)
        if line >= 0:
            self.setCurrentIndex(self._mend.index(line, self._mend.column(field)))

    def next_problem(self) -> bool:
        """Go to the next cell with an open problem, after the last to the first; false for none."""
        now = self.currentIndex()
        here = (now.row(), now.column()) if now.isValid() else (-1, -1)
        cells = list(self._problem_cells())
        if not cells:
            return False
        line, column = next((cell for cell in cells if cell > here), cells[0])
        self.setCurrentIndex(self._mend.index(line, column))
        return True

    def closeEditor(  # noqa: N802 - Qt's name
        self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint
    ) -> None:
        """After a cell was typed and Enter pressed, go to the next problem."""
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self.next_problem()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Let Enter lead to the next problem, and Delete empty a cell."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.next_problem()
        elif event.key() == Qt.Key.Key_Delete:
            self._empty()
        else:
            super().keyPressEvent(event)

    def _empty(self) -> None:
        index = self.currentIndex()
        if index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEditable:
            self._mend.setData(index, "")

    def _problem_cells(self) -> Iterable[tuple[int, int]]:
        for line in range(self._mend.rowCount()):
            row = self._mend.row(line)
            for column in sorted({self._mend.column(one.field) for one in row.open_problems}):
                yield line, column


class _MarkingDelegate(StateDelegate):
    """Draws a line around a wrong cell, so that it is seen in a chosen row, too."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the cell, then its mark."""
        super().paint(painter, option, index)
        problem = index.data(PROBLEM_ROLE)
        if isinstance(problem, RowProblem):
            painter.save()
            pen = QPen(_colour(problem), 1)
            painter.setPen(pen)
            box: QRect = option.rect
            painter.drawRect(box.adjusted(0, 0, -1, -1))
            painter.restore()


def _colour(problem: RowProblem) -> QColor:
    palette = current_look().palette
    if problem.problem.severity is Severity.ERROR:
        return QColor(palette.wrong)
    return QColor(palette.attention)


def _tint(problem: RowProblem) -> QColor:
    colour = _colour(problem)
    colour.setAlpha(_TINT)
    return colour


_ABOUT_PROBLEMS: dict[int, Callable[[RowProblem], Any]] = {
    PROBLEM_ROLE: lambda problem: problem,
    Qt.ItemDataRole.BackgroundRole: _tint,
    Qt.ItemDataRole.ToolTipRole: lambda problem: problem.problem.message,
    Qt.ItemDataRole.AccessibleDescriptionRole: lambda problem: problem.problem.message,
}
