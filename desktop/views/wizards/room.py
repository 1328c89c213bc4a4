"""How large a wizard is: as its steps need, and never more than most of the screen."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QWidget

from desktop.views.look.appearance import current_look

_WIDTH, _HEIGHT, _LARGEST_SHARE = 820, 540, 0.92
_ROOMY_WIDTH, _ROOMY_HEIGHT = 1240, 680
_STEPS_SHARE = 0.28


def first_size(screen: QScreen, *, roomy: bool) -> QSize:
    """Return the size to begin with; ``roomy`` is for a table with its details beside it."""
    look, room = current_look(), screen.availableGeometry()
    wide, high = (_ROOMY_WIDTH, _ROOMY_HEIGHT) if roomy else (_WIDTH, _HEIGHT)
    return QSize(
        min(look.px(wide), round(room.width() * _LARGEST_SHARE)),
        min(look.px(high), round(room.height() * _LARGEST_SHARE)),
    )


def steps_width(width: int) -> int:
    """Return how wide the list of steps is in a wizard of a width."""
    return round(min(current_look().px(_WIDTH), width) * _STEPS_SHARE)


def grow(window: QWidget, lacking: int) -> None:
    """Make a window higher by what its page lacks, as far as the screen allows."""
    room = window.screen().availableGeometry()
    grown = min(window.height() + lacking, round(room.height() * _LARGEST_SHARE))
    if grown > window.height():
        above = (grown - window.height()) // 2
        window.move(window.x(), max(room.top(), window.y() - above))
        window.resize(window.width(), grown)
