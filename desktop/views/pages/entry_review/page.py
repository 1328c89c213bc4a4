"""The page 入学审查 of admissions (procedure one)."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.rounds import Procedure
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
from desktop.views.pages.students_desk import Listing, StudentsDesk
from desktop.views.table_models.columns import Column
from desktop.views.widgets.details import Part
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
LISTING: Listing[DeskStudent] = Listing(
    Procedure.ENTRY_REVIEW,
    tr("入学审查名单"),
    COLUMNS,
    filters.FILTERS,
    filters.searched_text,
    tr("姓名、考生号、学号、身份证号末几位、班级"),
    lambda s: s.reviewed.student.identity,
    lambda s: s.subject,
    (
        tr("这个批次还没有新生。"),
        tr("请在“批次名单”里读入录取名单；院部报来的在“收发”里收入。"),
    ),
    tr("这里还没有入学资格审查的批次，请先在“批次名单”里新建。"),
    tr("正在核对审查情况"),
)


@dataclass(frozen=True, slots=True)
class Found:
    """What the page shows, and the colleges whose return has not come back sealed."""

    desk: ReviewDesk
    report: NoShowReport
    unsealed: tuple[str, ...]


class EntryReviewPage(StudentsDesk[Found, DeskStudent]):
    """Where everybody stands and why; what differs from the report; the verdicts."""

    CARD = ENTRY_REVIEW

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, LISTING)
        self.issue = button(tr("下达合格名单…"), self.issue_list, role="primary", drawing="tick")
        self.tools.addWidget(self._chooser)
        self.tools.addWidget(self.issue)
        self.deeds = {what: button(f"{WORDS[what].title}…") for what in _DEEDS}
        for what, made in self.deeds.items():
            made.clicked.connect(lambda _checked=False, one=what: self.decide(one))
        self.build([*self.deeds.values()])

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

    def _read_round(self, session: Session, round_id: str) -> Found:
        colleges = review_board(session, round_id)
        unsealed = tuple(
            one.name for one in colleges if one.office and one.classes and not one.paper_sealed
        )
        return Found(review_desk(session, round_id), no_show_report(session, round_id), unsealed)

    def _students(self, found: Found) -> Sequence[DeskStudent]:
        return found.desk.students

    def _state_of(self, found: Found) -> str:
        return filters.state_sentence(found.desk)

    def _filters_of(self, found: Found, one: DeskStudent) -> set[str]:
        return filters.filters_of(one, report_read=found.desk.report_read)

    def _counts(self, found: Found, students: Sequence[DeskStudent]) -> dict[str, int]:
        return filters.counts(students, report_read=found.desk.report_read)

    def _shown(self, numbers: dict[str, int], *, as_box: bool) -> list[str]:
        return filters.shown(numbers, filters.DIFFERENT if as_box else self.chips.current)

    def _parts(self, found: Found, one: DeskStudent | None) -> Sequence[Part]:
        return parts_of(one) if one else overview(found.desk, found.report)

    def _offer(self) -> None:
        open_ = self._found is not None and self._found.desk.round.open
        self.issue.setEnabled(open_)
        for made in self.deeds.values():
            made.setEnabled(open_)
