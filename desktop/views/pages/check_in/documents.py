"""What a student has brought, line by line of the checklist, with the days for what is missing."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.checklists import (
    BROUGHT_TITLES,
    Brought,
    ChecklistItem,
    DocumentState,
    read_document,
)
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_look
from desktop.views.pages.check_in.days import is_day
from desktop.views.widgets.texts import label, renew_style

_DAY_WIDTH = 96


class Documents(QWidget):
    """One line for each document; ``said`` hands on the slot and the text of a statement."""

    said = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.states: dict[str, QComboBox] = {}
        self.days: dict[str, QLineEdit] = {}
        self._titles: dict[str, QWidget] = {}
        self._items: tuple[ChecklistItem, ...] = ()
        self._lines = QWidget()
        self._problem = label(role="problem", wraps=True)
        self._problem.hide()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(t.TIGHT)
        self._layout.addWidget(self._lines)
        self._layout.addWidget(self._problem)

    def show_items(self, items: Sequence[ChecklistItem]) -> None:
        """Lay the lines of a checklist out; the same list stays as it is."""
        if tuple(items) == self._items:
            return
        self._items = tuple(items)
        self.states, self.days = {}, {}
        self._layout.removeWidget(self._lines)
        self._lines.hide()
        self._lines.deleteLater()
        self._lines = QWidget()
        grid = QGridLayout(self._lines)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(t.SMALL)
        grid.setVerticalSpacing(t.TIGHT)
        grid.setColumnStretch(0, 1)
        for place, item in enumerate(self._items):
            self._add(grid, place, item)
        self._layout.insertWidget(0, self._lines)

    def show_student(self, admission_type: str, said: Mapping[str, str], *, may: bool) -> None:
        """Show what was said of a student's documents; ``may`` tells whether more can be said."""
        self._tell("")
        for item in self._items:
            state = read_document(said.get(item.slot, ""))
            box, day = self.states[item.slot], self.days[item.slot]
            needed = item.required_of(admission_type)
            with QSignalBlocker(box):
                box.setItemText(0, tr("未核验") if needed else tr("不涉及"))
                box.setCurrentIndex(box.findData(str(state.brought)) if state else 0)
            day.setText(state.due if state else "")
            day.setProperty("wrong", False)
            renew_style(day)
            missing = state is not None and state.brought is Brought.MISSING
            box.setEnabled(may)
            day.setEnabled(may and missing)
            day.setVisible(missing)

    def _add(self, grid: QGridLayout, place: int, item: ChecklistItem) -> None:
        title = label(item.title, wraps=True)
        title.setToolTip(item.note)
        box, day = QComboBox(), QLineEdit()
        box.setAccessibleName(item.title)
        box.addItem("", "")
        for brought, words in BROUGHT_TITLES.items():
            box.addItem(words, str(brought))
        box.activated.connect(partial(self._chosen, item.slot))
        day.setAccessibleName(tr("{title}的补交日期", title=item.title))
        day.setFixedWidth(current_look().px(_DAY_WIDTH))
        day.setPlaceholderText(tr("补交日期"))
        policy = day.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        day.setSizePolicy(policy)
        day.hide()
        day.editingFinished.connect(partial(self._dated, item.slot))
        title.setBuddy(box)
        if current_look().large:
            grid.addWidget(title, 2 * place, 0, 1, 3)
            grid.addWidget(box, 2 * place + 1, 1)
            grid.addWidget(day, 2 * place + 1, 2)
        else:
            for column, widget in enumerate((title, box, day)):
                grid.addWidget(widget, place, column)
        self.states[item.slot], self.days[item.slot] = box, day

    def _chosen(self, slot: str, _place: int = 0) -> None:
        chosen = str(self.states[slot].currentData())
        self.said.emit(slot, chosen)
        if chosen == Brought.MISSING:
            self.days[slot].setFocus()

    def _dated(self, slot: str) -> None:
        """Take a day once it is one; an empty one is none yet."""
        if not self.days[slot].isEnabled():
            return
        day = self.days[slot].text().strip()
        wrong = bool(day) and not is_day(day)
        self.days[slot].setProperty("wrong", wrong)
        renew_style(self.days[slot])
        self._tell(tr("补交日期请写成 2026-09-20 这样。") if wrong else "")
        if not wrong:
            self.said.emit(slot, DocumentState(Brought.MISSING, day).to_text())

    def _tell(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
