"""The page 复查汇总 of admissions (procedure two)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtWidgets import QDialog

from desktop.domain.documents import Document
from desktop.domain.rounds import Procedure
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
from desktop.views.pages.cards import CASES, RECHECK_DESK, SPELLINGS
from desktop.views.pages.recheck_desk import filters
from desktop.views.pages.recheck_desk.parts import (
    overview,
    parts_of,
    reasons_text,
    standing_text,
    state_of_student,
    verdict_text,
)
from desktop.views.pages.students_desk import Listing, StudentsDesk
from desktop.views.recheck_words import next_words, state_sentence
from desktop.views.table_models.columns import Column
from desktop.views.widgets.details import Part
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
LISTING: Listing[DeskStudent] = Listing(
    Procedure.RECHECK,
    tr("复查名单"),
    COLUMNS,
    filters.FILTERS,
    filters.searched_text,
    tr("姓名、学号、考生号、身份证号末几位、班级"),
    lambda s: s.one.student.identity,
    subject_of,
    (
        tr("这个批次还没有学生。"),
        tr("请点“新建复查批次…”，从入学资格审查的批次列入已报到的学生。"),
    ),
    tr("这里还没有入学资格复查的批次，请点“新建复查批次…”。"),
    tr("正在汇总复查情况"),
)


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that the page has read of a round."""

    desk: RecheckDesk
    colleges: tuple[RecheckCollege, ...]
    reports: tuple[Document, ...]
    today: str
    gaps: tuple[Gap, ...]


class RecheckDeskPage(StudentsDesk[Found, DeskStudent]):
    """Where everybody stands and why; the new round, the approval, the verdicts."""

    CARD = RECHECK_DESK

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, LISTING)
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
        self.build(
            [self.approve, self.unapprove, self.take_back, self.take_in, self.spellings], self.next
        )

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

    def _read_round(self, session: Session, round_id: str) -> Found:
        return Found(
            recheck_desk(session, round_id),
            recheck_board(session, round_id),
            closing_reports(session, round_id),
            session.today().isoformat(),
            following_gaps(session, round_id),
        )

    def _students(self, found: Found) -> Sequence[DeskStudent]:
        return found.desk.students

    def _state_of(self, found: Found) -> str:
        return state_sentence(found.desk)

    def _filters_of(self, _found: Found, one: DeskStudent) -> set[str]:
        return filters.filters_of(one)

    def _counts(self, _found: Found, students: Sequence[DeskStudent]) -> dict[str, int]:
        return filters.counts(students)

    def _shown(self, numbers: dict[str, int], *, as_box: bool) -> list[str]:
        del as_box  # the same in both
        return filters.shown(numbers)

    def _parts(self, found: Found, one: DeskStudent | None) -> Sequence[Part]:
        if one is None:
            return overview(found.desk, found.colleges)
        free = found.desk.round.open and all(case.concluded for case in one.cases)
        begin = (lambda: self.begin_case(one)) if free else None
        return parts_of(one, lambda case: self.desk.open(CASES.id, case), begin)

    def _offer(self) -> None:
        desk = self._found.desk if self._found else None
        open_ = desk is not None and desk.round.open
        for tool in (self.issue, self.approve, self.take_in, self.take_back):
            tool.setEnabled(open_)
        self.unapprove.setVisible(bool(desk and open_ and desk.approval))
        left_out = gap_sentence(self._found.gaps) if self._found else ""
        words = "\n".join(filter(None, [next_words(desk) if desk else "", left_out]))
        self.next.setText(words)
        self.next.setVisible(bool(words))
