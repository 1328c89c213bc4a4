"""The base of the steps that show what was found: in groups, a table with the details beside it."""

from collections import Counter
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.widgets.beside import beside
from desktop.views.widgets.chips import Chips
from desktop.views.widgets.details import Details, Part
from desktop.views.widgets.flow_layout import FlowLayout
from desktop.views.widgets.record_table import RecordTable
from desktop.views.widgets.texts import button, label
from desktop.views.wizards.frame import StepPage


class Line(Protocol):
    """A row of such a table."""

    @property
    def group(self) -> str:
        """The group in which it is shown."""


D = TypeVar("D")
L = TypeVar("L", bound=Line)


@dataclass(frozen=True)
class Found(Generic[D, L]):
    """What a step shows, as functions of its draft.

    Attributes:
        question: what is asked.
        groups: ids and titles; what needs a person first.
        what: everything that was found; another one begins anew.
        sentence: what is said above the table.
        lines: the rows of the table.
        parts: what is said of one row beside it, and what can be done with it.
    """

    question: str
    groups: Sequence[tuple[str, str]]
    what: Callable[[D], object]
    sentence: Callable[[D], str]
    lines: Callable[[D], Sequence[L]]
    parts: Callable[[L], Sequence[Part]]


class GroupsStep(StepPage[D], Generic[D, L]):
    """What was found, group by group; nothing was written yet."""

    def __init__(
        self,
        found: Found[D, L],
        draft: D,
        table: RecordTable[L],
        details: Details,
        side: QWidget | None = None,
    ) -> None:
        super().__init__()
        self._found, self._draft = found, draft
        self._sentence = label(wraps=True)
        self.chips = Chips(found.groups)
        self.table, self.details = table, details
        self._under = FlowLayout()
        self._deeds: list[tuple[QPushButton, Set[str]]] = []
        self.chips.chosen.connect(self._filter)
        table.current_changed.connect(lambda _line: self._tell())
        self._build(side or details)

    @property
    def begins_at(self) -> QWidget:
        """Where the keyboard begins."""
        return self.table

    @property
    def sentence(self) -> str:
        """The sentence in sight."""
        return self._sentence.text()

    def offer_for_many(self, text: str, act: Callable[[], None], groups: Set[str]) -> None:
        """Offer something to do with the selected rows of some groups."""
        made = button(text, act)
        made.setToolTip(tr("按住 Ctrl 或 Shift 可以选多行，Ctrl+A 全选"))
        self._under.addWidget(made)
        self._deeds.append((made, groups))

    def show_draft(self, draft: D) -> None:
        """Show what was found, beginning with what needs a person."""
        fresh = self._found.what(draft) is not self._found.what(self._draft)
        self._draft = draft
        lines = self._show()
        if fresh:
            self._offer(lines)
        self._begin()

    def decided(self, draft: D) -> None:
        """Show what was decided here, and hand it on."""
        self._draft = draft
        self._show()
        self._tell()
        self.changed.emit()

    def _show(self) -> Sequence[L]:
        lines = self._found.lines(self._draft)
        self._sentence.setText(self._found.sentence(self._draft))
        self.table.set_records(lines)
        return lines

    def _offer(self, lines: Sequence[L]) -> None:
        """Offer the groups that there are."""
        counts = Counter(line.group for line in lines)
        ids = [id_ for id_, _ in self._found.groups]
        self.chips.count({id_: counts[id_] for id_ in ids})
        filled = [id_ for id_ in ids if counts[id_]] or ids[:1]
        with QSignalBlocker(self.chips):
            self.chips.choose(filled[0])
            self.chips.offer(filled)
        self._want(self.chips.current)

    def _filter(self, group: str) -> None:
        self._want(group)
        self.table.fit_columns()  # other groups have other things to say
        self._begin()

    def _want(self, group: str) -> None:
        self.table.want(lambda line: line.group == group)
        for made, groups in self._deeds:
            made.setVisible(group in groups)

    def _begin(self) -> None:
        """Make the first row current where none is."""
        if self.table.current is None:
            self.table.view.selectRow(0)

    def _tell(self) -> None:
        line = self.table.current
        if line is None:
            self.details.say_nothing()
        else:
            self.details.tell(self._found.parts(line))

    def _build(self, side: QWidget) -> None:
        left = QWidget()
        rows = QVBoxLayout(left)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(t.SMALL)
        rows.addWidget(self.table, 1)
        rows.addLayout(self._under)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(t.SMALL)
        layout.addWidget(label(self._found.question, "heading", wraps=True))
        layout.addWidget(label(tr("现在还没有写入任何内容。"), "quiet", wraps=True))
        layout.addWidget(self._sentence)
        layout.addWidget(self.chips)
        layout.addWidget(beside(left, side), 1)
