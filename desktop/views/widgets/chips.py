"""Chips: filters of which one is chosen, each with how many it would show."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from desktop.views.widgets.flow_layout import FlowLayout
from desktop.views.widgets.focus import stop_at_checked
from desktop.views.widgets.texts import button


class Chips(QWidget):
    """A row of filters; ``chosen`` hands on the id of the new one."""

    chosen = Signal(str)

    def __init__(self, filters: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles = dict(filters)
        self._buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        layout = FlowLayout()
        for place, (id_, title) in enumerate(filters):
            chip = button(title, role="chip")
            chip.setCheckable(True)
            chip.setChecked(place == 0)
            chip.clicked.connect(lambda _checked=False, chip_id=id_: self.chosen.emit(chip_id))
            self._group.addButton(chip)
            self._buttons[id_] = chip
            layout.addWidget(chip)
        stop_at_checked(self._group)
        self.setLayout(layout)
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def current(self) -> str:
        """The id of the chosen filter."""
        return next(id_ for id_, chip in self._buttons.items() if chip.isChecked())

    def chip(self, id_: str) -> QPushButton:
        """Return the button of a filter."""
        return self._buttons[id_]

    def choose(self, id_: str) -> None:
        """Choose a filter; an id that is not known changes nothing."""
        if id_ in self._buttons and id_ != self.current:
            self._buttons[id_].setChecked(True)
            self.chosen.emit(id_)

    def offer(self, ids: Collection[str]) -> None:
        """Show only these filters; when the chosen one is not among them, the first is chosen."""
        for id_, chip in self._buttons.items():
            chip.setVisible(id_ in ids)
        if self.current not in ids:
            self.choose(next(id_ for id_ in self._buttons if id_ in ids))

    def count(self, numbers: dict[str, int]) -> None:
        """Write behind each filter how many it shows."""
        for id_, number in numbers.items():
            self._buttons[id_].setText(f"{self._titles[id_]} {number:,}")
        self.updateGeometry()  # or what is laid out already keeps the lines it had

    def show_only(self, ids: Collection[str]) -> None:
        """Show these filters alone; the chosen one stays in sight."""
        for id_, chip in self._buttons.items():
            chip.setVisible(id_ in ids or chip.isChecked())
        self.updateGeometry()
