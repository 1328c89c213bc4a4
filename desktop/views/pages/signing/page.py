"""The page 核对签字: every class with its steps and the one thing to do next."""

from typing import Any

from desktop.domain.rounds import Procedure
from desktop.domain.signing import Action
from desktop.procedures.session import Session
from desktop.procedures.signing.recording import set_class_teacher
from desktop.procedures.signing.signing_desk import ClassLine, class_lines
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.pages.cards import SIGNING
from desktop.views.pages.classes_page import Classes, ClassesPage
from desktop.views.pages.signing import words
from desktop.views.pages.signing.beside import ClassBeside
from desktop.views.widgets.texts import button
from desktop.views.wizards.frame import Wizard
from desktop.views.wizards.print_sheets.flow import print_wizard

CLASSES: Classes[ClassLine] = Classes(
    Procedure.STUDENT_REGISTRATION,
    words.COLUMNS,
    words.FILTERS,
    words.filter_of,
    lambda lines, any_round: words.state_sentence(lines, any_round=any_round),
    tr("请先收入学籍科下发的报送包，班级和学生就会出现在这里。"),
    lambda line: line.group.name,
)


class SigningPage(ClassesPage[ClassLine]):
    """All classes. It can be opened at a filter's id, or at a class's name."""

    CARD = SIGNING

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, CLASSES)
        self._print = button(tr("打印签字表…"), lambda: self.print_sheets(), drawing="print")  # noqa: PLW0108
        self._print.setShortcut("Ctrl+P")
        self._print.setToolTip(tr("选择班级，预览并打印（Ctrl+P）"))
        self.tools.addWidget(self._print)
        self.tools.addWidget(self._chooser)
        self.beside = ClassBeside()
        self.beside.next_wanted.connect(self._do_current)
        self.beside.list_wanted.connect(self._check_current)
        self.beside.print_wanted.connect(self._print_current)
        self.beside.record_wanted.connect(self._record_current)
        self.beside.teacher_given.connect(self._set_teacher)
        self._put(self.beside)

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

    def _lines_of(self, session: Session, round_id: str) -> list[ClassLine]:
        return class_lines(session, round_id)

    def _show(self, lines: list[ClassLine]) -> None:
        self._print.setEnabled(bool(lines))
        super()._show(lines)

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
