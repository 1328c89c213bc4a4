"""An ID number that shows itself only when asked, grouped so that it can be read out."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from desktop.views.language import tr
from desktop.views.widgets.flow_layout import FlowLayout
from desktop.views.widgets.texts import button, label

_HEAD, _TAIL, _RESIDENT = 6, 4, 18


def grouped(number: str) -> str:
    """Return a resident's number as region, birthday, rest; other numbers as they are."""
    if len(number) != _RESIDENT:
        return number
    return f"{number[:_HEAD]} {number[_HEAD:-_TAIL]} {number[-_TAIL:]}"


def masked(number: str) -> str:
    """Return a number of which only the ends can be read."""
    hidden = len(number) - _HEAD - _TAIL
    if hidden <= 0:
        return "*" * len(number)
    return grouped(f"{number[:_HEAD]}{'*' * hidden}{number[-_TAIL:]}")


class MaskedNumber(QWidget):
    """A masked number with a button that shows it; ``turned`` says whether it is shown."""

    turned = Signal(bool)

    def __init__(self, number: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = number
        self._text: QLabel = label()
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._eye = button(tr("显示"), self._turn, role="chip", drawing="eye")
        layout = FlowLayout()
        layout.addWidget(self._text)
        layout.addWidget(self._eye)
        self.setLayout(layout)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._shown = False
        self.set_number(number)

    @property
    def text(self) -> str:
        """What can be read now."""
        return self._text.text()

    def set_number(self, number: str) -> None:
        """Show another number, masked again."""
        self._number, self._shown = number, False
        self._tell()

    def _turn(self) -> None:
        self._shown = not self._shown
        self._tell()
        self.turned.emit(self._shown)

    def _tell(self) -> None:
        self._text.setText(grouped(self._number) if self._shown else masked(self._number))
        self._eye.setText(tr("隐藏") if self._shown else tr("显示"))
        self._eye.setAccessibleName(tr("隐藏身份证号") if self._shown else tr("显示身份证号"))
        self._eye.setEnabled(bool(self._number))
