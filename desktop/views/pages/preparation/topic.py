"""What the parts of the page have in common: each is about the round in sight."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from desktop.domain.rounds import Round
from desktop.views.desk import Desk
from desktop.views.pages.settings.topic import Topic


class RoundTopic(Topic):
    """A topic of one round."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.round: Round | None = None

    def show_round(self, round_: Round) -> None:
        """Show another round, read anew."""
        self.round = round_
        self.refresh()


def in_room(widget: QWidget) -> QScrollArea:
    """Return a room in which a widget scrolls where it is taller."""
    room = QScrollArea()
    room.setWidgetResizable(True)
    room.setFrameShape(QFrame.Shape.NoFrame)
    room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    room.setWidget(widget)
    return room
