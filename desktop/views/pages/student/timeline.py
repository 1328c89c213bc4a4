"""The timeline: one card for each statement, the latest first; arrows move, Ctrl+C copies."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.histories import Attached, HistoryEntry
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.states import State
from desktop.views.pages.student.telling import Line, entry_text, lines_of, who
from desktop.views.widgets.empty_state import EmptyState
from desktop.views.widgets.flow_layout import FlowLayout
from desktop.views.widgets.state_label import StateLabel
from desktop.views.widgets.texts import button, label, set_role

_BEGINNING, _END = 7, 9  # characters of a name of a file
_NOTHING = (tr("没有这一类的记载。"), tr("请换一个筛选条件。"))


class Timeline(QScrollArea):
    """Cards of statements; ``paper_wanted`` asks to open a piece of evidence."""

    paper_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("全部记载"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.cards: list[StatementCard] = []

    def show_entries(self, entries: Sequence[HistoryEntry], *, revealed: bool) -> None:
        """Show other statements; the place in sight stays."""
        place = self.verticalScrollBar().value()
        body = QWidget()
        set_role(body, "ground")
        column = QVBoxLayout(body)
        column.setContentsMargins(2, 2, t.SMALL, 2)
        column.setSpacing(t.SMALL)
        self.cards = [StatementCard(entry, self._move, revealed=revealed) for entry in entries]
        for card in self.cards:
            card.paper_wanted.connect(self.paper_wanted)
            column.addWidget(card)
        if not entries:
            column.addWidget(EmptyState(*_NOTHING))
        column.addStretch()
        self.setWidget(body)
        self.verticalScrollBar().setValue(place)

    def _move(self, card: "StatementCard", steps: int) -> None:
        place = self.cards.index(card) + steps
        if 0 <= place < len(self.cards):
            self.cards[place].setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensureWidgetVisible(self.cards[place])


class StatementCard(QFrame):
    """One statement: when, what, who, what it set, why, on what it stands, whence it came."""

    paper_wanted = Signal(object)

    def __init__(
        self,
        entry: HistoryEntry,
        move: Callable[["StatementCard", int], None],
        *,
        revealed: bool,
    ) -> None:
        super().__init__()
        set_role(self, "entry")
        self.entry, self._revealed, self._move = entry, revealed, move
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(entry_text(entry, revealed=revealed))
        column = QVBoxLayout(self)
        column.setContentsMargins(t.LARGE, t.SMALL, t.LARGE, t.SMALL)
        column.setSpacing(t.TIGHT)
        column.addLayout(_head(entry))
        column.addWidget(_words(f"{entry.at}　{who(entry)}", "quiet"))
        for line in lines_of(entry, revealed=revealed):
            column.addWidget(_set(line))
        if entry.reason:
            column.addWidget(_words(tr("原因：{reason}", reason=entry.reason)))
        if entry.evidence:
            column.addLayout(self._papers(entry.evidence))
        column.addWidget(_words(entry.source, "note"))
        if entry.uncounted:
            column.addWidget(
                StateLabel(State.ATTENTION, tr("不计入：{uncounted}", uncounted=entry.uncounted))
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Move by arrows, copy by the system's key."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(entry_text(self.entry, revealed=self._revealed))
        elif event.key() == Qt.Key.Key_Down:
            self._move(self, 1)
        elif event.key() == Qt.Key.Key_Up:
            self._move(self, -1)
        else:
            super().keyPressEvent(event)

    def _papers(self, evidence: Sequence[Attached]) -> FlowLayout:
        row = FlowLayout()
        row.addWidget(label(tr("材料")))
        for paper in evidence:
            act = partial(self.paper_wanted.emit, paper)
            made = button(_shortened(paper.name), act, role="chip", drawing="documents")
            made.setAccessibleName(paper.name)
            made.setToolTip(tr("{name}：打开一份临时的副本来看", name=paper.name))
            row.addWidget(made)
        return row


def _shortened(name: str) -> str:
    """Return a file's name so short that a card need not be wider than the window; its end stays.

    A chip can not be broken, and what is too wide cuts off every line of the cards.
    """
    return name if len(name) <= _BEGINNING + _END else f"{name[:_BEGINNING]}…{name[-_END:]}"


def _head(entry: HistoryEntry) -> FlowLayout:
    row = FlowLayout()
    for text, role in ((entry.title, "strong"), (entry.round, "quiet")):
        if text:
            row.addWidget(label(text, role))
    return row


def _set(line: Line) -> QLabel:
    """Return a line; what changed stands out by weight and by its words."""
    return _words(line.plain, "strong" if line.before else "")


def _words(text: str, role: str = "") -> QLabel:
    made = label(text, role, wraps=True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
