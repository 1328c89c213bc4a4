"""A page with every class of a round: filters, a table, and beside it the one thing to do next."""

from abc import abstractmethod
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.rounds import ClassGroup, Procedure, Round
from desktop.procedures.session import Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.pages.page import Page
from desktop.views.pages.round_chooser import RoundChooser, of_procedure
from desktop.views.table_models.columns import Column
from desktop.views.widgets.chips import Chips
from desktop.views.widgets.record_table import RecordTable


class Line(Protocol):
    """A class on such a page."""

    @property
    def group(self) -> ClassGroup:
        """The class."""


L = TypeVar("L", bound=Line)


@dataclass(frozen=True, slots=True)
class Classes(Generic[L]):
    """What such a page lists, as data.

    Attributes:
        procedure: whose rounds can be chosen.
        columns: of the table.
        filters: id and title of each, the first of them for all.
        filter_of: under which of them a class stands.
        state_of: how the classes stand, in one sentence, and whether there is a round at all.
        todo: what is to be done where there is none.
        called: what a class is called by whoever opens the page at it.
    """

    procedure: Procedure
    columns: Sequence[Column[L]]
    filters: Sequence[tuple[str, str]]
    filter_of: Callable[[L], str]
    state_of: Callable[[list[L], bool], str]
    todo: str
    called: Callable[[L], str]


class ClassesPage(Page, Generic[L]):
    """All classes. It can be opened at a filter's id, or at a class."""

    def __init__(self, desk: Desk, classes: Classes[L]) -> None:
        super().__init__(desk)
        self._classes = classes
        self._all, _ = classes.filters[0]
        self._lines: list[L] = []
        self._round: Round | None = None
        self._wanted = ""
        self._chooser = RoundChooser(desk, of_procedure(classes.procedure))
        self._chooser.chosen.connect(self._read)
        self.chips = Chips(classes.filters)
        self.chips.chosen.connect(self._filter)
        self.table = RecordTable(tr("班级"), classes.columns, desk.memory, unit=tr("个班"))
        self.table.leave_columns_out()
        self.table.activated.connect(self.do_next)
        self.table.current_changed.connect(self._show_current)

    @property
    def begins_at(self) -> QWidget:
        """Where the keyboard begins."""
        return self.table

    def open_at(self, argument: str) -> None:
        """Show the classes: those of a filter where one is named, or all with a class chosen."""
        is_class = argument not in ("", *dict(self._classes.filters))
        self._wanted = argument if is_class else ""
        self.chips.choose(self._all if is_class else argument)
        self.refresh()

    def refresh(self) -> None:
        """Read the classes of the chosen round."""
        self._chooser.refresh()

    @abstractmethod
    def do_next(self, line: L) -> None:
        """Go where the next action of a class is done."""

    @abstractmethod
    def _lines_of(self, session: Session, round_id: str) -> list[L]:
        """Read the classes of a round, on the worker."""

    @abstractmethod
    def _show_current(self, line: L | None) -> None:
        """Show beside the table what there is to know of a class."""

    def _put(self, beside: QWidget) -> None:
        """Put everything in its place."""
        row = QHBoxLayout()
        row.setSpacing(t.LARGE)
        row.addWidget(self.table, 1)
        row.addWidget(beside)
        self.body.addWidget(self.chips)
        self.body.addLayout(row, 1)

    def _read(self, round_: Round | None) -> None:
        if round_ != self._round:
            self._round = None  # until its classes are here: those in sight are of another
        if round_ is None:
            self._show([])
            return
        self.desk.run(
            lambda session, _progress: self._lines_of(session, round_.id),
            lambda lines: self._show_round(round_, lines),
            self.tell_failure,
            owner=self,
            title=tr("正在读取班级进度"),
        )

    def _show_round(self, round_: Round, lines: list[L]) -> None:
        self._round = round_
        self._show(lines)

    def _show(self, lines: list[L]) -> None:
        called = self._classes.called
        current = next((line for line in lines if called(line) == self._wanted), self.table.current)
        self._lines, self._wanted = lines, ""
        counts = Counter(map(self._classes.filter_of, lines))
        numbers = {id_: counts[id_] for id_, _title in self._classes.filters[1:]}
        self.chips.count({self._all: len(lines), **numbers})
        state = self._classes.state_of(lines, self._round is not None)
        self.table.say_when_empty(state, self._classes.todo)
        self.table.set_records(lines)
        self._choose_again(current.group.id if current else "")
        self.tell_state(state)

    def _choose_again(self, class_id: str) -> None:
        """Make the same class the current one, changed as it may be; else the first."""
        shown = self.table.records
        places = [place for place, line in enumerate(shown) if line.group.id == class_id]
        if shown:
            self.table.view.selectRow(places[0] if places else 0)
        self._show_current(self.table.current)

    def _filter(self, chip: str) -> None:
        filter_of = self._classes.filter_of
        self.table.want(None if chip == self._all else lambda line: filter_of(line) == chip)
