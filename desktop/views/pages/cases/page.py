"""The page 专项核查 of colleges and admissions (细则 二(三)4)."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QWidget

from desktop.domain.histories import Attached
from desktop.domain.recheck import RECHECK_VERDICT_TITLES
from desktop.domain.rounds import Procedure, Round
from desktop.domain.written_papers import PaperKind
from desktop.procedures.cases.case_files import Case, CaseDesk, Note, case_desk
from desktop.procedures.overview.histories import read_evidence
from desktop.procedures.recheck.recheck_verdicts import enrolled_students
from desktop.procedures.session import Session
from desktop.views.desk import Desk
from desktop.views.dialogs.evidence import EvidenceDialog
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.pages.cards import CASES
from desktop.views.pages.cases import lines
from desktop.views.pages.cases.lines import CaseLine
from desktop.views.pages.cases.parts import Acts, note_words, parts_of
from desktop.views.pages.page import Page
from desktop.views.pages.round_chooser import RoundChooser, of_procedure
from desktop.views.widgets.beside import beside
from desktop.views.widgets.chips import Chips
from desktop.views.widgets.details import Details
from desktop.views.widgets.record_table import RecordTable
from desktop.views.widgets.texts import button
from desktop.views.wizards.cases.concluding import Concluding, concluding_wizard
from desktop.views.wizards.cases.noting import Noting, noting_wizard
from desktop.views.wizards.cases.opening import (
    NO,
    YES,
    OpeningOne,
    OpeningSuggested,
    opening_wizard,
    subject_of,
    suggested_wizard,
)
from desktop.views.wizards.cases.reasons import CaseDeed, What, case_deed_wizard

_NO_ROUND = tr("这里还没有入学资格复查的批次。")

_NOBODY_WAITS = tr(
    "现在没有等待立案的疑点。没有疑点也要核查的（例如接到举报），由招生工作处在“复查汇总”里选中学生立案。"
)


class CasesPage(Page):
    """Who is looked into, what was found, how it ended."""

    CARD = CASES
    STATE_GIVES_WAY = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._round: Round | None = None
        self._found: CaseDesk | None = None
        self._enrolled: frozenset[str] = frozenset()
        self._today = self._wanted = ""
        self._chooser = RoundChooser(desk, of_procedure(Procedure.RECHECK))
        self._chooser.chosen.connect(self._read)
        self.begin = button(tr("立案核查…"), self.begin_cases, role="primary", drawing="add")
        self.tools.addWidget(self._chooser)
        self.tools.addWidget(self.begin)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("姓名、学号、考生号、编号、班级"))
        self.search.setAccessibleName(tr("查找专项核查"))
        self.search.setClearButtonEnabled(True)
        self.chips = Chips(lines.FILTERS)
        self.table = RecordTable(
            tr("专项核查"), lines.COLUMNS, desk.memory, unit=tr("件"), searched=lines.searched_text
        )
        self.table.leave_columns_out()
        self.details = Details(
            tr("这件专项核查"), tr("选择一件，这里会列出核查记录、证据材料和可以办理的事。")
        )
        self._build()

    @property
    def begins_at(self) -> QWidget:
        """Where the keyboard begins."""
        return self.table

    def open_at(self, argument: str) -> None:
        """Show what a filter, a case's number or a word names."""
        if argument in dict(lines.FILTERS):
            self.search.clear()
            self.chips.choose(argument)
        elif argument:
            self.chips.choose(lines.ALL)
            self.search.setText(argument)
            self._wanted = argument
        self.refresh()

    def refresh(self) -> None:
        """Read the rounds; the chosen one is then read."""
        self._chooser.refresh()

    def begin_cases(self) -> None:
        """Open the wizard that opens cases; who is in the table now is ticked in it."""
        if self._round is None or self._found is None:
            return
        current = self.table.current
        chosen = tuple(
            subject_of(one)
            for one in self._found.suggested
            if current is None or current.case or current.subject == subject_of(one)
        )
        draft = OpeningSuggested(self._round.id, self._found.suggested, chosen)
        self._walk(suggested_wizard(self.desk, draft, self))

    def begin_one(self, line: CaseLine) -> None:
        """Open the wizard that opens a case of one student, with the doubt as its cause."""
        if self._round is None:
            return
        draft = OpeningOne(
            self._round.id, line.subject, line.name, line.cause, YES if line.important else NO
        )
        self._walk(opening_wizard(self.desk, draft, self))

    def note(self, case: Case) -> None:
        """Open the wizard that writes something down."""
        if self._round is None:
            return
        draft = Noting(self._round.id, case.number, case.student.identity.name, self._today)
        self._walk(noting_wizard(self.desk, draft, self))

    def conclude(self, case: Case) -> None:
        """Open the wizard that concludes a case."""
        if self._round is None:
            return
        draft = Concluding(
            self._round.id,
            case.number,
            case.student.identity.name,
            case.important,
            self._today,
            enrolled=case.student.subject in self._enrolled,
        )
        self._walk(concluding_wizard(self.desk, draft, self))

    def deed(self, case: Case, what: What, note: Note | None = None) -> None:
        """Open a wizard that asks for one text."""
        if self._round is None:
            return
        draft = CaseDeed(
            what,
            self._round.id,
            case.number,
            case.student.identity.name,
            text=case.findings if what is What.FINDINGS else "",
            note=note.number if note else "",
            told=note_words(note) if note else "",
        )
        self._walk(case_deed_wizard(self.desk, draft, self))

    def show_evidence(self, attached: Attached) -> None:
        """Show a file that belongs to a case."""
        self.desk.run(
            lambda session, _progress: read_evidence(session, attached.sha256),
            lambda data: EvidenceDialog(attached, data, self).show(),
            self.tell_failure,
            owner=self,
            title=tr("正在打开材料"),
        )

    def open_paper(self, case: Case) -> None:
        """Go to where the written material of a case is printed, or saved for Word."""
        if self._round:
            self._chooser.remember(self._round.id)
            self.desk.open("review_papers", f"{PaperKind.CASE_STATEMENT} case:{case.number}")

    def _walk(self, wizard: QDialog) -> None:
        wizard.finished.connect(self.desk.data_changed)
        wizard.open()

    def _read(self, round_: Round | None) -> None:
        self._round = round_
        if round_ is None:
            self._found = None
            self.begin.setEnabled(False)
            self.tell_state(_NO_ROUND)
            self.table.set_records([])
            return
        self.desk.run(
            lambda session, _progress: _read_all(session, round_.id),
            self._show,
            self.tell_failure,
            owner=self,
            title=tr("正在读取专项核查"),
        )

    def _show(self, found: tuple[CaseDesk, frozenset[str], str]) -> None:
        if self._round is None:
            return
        self._found, self._enrolled, self._today = found
        desk = self._found
        self.begin.setEnabled(self._round.open and bool(desk.suggested))
        self.begin.setToolTip("" if desk.suggested else _NOBODY_WAITS)
        self.tell_state(lines.state_sentence(desk, self._round))
        before, wanted = self.table.current, self._wanted
        records = lines.lines_of(desk)
        self.table.set_records(records)
        self._filter()
        self._wanted = ""
        same = [
            n
            for n in self.table.records
            if n.id == wanted or (before and not wanted and n.id == before.id)
        ]
        if not same and before:  # a doubt that has become a case meanwhile
            same = [n for n in self.table.records if n.subject == before.subject]
        if same:
            self.table.choose(same[0])
        self._tell_details(self.table.current)

    def _filter(self) -> None:
        """Show what stands under the chip."""
        if self._found is None:
            return
        numbers = lines.counts(lines.lines_of(self._found))
        self.chips.count(numbers)
        self.chips.show_only(lines.shown(numbers))
        chip = self.chips.current
        self.table.want(lambda n: chip in lines.filters_of(n))

    def _tell_details(self, line: CaseLine | None) -> None:
        if line is None or self._found is None or self._round is None:
            self.details.say_nothing()
            return
        verdict = self._found.verdicts.get(line.subject)
        told = RECHECK_VERDICT_TITLES[verdict] if verdict else ""
        self.details.tell(parts_of(line, self._acts(self._round), told))

    def _acts(self, round_: Round) -> Acts:
        return Acts(
            office=self.desk.home.seat.office.id,
            kind=self.desk.kind,
            open_=round_.open,
            note=self.note,
            conclude=self.conclude,
            deed=self.deed,
            begin=self.begin_one,
            show=self.show_evidence,
            paper=self.open_paper,
            look=lambda line: self.desk.open(
                "students", line.identity.student_number or line.identity.exam_number
            ),
        )

    def _build(self) -> None:
        self.table.say_when_empty(
            tr("还没有专项核查，也没有等待立案的疑点。"),
            tr("复查表与档案不一致、复核有疑点的学生会出现在这里。"),
        )
        self.search.textChanged.connect(self.table.search)
        self.search.returnPressed.connect(self.table.begin)
        self.chips.chosen.connect(lambda _chip: self._filter())
        self.table.current_changed.connect(self._tell_details)
        row = QHBoxLayout()
        row.setSpacing(t.SMALL)
        row.addWidget(self.search, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        self.body.addWidget(self.chips)
        self.body.addWidget(beside(self.table, self.details), 1)


def _read_all(session: Session, round_id: str) -> tuple[CaseDesk, frozenset[str], str]:
    found = case_desk(session, round_id)
    return found, enrolled_students(session), session.today().isoformat()
