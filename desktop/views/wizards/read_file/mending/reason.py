"""The question why rows may come in as they stand: this one, or all with the same question."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_look
from desktop.views.widgets.texts import button, label

_WIDTH = 460
Then = Callable[[str, bool], object]
"""Called with the reason, and whether it holds for all alike."""


class ReasonDialog(QDialog):
    """Asks for a reason; without one nothing comes in."""

    def __init__(self, rows: int, alike: int, kind: str, then: Then, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("按原样收入"))
        self._then = then
        question = (
            tr("这一行为什么可以按原样收入？")
            if rows == 1
            else tr("选中的 {count:,} 行为什么可以按原样收入？", count=rows)
        )
        self.line = QLineEdit()
        self.line.setAccessibleName(tr("原因"))
        self.line.setPlaceholderText(tr("例如“已与本人核对”"))
        self._problem = label(tr("请写明原因，它会记在这些学生名下。"), "problem", wraps=True)
        self._problem.hide()
        self.all_alike = QCheckBox(
            tr("只有“{kind}”这一种疑问的 {count:,} 行都这样收入", kind=kind, count=alike)
        )
        self.all_alike.setVisible(alike > rows)
        yes = button(tr("收入"), self._go, role="primary")
        yes.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(button(tr("不做改动"), self.reject))
        buttons.addWidget(yes)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(t.HUGE, t.HUGE, t.HUGE, t.LARGE)
        layout.setSpacing(t.SMALL)
        layout.addWidget(label(question, "strong", wraps=True))
        layout.addWidget(self.line)
        layout.addWidget(self._problem)
        layout.addWidget(self.all_alike)
        layout.addSpacing(t.MEDIUM)
        layout.addLayout(buttons)
        self.setMinimumWidth(current_look().px(_WIDTH))

    def _go(self) -> None:
        reason = self.line.text().strip()
        if not reason:
            self._problem.show()
            self.line.setFocus()
            return
        self._then(reason, self.all_alike.isVisibleTo(self) and self.all_alike.isChecked())
        self.accept()
