"""The page 核对签字: every class with its steps and the one thing to do next."""

from collections import Counter
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.rounds import Procedure, Round
from desktop.domain.signing import Action
from desktop.procedures.signing.recording import set_class_teacher
from desktop.procedures.signing.signing_desk import ClassLine, class_lines
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.pages.cards import SIGNING
from desktop.views.pages.page import Page
from desktop.views.pages.round_chooser import RoundChooser, of_procedure
from desktop.views.pages.signing import words
from desktop.views.pages.signing.beside import ClassBeside
from desktop.views.widgets.chips import Chips
from desktop.views.widgets.record_table import RecordTable
from desktop.views.widgets.texts import button
from desktop.views.wizards.frame import Wizard
from desktop.views.wizards.print_sheets.flow import print_wizard


class SigningPage(Page):
    """All classes. It can be opened at a filter's id, or at a class's name."""

    CARD = SIGNING

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._lines: list[ClassLine] = []
        self._wanted = ""
        self._round: Round | None = None
        self._chooser = RoundChooser(desk, of_procedure(Procedure.STUDENT_REGISTRATION))
        self._chooser.chosen.connect(self._read)
        self._print = button(tr("打印签字表…"), lambda: self.print_sheets(), drawing="print")  # noqa: PLW0108
        self._print.setShortcut("Ctrl+P")
        self._print.setToolTip(tr("选择班级，预览并打印（Ctrl+P）"))
        self.tools.addWidget(self._print)
        self.tools.addWidget(self._chooser)
        self.chips = Chips(words.FILTERS)
        self.chips.chosen.connect(self._filter)
        self.table = RecordTable(tr("班级"), words.COLUMNS, desk.memory, unit=tr("个班"))
        self.table.leave_columns_out()
        self.table.activated.connect(self.do_next)
        self.table.current_changed.connect(self._show_current)
        self.beside = ClassBeside()
        self.beside.next_wanted.connect(self._do_current)
        self.beside.list_wanted.connect(self._check_current)
        self.beside.print_wanted.connect(self._print_current)
        self.beside.record_wanted.connect(self._record_current)
        self.beside.teacher_given.connect(self._set_teacher)
        row = QHBoxLayout()
        row.setSpacing(t.LARGE)
        row.addWidget(self.table, 1)
        row.addWidget(self.beside)
        self.body.addWidget(self.chips)
        self.body.addLayout(row, 1)

    def open_at(self, argument: str) -> None:
        """Show the classes: those of a filter where one is named, or all with a class chosen."""
        is_class = argument not in ("", *dict(words.FILTERS))
        self._wanted = argument if is_class else ""
        self.chips.choose(words.ALL if is_class else argument)
        self.refresh()

    @property
    def begins_at(self) -> QWidget:
        """Where the keyboard begins."""
        return self.table

    def refresh(self) -> None:
        """Read the classes of the chosen round."""
        self._chooser.refresh()

    def do_next(self, line: ClassLine) -> None:
        """Go where the next action of a class is done."""
        match line.next.action:
            case Action.PRINT | Action.PRINT_AGAIN:
                self.print_sheets(line.group.id)
            case Action.RECORD | Action.SETTLE | Action.SIGN_OFF | Action.SIGN_LATER:
                self.desk.open("recording", line.group.id)
            case Action.EXPORT:
                self.desk.open("exchange", "export")
            case _:
                self.desk.open("students", line.group.name)

    def print_sheets(self, class_id: str = "") -> Wizard[Any] | None:
        """Open the wizard that prints sheets, for one class or for those that need them."""
        if self._round is None or not self._lines:
            return None
        wizard = print_wizard(self.desk, self._round, tuple(self._lines), class_id, self)
        wizard.finished.connect(lambda _result: self.desk.data_changed.emit())
        wizard.open()
        return wizard

    def _read(self, round_: Round | None) -> None:
        if round_ != self._round:
            self._round = None  # until its classes are here: those in sight are of another
        if round_ is None:
            self._show([])
            return
        self.desk.run(
            lambda session, _progress: class_lines(session, round_.id),
            lambda lines: self._show_round(round_, lines),
            self.tell_failure,
            owner=self,
            title=tr("正在读取班级进度"),
        )

    def _show_round(self, round_: Round, lines: list[ClassLine]) -> None:
        self._round = round_
        self._show(lines)

    def _show(self, lines: list[ClassLine]) -> None:
        current = next(
            (line for line in lines if line.group.name == self._wanted), self.table.current
        )
        self._lines, self._wanted = lines, ""
        counts = Counter(words.filter_of(line) for line in lines)
        self.chips.count(
            {words.ALL: len(lines), **{id_: counts[id_] for id_, _title in words.FILTERS[1:]}}
        )
        state = words.state_sentence(lines, any_round=self._round is not None)
        self.table.say_when_empty(
            state, tr("请先收入学籍科下发的报送包，班级和学生就会出现在这里。")
        )
        self.table.set_records(lines)
        self._print.setEnabled(bool(lines))
        self._choose_again(current.group.id if current else "")
        self.tell_state(state)

    def _choose_again(self, class_id: str) -> None:
        """Make the same class the current one, changed as it may be; else the first."""
        shown = [self.table.model.record(n) for n in range(self.table.model.rowCount())]
        places = [n for n, line in enumerate(shown) if line.group.id == class_id]
        if shown:
            self.table.view.selectRow(places[0] if places else 0)
        self._show_current(self.table.current)

    def _filter(self, chip: str) -> None:
        wanted = None if chip == words.ALL else lambda line: words.filter_of(line) == chip
        self.table.want(wanted)

    def _show_current(self, line: ClassLine | None) -> None:
        self.beside.show_class(line)

    def _do_current(self) -> None:
        if line := self.table.current:
            self.do_next(line)

    def _check_current(self) -> None:
        if line := self.table.current:
            self.desk.open("class_list", line.group.id)

    def _print_current(self) -> None:
        if line := self.table.current:
            self.print_sheets(line.group.id)

    def _record_current(self) -> None:
        if line := self.table.current:
            self.desk.open("recording", line.group.id)

    def _set_teacher(self, name: str) -> None:
        if line := self.table.current:
            class_id = line.group.id
            self.desk.change(
                lambda session, _progress: set_class_teacher(session, class_id, name),
                on_failure=self.tell_failure,
                owner=self,
                title=tr("正在保存班主任"),
            )
