"""A table of things to be picked: a tick in front of each row, the current row's details beside."""

from collections.abc import Callable, Collection, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_look
from desktop.views.table_models.columns import Align, Column
from desktop.views.widgets.texts import button, label

R = TypeVar("R")
_TICKED, _UNTICKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class PickTable(QWidget, Generic[R]):
    """Records with a tick each; ``picked_changed`` when one was set or taken away."""

    picked_changed = Signal()
    current_changed = Signal(object)

    def __init__(
        self,
        name: str,
        columns: Sequence[Column[R]],
        id_of: Callable[[R], str],
        hindrance: Callable[[R], str] = lambda _record: "",
        *,
        unit: str = tr("项"),
    ) -> None:
        super().__init__()
        self._columns, self._id_of, self._hindrance = tuple(columns), id_of, hindrance
        self._unit = unit
        self._records: Sequence[R] = ()
        self._ticks: list[QTableWidgetItem] = []
        self.view = QTableWidget(0, len(self._columns))
        self._count = label(role="note")
        self._all = button(tr("全选"), lambda: self._tick_all(_TICKED))
        self._none = button(tr("全不选"), lambda: self._tick_all(_UNTICKED))
        self._build(name)

    @property
    def records(self) -> Sequence[R]:
        """The records in sight, in order."""
        return self._records

    @property
    def picked(self) -> tuple[str, ...]:
        """The ids of the ticked records, in order."""
        pairs = zip(self._records, self._ticks, strict=True)
        return tuple(self._id_of(r) for r, tick in pairs if tick.checkState() is _TICKED)

    def show_records(self, records: Sequence[R], picked: Collection[str]) -> None:
        """Show records, with a tick before those whose id is among ``picked``."""
        self.view.blockSignals(True)
        self._records = records
        self._ticks = []
        self.view.setRowCount(len(records))
        for row, record in enumerate(records):
            items = [_item(column, record) for column in self._columns]
            for place, item in enumerate(items):
                self.view.setItem(row, place, item)
            self._ticks.append(items[0])
            if why := self._hindrance(record):
                items[0].setFlags(Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled)
                items[0].setToolTip(why)
            else:
                items[0].setFlags(items[0].flags() | Qt.ItemFlag.ItemIsUserCheckable)
                items[0].setCheckState(_TICKED if self._id_of(record) in picked else _UNTICKED)
        self.view.blockSignals(False)
        if records:
            self.view.setCurrentCell(max(self.view.currentRow(), 0), 0)
            self._tell_current(self.view.currentRow())
        self._tell()

    def tick(self, id_: str, *, ticked: bool) -> None:
        """Set or take away a tick, as a person would."""
        self._set({id_}, _TICKED if ticked else _UNTICKED)

    def _tick_all(self, state: Qt.CheckState) -> None:
        self._set({self._id_of(record) for record in self._records}, state)

    def _set(self, ids: set[str], state: Qt.CheckState) -> None:
        for record, tick in zip(self._records, self._ticks, strict=True):
            if self._id_of(record) in ids and not self._hindrance(record):
                tick.setCheckState(state)

    def _build(self, name: str) -> None:
        view, look = self.view, current_look()
        view.setAccessibleName(name)
        view.setHorizontalHeaderLabels([column.title for column in self._columns])
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setTabKeyNavigation(False)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.verticalHeader().hide()
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.verticalHeader().setDefaultSectionSize(look.row_height)
        header = view.horizontalHeader()
        header.setFixedHeight(look.row_height)
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        for place, column in enumerate(self._columns):
            side = header.model()
            side.setHeaderData(
                place,
                Qt.Orientation.Horizontal,
                _aligned(column),
                Qt.ItemDataRole.TextAlignmentRole,
            )
            view.setColumnWidth(place, column.width * look.px(t.BODY) + 2 * t.SMALL)
        view.itemChanged.connect(self._changed)
        view.currentCellChanged.connect(lambda row, *_rest: self._tell_current(row))
        below = QHBoxLayout()
        below.addWidget(self._count, 1)
        below.addWidget(self._all)
        below.addWidget(self._none)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(t.SMALL)
        layout.addWidget(view, 1)
        layout.addLayout(below)
        self.setFocusProxy(view)

    def _changed(self) -> None:
        self._tell()
        self.picked_changed.emit()

    def _tell(self) -> None:
        total, chosen = len(self._records), len(self.picked)
        self._count.setText(
            tr(
                "共 {total:,} {unit}，选了 {chosen:,} {unit}",
                total=total,
                unit=self._unit,
                chosen=chosen,
            )
        )

    def _tell_current(self, row: int) -> None:
        self.current_changed.emit(self._records[row] if 0 <= row < len(self._records) else None)


def _item(column: Column[R], record: R) -> QTableWidgetItem:
    text = column.text(record)
    item = QTableWidgetItem(text)
    item.setTextAlignment(_aligned(column))
    item.setToolTip(text)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{column.title}：{text}")
    return item


def _aligned(column: Column[R]) -> Qt.AlignmentFlag:
    side = (
        Qt.AlignmentFlag.AlignRight if column.align is Align.RIGHT else Qt.AlignmentFlag.AlignLeft
    )
    return side | Qt.AlignmentFlag.AlignVCenter
