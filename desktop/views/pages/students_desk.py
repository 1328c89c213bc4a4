"""A page with every student of a round: searched, filtered, by college, with details beside."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHBoxLayout, QLineEdit, QWidget

from desktop.domain.rounds import ClassGroup, Procedure, Round
from desktop.domain.students import Identity
from desktop.procedures.session import Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_appearance, current_look
from desktop.views.pages.page import Page
from desktop.views.pages.round_chooser import RoundChooser, of_procedure
from desktop.views.table_models.columns import Column
from desktop.views.widgets.beside import beside
from desktop.views.widgets.chips import Chips
from desktop.views.widgets.details import Deed, Details, Part
from desktop.views.widgets.record_table import RecordTable

_EVERY_COLLEGE = tr("全部院部")
_BY_LENGTH = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
_KIND_LETTERS = 8


class Listed(Protocol):
    """A student on such a page."""

    @property
    def group(self) -> ClassGroup:
        """The class."""


F = TypeVar("F")
S = TypeVar("S", bound=Listed)


@dataclass(frozen=True, slots=True)
class Listing(Generic[S]):
    """What such a page lists, as data.

    Attributes:
        procedure: whose rounds can be chosen.
        name: of the table, for who hears it.
        columns: of the table.
        filters: id and title of each, the first of them for everybody.
        filters_of: under which of them a student stands.
        searched: everything by which a student is found.
        search_hint: what may be typed.
        identity: of a student.
        subject: of a student.
        empty: what an empty table says, and what is to be done.
        no_round: what the page says where there is no round yet.
        reading: the title of the work that reads a round.
    """

    procedure: Procedure
    name: str
    columns: Sequence[Column[S]]
    filters: Sequence[tuple[str, str]]
    searched: Callable[[S], str]
    search_hint: str
    identity: Callable[[S], Identity]
    subject: Callable[[S], str]
    empty: tuple[str, str]
    no_round: str
    reading: str


class StudentsDesk(Page, Generic[F, S]):
    """Where everybody stands and why; a page of it adds what can be done.

    ``F`` is what is read of a round, None while there is nothing. A page calls ``build`` when its
    own widgets are made; it can be opened at a filter, or at a word that is searched.
    """

    STATE_GIVES_WAY = True

    def __init__(self, desk: Desk, listing: Listing[S]) -> None:
        super().__init__(desk)
        self._listing = listing
        self._found: F | None = None
        self._chooser = RoundChooser(desk, of_procedure(listing.procedure))
        self._chooser.chosen.connect(self._read)
        self.search = QLineEdit()
        self.search.setPlaceholderText(listing.search_hint)
        self.search.setAccessibleName(tr("查找学生"))
        self.search.setClearButtonEnabled(True)
        self.college = QComboBox()
        self.college.setAccessibleName(tr("院部"))
        self.college.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.chips = Chips(listing.filters)
        self.kind = QComboBox()  # in place of the chips where the text is large
        self.kind.setAccessibleName(tr("筛选"))
        self.table = RecordTable(
            listing.name, listing.columns, desk.memory, searched=listing.searched
        )
        self.table.leave_columns_out()
        self.details = Details(tr("这名学生的情况"), tr("选择一名学生，这里会列出全部理由。"))

    @property
    def begins_at(self) -> QWidget:
        """Where the keyboard begins."""
        return self.table

    def open_at(self, argument: str) -> None:
        """Show what a filter, a college or a word names."""
        if argument in dict(self._listing.filters):
            self.chips.choose(argument)
        elif argument:
            self.search.setText(argument)
        self.refresh()

    def refresh(self) -> None:
        """Read the rounds; the chosen one is then read."""
        self._chooser.refresh()

    @abstractmethod
    def _read_round(self, session: Session, round_id: str) -> F:
        """Read everything that the page shows of a round, on the worker."""

    @abstractmethod
    def _students(self, found: F) -> Sequence[S]:
        """Return everybody, in class order."""

    @abstractmethod
    def _state_of(self, found: F) -> str:
        """Say in one sentence how the round stands."""

    @abstractmethod
    def _filters_of(self, found: F, one: S) -> set[str]:
        """Return every filter under which a student stands."""

    @abstractmethod
    def _counts(self, found: F, students: Sequence[S]) -> dict[str, int]:
        """Return how many students stand under each filter."""

    @abstractmethod
    def _shown(self, numbers: dict[str, int], *, as_box: bool) -> list[str]:
        """Return the filters worth showing, as chips or in the box that stands for them."""

    @abstractmethod
    def _parts(self, found: F, one: S | None) -> Sequence[Part]:
        """Return what stands beside: of a student, or of the round where none is chosen."""

    @abstractmethod
    def _offer(self) -> None:
        """Offer what can be done with the round that is in sight."""

    def build(self, deeds: Sequence[QWidget], above: QWidget | None = None) -> None:
        """Put everything in its place, what can be done below the table."""
        self._connect()
        row, below = QHBoxLayout(), QHBoxLayout()
        row.setSpacing(t.SMALL)
        row.addWidget(self.search, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.kind)
        row.addWidget(self.college)
        below.setSpacing(t.SMALL)
        for one in deeds:
            below.addWidget(one)
        below.addStretch()
        if above:
            self.body.addWidget(above)
        self.body.addLayout(row)
        self.body.addWidget(self.chips)
        self.body.addWidget(beside(self.table, self.details, (5, 2)), 1)
        self.body.addLayout(below)
        self._make_filters_fit()

    def _connect(self) -> None:
        self.table.say_when_empty(*self._listing.empty)
        self.table.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.search.textChanged.connect(self.table.search)
        self.search.returnPressed.connect(self.table.begin)
        self.college.activated.connect(self._filter)
        self.chips.chosen.connect(lambda _chip: self._filter())
        self.kind.setSizeAdjustPolicy(_BY_LENGTH)
        self.kind.setMinimumContentsLength(_KIND_LETTERS)
        self.kind.activated.connect(lambda _place: self.chips.choose(self.kind.currentData()))
        current_appearance().changed.connect(self._make_filters_fit)
        self.table.current_changed.connect(self._tell_details)

    def _read(self, round_: Round | None) -> None:
        if round_ is None:
            self._found = None
            self._offer()
            self.tell_state(self._listing.no_round)
            self.table.set_records([])
            return
        self.desk.run(
            lambda session, _progress: self._read_round(session, round_.id),
            self._show,
            self.tell_failure,
            owner=self,
            title=self._listing.reading,
        )

    def _show(self, found: F) -> None:
        self._found = found
        self._offer()
        self.tell_state(self._state_of(found))
        students, subject = self._students(found), self._listing.subject
        chosen = self.college.currentData()
        self.college.clear()
        self.college.addItem(_EVERY_COLLEGE, "")
        for name in dict.fromkeys(one.group.college_name for one in students):
            self.college.addItem(name, name)
        self.college.setCurrentIndex(max(self.college.findData(chosen), 0))
        before = self.table.current
        self.table.set_records(students)
        self._filter()
        same = [n for n in self.table.records if before and subject(n) == subject(before)]
        if same:
            self.table.choose(same[0])
        self._tell_details(self.table.current)

    def _in_box(self, one: S) -> bool:
        return self.college.currentData() in ("", None, one.group.college_name)

    def _filter(self) -> None:
        """Show who stands under the chip and the college; count within the latter."""
        if (found := self._found) is None:
            return
        numbers = self._counts(found, [n for n in self._students(found) if self._in_box(n)])
        self.chips.count(numbers)
        chip = self.chips.current
        self.chips.show_only(self._shown(numbers, as_box=False))
        self._offer_kinds(numbers)
        self.table.want(lambda n: self._in_box(n) and chip in self._filters_of(found, n))

    def _offer_kinds(self, numbers: dict[str, int]) -> None:
        titles = dict(self._listing.filters)
        self.kind.clear()
        for id_ in self._shown(numbers, as_box=True):
            self.kind.addItem(f"{titles[id_]} {numbers[id_]:,}", id_)
        self.kind.setCurrentIndex(max(self.kind.findData(self.chips.current), 0))

    def _make_filters_fit(self) -> None:
        """Let a box stand for the chips where their lines would leave no room for students."""
        self.kind.setVisible(current_look().large)
        self.chips.setVisible(not current_look().large)

    def _tell_details(self, one: S | None) -> None:
        if self._found is None:
            self.details.say_nothing()
            return
        parts = [*self._parts(self._found, one)]
        if one is not None:
            identity = self._listing.identity(one)
            number = identity.student_number or identity.exam_number
            look = Deed(
                tr("在“学生”里查看"),
                lambda: self.desk.open("students", number),
                drawing="students",
            )
            parts.append(look)
        self.details.tell(parts)
