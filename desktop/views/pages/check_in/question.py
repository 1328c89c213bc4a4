"""One line below the table: until when, or why; the usual answers by a key."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.entry_review import (
    ARRIVAL_TITLES,
    CAUSE_TITLES,
    FINDING_TITLES,
    ArrivalState,
    Finding,
    ReviewFile,
)
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_appearance, current_look
from desktop.views.pages.check_in.days import is_day
from desktop.views.pages.check_in.draft import WORDS_FOR
from desktop.views.pages.check_in.noting import Answer, What
from desktop.views.widgets.flow_layout import FlowLayout
from desktop.views.widgets.texts import button, label, set_role

_OTHER = "other"


class Question(QFrame):
    """Asks what a key alone does not say; ``answered`` hands on an ``Answer``.

    ``seen`` tells when it comes and goes.
    """

    answered = Signal(object)
    given_up = Signal()
    seen = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "card")
        self._student = ""
        self._what: What = Finding.DOUBTFUL
        self._asked = label(role="strong")
        self.day, self.words = QLineEdit(), QLineEdit()
        self.day.setPlaceholderText(tr("请假到哪一天，如 2026-09-20"))
        self.day.setAccessibleName(tr("请假到哪一天"))
        self.words.setAccessibleName(tr("原因或说明"))
        self._problem = label(role="problem", wraps=True)
        self._usual = QWidget()
        self._usual.setLayout(FlowLayout())
        self._ends = (button(tr("确定"), self._answer), button(tr("取消"), self.give_up))
        self._line, self._second_line = QHBoxLayout(), QHBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(t.MEDIUM, t.SMALL, t.MEDIUM, t.SMALL)
        layout.setSpacing(t.TIGHT)
        layout.addLayout(self._line)
        layout.addLayout(self._second_line)
        layout.addWidget(self._usual)
        layout.addWidget(self._problem)
        for one in (self.day, self.words):
            one.installEventFilter(self)
            one.returnPressed.connect(self._on_enter)
        current_appearance().changed.connect(self._lay_out)
        self._lay_out()
        self.hide()

    @property
    def problem(self) -> str:
        """What is wrong with the answer, as it is shown."""
        return self._problem.text()

    def ask(self, name: str, file: ReviewFile, what: What) -> None:
        """Ask about a student, beginning with what was answered before."""
        self._student, self._what = file.student, what
        is_leave = what is ArrivalState.LEAVE
        self._asked.setText(f"{name} {_title(what)}")
        self.day.setVisible(is_leave)
        self.day.setText(file.leave_until if is_leave else "")
        again = what in (file.arrival, file.finding)
        before = file.finding_explanation if isinstance(what, Finding) else file.arrival_explanation
        self.words.setText(before if again else "")
        self.words.setPlaceholderText(
            tr("说明，可以不写") if is_leave else tr("别的原因请写明；常用的按数字选")
        )
        self._tell("")
        self._offer()
        self._be_seen(seen=True)
        (self.day if is_leave else self.words).setFocus()

    def give_up(self) -> None:
        """Close without an answer."""
        self._be_seen(seen=False)
        self.given_up.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let a digit in the empty line choose a usual answer, and Escape close the line."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.give_up()
                return True
            if watched is self.words and not self.words.text() and event.text().isdecimal():
                return self._choose(int(event.text()))
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        """Give the lines to be filled in a line of their own where the text is large."""
        large = current_look().large
        fields = self._second_line if large else self._line
        self._line.addWidget(self._asked, int(large))
        fields.addWidget(self.day, 1)
        fields.addWidget(self.words, 2)
        for one in self._ends:
            self._line.addWidget(one)

    @property
    def _usual_words(self) -> tuple[str, ...]:
        if self._what is ArrivalState.ABSENT:
            return tuple(CAUSE_TITLES.values())
        return WORDS_FOR[self._what]

    def _offer(self) -> None:
        layout = self._usual.layout()
        assert layout  # noqa: S101 - it was set above
        while (item := layout.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for number, usual in enumerate(self._usual_words, start=1):
            chip = button(f"{number} {usual}", partial(self._choose, number), role="chip")
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            layout.addWidget(chip)

    def _choose(self, number: int) -> bool:
        usual = self._usual_words
        if not 1 <= number <= len(usual):
            return False
        if self._what is not ArrivalState.ABSENT:
            self.words.setText(usual[number - 1])
            self._answer()
        elif (cause := tuple(CAUSE_TITLES)[number - 1]) == _OTHER:
            self._tell(tr("请写明是什么原因。"))
            self.words.setFocus()
        else:
            self._give(Answer(self._student, self._what, cause=cause))
        return True

    def _on_enter(self) -> None:
        if self.day.hasFocus() and is_day(self.day.text()):
            self.words.setFocus()
        else:
            self._answer()

    def _answer(self) -> None:
        day, words = self.day.text().strip(), self.words.text().strip()
        if self._what is ArrivalState.LEAVE:
            if not is_day(day):
                self._tell(tr("请写请假到哪一天，写成 2026-09-20 这样。"))
                self.day.setFocus()
                return
            self._give(Answer(self._student, self._what, day, words=words))
        elif not words:
            self._tell(tr("请写明原因，或者按数字选一个常用的。"))
            self.words.setFocus()
        else:
            cause = _OTHER if self._what is ArrivalState.ABSENT else ""
            self._give(Answer(self._student, self._what, cause=cause, words=words))

    def _give(self, answer: Answer) -> None:
        self._be_seen(seen=False)
        self.answered.emit(answer)

    def _be_seen(self, *, seen: bool) -> None:
        self.setVisible(seen)
        self.seen.emit(seen)

    def _tell(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))


def _title(what: What) -> str:
    """Return what is noted, in words."""
    return ARRIVAL_TITLES[what] if isinstance(what, ArrivalState) else FINDING_TITLES[what]
