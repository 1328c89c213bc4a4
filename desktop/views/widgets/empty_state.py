"""What stands where nothing is: one sentence why, one sentence what to do next, the way there."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.views.look import tokens as t
from desktop.views.widgets.texts import label


class EmptyState(QWidget):
    """Two centred sentences, and below them the button that leads on, where there is one."""

    def __init__(
        self,
        what: str = "",
        todo: str = "",
        parent: QWidget | None = None,
        way_on: QPushButton | None = None,
    ) -> None:
        super().__init__(parent)
        self._what = label(what, "lead", wraps=True)
        self._todo = label(todo, "quiet", wraps=True)
        layout = QVBoxLayout(self)
        layout.setSpacing(t.SMALL)
        layout.addStretch()
        for text in (self._what, self._todo):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(text)
        if way_on:
            layout.addSpacing(t.SMALL)
            layout.addWidget(way_on, alignment=Qt.AlignmentFlag.AlignCenter)
        layout.addStretch()

    def say(self, what: str, todo: str) -> None:
        """Say other sentences."""
        self._what.setText(what)
        self._todo.setText(todo)
