"""The error panel: what happened, what to do, the code; details are folded."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.runner import Failure
from desktop.views.widgets.texts import button, label, set_role


class ErrorPanel(QFrame):
    """Shows one failure where it happened; hidden while there is none.

    ``noted`` tells that somebody has read it and put it away.
    ``help_wanted`` hands on the code that somebody wants explained; only where it is connected
    (``offer_help``) there is a button for it.
    """

    noted = Signal()
    help_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "error")
        self._failure: Failure | None = None
        self._what = label(role="strong", wraps=True)
        self._todo = label(wraps=True)
        self._code = label(role="note")
        self._details = QPlainTextEdit()
        self._details.setReadOnly(True)
        self._details.setAccessibleName(tr("详细信息"))
        self._fold = button(tr("详细信息"), self._unfold)
        self._copy = button(tr("复制问题报告"), self._copy_report, drawing="copy")
        self._help = button(tr("查看说明"), self._ask_for_help, drawing="help")
        self._help.hide()
        self._close = button(tr("知道了"), self._note)
        self._close.setAutoDefault(True)  # or Enter would do again what has just failed
        for text in (self._what, self._todo, self._code):
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout()
        row.addWidget(self._code, 1)
        for one in (self._fold, self._help, self._copy, self._close):
            row.addWidget(one)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(t.LARGE, t.MEDIUM, t.LARGE, t.MEDIUM)
        layout.setSpacing(t.SMALL)
        for part in (self._what, self._todo):
            layout.addWidget(part)
        layout.addLayout(row)
        layout.addWidget(self._details)
        self.hide()

    @property
    def failure(self) -> Failure | None:
        """The failure in sight."""
        return self._failure

    def offer_help(self, explain: Callable[[str], None]) -> None:
        """Offer a button that explains the code."""
        self.help_wanted.connect(explain)
        self._help.show()

    def tell(self, failure: Failure) -> None:
        """Show a failure."""
        self._failure = failure
        self._what.setText(failure.what)
        self._todo.setText(failure.todo)
        self._code.setText(tr("代码 {code}", code=failure.code))
        self._details.setPlainText(failure.details)
        self._details.hide()
        self._fold.setVisible(bool(failure.details))
        self.setAccessibleName(tr("出错：{what}{todo}", what=failure.what, todo=failure.todo))
        self.show()
        self._close.setFocus(Qt.FocusReason.OtherFocusReason)

    def dismiss(self) -> None:
        """Put the failure away."""
        self._failure = None
        self.hide()

    def _note(self) -> None:
        self.dismiss()
        self.noted.emit()

    def _ask_for_help(self) -> None:
        if self._failure:
            self.help_wanted.emit(self._failure.code)

    def _unfold(self) -> None:
        self._details.setVisible(self._details.isHidden())

    def _copy_report(self) -> None:
        if self._failure:
            QGuiApplication.clipboard().setText(self._failure.report())
