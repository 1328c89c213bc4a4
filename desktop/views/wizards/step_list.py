"""The steps of a wizard at its left, each with how far it is."""

from collections.abc import Sequence

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

    def show_way(self, way: Sequence[str], ahead: Sequence[str], *, ended: bool) -> None:
        """Show the steps gone so far and those ahead, by their titles.

        The last one gone is in hand, or done as the others where the way has ended.
        """
        while (item := self._lines.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for title in way[:-1]:
            self._lines.addWidget(StateLabel(State.DONE, title))
        self._lines.addWidget(StateLabel(State.DONE if ended else State.IN_HAND, way[-1]))
        for title in ahead:
            self._lines.addWidget(StateLabel(State.NOT_YET, title))
        self._lines.addStretch()
