"""The page 入学审查 of admissions (procedure one)."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHBoxLayout, QLineEdit, QWidget

from desktop.domain.rounds import Procedure, Round
from desktop.procedures.entry_review.review_board import review_board
from desktop.procedures.entry_review.review_desk import (
    DeskStudent,
    NoShowReport,
    ReviewDesk,
    no_show_report,
    review_desk,
)
from desktop.procedures.session import Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_appearance, current_look
from desktop.views.pages.cards import ENTRY_REVIEW
from desktop.views.pages.entry_review import filters
from desktop.views.pages.entry_review.parts import (
    overview,
    parts_of,
    reasons_text,
    standing_text,
    state_of_student,
    verdict_text,
)
from desktop.views.pages.page import Page
from desktop.views.pages.round_chooser import RoundChooser, of_procedure
from desktop.views.table_models.columns import Column
from desktop.views.widgets.beside import beside
from desktop.views.widgets.chips import Chips
from desktop.views.widgets.details import Deed, Details
from desktop.views.widgets.record_table import RecordTable
from desktop.views.widgets.texts import button
from desktop.views.wizards.review_verdicts.deciding import (
    WORDS,
    Deciding,
    What,
    deciding_wizard,
    offered,
)
from desktop.views.wizards.review_verdicts.qualified import Qualified, qualified_wizard

COLUMNS: tuple[Column[DeskStudent], ...] = (
    Column(tr("姓名"), lambda s: s.reviewed.student.identity.name, width=6),
    Column(tr("情况"), standing_text, width=9, state=state_of_student),
    Column(tr("班级"), lambda s: s.group.name, width=10, may_be_cut=True),
    Column(tr("院部"), lambda s: s.group.college_name, width=8),
    Column(tr("考生号"), lambda s: s.reviewed.student.identity.exam_number, width=9),
    Column(tr("已下达"), verdict_text, width=6),
    Column(tr("理由"), reasons_text, width=19, may_be_cut=True),
)
_DEEDS = (What.GIVEN_UP, What.KEPT, What.FAILED, What.TAKEN_BACK)
_EVERY_COLLEGE = tr("全部院部")
_NO_ROUND = tr("这里还没有入学资格审查的批次，请先在“批次名单”里新建。")
_BY_LENGTH = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
_KIND_LETTERS = 8


@dataclass(frozen=True, slots=True)
class Found:
    """What the page shows, and the colleges whose return has not come back sealed."""

    desk: ReviewDesk
    report: NoShowReport
    unsealed: tuple[str, ...]


class EntryReviewPage(Page):
    """Where everybody stands and why; what differs from the report; the verdicts."""

    CARD = ENTRY_REVIEW
    STATE_GIVES_WAY = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._found: Found | None = None
        self._chooser = RoundChooser(desk, of_procedure(Procedure.ENTRY_REVIEW))
        self._chooser.chosen.connect(self._read)
        self.issue = button(tr("下达合格名单…"), self.issue_list, role="primary", drawing="tick")
        self.tools.addWidget(self._chooser)
        self.tools.addWidget(self.issue)
        self.deeds = {what: button(f"{WORDS[what].title}…") for what in _DEEDS}
        for what, made in self.deeds.items():
            made.clicked.connect(lambda _checked=False, one=what: self.decide(one))
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("姓名、考生号、学号、身份证号末几位、班级"))
        self.search.setAccessibleName(tr("查找学生"))
        self.search.setClearButtonEnabled(True)
        self.college = QComboBox()
        self.college.setAccessibleName(tr("院部"))
        self.college.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.chips = Chips(filters.FILTERS)
        self.kind = QComboBox()  # in place of the chips where the text is large
        self.kind.setAccessibleName(tr("筛选"))
        self.table = RecordTable(
            tr("入学审查名单"), COLUMNS, desk.memory, searched=filters.searched_text
        )
        self.table.leave_columns_out()
        self.details = Details(tr("这名学生的情况"), tr("选择一名学生，这里会列出全部理由。"))
        self._build()

    @property
    def begins_at(self) -> QWidget:
        """Where the keyboard begins."""
        return self.table

    def open_at(self, argument: str) -> None:
        """Show what a filter, a college or a word names."""
        if argument in dict(filters.FILTERS):
            self.chips.choose(argument)
        elif argument:
            self.search.setText(argument)
        self.refresh()

    def refresh(self) -> None:
        """Read the rounds; the chosen one is then read."""
        self._chooser.refresh()

    def issue_list(self) -> None:
        """Open the wizard that tells the registrar who is qualified."""
        if self._found is None:
            return
        desk = self._found.desk
        college = str(self.college.currentData() or "")
        draft = Qualified(
            desk.round.id,
            desk.round.name,
            desk.students,
            college,
            unsealed=self._found.unsealed,
        )
        wizard = qualified_wizard(self.desk, draft, self)
        wizard.finished.connect(self.desk.data_changed)
        wizard.open()

    def decide(self, what: What) -> None:
        """Open the wizard of a verdict by name; who is selected in the table is ticked in it."""
        if self._found is None:
            return
        desk = self._found.desk
        students = offered(what, desk.students)
        selected = {one.subject for one in self.table.selected}
        chosen = tuple(one.subject for one in students if one.subject in selected)
        wizard = deciding_wizard(self.desk, Deciding(what, desk.round.id, students, chosen), self)
        wizard.finished.connect(self.desk.data_changed)
        wizard.open()

    def _read(self, round_: Round | None) -> None:
        if round_ is None:
            self._found = None
            self._offer()
            self.tell_state(_NO_ROUND)
            self.table.set_records([])
            return
        self.desk.run(
            lambda session, _progress: _read_all(session, round_.id),
            self._show,
            self.tell_failure,
            owner=self,
            title=tr("正在核对审查情况"),
        )

    def _show(self, found: Found) -> None:
        self._found = found
        desk = found.desk
        self._offer()
        self.tell_state(filters.state_sentence(desk))
        chosen = self.college.currentData()
        self.college.clear()
        self.college.addItem(_EVERY_COLLEGE, "")
        for name in dict.fromkeys(one.group.college_name for one in desk.students):
            self.college.addItem(name, name)
        self.college.setCurrentIndex(max(self.college.findData(chosen), 0))
        before = self.table.current
        self.table.set_records(desk.students)
        self._filter()
        same = [n for n in self.table.records if before and n.subject == before.subject]
        if same:
            self.table.choose(same[0])
        self._tell_details(self.table.current)

    def _offer(self) -> None:
        open_ = self._found is not None and self._found.desk.round.open
        self.issue.setEnabled(open_)
        for made in self.deeds.values():
            made.setEnabled(open_)

    def _in_box(self, one: DeskStudent) -> bool:
        return self.college.currentData() in ("", None, one.group.college_name)

    def _filter(self) -> None:
        """Show who stands under the chip and the college; count within the latter."""
        if self._found is None:
            return
        desk = self._found.desk
        read = desk.report_read
        within = [one for one in desk.students if self._in_box(one)]
        numbers = filters.counts(within, report_read=read)
        self.chips.count(numbers)
        chip = self.chips.current
        self.chips.show_only(filters.shown(numbers, chip))
        self._offer_kinds(numbers)
        self.table.want(
            lambda n: self._in_box(n) and chip in filters.filters_of(n, report_read=read)
        )

    def _offer_kinds(self, numbers: dict[str, int]) -> None:
        titles = dict(filters.FILTERS)
        self.kind.clear()
        for id_ in filters.shown(numbers, filters.DIFFERENT):
            self.kind.addItem(f"{titles[id_]} {numbers[id_]:,}", id_)
        self.kind.setCurrentIndex(max(self.kind.findData(self.chips.current), 0))

    def _make_filters_fit(self) -> None:
        """Let a box stand for the chips where their lines would leave no room for students."""
        self.kind.setVisible(current_look().large)
        self.chips.setVisible(not current_look().large)

    def _tell_details(self, one: DeskStudent | None) -> None:
        if self._found is None:
            self.details.say_nothing()
            return
        if one is None:
            self.details.tell(overview(self._found.desk, self._found.report))
            return
        name = one.reviewed.student.identity.student_number
        number = name or one.reviewed.student.identity.exam_number
        look = Deed(
            tr("在“学生”里查看"), lambda: self.desk.open("students", number), drawing="students"
        )
        self.details.tell([*parts_of(one), look])

    def _build(self) -> None:
        self.table.say_when_empty(
            tr("这个批次还没有新生。"),
            tr("请在“批次名单”里读入录取名单；院部报来的在“收发”里收入。"),
        )
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
        row = QHBoxLayout()
        row.setSpacing(t.SMALL)
        row.addWidget(self.search, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.kind)
        row.addWidget(self.college)
        below = QHBoxLayout()
        below.setSpacing(t.SMALL)
        for made in self.deeds.values():
            below.addWidget(made)
        below.addStretch()
        self.body.addLayout(row)
        self.body.addWidget(self.chips)
        self.body.addWidget(beside(self.table, self.details, (5, 2)), 1)
        self.body.addLayout(below)
        self._make_filters_fit()


def _read_all(session: Session, round_id: str) -> Found:
    colleges = review_board(session, round_id)
    unsealed = tuple(
        one.name for one in colleges if one.office and one.classes and not one.paper_sealed
    )
    return Found(review_desk(session, round_id), no_show_report(session, round_id), unsealed)
