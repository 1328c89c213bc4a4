"""The page 读入记录: the imports at the left, what became of the rows of one below."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QSplitter, QVBoxLayout, QWidget

from desktop.domain.imports import PlannedRow
from desktop.procedures.imports.import_undoing import UndoPlan, plan_undo
from desktop.procedures.imports.imports import ImportLine, import_list, import_rows
from desktop.procedures.overview.overview import known_rounds
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.pages.cards import IMPORTS
from desktop.views.pages.imports.listing import (
    ALL,
    COLUMNS,
    FATES,
    ROW_COLUMNS,
    fates_in,
    import_parts,
    kinds_of,
    state_sentence,
)
from desktop.views.pages.page import Page
from desktop.views.widgets.beside import beside
from desktop.views.widgets.chips import Chips
from desktop.views.widgets.details import Deed, Details, Heading
from desktop.views.widgets.record_table import RecordTable
from desktop.views.widgets.texts import button
from desktop.views.wizards.read_file.draft import ReadFile, fresh_draft
from desktop.views.wizards.read_file.flow import read_file_wizard
from desktop.views.wizards.read_file.offices import READING_OFFICES
from desktop.views.wizards.read_file.words import row_parts
from desktop.views.wizards.undo_import.flow import undo_import_wizard

READ = "read"


class ImportsPage(Page):
    """Every file that was read in; a list comes in from here, and goes out again.

    Opened at ``read``, the wizard opens at once.
    """

    CARD = IMPORTS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._wants_latest = False
        self._below = QWidget()
        self.kinds = QComboBox()
        self.kinds.setAccessibleName(tr("种类"))
        self.kinds.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.kinds.addItem(tr("全部种类"), ALL)
        self.kinds.activated.connect(lambda _place: self._filter())
        self.begin = button(tr("读入名单…"), self.read_file, role="primary", drawing="import")
        self.tools.addWidget(self.kinds)
        self.tools.addWidget(self.begin)
        self.table = RecordTable(tr("读入记录"), COLUMNS, desk.memory, unit=tr("次"))
        self.table.leave_columns_out()
        self.table.say_when_empty(
            tr("还没有读入过名单。"),
            READING_OFFICES[desk.kind].bring,
        )
        self.details = Details(tr("这次读入"), tr("选择一次读入，这里会列出它的数目，可以撤销。"))
        self.fates = Chips(FATES)
        self.rows = RecordTable(
            tr("每一行的去向"),
            ROW_COLUMNS,
            desk.memory,
            unit=tr("行"),
            searched=lambda row: f"{row.name}{row.number}",
        )
        self.rows.leave_columns_out()
        self.rows.say_when_empty(tr("这一类没有行。"), tr("请在上面选择一次读入。"))
        self.table.current_changed.connect(self._look_at)
        self.rows.current_changed.connect(lambda _row: self._tell())
        self.fates.chosen.connect(self._want)
        self._build()

    @property
    def begins_at(self) -> QWidget:
        """Where the keyboard begins."""
        return self.table

    def open_at(self, argument: str) -> None:
        """Show the list; with ``read``, ask for a file over it."""
        self.refresh()
        if argument == READ:
            self.read_file()

    def refresh(self) -> None:
        """Read the list again."""
        self.desk.run(
            lambda session, _progress: import_list(session),
            self._show,
            self.tell_failure,
            owner=self,
            title=tr("正在读取读入记录"),
        )

    def read_file(self) -> None:
        """Open the wizard that reads a list in."""
        self.desk.run(
            lambda session, _progress: fresh_draft(
                self.desk.kind, known_rounds(session), session.today()
            ),
            self._open,
            self.tell_failure,
            owner=self,
            title=tr("正在准备"),
        )

    def undo(self, line: ImportLine) -> None:
        """Open the wizard that undoes an import."""
        self.desk.run(
            lambda session, _progress: plan_undo(session, line.kept.id),
            self._ask,
            self.tell_failure,
            owner=self,
            title=tr("正在核对"),
        )

    def _open(self, draft: ReadFile) -> None:
        wizard = read_file_wizard(self.desk, draft, self)
        wizard.completed.connect(lambda _draft: self._go_to_latest())
        wizard.finished.connect(self.desk.data_changed)
        wizard.open()

    def _go_to_latest(self) -> None:
        """Show, once the list is read again, what was read in last."""
        self._wants_latest = True

    def _ask(self, plan: UndoPlan) -> None:
        wizard = undo_import_wizard(self.desk, plan, self)
        wizard.finished.connect(self.desk.data_changed)
        wizard.open()

    def _show(self, lines: tuple[ImportLine, ...]) -> None:
        present = self.kinds.currentData()
        self.kinds.clear()
        self.kinds.addItem(tr("全部种类"), ALL)
        for id_, title in kinds_of(lines):
            self.kinds.addItem(title, id_)
        self.kinds.setCurrentIndex(max(self.kinds.findData(present), 0))
        before = self.table.current
        self.table.set_records(lines)
        self._filter()
        for one in (self._below, self.details):  # without any list they have nothing to say
            one.setVisible(bool(lines))
        self.tell_state(state_sentence(lines))
        if self.table.current is None or self._wants_latest:
            self._wants_latest = False
            self.table.view.selectRow(0)
        elif before is not None:
            self._look_at(self.table.current)

    def _filter(self) -> None:
        kind = self.kinds.currentData()
        self.table.want(lambda line: kind in (ALL, line.kept.target.kind))

    def _look_at(self, _line: object) -> None:
        line = self.table.current
        if line is None:
            self.details.say_nothing()
            self.rows.set_records([])
            return
        self._tell()
        self.desk.run(
            lambda session, _progress: import_rows(session, line.kept.id),
            lambda rows: self._show_rows(line, rows),
            self.tell_failure,
            owner=self,
            title=tr("正在读取每一行的去向"),
        )

    def _tell(self) -> None:
        """Tell of the import, what can be done with it, and of the row that is chosen."""
        line, row = self.table.current, self.rows.current
        if line is None:
            return
        parts = import_parts(line)
        if line.can_be_undone:
            parts.append(Deed(tr("撤销这次读入…"), lambda: self.undo(line), drawing="undo"))
        if row is not None:
            parts += [Heading(row.name or tr("（无姓名）")), *row_parts(row)]
        self.details.tell(parts)

    def _show_rows(self, line: ImportLine, rows: tuple[PlannedRow, ...]) -> None:
        if line != self.table.current:
            return  # another one was chosen meanwhile
        self.fates.offer(fates_in(rows))
        self.rows.set_records(rows)
        self._want(self.fates.current)

    def _want(self, fate: str) -> None:
        self.rows.want(None if fate == ALL else lambda row: str(row.fate) == fate)
        self.rows.fit_columns()

    def _build(self) -> None:
        column = QVBoxLayout(self._below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(t.SMALL)
        column.addWidget(self.fates)
        column.addWidget(self.rows, 1)
        both = QSplitter(Qt.Orientation.Vertical)
        both.setChildrenCollapsible(False)
        both.addWidget(self.table)
        both.addWidget(self._below)
        self.body.addWidget(beside(both, self.details), 1)
