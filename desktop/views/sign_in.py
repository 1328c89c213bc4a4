"""Signing in, and signing in again after the window was locked."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.procedures.seat_facts import PRACTICE_PASSPHRASE, SeatFacts
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_look
from desktop.views.runner import Failure
from desktop.views.widgets.texts import button, label, set_role

_CARD_WIDTH = 400
_PRACTICE = tr(
    "这是练习环境，每个人的口令都是“{practice_passphrase}”。",
    practice_passphrase=PRACTICE_PASSPHRASE,
)
_SIGN_IN, _UNLOCK = (tr("登录"), tr("正在登录…")), (tr("解锁"), tr("正在解锁…"))
_SEAT = tr("装了籍册、由学籍科批准过的一台电脑，叫一个席位；它的编号写在这里办理的每一份材料上。")


class SignInPage(QWidget):
    """Operator and passphrase; ``submitted`` hands them on.

    ``restore_wanted`` is for going back to a backup; while locked, the data are open and it is not
    offered.
    """

    guide = "建立学校和加入学校#席位是什么"
    submitted = Signal(str, str)
    restore_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._locked = False
        self._why = label(role="strong", wraps=True)
        self._office = label(role="heading", wraps=True)
        self._seat = label(role="quiet", wraps=True)
        self.operator = QComboBox()
        self.operator.setAccessibleName(tr("经办人"))
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setAccessibleName(tr("口令"))
        self.meaning = button(tr("席位是什么…"), self._explain)
        self.meaning.setToolTip(_SEAT)
        self._practice = label(_PRACTICE, "note", wraps=True)
        self._problem = label(role="problem", wraps=True)
        self._enter = button(_SIGN_IN[0], self._submit, role="primary")
        self.restore = button(tr("从备份恢复…"), self.restore_wanted.emit)
        self.passphrase.returnPressed.connect(self._submit)
        self._build()

    def ask(self, facts: SeatFacts, locked: str = "") -> None:
        """Ask who works at this seat now; ``locked`` is the sentence that says why it is locked."""
        self._locked = bool(locked)
        self._why.setText(locked)
        self._why.setVisible(self._locked)
        if facts.home:
            seat = facts.home.seat
            self._office.setText(seat.office.name)
            self._seat.setText(
                tr(
                    "{school_name} · {name} · 席位 {id}",
                    school_name=facts.home.school_name,
                    name=seat.name,
                    id=seat.id,
                )
            )
        self._practice.setVisible(bool(facts.home and facts.home.training))
        present = self.operator.currentText()
        self.operator.clear()
        self.operator.addItems(list(facts.operators))
        self.operator.setCurrentText(present)
        self.passphrase.clear()
        for once in (self.restore, self.meaning):
            once.setVisible(not self._locked)
        self._say(facts.warning)
        self.set_busy(busy=False)

    def warn(self, warning: str) -> None:
        """Say what is to be known of the data, without disturbing whoever types."""
        if warning and not self.problem:
            self._say(warning)

    def tell_failure(self, failure: Failure) -> None:
        """Say why nobody is signed in."""
        self.set_busy(busy=False)
        self.passphrase.selectAll()
        self.passphrase.setFocus()
        self._say("" if failure.cancelled else f"{failure.what}{failure.todo}（{failure.code}）")

    def set_busy(self, *, busy: bool) -> None:
        """Show that the passphrase is being tried, which takes a moment by design."""
        for widget in (self.operator, self.passphrase, self._enter, self.restore):
            widget.setEnabled(not busy)
        words = _UNLOCK if self._locked else _SIGN_IN
        self._enter.setText(words[busy])
        if not busy:
            self.passphrase.setFocus()

    @property
    def why(self) -> str:
        """Why the window is locked, "" where it is not."""
        return self._why.text()

    @property
    def verb(self) -> str:
        """What the button does."""
        return self._enter.text()

    @property
    def problem(self) -> str:
        """What the page complains about."""
        return self._problem.text()

    def _say(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))

    def _submit(self) -> None:
        if not self.passphrase.text():
            self._say(tr("请输入口令。"))
            return
        self._say("")
        self.set_busy(busy=True)
        self.submitted.emit(self.operator.currentText(), self.passphrase.text())

    def _explain(self) -> None:
        """Open the guide beside the page, where it says what a seat is."""
        from desktop.views.pages.help.window import explain  # noqa: PLC0415 - a start needs no help

        explain(self, self.guide)

    def _build(self) -> None:
        card = QFrame()
        set_role(card, "card")
        card.setFixedWidth(current_look().px(_CARD_WIDTH))
        layout = QVBoxLayout(card)
        layout.setContentsMargins(t.HUGE, t.HUGE, t.HUGE, t.HUGE)
        layout.setSpacing(t.SMALL)
        layout.addWidget(self._office)
        layout.addWidget(self._seat)
        layout.addWidget(self._why)
        for title, field in ((tr("经办人"), self.operator), (tr("口令"), self.passphrase)):
            name = label(title, "strong")
            name.setBuddy(field)
            layout.addSpacing(t.SMALL)
            layout.addWidget(name)
            layout.addWidget(field)
        layout.addWidget(self._practice)
        layout.addWidget(self._problem)
        layout.addSpacing(t.SMALL)
        layout.addWidget(self._enter)
        others = QHBoxLayout()
        others.setSpacing(t.SMALL)
        others.addWidget(self.restore)
        others.addWidget(self.meaning)
        layout.addLayout(others)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(card)
        row.addStretch()
        whole = QVBoxLayout(self)
        whole.addStretch()
        whole.addLayout(row)
        whole.addStretch()
