"""The list of a class, looked over before printing: rare characters marked, errors proposed."""

from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.domain.rounds import Procedure, Round
from desktop.domain.students import FIELD_TITLES, IDENTITY_FIELDS
from desktop.procedures.signing.signing_desk import ClassList, ClassMember, class_list
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.look.states import State
from desktop.views.pages.cards import CLASS_LIST
from desktop.views.pages.page import Page
from desktop.views.pages.round_chooser import RoundChooser, of_procedure
from desktop.views.pages.signing.words import striking
from desktop.views.table_models.columns import Column
from desktop.views.widgets.masked_number import grouped
from desktop.views.widgets.record_table import RecordTable
from desktop.views.widgets.texts import button
from desktop.views.wizards.frame import Wizard
from desktop.views.wizards.on_sheet.correction import correction_wizard

_FIRST = ("student_number", "name", "sex", "id_number", "birth_date", "exam_number")
_WIDTHS = {"student_number": 9, "name": 9, "sex": 4, "id_number": 14, "exam_number": 11}


def _column(field: str) -> Column[ClassMember]:
    def text(member: ClassMember) -> str:
        value = str(getattr(member.identity, field))
        return grouped(value) if field == "id_number" else value

    def whole(member: ClassMember) -> str:
        return str(getattr(member.identity, field))

    width = _WIDTHS.get(field, 8)
    if field == "name":
        return Column(
            FIELD_TITLES[field], text, width=width, state=lambda m: _attention(bool(m.rare))
        )
    return Column(FIELD_TITLES[field], text, sort_key=whole, width=width, copied=whole)


def _attention(wanted: bool) -> State | None:
    return State.ATTENTION if wanted else None


_ALL_FIELDS = (*_FIRST, *(name for name in IDENTITY_FIELDS if name not in _FIRST))
COLUMNS: tuple[Column[ClassMember], ...] = (
    _column("student_number"),
    _column("name"),
    Column(tr("要留意"), striking, width=12, may_be_cut=True),
    *(_column(field) for field in _ALL_FIELDS[2:]),
)


class ClassListPage(Page):
    """All data of a class's students; it opens at the class's id."""

    CARD = CLASS_LIST

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._class = ""
        self._round: Round | None = None
        self._chooser = RoundChooser(desk, of_procedure(Procedure.STUDENT_REGISTRATION))
        self._chooser.chosen.connect(self._read)
        self._correct = button(tr("提出更正…"), self.propose_correction, drawing="edit")
        self._correct.setToolTip(tr("对选中的学生提出更正（回车）"))
        self.tools.addWidget(self._correct)
        self.tools.addWidget(button(tr("返回各班"), lambda: desk.open("signing")))
        self.tools.addWidget(self._chooser)
        self.table = RecordTable(tr("班级名单"), COLUMNS, desk.memory)
        self.table.say_when_empty(
            tr("还没有选择班级。"), tr("请在“核对签字”里选一个班，再点“核对班级名单”。")
        )
        self.table.activated.connect(lambda _member: self.propose_correction())
        self.body.addWidget(self.table, 1)

    def open_at(self, argument: str) -> None:
        """Show the list of a class."""
        self._class = argument or self._class
        self.refresh()

    @property
    def begins_at(self) -> QWidget:
        """Where the keyboard begins."""
        return self.table

    def refresh(self) -> None:
        """Read the list."""
        self._chooser.refresh()

    def propose_correction(self) -> Wizard[Any] | None:
        """Open the wizard for a correction of the chosen student."""
        member = self.table.current
        if member is None or self._round is None:
            return None
        wizard = correction_wizard(
            self.desk, self._round.id, member.subject, member.identity, "", self
        )
        wizard.finished.connect(lambda _result: self.desk.data_changed.emit())
        wizard.open()
        return wizard

    def _read(self, round_: Round | None) -> None:
        self._round = round_
        self._correct.setEnabled(False)
        if round_ is None or not self._class:
            self.tell_state(tr("还没有选择班级。"))
            return
        round_id, class_id = round_.id, self._class
        self.desk.run(
            lambda session, _progress: class_list(session, round_id, class_id),
            self._show,
            self.tell_failure,
            owner=self,
            title=tr("正在读取班级名单"),
        )

    def _show(self, listed: ClassList) -> None:
        members = listed.members
        self.table.set_records(members)
        self._correct.setEnabled(bool(members))
        if members and self.table.current is None:
            self.table.view.selectRow(0)
        rare = sum(bool(member.rare) for member in members)
        told = (
            tr("其中 {rare} 人的姓名有生僻字，请对照证件逐字核对", rare=rare)
            if rare
            else tr("没有生僻字")
        )
        self.tell_state(
            tr(
                "{name}共 {count} 人，{told}。发现不对的，选中后提出更正。",
                name=listed.group.name,
                count=len(members),
                told=told,
            )
        )
