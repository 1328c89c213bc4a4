"""The one table model over records: filters and sorts plain lists, and is asked row by row.

A proxy model asks Python once for every row at every key; over a list of prepared texts the same
is one comprehension, quick enough for 100,000 rows, and the view still fetches only what it shows.
"""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.views.look.appearance import current_look
from desktop.views.look.states import STATE_TITLES, state_picture
from desktop.views.table_models.columns import Align, Column

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
_ALIGNMENTS = {
    Align.LEFT: Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    Align.RIGHT: Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    Align.CENTRE: Qt.AlignmentFlag.AlignCenter,
}
_NOTHING = QModelIndex()


class RecordModel(QAbstractTableModel, Generic[R]):
    """Records in rows, columns as data."""

    def __init__(
        self,
        columns: Sequence[Column[R]],
        searched: Callable[[R], str] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._searched = searched or self._all_texts
        self._records: Sequence[R] = ()
        self._texts: list[str] = []
        self._arranged: list[int] = []
        self._shown: list[int] = []
        self._words: tuple[str, ...] = ()
        self._wanted: Callable[[R], bool] | None = None
        self._order: tuple[int, Qt.SortOrder] | None = None

    @property
    def total(self) -> int:
        """How many records there are, shown or not."""
        return len(self._records)

    def set_records(self, records: Sequence[R]) -> None:
        """Take new records; filter and order stay."""
        self.beginResetModel()
        self._records = records
        self._texts = [_folded(self._searched(record)) for record in records]
        self._arrange()
        self._choose()
        self.endResetModel()

    def search(self, words: str) -> None:
        """Show only records that contain each of the words."""
        self.beginResetModel()
        self._words = tuple(words.casefold().split())
        self._choose()
        self.endResetModel()

    def want(self, wanted: Callable[[R], bool] | None) -> None:
        """Show only records that fulfil a condition, besides the search; None shows all."""
        self.beginResetModel()
        self._wanted = wanted
        self._arrange()
        self._choose()
        self.endResetModel()

    def record(self, row: int) -> R:
        """Return the record in a shown row."""
        return self._records[self._shown[row]]

    def row_of(self, record: R) -> int:
        """Return the shown row of a record, -1 when it is not in sight."""
        for row, place in enumerate(self._shown):
            if self._records[place] == record:
                return row
        return -1

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; equal records keep the order in which they came.

        What is chosen in a view is the record, wherever its row is now.
        """
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        places = [self._shown[index.row()] for index in before]
        self._order = (column, order) if column >= 0 else None
        self._arrange()
        self._choose()
        chosen = frozenset(places)
        rows = {place: row for row, place in enumerate(self._shown) if place in chosen}
        after = [
            self.index(rows[place], index.column())
            for place, index in zip(places, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def rowCount(self, parent: Index = _NOTHING) -> int:  # noqa: N802 - Qt's name
        """Return how many rows are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _NOTHING) -> int:  # noqa: N802 - Qt's name
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Return what a cell shows, or says to who can not see it."""
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(self.record(index.row()))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGNMENTS[column.align]
        if role == Qt.ItemDataRole.DecorationRole and column.state:
            state = column.state(self.record(index.row()))
            return state_picture(state, current_look()) if state else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._told(column, self.record(index.row()))
        return None

    def headerData(  # noqa: N802 - Qt's name
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:  # noqa: ANN401
        """Return the title of a column."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGNMENTS[self.columns[section].align]
        return None

    @staticmethod
    def _told(column: Column[R], record: R) -> str:
        """Return a cell in words, its shape included."""
        state = column.state(record) if column.state else None
        shape = f"{STATE_TITLES[state]}，" if state else ""
        return f"{column.title}：{shape}{column.text(record)}"

    def _arrange(self) -> None:
        """Work out which records could be shown, in which order: not again at every key."""
        records, wanted = self._records, self._wanted
        arranged = list(range(len(records)))
        if wanted:
            arranged = [place for place in arranged if wanted(records[place])]
        if self._order:
            column, order = self.columns[self._order[0]], self._order[1]
            arranged.sort(
                key=lambda place: column.key(records[place]),
                reverse=order is Qt.SortOrder.DescendingOrder,
            )
        self._arranged = arranged

    def _choose(self) -> None:
        """Work out which of them are shown, by the words alone."""
        shown, texts = self._arranged, self._texts
        for word in self._words:
            shown = [place for place in shown if word in texts[place]]
        self._shown = shown

    def _all_texts(self, record: R) -> str:
        return "\n".join(column.text(record) for column in self.columns)


def _folded(text: str) -> str:
    """Return a text without capitals: itself where it has none, so that it is not kept twice."""
    folded = text.casefold()
    return text if folded == text else folded
