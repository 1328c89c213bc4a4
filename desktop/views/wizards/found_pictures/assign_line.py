"""A line in which a person names the student whose picture this is."""

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit

from desktop.procedures.named_files import Who
from desktop.views.language import tr

_SHOWN = 12


class AssignLine(QLineEdit):
    """Finds a student by any part of name, number or class; ``chosen`` hands on the subject.

    Out of sight where there is nobody to choose from.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._students: dict[str, str] = {}
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(_SHOWN)
        completer.activated.connect(self._choose)
        self.setCompleter(completer)
        self.setPlaceholderText(tr("指定是谁的：输入姓名或学号"))
        self.setAccessibleName(tr("指定这一张是谁的"))
        self.setClearButtonEnabled(True)
        self.returnPressed.connect(self._enter)
        self.hide()

    def offer(self, students: Sequence[Who]) -> None:
        """Let these students be found."""
        self._students = {who.words: who.subject for who in students}
        self._names.setStringList(list(self._students))
        self.setVisible(bool(students))

    def _enter(self) -> None:
        """Take what was typed where it means exactly one student."""
        typed = self.text().strip()
        found = [words for words in self._students if typed and typed in words]
        if len(found) == 1:
            self._choose(found[0])

    def _choose(self, words: str) -> None:
        if subject := self._students.get(words):
            QTimer.singleShot(0, self, self.clear)  # behind what the completer writes
            self.chosen.emit(subject)
