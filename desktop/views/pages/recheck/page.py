"""The page 入学复查: every class with its numbers, its students, and the days that are left."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.offices import OfficeKind
from desktop.domain.rounds import Procedure, Round
from desktop.domain.written_papers import PaperKind
from desktop.procedures.recheck.comparison_desk import ClassInRecheck, RecheckBoard, recheck_board
from desktop.procedures.recheck.recheck_forms import SavedForms, save_forms
from desktop.procedures.standing.recheck_files import Rechecked
from desktop.views.desk import Desk
from desktop.views.dialogs import asking
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_appearance, current_look
from desktop.views.pages.cards import RECHECK, SPELLINGS
from desktop.views.pages.page import Page
from desktop.views.pages.recheck import words
from desktop.views.pages.recheck.bulk import AllSound, bulk_wizard
from desktop.views.pages.round_chooser import RoundChooser, of_procedure
from desktop.views.widgets.beside import beside
from desktop.views.widgets.chips import Chips
from desktop.views.widgets.flow_layout import FlowLayout
from desktop.views.widgets.record_table import RecordTable
from desktop.views.widgets.texts import button, label
from desktop.views.wizards.collect_forms.draft import CollectForms
from desktop.views.wizards.collect_forms.flow import collect_forms_wizard
from desktop.views.wizards.frame import Wizard

_CLASSES_WIDTH = 180
REVIEWER = "recheck/reviewer"
"""Where the window remembers who reviewed last."""


class RecheckPage(Page):
    """All classes of a re-check; it can be opened at a class's id."""

    CARD = RECHECK

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._round: Round | None = None
        self._board: RecheckBoard | None = None
        self._wanted = ""
        self._chooser = RoundChooser(desk, of_procedure(Procedure.RECHECK))
        self._chooser.chosen.connect(self._read)
        self._collect = button(tr("收复查表…"), self.collect, role="primary", drawing="import")
        self._compare = button(tr("录入比对"), self.compare, drawing="edit")
        self._compare.setToolTip(tr("从这个班还没有完成的学生开始（在名单里按回车打开一名学生）"))
        self._bulk = button(tr("一起登记“符合”…"), self.call_all_sound, drawing="tick")
        self._save = button(tr("另存复查表…"), self.save_class, drawing="folder")
        self._spellings = button(tr("写法认定"), lambda: self.desk.open(SPELLINGS.id))
        self._spellings.setToolTip(tr("对所有学生统一认定的写法，例如更名前后的地名"))
        self._save.setToolTip(tr("把这个班的复查表存到文件夹，按“学号+姓名”命名"))
        self.print = button(tr("打印复查表…"), self.print_forms, drawing="print")
        self.print.setToolTip(tr("到“审查材料”打印这个班要填写的复查表"))
        for tool in (self.print, self._collect, self._compare, self._chooser):
            self.tools.addWidget(tool)
        self.classes = RecordTable(
            tr("复查的班级"), words.CLASS_COLUMNS, desk.memory, unit=tr("个班")
        )
        self.classes.leave_columns_out()
        self.classes.setMinimumWidth(current_look().px(_CLASSES_WIDTH))
        self.chips = Chips(words.FILTERS)
        columns = words.student_columns(self._unsaved)
        self.students = RecordTable(tr("复查的学生"), columns, desk.memory)
        self.students.leave_columns_out()
        self._missing = label(role="quiet", wraps=True)
        self._missing.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.classes.current_changed.connect(self._show_class)
        self.classes.activated.connect(lambda _one: self.students.begin())
        self.students.activated.connect(self._open_student)
        self.why = label(wraps=True)
        policy = self.why.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)  # a long text asks for no width
        self.why.setSizePolicy(policy)
        self.students.current_changed.connect(self._tell_why)
        self.chips.chosen.connect(self._filter)
        self.body.addWidget(beside(self.classes, self._right(), (2, 3)), 1)
        self._offer()
        current_appearance().changed.connect(self._leave_room)
        self._leave_room()

    def _leave_room(self) -> None:
        """Where the text is large, leave to other pages what they have, too: the table needs it."""
        large = current_look().large
        self.print.setVisible(self.desk.kind is OfficeKind.COLLEGE and not large)
        self._tell_why(self.students.current)

    @property
    def begins_at(self) -> QWidget:
        """Where the keyboard begins."""
        return self.classes

    @property
    def missing_words(self) -> str:
        """Whose forms are missing in the class, as it is in sight."""
        return self._missing.text()

    def open_at(self, argument: str) -> None:
        """Show the classes, one of them chosen where an id is given."""
        self._wanted = argument
        self.refresh()

    def refresh(self) -> None:
        """Read the classes of the chosen round."""
        self._chooser.refresh()

    def collect(self) -> Wizard[CollectForms] | None:
        """Open the wizard that takes pictures of forms in."""
        if self._board is None:
            return None
        current = self.classes.current
        draft = CollectForms(
            round_id=self._board.round.id,
            classes=tuple((one.group.id, one.group.name) for one in self._board.classes),
            class_id=current.group.id if current else "",
        )
        wizard = collect_forms_wizard(self.desk, draft, self)
        wizard.finished.connect(lambda _result: self.desk.data_changed.emit())
        wizard.open()
        return wizard

    def compare(self) -> None:
        """Go to the desk with the first student of the class who is not finished."""
        current = self.classes.current
        one = self.students.current or (
            words.next_to_compare(current.students) if current else None
        )
        if one:
            self._open_student(one)

    def call_all_sound(self) -> Wizard[AllSound] | None:
        """Open the wizard in which one person calls many students sound."""
        current = self.classes.current
        if self._board is None or current is None:
            return None
        reviewer = self.desk.memory.text(REVIEWER) or self.desk.operator
        wizard = bulk_wizard(self.desk, self._board.round.id, current, reviewer, self)
        wizard.finished.connect(lambda _result: self.desk.data_changed.emit())
        wizard.open()
        return wizard

    def print_forms(self) -> None:
        """Go to where the forms of the class are printed."""
        if self._round and (current := self.classes.current):
            self._chooser.remember(self._round.id)
            self.desk.open("review_papers", f"{PaperKind.RECHECK_FORMS} {current.group.id}")

    def save_class(self) -> None:
        """Save the forms of the class into a folder that is asked for."""
        if current := self.classes.current:
            title = tr("把{name}的复查表存到哪里？", name=current.group.name)
            asking.ask_for_folder(self, title, lambda path: self._save_to(current, path))

    def _right(self) -> QWidget:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(t.SMALL)
        column.addWidget(self.chips)
        column.addWidget(self.students, 1)
        column.addWidget(self.why)
        column.addWidget(self._missing)
        below = FlowLayout()
        for made in (self._bulk, self._save, self._spellings):
            below.addWidget(made)
        column.addLayout(below)
        return right

    def _read(self, round_: Round | None) -> None:
        if round_ is None:
            self._round = self._board = None
            self._show_lines(())
            self.tell_state(tr("还没有入学资格复查的批次。"))
            self.classes.say_when_empty(
                tr("还没有入学资格复查的批次。"),
                tr("请先收入招生工作处下发的报送包，班级和学生就会出现在这里。"),
            )
            return
        self._round = round_
        self.desk.run(
            lambda session, _progress: recheck_board(session, round_.id),
            self._show,
            self.tell_failure,
            owner=self,
            title=tr("正在读取复查情况"),
        )

    def _show(self, board: RecheckBoard) -> None:
        self._board = board
        self.classes.say_when_empty(
            tr("这个批次还没有学生。"),
            tr("请先收入招生工作处下发的报送包，班级和学生就会出现在这里。"),
        )
        self._show_lines(board.classes)
        self.tell_state(words.state_sentence(board))

    def _show_lines(self, classes: Sequence[ClassInRecheck]) -> None:
        before = self.classes.current
        wanted = self._wanted or (before.group.id if before else "")
        self._wanted = ""
        self.classes.set_records(classes)
        shown = [one.group.id for one in self.classes.records]
        if shown:
            self.classes.view.selectRow(shown.index(wanted) if wanted in shown else 0)
        self._show_class(self.classes.current)

    def _show_class(self, one: ClassInRecheck | None) -> None:
        students = one.students if one else ()
        counts = Counter(str(student.assessment.standing) for student in students)
        counts[words.UNSAVED] = sum(map(self._unsaved, students))
        self.chips.count(
            {words.ALL: len(students), **{id_: counts[id_] for id_, _ in words.FILTERS[1:]}}
        )
        self.chips.show_only([words.ALL, *(id_ for id_ in counts if counts[id_])])
        before = self.students.current
        self.students.set_records(students)
        if before:
            again = [s for s in students if s.student.subject == before.student.subject]
            if again:
                self.students.choose(again[0])
        self.students.say_when_empty(tr("这个班还没有学生。"), tr("请在左边选择一个班。"))
        self._tell_why(self.students.current)
        self._missing.setText(words.missing_sentence(one) if one else "")
        self._offer()

    def _tell_why(self, one: Rechecked | None) -> None:
        """Say whole what the table may have to cut."""
        said = words.reasons_sentence(one)
        self.why.setText(said)
        self.why.setVisible(bool(said) and not current_look().large)

    def _offer(self) -> None:
        """Offer what can be done now."""
        current = self.classes.current
        self._collect.setEnabled(self._board is not None and self._board.round.open)
        self._compare.setEnabled(current is not None)
        self.print.setEnabled(current is not None)
        self._bulk.setEnabled(current is not None)
        self._save.setEnabled(current is not None and current.count.forms > 0)

    def _filter(self, chip: str) -> None:
        if chip == words.ALL:
            self.students.want(None)
        elif chip == words.UNSAVED:
            self.students.want(self._unsaved)
        else:
            self.students.want(lambda one: one.assessment.standing == chip)

    def _unsaved(self, one: Rechecked) -> bool:
        return self._board is not None and one.student.subject in self._board.drafts

    def _open_student(self, one: Rechecked) -> None:
        if self._round:
            self.desk.open("comparison", f"{self._round.id} {one.student.subject}")

    def _save_to(self, one: ClassInRecheck, path: Path) -> None:
        if self._board is None:
            return
        round_id = self._board.round.id
        self.desk.run(
            lambda session, progress: save_forms(session, round_id, one.group.id, path, progress),
            self._saved,
            self.tell_failure,
            owner=self,
            title=tr("正在另存复查表"),
        )

    def _saved(self, saved: SavedForms) -> None:
        said = tr(
            "已把 {count:,} 张复查表存到“{folder}”。", count=saved.saved, folder=saved.folder.name
        )
        if saved.damaged:
            said += tr(
                "{names}的图片在本机已经损坏，没有存出，请从备份恢复。",
                names="、".join(saved.damaged),
            )
        self.tell_state(said)
