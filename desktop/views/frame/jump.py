"""Ctrl+K: type a few characters, press Enter, be there."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.views.frame.history import Place
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_look
from desktop.views.pages.cards import STUDENTS, Card

_WIDTH, _HEIGHT = 480, 320


def targets(words: str, cards: Sequence[Card]) -> list[tuple[str, Place]]:
    """Return where the words may lead: pages by title, and the search over all students."""
    found = [
        (card.title, Place(card.id))
        for card in cards
        if words.casefold() in card.title and not card.rail
    ]
    if words and STUDENTS in cards:
        found.append((tr("在学生中查找“{words}”", words=words), Place(STUDENTS.id, words)))
    return found


class Jump(QDialog):
    """A line and the places it leads to."""

    chosen = Signal(str, str)

    def __init__(self, cards: Sequence[Card], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("转到"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._cards = cards
        self._places: list[Place] = []
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("页面名称，或学生的姓名、号码"))
        self.line.setAccessibleName(tr("转到哪里"))
        self._list = QListWidget()
        self._list.setAccessibleName(tr("可以转到的地方"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(t.LARGE, t.LARGE, t.LARGE, t.LARGE)
        layout.setSpacing(t.SMALL)
        layout.addWidget(self.line)
        layout.addWidget(self._list)
        self.line.textChanged.connect(self._offer)
        self.line.returnPressed.connect(self._go)
        self.line.installEventFilter(self)
        self._list.itemClicked.connect(self._go)
        look = current_look()
        self.resize(look.px(_WIDTH), look.px(_HEIGHT))
        self._offer("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let the arrow keys move in the list while the line has the focus."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step and self._places:
                self._list.setCurrentRow((self._list.currentRow() + step) % len(self._places))
                return True
        return super().eventFilter(watched, event)

    def _offer(self, words: str) -> None:
        found = targets(words.strip(), self._cards)
        self._places = [place for _title, place in found]
        self._list.clear()
        for title, _place in found:
            self._list.addItem(QListWidgetItem(title))
        self._list.setCurrentRow(0)

    def _go(self) -> None:
        row = self._list.currentRow()
        if 0 <= row < len(self._places):
            self.accept()
            self.chosen.emit(*self._places[row])
