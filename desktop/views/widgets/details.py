"""Details beside a table: headings, facts, sentences and what can be done with the chosen row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_look
from desktop.views.look.states import State
from desktop.views.widgets.focus import has_focus_within
from desktop.views.widgets.state_label import StateLabel
from desktop.views.widgets.texts import button, label, set_role

_LARGE = 1.5
_LONGEST_TITLE = 7  # characters beside which there is still room for a text


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of what follows."""

    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence; ``role`` as of labels."""

    text: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A title and what it is."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A state, as shape and words."""

    state: State
    text: str


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that can be done, as a button."""

    text: str
    act: Callable[[], object]
    role: str = ""
    drawing: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """Parts side by side, to be compared."""

    columns: Sequence[Sequence["Part"]]


Part: TypeAlias = Heading | Words | Fact | Standing | Deed | Columns


class Details(QScrollArea):
    """Shows parts one below the other; all text can be selected and copied."""

    def __init__(self, name: str, nothing: str) -> None:
        super().__init__()
        self._nothing = nothing
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._kept: list[QWidget] = []
        self._body = QFrame()
        set_role(self._body, "card")
        self._layout = QVBoxLayout(self._body)
        self._layout.setContentsMargins(t.LARGE, t.LARGE, t.LARGE, t.LARGE)
        self._layout.setSpacing(t.SMALL)
        self._layout.addStretch()
        self.setWidget(self._body)
        self.say_nothing()

    def say_nothing(self) -> None:
        """Say what to choose, while nothing is chosen."""
        self.tell([Words(self._nothing, "quiet")])

    @property
    def texts(self) -> list[str]:
        """Every text in sight, from top to bottom."""
        return [one.text() for kept in self._kept for one in _labels(kept)]

    @property
    def buttons(self) -> list[QPushButton]:
        """What can be done, as buttons in sight."""
        return [one for one in self._kept if isinstance(one, QPushButton)]

    def tell(self, parts: Sequence[Part]) -> None:
        """Show other parts; the focus stays here where it was on a part that goes."""
        had_focus = has_focus_within(self._body)
        for widget in self._kept:
            self._layout.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._kept = []
        for made in _widgets(parts):
            self._layout.insertWidget(self._layout.count() - 1, made)
            self._kept.append(made)
        if had_focus:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.verticalScrollBar().setValue(0)


def _widgets(parts: Sequence[Part]) -> list[QWidget]:
    """Return what shows parts, from top to bottom; facts that follow one another stand in line."""
    made: list[QWidget] = []
    for is_fact, group in groupby(parts, lambda part: isinstance(part, Fact)):
        together = list(group)
        facts = [part for part in together if isinstance(part, Fact)]
        made += [_in_line(facts)] if is_fact else [_widget(part) for part in together]
    return made


def _widget(part: Part) -> QWidget:
    """Return what shows one part."""
    match part:
        case Heading(text):
            return _selectable(label(text, "heading", wraps=True))
        case Words(text, role):
            return _selectable(label(text, role, wraps=True))
        case Fact():
            return _in_line([part])
        case Standing(state, text):
            return StateLabel(state, text)
        case Columns(columns):
            return _side_by_side(columns)
        case Deed(text, act, role, drawing):
            made = button(text, act, role=role, drawing=drawing)
            made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            return made


def _in_line(facts: Sequence[Fact]) -> QWidget:
    """Return titles at the left and what they are beside; below them where a title is long."""
    whole = QWidget()
    grid = QGridLayout(whole)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(t.MEDIUM)
    grid.setVerticalSpacing(t.SMALL)
    grid.setColumnStretch(1, 1)
    is_large = current_look().factor >= _LARGE
    is_long = is_large or any(len(fact.title) > _LONGEST_TITLE for fact in facts)
    for row, fact in enumerate(facts):
        title, text = label(fact.title, "quiet", wraps=is_long), label(fact.text, wraps=True)
        _selectable(text)
        if is_long:
            grid.addWidget(title, 2 * row, 0, 1, 2)
            grid.addWidget(text, 2 * row + 1, 0, 1, 2)
        else:
            grid.addWidget(title, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text, row, 1, Qt.AlignmentFlag.AlignTop)
    return whole


def _side_by_side(columns: Sequence[Sequence[Part]]) -> QWidget:
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(t.LARGE)
    for parts in columns:
        column = QVBoxLayout()
        column.setSpacing(t.SMALL)
        for made in _widgets(parts):
            column.addWidget(made)
        row.addLayout(column, 1)
        row.setAlignment(column, Qt.AlignmentFlag.AlignTop)
    return whole


def _labels(widget: QWidget) -> list[QLabel]:
    return [widget] if isinstance(widget, QLabel) else widget.findChildren(QLabel)


def _selectable(text: QLabel) -> QLabel:
    text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return text
