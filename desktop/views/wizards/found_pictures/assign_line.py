"""A line in which a person names the student whose picture this is."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.procedures.named_files import Who
from desktop.views.language import tr
from desktop.views.look import tokens as t

_FOUND_AT_MOST: Final = 4
_SUBJECT: Final = Qt.ItemDataRole.UserRole


class AssignLine(QWidget):
    """Finds a student by any part of name, number or class; ``chosen`` hands on the subject.

    Who was found stands below the line while something is typed; the arrow keys lead there. Out of
    sight where there is nobody to choose from.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._students: tuple[Who, ...] = ()
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("指定是谁的：输入姓名或学号，按回车"))
        self.line.setAccessibleName(tr("指定这一张是谁的"))
        self.line.setClearButtonEnabled(True)
        self.found = _Found()
        self.found.setAccessibleName(tr("找到的学生"))
        self.found.hide()
        self.line.textChanged.connect(self._search)
        self.line.returnPressed.connect(lambda: self._choose(self.found.currentItem()))
        self.found.itemActivated.connect(self._choose)
        self.found.itemClicked.connect(self._choose)
        self.setFocusProxy(self.line)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(t.TIGHT)
        layout.addWidget(self.line)
        layout.addWidget(self.found)
        self.hide()

    def offer(self, students: Sequence[Who]) -> None:
        """Let these students be found."""
        self._students = tuple(students)
        self.setVisible(bool(students))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go down into what was found."""
        if event.key() == Qt.Key.Key_Down and self.found.count():
            self.found.setFocus()
        else:
            super().keyPressEvent(event)

    def _search(self, typed: str) -> None:
        words = typed.split()
        self.found.clear()
        if words:
            hits = (who for who in self._students if all(word in who.words for word in words))
            for who, _ in zip(hits, range(_FOUND_AT_MOST), strict=False):
                item = QListWidgetItem(who.words)
                item.setData(_SUBJECT, who.subject)
                self.found.addItem(item)
            self.found.setCurrentRow(0)
        self.found.fit()

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            subject = str(item.data(_SUBJECT))
            self.line.clear()
            self.chosen.emit(subject)


class _Found(QListWidget):
    """A list that is as high as what it holds, and out of sight when empty."""

    def fit(self) -> None:
        """Take the height that is needed."""
        rows = sum(self.sizeHintForRow(row) for row in range(self.count()))
        self.setFixedHeight(rows + 2 * self.frameWidth())
        self.setVisible(bool(self.count()))
