"""A topic of the settings: what it knows of the page, and a form with its button."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.offices import OfficeKind
from desktop.views.desk import Desk
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_look
from desktop.views.pages.cards import EVERYONE
from desktop.views.widgets.texts import button, label, set_role
from desktop.views.wizards.step_pages import Field, FormStep

_FORM_WIDTH = 640


class Topic(QWidget):
    """One topic; ``said`` is a sentence about what was done, ``failed`` what went wrong."""

    ID: ClassVar[str]
    TITLE: ClassVar[str]
    KINDS: ClassVar[frozenset[OfficeKind]] = EVERYONE

    said = Signal(str)
    failed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        set_role(self, "ground")
        self.desk = desk
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, t.SMALL, t.SMALL)
        self.column.setSpacing(t.MEDIUM)

    def refresh(self) -> None:
        """Read again what the topic shows."""


class FormCard(QFrame):
    """A form on a card, with one button that hands on the filled draft."""

    def __init__(
        self,
        title: str,
        hint: str,
        fields: Sequence[Field],
        verb: str,
        act: Callable[[Any], None],
        empty: Any,  # noqa: ANN401 - any frozen draft
    ) -> None:
        super().__init__()
        set_role(self, "card")
        self._empty, self._act = empty, act
        self.form = FormStep(title, hint, fields)
        self.form.setMaximumWidth(current_look().px(_FORM_WIDTH))
        self.extra = QVBoxLayout()
        self.button = button(verb, self._save)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(t.LARGE, t.MEDIUM, t.LARGE, t.MEDIUM)
        column.setSpacing(t.SMALL)
        column.addLayout(_as_wide_as_it_may_be(self.form))
        column.addLayout(self.extra)
        column.addLayout(row)
        self.form.show_draft(empty)

    def clear(self) -> None:
        """Show the form as at the beginning."""
        self.form.show_draft(self._empty)

    def _save(self) -> None:
        self._act(self.form.take(self._empty))


def _as_wide_as_it_may_be(form: QWidget) -> QHBoxLayout:
    """Return a row with the form: only so is its height that of the width it really gets."""
    row = QHBoxLayout()
    row.addWidget(form, 1)
    row.addStretch()
    return row


def card(title: str, *parts: QWidget) -> QFrame:
    """Return a card with a heading and parts below one another."""
    made = QFrame()
    set_role(made, "card")
    column = QVBoxLayout(made)
    column.setContentsMargins(t.LARGE, t.MEDIUM, t.LARGE, t.MEDIUM)
    column.setSpacing(t.SMALL)
    column.addWidget(label(title, "heading"))
    for part in parts:
        column.addWidget(part)
    return made
