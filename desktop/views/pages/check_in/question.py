"""One line below the table: until when, or why; the usual answers by a key."""

from PySide6.QtWidgets import QLineEdit

from desktop.domain.entry_review import (
    ARRIVAL_TITLES,
    CAUSE_TITLES,
    FINDING_TITLES,
    ArrivalState,
    Finding,
    ReviewFile,
)
from desktop.views.language import tr
from desktop.views.pages.check_in.days import is_day
from desktop.views.pages.check_in.draft import WORDS_FOR
from desktop.views.pages.check_in.noting import Answer, What
from desktop.views.widgets.asking_line import AskingLine

_OTHER = "other"


class Question(AskingLine):
    """Asks what a key alone does not say; ``answered`` hands on an ``Answer``."""

    def __init__(self) -> None:
        self._student = ""
        self._what: What = Finding.DOUBTFUL
        self.day, self.words = QLineEdit(), QLineEdit()
        self.day.setPlaceholderText(tr("请假到哪一天，如 2026-09-20"))
        self.day.setAccessibleName(tr("请假到哪一天"))
        self.words.setAccessibleName(tr("原因或说明"))
        super().__init__(self.day, self.words)

    def ask(self, name: str, file: ReviewFile, what: What) -> None:
        """Ask about a student, beginning with what was answered before."""
        self._student, self._what = file.student, what
        is_leave = what is ArrivalState.LEAVE
        self.day.setText(file.leave_until if is_leave else "")
        again = what in (file.arrival, file.finding)
        before = file.finding_explanation if isinstance(what, Finding) else file.arrival_explanation
        self.words.setText(before if again else "")
        self.words.setPlaceholderText(
            tr("说明，可以不写") if is_leave else tr("别的原因请写明；常用的按数字选")
        )
        self.begin(f"{name} {_title(what)}", first=is_leave)

    def usual(self) -> tuple[str, ...]:
        """Return the usual answers."""
        if self._what is ArrivalState.ABSENT:
            return tuple(CAUSE_TITLES.values())
        return WORDS_FOR[self._what]

    def choose(self, place: int) -> None:
        """Answer by a usual answer; one who did not come has a cause in its place."""
        if self._what is not ArrivalState.ABSENT:
            super().choose(place)
        elif (cause := tuple(CAUSE_TITLES)[place]) == _OTHER:
            self.tell(tr("请写明是什么原因。"), self.words)
        else:
            self.give(Answer(self._student, self._what, cause=cause))

    def first_is_filled(self) -> bool:
        """Tell whether there is a day."""
        return is_day(self.day.text())

    def answer(self) -> None:
        """Hand on until when, or why."""
        day, words = self.day.text().strip(), self.words.text().strip()
        if self._what is ArrivalState.LEAVE:
            if is_day(day):
                self.give(Answer(self._student, self._what, day, words=words))
            else:
                self.tell(tr("请写请假到哪一天，写成 2026-09-20 这样。"), self.day)
        elif not words:
            self.tell(tr("请写明原因，或者按数字选一个常用的。"), self.words)
        else:
            cause = _OTHER if self._what is ArrivalState.ABSENT else ""
            self.give(Answer(self._student, self._what, cause=cause, words=words))


def _title(what: What) -> str:
    """Return what is noted, in words."""
    return ARRIVAL_TITLES[what] if isinstance(what, ArrivalState) else FINDING_TITLES[what]
