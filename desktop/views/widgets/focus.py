"""Where the keyboard begins in a widget of many parts, and which button of a group Tab reaches."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QButtonGroup, QWidget


class Doorway(QWidget):
    """Hands the focus that it is given on to the part where people begin.

    A focus proxy would do so too, but Tab then passes over every part that stands before it.
    """

    @property
    def begins_at(self) -> QWidget | None:
        """The part where the keyboard begins; None where Tab leads to the first."""
        return None

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Hand the focus on."""
        super().focusInEvent(event)
        inner = self.begins_at
        if inner and inner.isVisibleTo(self) and inner.isEnabled():
            inner.setFocus(event.reason())


def stop_at_checked(group: QButtonGroup) -> None:
    """Let Tab reach the checked button of a group alone: arrow keys lead to the others."""

    def take_turns() -> None:
        for one in group.buttons():
            policy = one.focusPolicy() & ~Qt.FocusPolicy.TabFocus
            if one.isChecked():
                policy |= Qt.FocusPolicy.TabFocus
            one.setFocusPolicy(Qt.FocusPolicy(policy))

    group.buttonToggled.connect(take_turns)
    if group.checkedButton():
        take_turns()


def has_focus_within(widget: QWidget) -> bool:
    """Tell whether the focus lies on a widget or somewhere inside it."""
    focused = QApplication.focusWidget()
    return focused is not None and (focused is widget or widget.isAncestorOf(focused))
