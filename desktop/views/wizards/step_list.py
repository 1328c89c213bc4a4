"""The steps of a wizard at its left, each with how far it is."""

from collections.abc import Iterable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.views.look import tokens as t
from desktop.views.look.states import State
from desktop.views.widgets.state_label import StateLabel
from desktop.views.widgets.texts import set_role


class StepList(QWidget):
    """One line for each step."""

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "steps")
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(t.LARGE, t.HUGE, t.LARGE, t.HUGE)
        self._lines.setSpacing(t.MEDIUM)

    def show_steps(self, steps: Iterable[tuple[State, str]]) -> None:
        """Show these steps, by how far each is and its title, in place of those before."""
        while (item := self._lines.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for state, title in steps:
            self._lines.addWidget(StateLabel(state, title))
        self._lines.addStretch()
