"""One list of bundles: filters, the table, the details of the current row beside it."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.memory import Memory
from desktop.views.table_models.columns import Column
from desktop.views.widgets.chips import Chips
from desktop.views.widgets.details import Details, Part
from desktop.views.widgets.focus import Doorway
from desktop.views.widgets.record_table import RecordTable

R = TypeVar("R")


class BundleList(Doorway, Generic[R]):
    """Records of one kind; ``parts_of`` says what stands beside the table."""

    def __init__(
        self,
        name: str,
        columns: Sequence[Column[R]],
        memory: Memory,
        parts_of: Callable[[R], Sequence[Part]],
        filters: Sequence[tuple[str, str]] = (),
        filter_of: Callable[[R], str] = lambda _record: "",
    ) -> None:
        super().__init__()
        self._parts_of, self._filter_of = parts_of, filter_of
        self.table = RecordTable(name, columns, memory, unit=tr("份"))
        self.table.leave_columns_out()
        self.details = Details(tr("{name}的明细", name=name), tr("选一份，这里会显示明细。"))
        self.chips = Chips(filters) if filters else None
        self._filters = filters
        self.table.current_changed.connect(self._tell)
        beside = QHBoxLayout()
        beside.setSpacing(t.MEDIUM)
        beside.addWidget(self.table, 5)
        beside.addWidget(self.details, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(t.SMALL)
        if self.chips:
            self.chips.chosen.connect(self._filter)
            layout.addWidget(self.chips)
        layout.addLayout(beside, 1)

    @property
    def begins_at(self) -> QWidget:
        """Where the keyboard begins."""
        return self.table

    def show_records(self, records: Sequence[R]) -> None:
        """Show records; the current row stays, or the first becomes current."""
        if self.chips:
            counts = Counter(self._filter_of(record) for record in records)
            first, *others = self._filters
            numbers = {id_: counts[id_] for id_, _ in others}
            self.chips.count({first[0]: len(records), **numbers})
        before = self.table.current
        self.table.set_records(records)
        if self.table.current is None and self.table.model.rowCount():
            self.table.view.selectRow(0)
        elif self.table.current == before:
            self._tell(before)

    def _filter(self, chip: str) -> None:
        first = self._filters[0][0]
        self.table.want(None if chip == first else lambda record: self._filter_of(record) == chip)
        if self.table.current is None and self.table.model.rowCount():
            self.table.view.selectRow(0)

    def _tell(self, record: R | None) -> None:
        if record is None:
            self.details.say_nothing()
        else:
            self.details.tell(self._parts_of(record))
