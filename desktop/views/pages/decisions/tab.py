"""One tab of 裁定: a table, the details beside it, a reason, and what can be decided."""

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.memory import Memory
from desktop.views.table_models.columns import Column
from desktop.views.widgets.chips import Chips
from desktop.views.widgets.details import Details, Part
from desktop.views.widgets.flow_layout import FlowLayout
from desktop.views.widgets.focus import Doorway
from desktop.views.widgets.record_table import RecordTable
from desktop.views.widgets.texts import button, label, renew_style, set_role

R = TypeVar("R")
Choice = tuple[str, Callable[[str], object]]
"""The words of a button, and what it does with the reason."""
_ALL = "all"
_NO_REASON = tr("请先写明理由。")


class DecisionTab(Doorway, Generic[R]):
    """Shows records; a choice needs a reason, which stands in one line above the buttons."""

    shown = Signal(object)

    def __init__(
        self,
        name: str,
        columns: Sequence[Column[R]],
        memory: Memory,
        parts_of: Callable[[R], Sequence[Part]],
        choices_of: Callable[[R], Sequence[Choice]],
        *,
        unit: str,
        filters: Sequence[tuple[str, str]] = (),
        filter_of: Callable[[R], str] = lambda _record: "",
    ) -> None:
        super().__init__()
        self._parts_of, self._choices_of, self._filter_of = parts_of, choices_of, filter_of
        self.table = RecordTable(name, columns, memory, unit=unit)
        self.table.leave_columns_out()
        self.details = Details(
            tr("{name}的明细", name=name), tr("选一行，这里会显示各方的说法和证明材料。")
        )
        self._filters = tuple(id_ for id_, _ in filters)
        self.chips = Chips(filters) if filters else None
        self.reason = QLineEdit()
        self._problem = label(role="problem", wraps=True)
        self._buttons = FlowLayout()
        self._deciding = QFrame()
        self._made: list[QWidget] = []
        self._build(name)

    @property
    def begins_at(self) -> QWidget:
        """Where the keyboard begins."""
        return self.table

    @property
    def choices(self) -> tuple[str, ...]:
        """What can be chosen for the current row, in words."""
        return tuple(text for text, _ in self._choices())

    @property
    def reason_text(self) -> str:
        """The reason as it was typed."""
        return self.reason.text().strip()

    @property
    def problem(self) -> str:
        """What is wrong with the reason, "" when nothing is."""
        return self._problem.text()

    def choose(self, text: str) -> None:
        """Choose, as a person would by its button."""
        dict(self._choices())[text](self.reason_text)

    def show_records(self, records: Sequence[R]) -> None:
        """Show records; the current row stays, or the next one becomes current."""
        row = max(self.table.view.currentIndex().row(), 0)
        self.table.set_records(records)
        if self.chips:
            self._filter(self.chips.current)
        count = self.table.model.rowCount()
        if self.table.current is None and count:
            self.table.view.selectRow(min(row, count - 1))
        self._tell(self.table.current)

    def count_filters(self, counts: Mapping[str, int]) -> None:
        """Say how many stand under each filter, and under all together."""
        if self.chips:
            numbers = {id_: counts.get(id_, 0) for id_ in self._filters if id_ != _ALL}
            self.chips.count({**numbers, _ALL: sum(counts.values())})

    def require_reason(self, reason: str) -> bool:
        """Tell whether there is a reason; say so beside the line when there is none."""
        self._problem.setText("" if reason else _NO_REASON)
        self._problem.setVisible(not reason)
        self.reason.setProperty("wrong", not reason)
        renew_style(self.reason)
        if not reason:
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        return bool(reason)

    def _choices(self) -> Sequence[Choice]:
        current = self.table.current
        return self._choices_of(current) if current is not None else ()

    def _filter(self, chip: str) -> None:
        wanted = None if chip == _ALL else lambda record: self._filter_of(record) == chip
        self.table.want(wanted)
        if self.table.current is None and self.table.model.rowCount():
            self.table.view.selectRow(0)

    def _tell(self, record: R | None) -> None:
        had_focus = any(made.hasFocus() for made in self._made)
        for made in self._made:
            self._buttons.removeWidget(made)
            made.hide()
            made.deleteLater()
        self._made = []
        if record is None:
            self.details.say_nothing()
        else:
            self.details.tell(self._parts_of(record))
        for place, (text, _act) in enumerate(self._choices(), start=1):
            made = button(text, lambda text=text: self.choose(text))  # type: ignore[misc]
            made.setShortcut(f"Alt+{place}")
            made.setToolTip(f"{text}（Alt+{place}）")
            self._buttons.addWidget(made)
            self._made.append(made)
        self._deciding.setVisible(bool(self._made))
        self._problem.hide()
        if had_focus:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.shown.emit(record)

    def _build(self, name: str) -> None:
        self.table.current_changed.connect(self._tell)
        set_role(self._deciding, "card")
        title = label(tr("理由"), "strong")
        title.setBuddy(self.reason)
        self.reason.setAccessibleName(tr("{name}的裁定理由", name=name))
        self.reason.setPlaceholderText(tr("例如：查看了签字表原件"))
        buttons = QWidget()
        buttons.setLayout(self._buttons)
        deciding = QVBoxLayout(self._deciding)
        deciding.setContentsMargins(t.LARGE, t.MEDIUM, t.LARGE, t.MEDIUM)
        deciding.setSpacing(t.SMALL)
        line = QHBoxLayout()
        line.addWidget(title)
        line.addWidget(self.reason, 1)
        deciding.addLayout(line)
        deciding.addWidget(self._problem)
        deciding.addWidget(buttons)
        self._problem.hide()
        right = QVBoxLayout()
        right.setSpacing(t.SMALL)
        right.addWidget(self.details, 1)
        right.addWidget(self._deciding)
        beside = QHBoxLayout()
        beside.setSpacing(t.MEDIUM)
        beside.addWidget(self.table, 1)
        beside.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(t.SMALL)
        if self.chips:
            self.chips.chosen.connect(self._filter)
            layout.addWidget(self.chips)
        layout.addLayout(beside, 1)
        self._deciding.hide()
