"""The line above the board that says what is to be done next, with the button that leads there."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.views.desk import Desk
from desktop.views.look import tokens as t
from desktop.views.pages.workbench.view import NextDeed
from desktop.views.widgets.texts import button, label, set_role


class NextBar(QWidget):
    """A sentence and a button; out of sight where the rows of the board say what is next."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._deed: NextDeed | None = None
        set_role(self, "card")
        self._words = label(role="strong", wraps=True)
        self.way = button("", self.go, role="primary")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(t.LARGE, t.SMALL, t.MEDIUM, t.SMALL)
        layout.setSpacing(t.MEDIUM)
        layout.addWidget(self._words, 1)
        layout.addWidget(self.way)
        self.hide()

    @property
    def leads_on(self) -> bool:
        """Whether there is something to do next."""
        return self._deed is not None

    @property
    def words(self) -> str:
        """The sentence."""
        return self._words.text()

    def tell(self, deed: NextDeed | None) -> None:
        """Say what is next, None for nothing."""
        self._deed = deed
        self.setVisible(deed is not None)
        if deed:
            self._words.setText(deed.words)
            self.way.setText(deed.button)

    def go(self) -> None:
        """Go where it is done."""
        if self._deed:
            self._desk.open(self._deed.page, self._deed.argument)
