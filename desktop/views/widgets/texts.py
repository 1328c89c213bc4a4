"""Labels and buttons with a role, so that the style sheet knows them."""

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QWidget

from desktop.views.look.appearance import current_look


def label(text: str = "", role: str = "", *, wraps: bool = False) -> QLabel:
    """Return a label of plain text; ``role`` is title, heading, lead, strong or quiet."""
    made = QLabel(text)
    made.setProperty("textFormat", "PlainText")  # by its name: see tests/architecture/test_start.py
    made.setWordWrap(wraps)
    if role:
        made.setProperty("role", role)
    return made


def button(
    text: str, act: Callable[[], object] | None = None, *, role: str = "", drawing: str = ""
) -> QPushButton:
    """Return a button; ``role`` is empty, primary, chip, choice or rail."""
    made = _Drawn(text, drawing)
    made.setAutoDefault(False)
    if role:
        made.setProperty("role", role)
    made.draw()
    if act:
        made.clicked.connect(lambda _checked=False: act())
    return made


class _Drawn(QPushButton):
    """A button whose drawing follows the colours and the text size."""

    def __init__(self, text: str, drawing: str) -> None:
        super().__init__(text)
        self._drawing = drawing

    def draw(self) -> None:
        """Take the drawing in the present colours."""
        if self._drawing:
            from desktop.views.look.icons import icon, icon_size

            palette = current_look().palette
            primary = self.property("role") == "primary" and self.isEnabled()
            self.setIcon(icon(self._drawing, palette.on_accent if primary else ""))
            self.setIconSize(icon_size())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Be pressed by Enter, too: in a wizard Qt would press the default button instead.

        What is switched on and off by a button leaves Enter to that one, as a field does.
        """
        from PySide6.QtCore import Qt

        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or self.isCheckable():
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.click()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Draw anew when the style has changed."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.EnabledChange):
            self.draw()


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget a role; plain widgets then also paint the ground the style sheet says."""
    widget.setProperty("role", role)
    if not isinstance(widget, QFrame):  # which paints its ground in any case
        from PySide6.QtCore import Qt

        widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)


def renew_style(widget: QWidget) -> None:
    """Let the style sheet look at a widget again after a property has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
