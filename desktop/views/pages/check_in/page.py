"""The page 报到核验: every class of the college, how far it is, and the one thing to do next."""

from collections import Counter
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.check_in import Action
from desktop.domain.rounds import Procedure, Round
from desktop.procedures.check_in.check_in_desk import CheckInLine, check_in_board
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_appearance, current_look
from desktop.views.pages.cards import CHECK_IN
from desktop.views.pages.check_in import words
from desktop.views.pages.page import Page
from desktop.views.pages.round_chooser import RoundChooser, of_procedure
from desktop.views.widgets.chips import Chips
from desktop.views.widgets.details import Details
from desktop.views.widgets.record_table import RecordTable
from desktop.views.widgets.texts import button
from desktop.views.wizards.check_in.waiver import WaiverDraft, waiver_wizard
from desktop.views.wizards.frame import Wizard

_BESIDE, _GROWS = 250, 0.6


class CheckInPage(Page):
    """All classes. It can be opened at a filter's id, or at a class's id."""

    CARD = CHECK_IN

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._round: Round | None = None
        self._wanted = ""
        self._chooser = RoundChooser(desk, of_procedure(Procedure.ENTRY_REVIEW))
        self._chooser.chosen.connect(self._read)
        self.faces = button(tr("读入人像比对结果…"), self.read_faces, drawing="import")
        self.tools.addWidget(self.faces)
        self.tools.addWidget(self._chooser)
        self.chips = Chips(words.FILTERS)
        self.chips.chosen.connect(self._filter)
        self.table = RecordTable(tr("班级"), words.COLUMNS, desk.memory, unit=tr("个班"))
        self.table.leave_columns_out()
        self.table.activated.connect(self.do_next)
        self.table.current_changed.connect(self._show_current)
        self.details = Details(tr("这个班"), tr("选择一个班，这里写着它的进度和下一步。"))
        self.body.addWidget(self.chips)
        row = QHBoxLayout()
        row.setSpacing(t.LARGE)
        row.addWidget(self.table, 1)
        row.addWidget(self.details)
        self.body.addLayout(row, 1)
        current_appearance().changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self.details.setFixedWidth(round(_BESIDE * (1 + (current_look().factor - 1) * _GROWS)))

    @property
    def begins_at(self) -> QWidget:
        """Where the keyboard begins."""
        return self.table

    def open_at(self, argument: str) -> None:
        """Show the classes: those of a filter where one is named, or all with a class chosen."""
        is_class = argument not in ("", *dict(words.FILTERS))
        self._wanted = argument if is_class else ""
        self.chips.choose(words.ALL if is_class else argument)
        self.refresh()

    def refresh(self) -> None:
        """Read the classes of the chosen round."""
        self._chooser.refresh()

    def read_faces(self) -> None:
        """Go where the face-comparison system's file is read in."""
        self.desk.open("imports", "read")

    def do_next(self, line: CheckInLine) -> None:
        """Go where the next action of a class is done."""
        if line.next.action is Action.EXPORT:
            self.desk.open("exchange", "export")
        elif line.next.action is Action.TRAINING:
            self.waive(line)
        else:
            self.desk.open("check_in_class", line.group.id)

    def waive(self, line: CheckInLine) -> Wizard[Any] | None:
        """Open the wizard by which the head of the college lets a class begin."""
        if self._round is None:
            return None
        draft = WaiverDraft(self._round.id, line.group.id, line.group.name, line.gate.sentence)
        wizard = waiver_wizard(self.desk, draft, self)
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
            lambda session, _progress: check_in_board(session, round_.id),
            lambda lines: self._show_round(round_, lines),
            self.tell_failure,
            owner=self,
            title=tr("正在读取班级进度"),
        )

    def _show_round(self, round_: Round, lines: list[CheckInLine]) -> None:
        self._round = round_
        self._show(lines)

    def _show(self, lines: list[CheckInLine]) -> None:
        current = self.table.current
        wanted = self._wanted or (current.group.id if current else "")
        self._wanted = ""
        counts = Counter(words.filter_of(line) for line in lines)
        numbers = {id_: counts[id_] for id_, _title in words.FILTERS[1:]}
        self.chips.count({words.ALL: len(lines), **numbers})
        state = words.state_sentence(lines, any_round=self._round is not None)
        self.table.say_when_empty(
            state, tr("请先到“收发”收入招生工作处的报送包，班级和新生就会出现在这里。")
        )
        self.table.set_records(lines)
        self._choose_again(wanted)
        self.tell_state(state)

    def _choose_again(self, class_id: str) -> None:
        """Make the same class the current one, changed as it may be; else the first."""
        shown = self.table.records
        places = [place for place, line in enumerate(shown) if line.group.id == class_id]
        if shown:
            self.table.view.selectRow(places[0] if places else 0)
        self._show_current(self.table.current)

    def _filter(self, chip: str) -> None:
        wanted = None if chip == words.ALL else lambda line: words.filter_of(line) == chip
        self.table.want(wanted)

    def _show_current(self, line: CheckInLine | None) -> None:
        if line is None:
            self.details.say_nothing()
            return
        self.details.tell(
            words.class_parts(
                line,
                lambda: self.do_next(line),
                lambda: self.desk.open("check_in_class", line.group.id),
                lambda: self.waive(line),
            )
        )
