"""The page 写法认定: admissions decides, colleges see what holds (细则 二(三)3)."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.domain.offices import OfficeKind
from desktop.domain.rounds import Procedure, Round
from desktop.procedures.recheck.spelling_desk import SpellingDesk, SpellingLine, spelling_desk
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.pages.cards import RECHECK, SPELLINGS
from desktop.views.pages.page import Page
from desktop.views.pages.round_chooser import RoundChooser, of_procedure
from desktop.views.pages.spellings import lines
from desktop.views.widgets.beside import beside
from desktop.views.widgets.chips import Chips
from desktop.views.widgets.details import Details
from desktop.views.widgets.record_table import RecordTable
from desktop.views.widgets.texts import button
from desktop.views.wizards.frame import Wizard
from desktop.views.wizards.recheck.spelling import Spelling, spelling_wizard, unspelling_wizard


class SpellingsPage(Page):
    """Which spellings mean the same for everybody, who said so, and whom that touches."""

    CARD = SPELLINGS
    STATE_GIVES_WAY = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._found: SpellingDesk | None = None
        self._decides = desk.kind is OfficeKind.ADMISSIONS
        self._chooser = RoundChooser(desk, of_procedure(Procedure.RECHECK))
        self._chooser.chosen.connect(self._read)
        self.begin = button(tr("认定一种写法…"), self.decide_new, role="primary", drawing="add")
        self.begin.setVisible(self._decides)
        self.tools.addWidget(self._chooser)
        self.tools.addWidget(self.begin)
        self.tools.addWidget(
            button(tr("回到入学复查"), lambda: self.desk.open(RECHECK.id), drawing="back")
        )
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("写法、依据、学生姓名"))
        self.search.setAccessibleName(tr("查找写法"))
        self.search.setClearButtonEnabled(True)
        self.chips = Chips(lines.FILTERS)
        self.table = RecordTable(
            tr("写法认定"),
            lines.COLUMNS,
            desk.memory,
            unit=tr("对"),
            searched=lines.searched_text,
        )
        self.table.leave_columns_out()
        self.details = Details(
            tr("这两种写法"), tr("选择一行，这里会列出涉及的学生和可以办理的事。")
        )
        self._build()

    @property
    def begins_at(self) -> QWidget:
        """Where the keyboard begins."""
        return self.table

    def open_at(self, argument: str) -> None:
        """Show what a filter names, or a word."""
        if argument in dict(lines.FILTERS):
            self.chips.choose(argument)
        elif argument:
            self.search.setText(argument)
        self.refresh()

    def refresh(self) -> None:
        """Read the rounds; the chosen one is then read."""
        self._chooser.refresh()

    def decide_new(self) -> Wizard[Any]:
        """Open the wizard with two spellings that nobody has proposed."""
        return self._walk(spelling_wizard(self.desk, Spelling(), self))

    def decide(self, line: SpellingLine, verdict: str) -> Wizard[Any]:
        """Open the wizard with the spellings of a line."""
        draft = Spelling(line.field, line.one, line.other, verdict, touched=len(line.touched))
        return self._walk(spelling_wizard(self.desk, draft, self))

    def take_back(self, line: SpellingLine) -> Wizard[Any]:
        """Open the wizard that takes back what was decided."""
        return self._walk(unspelling_wizard(self.desk, line, self))

    def _walk(self, wizard: Wizard[Any]) -> Wizard[Any]:
        wizard.finished.connect(self.desk.data_changed)
        wizard.open()
        return wizard

    def _read(self, round_: Round | None) -> None:
        if round_ is None:
            self._found = None
            self.table.set_records([])
            self.tell_state(tr("还没有入学资格复查的批次。"))
            return
        self.desk.run(
            lambda session, _progress: spelling_desk(session, round_.id),
            self._show,
            self.tell_failure,
            owner=self,
            title=tr("正在读取写法认定"),
        )

    def _show(self, found: SpellingDesk) -> None:
        self._found = found
        self.tell_state(lines.state_sentence(found.lines, decides=self._decides))
        before = self.table.current
        self.table.set_records(found.lines)
        numbers = lines.counts(found.lines)
        self.chips.count(numbers)
        self.chips.show_only([id_ for id_, n in numbers.items() if n or id_ == lines.ALL])
        same = [one for one in self.table.records if before and one.id == before.id]
        if same:
            self.table.choose(same[0])
        self.table.fit_columns()
        self._tell_details(self.table.current)

    def _tell_details(self, line: SpellingLine | None) -> None:
        if line is None:
            self.details.say_nothing()
            return
        decide = (lambda verdict: self.decide(line, verdict)) if self._decides else None
        undo = (lambda: self.take_back(line)) if self._decides else None
        self.details.tell(lines.parts_of(line, decide, undo))

    def _filter(self, chip: str) -> None:
        self.table.want(None if chip == lines.ALL else lambda one: lines.kind_of(one) == chip)

    def _build(self) -> None:
        self.table.say_when_empty(
            tr("还没有统一认定过写法，也没有可以统一认定的。"),
            tr("院部对单个学生认定“一致”的地名、学校、志愿、民族，会列在招生工作处的这一页。"),
        )
        self.search.textChanged.connect(self.table.search)
        self.search.returnPressed.connect(self.table.begin)
        self.chips.chosen.connect(self._filter)
        self.table.current_changed.connect(self._tell_details)
        row = QHBoxLayout()
        row.setSpacing(t.SMALL)
        row.addWidget(self.search, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        self.body.addWidget(self.chips)
        self.body.addWidget(beside(self.table, self.details, (5, 2)), 1)
