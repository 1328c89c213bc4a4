"""The page 学籍注册 of the registrar (procedure three)."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from desktop.domain.rounds import Procedure, Round
from desktop.procedures.registration.registration_desk import RegistrationLine, registration_lines
from desktop.procedures.rounds import close_round
from desktop.procedures.session import Session
from desktop.procedures.standing.following_gaps import Gap, following_gaps
from desktop.procedures.standing.following_starts import following_starts
from desktop.views.desk import Desk
from desktop.views.dialogs import asking
from desktop.views.language import tr
from desktop.views.left_out_words import gap_parts, gap_sentence
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_appearance, current_look
from desktop.views.pages.cards import REGISTRATION
from desktop.views.pages.page import Page
from desktop.views.pages.registration import filters
from desktop.views.pages.registration.deeds import deeds_of
from desktop.views.pages.registration.parts import parts_of, state_of_line
from desktop.views.pages.round_chooser import RoundChooser, of_procedure
from desktop.views.table_models.columns import Column
from desktop.views.widgets.beside import beside
from desktop.views.widgets.chips import Chips
from desktop.views.widgets.details import Details
from desktop.views.widgets.masked_number import masked
from desktop.views.widgets.record_table import RecordTable
from desktop.views.widgets.texts import button, label
from desktop.views.wizards.papers.draft import Papers
from desktop.views.wizards.papers.flow import papers_wizard
from desktop.views.wizards.recheck.taking_back import TakingIn, taking_in_wizard
from desktop.views.wizards.registration.issuing import Issuing, issuing_wizard, scope_of
from desktop.views.wizards.registration.reopening import Reopening, reopening_wizard

COLUMNS: tuple[Column[RegistrationLine], ...] = (
    Column(tr("姓名"), lambda n: n.identity.name, width=6),
    Column(tr("学号"), lambda n: n.identity.student_number, width=9),
    Column(tr("院部"), lambda n: n.group.college_name, width=8),
    Column(tr("班级"), lambda n: n.group.name, width=10),
    Column(tr("审查"), lambda n: n.review, width=6),
    Column(tr("复查"), lambda n: n.recheck, width=6),
    Column(tr("情况"), lambda n: n.title, width=8, state=state_of_line),
    Column(tr("理由"), lambda n: n.why, width=19, may_be_cut=True),
    Column(
        tr("身份证号"),
        lambda n: masked(n.identity.id_number),
        sort_key=lambda n: n.identity.id_number,
        width=13,
        copied=lambda n: n.identity.id_number,
    ),
)
_BY_LENGTH = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
_KIND_LETTERS = 8
_EVERY_COLLEGE, _EVERY_CLASS = tr("全部院部"), tr("全部班级")


class RegistrationPage(Page):
    """Who is ready, who waits and why; outcomes, papers, the round's end."""

    CARD = REGISTRATION
    STATE_GIVES_WAY = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._round: Round | None = None
        self._lines: list[RegistrationLine] = []
        self._gaps: tuple[Gap, ...] = ()
        self._chooser = RoundChooser(desk, of_procedure(Procedure.STUDENT_REGISTRATION))
        self._chooser.chosen.connect(self._read)
        self.end = button(tr("结束批次…"), self.close_or_reopen)
        self.papers = button(tr("名册和文件…"), self.make_papers, drawing="documents")
        self.issue = button(tr("办理注册…"), self.issue_outcomes, role="primary", drawing="tick")
        for tool in (self._chooser, self.end, self.papers, self.issue):
            self.tools.addWidget(tool)
        self.left_out = label(wraps=True)
        self.take_in = button(tr("补入后来的学生…"), self.take_latecomers, drawing="import")
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("姓名、学号、考生号、身份证号末几位"))
        self.search.setAccessibleName(tr("查找学生"))
        self.search.setClearButtonEnabled(True)
        self.college = _box(tr("院部"))
        self.group = _box(tr("班级"))
        self.chips = Chips(filters.FILTERS)
        self.kind = _box(tr("筛选"))  # in place of the chips where the text is large
        self.table = RecordTable(
            tr("注册名单"), COLUMNS, desk.memory, searched=filters.searched_text
        )
        self.table.leave_columns_out()
        self.details = Details(
            tr("这名学生的情况"), tr("选择一名学生，这里会列出全部理由和处理办法。")
        )
        self._build()

    def open_at(self, argument: str) -> None:
        """Show what a filter, a class or a word names."""
        if argument in dict(filters.FILTERS):
            self.chips.choose(argument)
        elif argument:
            self.search.setText(argument)
        self.refresh()

    @property
    def begins_at(self) -> QWidget:
        """Where the keyboard begins."""
        return self.table

    def refresh(self) -> None:
        """Read the rounds; the chosen one is then read."""
        self._chooser.refresh()

    def issue_outcomes(self) -> None:
        """Open the wizard that issues outcomes; it begins with the college and class in sight."""
        if self._round is None:
            return
        scope = scope_of(str(self.college.currentData()), str(self.group.currentData()))
        draft = Issuing(self._round.id, self._round.name, tuple(self._lines), scope)
        wizard = issuing_wizard(self.desk, draft, self)
        wizard.finished.connect(self.desk.data_changed)
        wizard.open()

    def make_papers(self) -> None:
        """Open the wizard that makes the register, lists and files."""
        if self._round is None:
            return
        within = [line.group for line in self._lines if self._in_boxes(line) and line.group.id]
        ids = tuple(dict.fromkeys(group.id for group in within))
        place = self.group if self.group.currentData() else self.college
        title = tr("{place}的 {count} 个班", place=place.currentText(), count=len(ids))
        draft = Papers(self._round.id, self._round.name, ids, title)
        wizard = papers_wizard(self.desk, draft, self)
        wizard.completed.connect(self._open_made)
        wizard.open()

    def take_latecomers(self) -> None:
        """Open the wizard that takes those in of whom admissions has told since."""
        if (round_ := self._round) is None:
            return

        def draft_of(session: Session) -> TakingIn:
            starts = following_starts(session, Procedure.STUDENT_REGISTRATION, round_.id)
            best = max(starts, key=lambda one: one.new, default=None)
            return TakingIn(
                round_.id,
                round_.name,
                starts,
                best.source.id if best else "",
                after=tr("新建批次以后招生工作处才下达审查结论的学生，从这里补入。"),
                guide="学籍科的三个页面#补入后来的学生",
            )

        self.desk.run(
            lambda session, _progress: draft_of(session),
            self._ask_latecomers,
            self.tell_failure,
            owner=self,
            title=tr("正在查看谁可以补入"),
        )

    def _ask_latecomers(self, draft: TakingIn) -> None:
        wizard = taking_in_wizard(self.desk, draft, self)
        wizard.finished.connect(self.desk.data_changed)
        wizard.open()

    def close_or_reopen(self) -> None:
        """End the round after asking, or open it again with a reason."""
        if (round_ := self._round) is None:
            return
        if not round_.open:
            wizard = reopening_wizard(self.desk, Reopening(round_.id, round_.name), self)
            wizard.finished.connect(self.desk.data_changed)
            wizard.open()
            return
        waiting = sum(line.issued is None for line in self._lines)
        rest = (
            tr("还有 {waiting:,} 人没有注册结论。", waiting=waiting)
            if waiting
            else tr("每名学生都有注册结论。")
        )
        rest += gap_sentence(self._gaps)
        question = tr(
            "要结束“{name}”吗？{rest}结束以后，晚到的报送包不会自动收入，需要时可以重新开启。",
            name=round_.name,
            rest=rest,
        )
        asking.ask_yes(self, question, tr("结束批次"), lambda: self._close(round_.id))

    def _close(self, round_id: str) -> None:
        self.desk.change(
            lambda session, _progress: close_round(session, round_id),
            None,
            self.tell_failure,
            owner=self,
            title=tr("正在结束批次"),
        )

    def _open_made(self, draft: Papers) -> None:
        if draft.made:
            self.desk.open("documents", draft.made[0].sha256)

    def _read(self, round_: Round | None) -> None:
        if round_ != self._round:
            self._take_round(None)  # until its students are here: those in sight are of another
        if round_ is None:
            self._show([])
            self.tell_state(tr("还没有批次。请先在“批次名单”里新建批次。"))
            return
        self.desk.run(
            lambda session, _progress: (
                registration_lines(session, round_.id),
                following_gaps(session, round_.id),
            ),
            lambda read: self._show_round(round_, *read),
            self.tell_failure,
            owner=self,
            title=tr("正在核对材料"),
        )

    def _take_round(self, round_: Round | None) -> None:
        """Offer what can be done with the round of which the students are in sight."""
        self._round = round_
        for tool in (self.end, self.papers, self.issue):
            tool.setEnabled(round_ is not None)
        if round_:
            self.issue.setEnabled(round_.open)
            self.end.setText(tr("结束批次…") if round_.open else tr("重新开启批次…"))

    def _show_round(
        self, round_: Round, lines: list[RegistrationLine], gaps: tuple[Gap, ...]
    ) -> None:
        self._take_round(round_)
        self._show(lines, gaps)

    def _show(self, lines: list[RegistrationLine], gaps: tuple[Gap, ...] = ()) -> None:
        self._lines, self._gaps = lines, gaps
        self.left_out.setText(gap_sentence(gaps))
        self.left_out.setVisible(bool(gaps))
        coming = sum(gap.coming for gap in gaps)
        self.take_in.setVisible(bool(coming and self._round and self._round.open))
        open_ = self._round is not None and self._round.open
        self.tell_state(filters.state_sentence(lines, open_=open_))
        colleges = dict.fromkeys(line.group.college_name for line in lines)
        _offer(self.college, _EVERY_COLLEGE, [(name, name) for name in colleges])
        self._offer_classes()
        before = self.table.current
        self.table.set_records(lines)
        self._filter()
        self._keep_chosen(before)

    def _keep_chosen(self, before: RegistrationLine | None) -> None:
        """Choose the student again who was chosen, though something may be otherwise now."""
        same = [n for n in self.table.records if before and n.subject == before.subject]
        if same:
            self.table.choose(same[0])
        self._tell_details(self.table.current)

    def _choose_college(self) -> None:
        self.group.setCurrentIndex(0)
        self._offer_classes()
        self._filter()

    def _offer_classes(self) -> None:
        college = self.college.currentData()
        groups = {
            line.group.id: line.group.name
            for line in self._lines
            if line.group.id and college in ("", line.group.college_name)
        }
        _offer(self.group, _EVERY_CLASS, list(groups.items()))

    def _in_boxes(self, line: RegistrationLine) -> bool:
        college, group = self.college.currentData(), self.group.currentData()
        return college in ("", line.group.college_name) and group in ("", line.group.id)

    def _filter(self) -> None:
        """Show who stands under the chip, the college and the class; count within the latter."""
        numbers = filters.counts([line for line in self._lines if self._in_boxes(line)])
        self.chips.count(numbers)
        self.chips.show_only(filters.shown(numbers))
        self._offer_kinds(numbers)
        chip = self.chips.current
        self.table.want(lambda n: self._in_boxes(n) and chip in filters.filters_of(n))

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

    def _tell_details(self, line: RegistrationLine | None) -> None:
        if (line is None and self._gaps) and self._round:
            self.details.tell(gap_parts(self._gaps))
            return
        if line is None or self._round is None:
            self.details.say_nothing()
            return
        deeds = deeds_of(self.desk, self._round, line, self)
        self.details.tell([*parts_of(line), *deeds])

    def _build(self) -> None:
        self.table.say_when_empty(
            tr("这个批次还没有学生。"), tr("请在“批次名单”里读入招生工作处的录取名单。")
        )
        self.search.textChanged.connect(self.table.search)
        self.search.returnPressed.connect(self.table.begin)
        self.college.activated.connect(self._choose_college)
        self.group.activated.connect(self._filter)
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
        row.addWidget(self.group)
        missing = QHBoxLayout()
        missing.setSpacing(t.SMALL)
        missing.addWidget(self.left_out, 1)
        missing.addWidget(self.take_in, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(missing)
        self.body.addLayout(row)
        self.body.addWidget(self.chips)
        self.body.addWidget(beside(self.table, self.details, (5, 2)), 1)
        self._make_filters_fit()


def _box(name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return box


def _offer(box: QComboBox, everything: str, items: list[tuple[str, str]]) -> None:
    """Offer items (id, title), and keep what was chosen if it is still there."""
    chosen = box.currentData()
    box.clear()
    box.addItem(everything, "")
    for id_, title in items:
        box.addItem(title, id_)
    box.setCurrentIndex(max(box.findData(chosen), 0))
