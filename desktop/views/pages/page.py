"""What a page is: a small declared interface, and the head that all pages share."""

from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop.views.desk import Desk
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_appearance, current_look
from desktop.views.pages.cards import Card
from desktop.views.runner import Failure
from desktop.views.widgets.error_panel import ErrorPanel
from desktop.views.widgets.focus import Doorway
from desktop.views.widgets.texts import label


class Page(Doorway):
    """A page of the main window: title, one sentence of state, actions, body.

    A page names its card, fills ``body`` and ``tools``, and overrides ``refresh`` (and
    ``open_at``, when it can be opened at something). It knows its desk, nothing else.
    """

    CARD: ClassVar[Card]
    STATE_GIVES_WAY: ClassVar[bool] = False
    """Whether the sentence of state stands in the title's tip alone where the text is large."""

    state_told = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._title = label(self.CARD.title, "title")
        self._state = label(role="lead", wraps=True)
        self.errors = ErrorPanel()
        self.errors.offer_help(lambda code: desk.open("help", code))
        self.tools = QHBoxLayout()
        self.tools.setSpacing(t.SMALL)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch()
        head.addLayout(self.tools)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(t.HUGE, t.LARGE, t.HUGE, t.MEDIUM)
        layout.setSpacing(t.MEDIUM)
        layout.addLayout(head)
        layout.addWidget(self._state)
        layout.addWidget(self.errors)
        self.body = QVBoxLayout()
        self.body.setSpacing(t.MEDIUM)
        layout.addLayout(self.body, 1)
        current_appearance().changed.connect(self._make_room)
        self._make_room()

    def _make_room(self) -> None:
        self._state.setVisible(not (self.STATE_GIVES_WAY and current_look().large))

    def open_at(self, argument: str) -> None:
        """Come into sight, at what the argument names (empty: as it was left)."""
        del argument
        self.refresh()

    def refresh(self) -> None:
        """Read again what the page shows."""

    def _title_gives_way(self, *, gives: bool) -> None:
        """Leave the title out where the text is large and a chooser beside it says the same."""
        self._title.setVisible(not (gives and current_look().large))

    def set_title(self, title: str) -> None:
        """Name what the page shows; what does not fit is cut, not the window's width."""
        self._title.setText(title)

    @property
    def title(self) -> str:
        """The title in sight."""
        return self._title.text()

    @property
    def state_sentence(self) -> str:
        """The sentence of state in sight."""
        return self._state.text()

    def tell_state(self, sentence: str) -> None:
        """Say in one sentence how things stand."""
        self._state.setText(sentence)
        self._title.setToolTip(sentence)
        self.state_told.emit(sentence)

    def tell_failure(self, failure: Failure) -> None:
        """Show on the page what went wrong; what was cancelled needs no words."""
        if not failure.cancelled:
            self.errors.tell(failure)
