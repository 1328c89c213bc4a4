"""The problem rows as a table model: what cells show, their signs, what was typed.

A row that was mended stays where it is until another group of rows is chosen: nothing moves
away below the hands of who types.
"""

from bisect import bisect
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPixmap

from desktop.domain.import_problems import Severity
from desktop.domain.mends import Place
from desktop.procedures.imports.mending import Mending
from desktop.procedures.imports.mending_rows import MendRow, RowProblem, Standing
from desktop.views.language import tr
from desktop.views.look.appearance import current_look
from desktop.views.look.icons import icon
from desktop.views.look.states import State, state_picture
from desktop.views.wizards.read_file.mending.words import STANDING_TITLES, STATES, place_of

Index = QModelIndex | QPersistentModelIndex
STATE = 0
_FIXED = 1
_NOTHING = QModelIndex()
_TINT = 40
_SIGN = 12
_FEW = 50
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
        self._bring_in([r.place for r in mending.rows if r.place not in shown and wanted(r)])
        if self._places:
            last = self.index(len(self._places) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _bring_in(self, new: list[Place]) -> None:
        """Let rows come in where they stand in the file: a few one by one, many at once."""
        if len(new) > _FEW:
            self.beginResetModel()
            self._places = sorted([*self._places, *new], key=self._rank.__getitem__)
            self.endResetModel()
            return
        for place in new:
            at = bisect(self._places, self._rank[place], key=self._rank.__getitem__)
            self.beginInsertRows(_NOTHING, at, at)
            self._places.insert(at, place)
            self.endInsertRows()

    def row(self, number: int) -> MendRow:
        """Return the row in a line."""
        return self._rows[self._places[number]]

    def line_of(self, place: Place) -> int:
        """Return the line of a row, -1 where it is not in sight."""
        return self._places.index(place) if place in self._places else -1

    def field(self, column: int) -> str:
        """Return the field of a column, "" for the first."""
        return self.fields[column - _FIXED] if column >= _FIXED else ""

    def column(self, field: str) -> int:
        """Return the column of a field; what is of no field stands with the row's state."""
        return self.fields.index(field) + _FIXED if field in self.fields else STATE

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
        """Return the title of a column, and beside a row where it stands and whose it is."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Horizontal:
            return self._title(section)
        row = self.row(section)
        where = place_of(row, names_sheet=self._names_sheet)
        return f"{where}　{row.cells.get('name', '')}".rstrip("　")

    def texts(self, column: int) -> set[str]:
        """Return what the cells of a column show."""
        return {self._text(self._rows[place], column) for place in self._places}

    def _take(self, mending: Mending) -> None:
        self._rows = {row.place: row for row in mending.rows}
        self._rank = {place: rank for rank, place in enumerate(self._rows)}

    def _title(self, column: int) -> str:
        return tr("状态") if column == STATE else self._titles[self.field(column)]

    def _text(self, row: MendRow, column: int) -> str:
        if column == STATE:
            return STANDING_TITLES[row.standing]
        return row.cells.get(self.field(column), "")

    def _sign(self, row: MendRow, index: Index) -> QPixmap | None:
        """Return the sign of a cell: of the row's state, of a problem, of what was typed."""
        look = current_look()
        if index.column() == STATE and row.standing is not Standing.ERROR:
            return state_picture(STATES[row.standing], look)
        problem = self.problem(index)
        size = look.px(_SIGN)
        is_error = problem is not None and problem.problem.severity is Severity.ERROR
        if is_error or index.column() == STATE:
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


def colour_of(problem: RowProblem) -> QColor:
    """Return the colour in which a problem is marked."""
    palette = current_look().palette
    if problem.problem.severity is Severity.ERROR:
        return QColor(palette.wrong)
    return QColor(palette.attention)


def _tint(problem: RowProblem) -> QColor:
    colour = colour_of(problem)
    colour.setAlpha(_TINT)
    return colour


_ABOUT_PROBLEMS: dict[int, Callable[[RowProblem], Any]] = {
    PROBLEM_ROLE: lambda problem: problem,
    Qt.ItemDataRole.BackgroundRole: _tint,
    Qt.ItemDataRole.ToolTipRole: lambda problem: problem.problem.message,
    Qt.ItemDataRole.AccessibleDescriptionRole: lambda problem: problem.problem.message,
}
