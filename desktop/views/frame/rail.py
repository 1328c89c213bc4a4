"""The rail at the left: one button with icon and word for each page of this office."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_appearance, current_look
from desktop.views.pages.cards import Card
from desktop.views.widgets.focus import stop_at_checked
from desktop.views.widgets.texts import button, set_role

_LAST_DIGIT = 9


class Rail(QWidget):
    """Buttons for pages; Ctrl and a digit press the first nine, too."""

    chosen = Signal(str)

    def __init__(self, cards: Sequence[Card]) -> None:
        super().__init__()
        set_role(self, "rail")
        self.setAccessibleName(tr("页面"))
        self._buttons: dict[str, QPushButton] = {}
        group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, t.LARGE, 0, t.LARGE)
        layout.setSpacing(t.TIGHT)
        for number, card in enumerate(cards, start=1):
            made = button(card.title, role="rail", drawing=card.icon)
            made.setCheckable(True)
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leads on to the page
            made.setToolTip(card.title)
            if number <= _LAST_DIGIT:
                made.setShortcut(f"Ctrl+{number}")
                made.setToolTip(f"{card.title}（Ctrl+{number}）")
            made.clicked.connect(lambda _checked=False, id_=card.id: self.chosen.emit(id_))
            group.addButton(made)
            self._buttons[card.id] = made
            layout.addWidget(made)
        stop_at_checked(group)
        layout.addStretch()
        current_appearance().changed.connect(self._measure)
        self._measure()

    def mark(self, page: str) -> None:
        """Mark the page in sight."""
        self._buttons[page].setChecked(True)

    def _measure(self) -> None:
        self.setFixedWidth(current_look().rail_width)
