"""The page 复查汇总 of admissions (procedure two)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QWidget,
)

from desktop.domain.documents import Document
from desktop.domain.rounds import Procedure, Round
from desktop.procedures.recheck.recheck_approval import closing_reports
from desktop.procedures.recheck.recheck_board import RecheckCollege, recheck_board
from desktop.procedures.recheck.recheck_desk import DeskStudent, RecheckDesk, recheck_desk
from desktop.procedures.recheck.recheck_verdicts import issuing
from desktop.procedures.session import Session
from desktop.procedures.standing.following_gaps import Gap, following_gaps
from desktop.procedures.standing.following_starts import following_starts
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.left_out_words import gap_sentence
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_appearance, current_look
from desktop.views.pages.cards import CASES, RECHECK_DESK, SPELLINGS
from desktop.views.pages.page import Page
from desktop.views.pages.recheck_desk import filters
from desktop.views.pages.recheck_desk.parts import (
    overview,
    parts_of,
    reasons_text,
    standing_text,
    state_of_student,
    verdict_text,
)
from desktop.views.pages.round_chooser import RoundChooser, of_procedure
from desktop.views.recheck_words import next_words, state_sentence
from desktop.views.table_models.columns import Column
from desktop.views.widgets.beside import beside
from desktop.views.widgets.chips import Chips
from desktop.views.widgets.details import Deed, Details
from desktop.views.widgets.record_table import RecordTable
from desktop.views.widgets.texts import button, label
from desktop.views.wizards.cases.opening import OpeningOne, opening_wizard
from desktop.views.wizards.recheck.approving import Approving, approving_wizard
from desktop.views.wizards.recheck.beginning import Beginning, beginning_wizard, fresh_draft
from desktop.views.wizards.recheck.issuing import IssuingDraft, issuing_wizard
from desktop.views.wizards.recheck.taking_back import (
    TakingIn,
    Unapproving,
    VerdictRecall,
    subject_of,
    taking_back_wizard,
    taking_in_wizard,
    unapproving_wizard,
)

D = TypeVar("D")
COLUMNS: tuple[Column[DeskStudent], ...] = (
    Column(tr("姓名"), lambda s: s.one.student.identity.name, width=6),
    Column(tr("情况"), standing_text, width=8, state=state_of_student),
    Column(tr("班级"), lambda s: s.group.name, width=10, may_be_cut=True),
    Column(tr("院部"), lambda s: s.group.college_name, width=8),
    Column(tr("学号"), lambda s: s.one.student.identity.student_number, width=9),
    Column(tr("已下达"), verdict_text, width=6),
    Column(tr("理由"), reasons_text, width=19, may_be_cut=True),
)
_EVERY_COLLEGE = tr("全部院部")
_NO_ROUND = tr("这里还没有入学资格复查的批次，请点“新建复查批次…”。")
_BY_LENGTH = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
_KIND_LETTERS = 8


@dataclass(frozen=True, slots=True)
class _Found:
    """Everything that the page has read of a round."""

    desk: RecheckDesk
    colleges: tuple[RecheckCollege, ...]
    reports: tuple[Document, ...]
    today: str
    gaps: tuple[Gap, ...]


class RecheckDeskPage(Page):
    """Where everybody stands and why; the new round, the approval, the verdicts."""

    CARD = RECHECK_DESK
    STATE_GIVES_WAY = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._found: _Found | None = None
        self._chooser = RoundChooser(desk, of_procedure(Procedure.RECHECK))
        self._chooser.chosen.connect(self._read)
        self.begin = button(tr("新建复查批次…"), self.begin_round, drawing="add")
        self.issue = button(tr("下达结论…"), self.issue_verdicts, role="primary", drawing="tick")
        for tool in (self._chooser, self.begin, self.issue):
            self.tools.addWidget(tool)
        self.approve = button(tr("领导小组审定…"), self.record_approval)
        self.take_in = button(tr("补入晚到学生…"), self.take_latecomers)
        self.take_back = button(tr("收回结论…"), self.take_verdicts_back)
        self.spellings = button(tr("写法认定"), lambda: self.desk.open(SPELLINGS.id))
        self.unapprove = button(tr("撤回审定…"), self.take_approval_back)
        self.next = label(role="strong", wraps=True)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("姓名、学号、考生号、身份证号末几位、班级"))
        self.search.setAccessibleName(tr("查找学生"))
        self.search.setClearButtonEnabled(True)
        self.college = QComboBox()
        self.college.setAccessibleName(tr("院部"))
        self.college.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.chips = Chips(filters.FILTERS)
        self.kind = QComboBox()  # in place of the chips where the text is large
        self.kind.setAccessibleName(tr("筛选"))
        self.table = RecordTable(
            tr("复查名单"), COLUMNS, desk.memory, searched=filters.searched_text
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

    def begin_round(self) -> None:
        """Open the wizard that begins a re-check with everybody who came."""
        self._prepare(lambda session: fresh_draft(session, Procedure.RECHECK), self._begin)

    def issue_verdicts(self) -> None:
        """Open the wizard that tells the registrar."""
        if self._found is None:
            return
        round_ = self._found.desk.round
        self._prepare(
            lambda session: IssuingDraft(round_.id, round_.name, issuing(session, round_.id)),
            lambda draft: self._walk(issuing_wizard(self.desk, draft, self)),
        )

    def record_approval(self) -> None:
        """Open the wizard that records what the leading group has approved."""
        if self._found is None:
            return
        found = self._found
        report = found.reports[0].sha256 if found.reports else ""
        draft = Approving(
            found.desk.round.id,
            found.desk.round.name,
            found.desk.count,
            found.reports,
            found.today,
            report,
        )
        self._walk(approving_wizard(self.desk, draft, self))

    def take_approval_back(self) -> None:
        """Open the wizard that takes the approval back."""
        if self._found and self._found.desk.approval:
            draft = Unapproving(self._found.desk.round.id, self._found.desk.approval)
            self._walk(unapproving_wizard(self.desk, draft, self))

    def take_verdicts_back(self) -> None:
        """Open the wizard that takes verdicts back; who is selected is ticked in it."""
        if self._found is None:
            return
        desk = self._found.desk
        told = tuple(one for one in desk.students if one.one.file.verdict)
        selected = {subject_of(one) for one in self.table.selected}
        chosen = tuple(subject_of(one) for one in told if subject_of(one) in selected)
        self._walk(taking_back_wizard(self.desk, VerdictRecall(desk.round.id, told, chosen), self))

    def take_latecomers(self) -> None:
        """Open the wizard that takes those in who came since."""
        if self._found is None:
            return
        round_ = self._found.desk.round

        def draft_of(session: Session) -> TakingIn:
            starts = following_starts(session, Procedure.RECHECK, round_.id)
            source = starts[0].source.id if starts else ""
            return TakingIn(round_.id, round_.name, starts, source)

        self._prepare(draft_of, lambda draft: self._walk(taking_in_wizard(self.desk, draft, self)))

    def begin_case(self, one: DeskStudent) -> None:
        """Open the wizard that opens a case of a student."""
        if self._found is None:
            return
        cause = reasons_text(one) if "doubtful" in filters.filters_of(one) else ""
        name = one.one.student.identity.name or tr("这名学生")
        draft = OpeningOne(self._found.desk.round.id, subject_of(one), name, cause)
        self._walk(opening_wizard(self.desk, draft, self))

    def _begin(self, draft: Beginning) -> None:
        wizard = beginning_wizard(self.desk, draft, self)
        wizard.completed.connect(
            lambda done: self._chooser.remember(done.begun.id) if done.begun else None
        )
        self._walk(wizard)

    def _walk(self, wizard: QDialog) -> None:
        wizard.finished.connect(self.desk.data_changed)
        wizard.open()

    def _prepare(self, draft_of: Callable[[Session], D], then: Callable[[D], None]) -> None:
        """Read in the background what a wizard begins with, then open it."""
        self.desk.run(
            lambda session, _progress: draft_of(session),
            then,
            self.tell_failure,
            owner=self,
            title=tr("正在准备"),
        )

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
            title=tr("正在汇总复查情况"),
        )

    def _show(self, found: _Found) -> None:
        self._found = found
        self._offer()
        self.tell_state(state_sentence(found.desk))
        chosen = self.college.currentData()
        self.college.clear()
        self.college.addItem(_EVERY_COLLEGE, "")
        for name in dict.fromkeys(one.group.college_name for one in found.desk.students):
            self.college.addItem(name, name)
        self.college.setCurrentIndex(max(self.college.findData(chosen), 0))
        before = self.table.current
        self.table.set_records(found.desk.students)
        self._filter()
        same = [n for n in self.table.records if before and subject_of(n) == subject_of(before)]
        if same:
            self.table.choose(same[0])
        self._tell_details(self.table.current)

    def _offer(self) -> None:
        """Offer what can be done with the round that is in sight."""
        desk = self._found.desk if self._found else None
        open_ = desk is not None and desk.round.open
        for tool in (self.issue, self.approve, self.take_in, self.take_back):
            tool.setEnabled(open_)
        self.unapprove.setVisible(bool(desk and open_ and desk.approval))
        left_out = gap_sentence(self._found.gaps) if self._found else ""
        words = "\n".join(filter(None, [next_words(desk) if desk else "", left_out]))
        self.next.setText(words)
        self.next.setVisible(bool(words))

    def _in_box(self, one: DeskStudent) -> bool:
        return self.college.currentData() in ("", None, one.group.college_name)

    def _filter(self) -> None:
        """Show who stands under the chip and the college; count within the latter."""
        if self._found is None:
            return
        within = [one for one in self._found.desk.students if self._in_box(one)]
        numbers = filters.counts(within)
        self.chips.count(numbers)
        self.chips.show_only(filters.shown(numbers))
        self._offer_kinds(numbers)
        chip = self.chips.current
        self.table.want(lambda n: self._in_box(n) and chip in filters.filters_of(n))

    def _offer_kinds(self, numbers: dict[str, int]) -> None:
        titles = dict(filters.FILTERS)
        self.kind.clear()
        for id_ in filters.shown(numbers):
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
            self.details.tell(overview(self._found.desk, self._found.colleges))
            return
        identity = one.one.student.identity
        number = identity.student_number or identity.exam_number
        look = Deed(
            tr("在“学生”里查看"), lambda: self.desk.open("students", number), drawing="students"
        )
        free = self._found.desk.round.open and all(case.concluded for case in one.cases)
        begin = (lambda: self.begin_case(one)) if free else None
        parts = parts_of(one, lambda case: self.desk.open(CASES.id, case), begin)
        self.details.tell([*parts, look])

    def _build(self) -> None:
        self.table.say_when_empty(
            tr("这个批次还没有学生。"),
            tr("请点“新建复查批次…”，从入学资格审查的批次列入已报到的学生。"),
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
        row, below = QHBoxLayout(), QHBoxLayout()
        row.setSpacing(t.SMALL)
        row.addWidget(self.search, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.kind)
        row.addWidget(self.college)
        below.setSpacing(t.SMALL)
        for made in (
            self.approve,
            self.unapprove,
            self.take_back,
            self.take_in,
            self.spellings,
        ):
            below.addWidget(made)
        below.addStretch()
        self.body.addWidget(self.next)
        self.body.addLayout(row)
        self.body.addWidget(self.chips)
        self.body.addWidget(beside(self.table, self.details, (5, 2)), 1)
        self.body.addLayout(below)
        self._make_filters_fit()


def _read_all(session: Session, round_id: str) -> _Found:
    return _Found(
        recheck_desk(session, round_id),
        recheck_board(session, round_id),
        closing_reports(session, round_id),
        session.today().isoformat(),
        following_gaps(session, round_id),
    )
