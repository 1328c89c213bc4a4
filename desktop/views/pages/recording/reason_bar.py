"""One line below the table: why somebody did not sign, the usual reasons by a key."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.sheets import MARK_TITLES, Mark
from desktop.procedures.signing.recording import StudentMark
from desktop.procedures.signing.recording_desk import DeskRow
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_appearance, current_look
from desktop.views.pages.recording.draft import REASONS
from desktop.views.widgets.flow_layout import FlowLayout
from desktop.views.widgets.texts import button, label, set_role

_LARGE = 1.5


class ReasonBar(QFrame):
    """Asks for a reason, and by proxy for the name; ``answered`` hands on the whole mark.

    ``seen`` tells when it comes and goes.
    """

    answered = Signal(object)
    given_up = Signal()
    seen = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "card")
        self._student, self._mark = "", Mark.UNSIGNED
        self._question = label(role="strong")
        self.proxy, self.reason = QLineEdit(), QLineEdit()
        self.proxy.setPlaceholderText(tr("代签人姓名"))
        self.proxy.setAccessibleName(tr("代签人姓名"))
        self.reason.setPlaceholderText(tr("原因，可以按数字选下面的常用原因"))
        self.reason.setAccessibleName(tr("原因"))
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
        for one in (self.proxy, self.reason):
            one.installEventFilter(self)
            one.returnPressed.connect(self._on_enter)
        current_appearance().changed.connect(self._lay_out)
        self._lay_out()
        self.hide()

    def ask(self, row: DeskRow, mark: Mark) -> None:
        """Ask why, beginning with who signed instead where somebody did."""
        self._student, self._mark = row.student, mark
        self._question.setText(f"{row.identity.name} {MARK_TITLES[mark]}")
        self.proxy.setVisible(mark is Mark.BY_PROXY)
        same = row.mark is mark
        self.proxy.setText(row.proxy if same else "")
        self.reason.setText(row.explanation if same else "")
        self._tell("")
        self._offer(REASONS[mark])
        self._be_seen(seen=True)
        (self.proxy if mark is Mark.BY_PROXY else self.reason).setFocus()

    def give_up(self) -> None:
        """Close without an answer."""
        self._be_seen(seen=False)
        self.given_up.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let a digit in the empty line choose a usual reason, and Escape close the bar."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.give_up()
                return True
            if watched is self.reason and not self.reason.text() and event.text().isdecimal():
                return self._choose(int(event.text()))
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        """Give the lines to be filled in a line of their own where the text is large."""
        large = current_look().factor >= _LARGE
        fields = self._second_line if large else self._line
        self._line.addWidget(self._question, int(large))
        fields.addWidget(self.proxy, 1)
        fields.addWidget(self.reason, 2)
        for one in self._ends:
            self._line.addWidget(one)

    def _offer(self, reasons: tuple[str, ...]) -> None:
        layout = self._usual.layout()
        assert layout  # noqa: S101 - it was set above
        while (item := layout.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for number, reason in enumerate(reasons, start=1):
            chip = button(f"{number} {reason}", partial(self._choose, number), role="chip")
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            layout.addWidget(chip)

    def _choose(self, number: int) -> bool:
        reasons = REASONS[self._mark]
        if not 1 <= number <= len(reasons):
            return False
        self.reason.setText(reasons[number - 1])
        self._answer()
        return True

    def _on_enter(self) -> None:
        if self.proxy.hasFocus() and self.proxy.text().strip():
            self.reason.setFocus()
        else:
            self._answer()

    def _answer(self) -> None:
        proxy, reason = self.proxy.text().strip(), self.reason.text().strip()
        if self._mark is Mark.BY_PROXY and not proxy:
            self._tell(tr("代签要写明代签人的姓名。"))
            self.proxy.setFocus()
        elif not reason:
            self._tell(tr("请写明原因，或者按数字选一个常用原因。"))
            self.reason.setFocus()
        else:
            self._be_seen(seen=False)
            name = proxy if self._mark is Mark.BY_PROXY else ""
            self.answered.emit(StudentMark(self._student, self._mark, reason, name))

    def _be_seen(self, *, seen: bool) -> None:
        self.setVisible(seen)
        self.seen.emit(seen)

    def _tell(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
