"""A line below a table that asks what a key alone does not say; usual answers by a digit."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_appearance, current_look
from desktop.views.widgets.flow_layout import FlowLayout
from desktop.views.widgets.texts import button, label, set_role


class AskingLine(QFrame):
    """A short field that some questions have, and the words; ``answered`` hands on an answer.

    ``seen`` tells when it comes and goes. Who asks says what is usual, what a digit chooses, and
    what becomes of the fields.
    """

    answered = Signal(object)
    given_up = Signal()
    seen = Signal(bool)

    def __init__(self, first: QLineEdit, words: QLineEdit) -> None:
        super().__init__()
        set_role(self, "card")
        self._first, self._words = first, words
        self._asked = label(role="strong")
        self._problem = label(role="problem", wraps=True)
        self._usual = QWidget()
        self._usual.setLayout(FlowLayout())
        self._ends = (button(tr("确定"), self.answer), button(tr("取消"), self.give_up))
        self._line, self._second_line = QHBoxLayout(), QHBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(t.MEDIUM, t.SMALL, t.MEDIUM, t.SMALL)
        layout.setSpacing(t.TIGHT)
        layout.addLayout(self._line)
        layout.addLayout(self._second_line)
        layout.addWidget(self._usual)
        layout.addWidget(self._problem)
        for one in (first, words):
            one.installEventFilter(self)
            one.returnPressed.connect(self._on_enter)
        current_appearance().changed.connect(self._lay_out)
        self._lay_out()
        self.hide()

    @property
    def problem(self) -> str:
        """What is wrong with the answer, as it is shown."""
        return self._problem.text()

    def usual(self) -> Sequence[str]:
        """Return the usual answers, in the order of their digits."""
        raise NotImplementedError

    def choose(self, place: int) -> None:
        """Answer by a usual answer, by its place from 0."""
        self._words.setText(self.usual()[place])
        self.answer()

    def first_is_filled(self) -> bool:
        """Tell whether the short field is filled in, so that Enter goes on to the words."""
        raise NotImplementedError

    def answer(self) -> None:
        """Hand on what the fields say, or tell what is missing."""
        raise NotImplementedError

    def begin(self, asked: str, *, first: bool) -> None:
        """Come into sight with a question; ``first`` tells whether it has the short field."""
        self._asked.setText(asked)
        self._first.setVisible(first)
        self.tell("")
        self._offer()
        self._be_seen(seen=True)
        (self._first if first else self._words).setFocus()

    def give(self, answer: object) -> None:
        """Go, and hand an answer on."""
        self._be_seen(seen=False)
        self.answered.emit(answer)

    def give_up(self) -> None:
        """Close without an answer."""
        self._be_seen(seen=False)
        self.given_up.emit()

    def tell(self, problem: str, field: QLineEdit | None = None) -> None:
        """Say what is wrong, and go to the field."""
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        if field:
            field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let a digit in the empty line choose a usual answer, and Escape close the line."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.give_up()
                return True
            if watched is self._words and not self._words.text() and event.text().isdecimal():
                return self._choose(int(event.text()))
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        """Give the lines to be filled in a line of their own where the text is large."""
        large = current_look().large
        fields = self._second_line if large else self._line
        self._line.addWidget(self._asked, int(large))
        fields.addWidget(self._first, 1)
        fields.addWidget(self._words, 2)
        for one in self._ends:
            self._line.addWidget(one)

    def _offer(self) -> None:
        layout = self._usual.layout()
        assert layout  # noqa: S101 - it was set above
        while (item := layout.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for number, usual in enumerate(self.usual(), start=1):
            chip = button(f"{number} {usual}", partial(self._choose, number), role="chip")
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            layout.addWidget(chip)

    def _choose(self, number: int) -> bool:
        if not 1 <= number <= len(self.usual()):
            return False
        self.choose(number - 1)
        return True

    def _on_enter(self) -> None:
        if self._first.hasFocus() and self.first_is_filled():
            self._words.setFocus()
        else:
            self.answer()

    def _be_seen(self, *, seen: bool) -> None:
        self.setVisible(seen)
        self.seen.emit(seen)
