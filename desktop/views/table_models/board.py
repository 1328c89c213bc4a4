"""A board as data: rows × steps, each cell a state, a count and a sentence; its item model."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from desktop.views.look.states import STATE_TITLES, State

Index = QModelIndex | QPersistentModelIndex
CELL_ROLE = Qt.ItemDataRole.UserRole
_NOTHING = QModelIndex()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: ``state`` None shows the text alone; ``tip`` says who and when."""

    text: str
    state: State | None = None
    tip: str = ""


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One row: the id that a click hands on, its title, a cell for each step."""

    id: str
    title: str
    cells: tuple[Cell, ...]
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """A whole board; the last step may be a sentence and takes the space that is left."""

    corner: str
    steps: tuple[str, ...]
    rows: tuple[BoardRow, ...]


class BoardModel(QAbstractTableModel):
    """A board for a table view: titles of rows are its vertical header."""

    def __init__(self) -> None:
        super().__init__()
        self._board = Board("", (), ())

    @property
    def board(self) -> Board:
        """The board in sight."""
        return self._board

    def set_board(self, board: Board) -> None:
        """Take another board."""
        self.beginResetModel()
        self._board = board
        self.endResetModel()

    def cell(self, index: Index) -> Cell:
        """Return the cell at an index."""
        return self._board.rows[index.row()].cells[index.column()]

    def rowCount(self, parent: Index = _NOTHING) -> int:  # noqa: N802 - Qt's name
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._board.rows)

    def columnCount(self, parent: Index = _NOTHING) -> int:  # noqa: N802 - Qt's name
        """Return the number of steps."""
        return 0 if parent.isValid() else len(self._board.steps)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Return what a cell shows and says."""
        cell = self.cell(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell.tip or None
        if role == CELL_ROLE:
            return cell
        if role == Qt.ItemDataRole.AccessibleTextRole:
            row, step = self._board.rows[index.row()].title, self._board.steps[index.column()]
            state = f"{STATE_TITLES[cell.state]}，" if cell.state else ""
            return f"{row}，{step}：{state}{cell.text}"
        return None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401
        """Return the title of a step or a row."""
        across = orientation is Qt.Orientation.Horizontal
        if role == Qt.ItemDataRole.DisplayRole:
            return self._board.steps[section] if across else self._board.rows[section].title
        if role == Qt.ItemDataRole.ToolTipRole and not across:
            row = self._board.rows[section]
            return row.tip or row.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None
