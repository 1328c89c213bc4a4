"""The page 席位 of the registrar's root seat."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.offices import OfficeKind
from desktop.procedures.school.class_offices import ClassDesk, class_desk
from desktop.procedures.school.enrolment import school_fingerprint
from desktop.procedures.school.renewal import renew
from desktop.procedures.school.seat_list import SeatLine, seat_list
from desktop.procedures.session import Progress, Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.pages.cards import SEATS
from desktop.views.pages.page import Page
from desktop.views.pages.seats.revoking import revoking_wizard
from desktop.views.pages.seats.words import classes_parts, parts_of, standing_text, state_sentence
from desktop.views.table_models.columns import Align, Column
from desktop.views.widgets.beside import beside
from desktop.views.widgets.details import Deed, Details, Part, Words
from desktop.views.widgets.record_table import RecordTable
from desktop.views.widgets.texts import button, label
from desktop.views.wizards.answer_request.flow import again_wizard, answer_wizard, draft_again
from desktop.views.wizards.give_classes.flow import first_draft, giving_wizard

COLUMNS: tuple[Column[SeatLine], ...] = (
    Column(tr("席位"), lambda n: n.seat.id, width=4),
    Column(tr("部门"), lambda n: n.seat.office.name, width=12),
    Column(tr("电脑"), lambda n: n.seat.name, width=12),
    Column(
        tr("报送包"),
        lambda n: tr("本机") if n.own else str(n.bundles),
        lambda n: n.bundles,
        Align.RIGHT,
        5,
    ),
    Column(tr("情况"), standing_text, width=20, may_be_cut=True),
)
_NOT_ROOT = tr("加入、换发和吊销在学校的第一个席位上办理；这台电脑只能查看。")


class SeatsPage(Page):
    """The offices' seats, how each stands, and what only the root does about them."""

    CARD = SEATS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._classes = ClassDesk((), ())
        root = desk.home.is_root
        self.answer = button(
            tr("批复加入申请…"), self.answer_request, role="primary", drawing="import"
        )
        self.answer.setEnabled(root)
        self.tools.addWidget(self.answer)
        self.digits = label(role="digits")
        self.digits.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.digits.setAccessibleName(tr("本校核对数字"))
        row = QHBoxLayout()
        row.setSpacing(t.MEDIUM)
        row.addWidget(self.digits)
        row.addWidget(
            label(
                tr("本校核对数字。对方读取批复文件时，请在电话里逐组读出，对方输入一致才算加入。")
                if root
                else _NOT_ROOT,
                "quiet",
                wraps=True,
            ),
            1,
        )
        self.table = RecordTable(tr("席位"), COLUMNS, desk.memory, unit=tr("个席位"))
        self.table.leave_columns_out()
        self.details = Details(
            tr("这个席位的情况"), tr("选择一个席位，这里会列出它的情况和可以办理的事。")
        )
        self.table.current_changed.connect(self._tell_details)
        self.body.addLayout(row)
        self.body.addWidget(beside(self.table, self.details), 1)

    @property
    def begins_at(self) -> QWidget:
        """Where the keyboard begins."""
        return self.table

    def refresh(self) -> None:
        """Read the seats."""
        self._read()

    def _read(self, news: str = "") -> None:
        def read(
            session: Session, _progress: Progress
        ) -> tuple[str, tuple[SeatLine, ...], ClassDesk]:
            return school_fingerprint(session), seat_list(session), class_desk(session)

        self.desk.run(
            read,
            lambda answer: self._show(*answer, news),
            self.tell_failure,
            owner=self,
            title=tr("正在读取席位"),
        )

    def _show(
        self, digits: str, lines: tuple[SeatLine, ...], classes: ClassDesk, news: str
    ) -> None:
        self._classes = classes
        self.digits.setText(digits)
        self.tell_state(news or state_sentence(lines))
        before = self.table.current
        self.table.set_records(lines)
        same = [n for n in self.table.records if before and n.seat.id == before.seat.id]
        if same:
            self.table.choose(same[0])
        self._tell_details(self.table.current)

    def _tell_details(self, line: SeatLine | None) -> None:
        if line is None:
            self.details.say_nothing()
            return
        self.details.tell(
            [*parts_of(line), *classes_parts(line, self._classes), *self._deeds(line)]
        )

    def _deeds(self, line: SeatLine) -> list[Part]:
        if not self.desk.home.is_root:
            return [Words(_NOT_ROOT, "note")]
        if not line.works:
            return [Words(tr("吊销的席位不能恢复；请对方重新申请加入。"), "note")]
        deeds: list[Part] = [Deed(tr("换发证书"), lambda: self.renew(line), drawing="refresh")]
        if line.answered:
            deeds.append(
                Deed(tr("再写一次批复文件…"), lambda: self.answer_again(line), drawing="export")
            )
        if line.seat.office.kind is OfficeKind.COLLEGE and self._classes.colleges:
            deeds.append(Deed(tr("分配班级…"), lambda: self.give_classes(line), drawing="school"))
        if not line.root:
            deeds.append(Deed(tr("吊销席位…"), lambda: self.revoke(line), drawing="remove"))
        return deeds

    def answer_request(self) -> None:
        """Open the wizard that answers a join request."""
        wizard = answer_wizard(self.desk, self)
        wizard.finished.connect(self.desk.data_changed)
        wizard.open()

    def answer_again(self, line: SeatLine) -> None:
        """Open the wizard that writes the answer of a seat once more; its stick was lost."""
        self.desk.run(
            lambda session, _progress: draft_again(session, line.seat.id),
            lambda draft: again_wizard(self.desk, draft, self).open(),
            self.tell_failure,
            owner=self,
            title=tr("正在准备批复"),
        )

    def give_classes(self, line: SeatLine) -> None:
        """Open the wizard that gives classes to the college of a seat."""
        draft = first_draft(self._classes, line.seat.office.id)
        wizard = giving_wizard(self.desk, draft, self)
        wizard.finished.connect(self.desk.data_changed)
        wizard.open()

    def revoke(self, line: SeatLine) -> None:
        """Open the wizard that sends a seat away."""
        wizard = revoking_wizard(self.desk, line, self)
        wizard.finished.connect(self.desk.data_changed)
        wizard.open()

    def renew(self, line: SeatLine) -> None:
        """Renew a seat's certificate; there is nothing to ask, and nothing is lost by it."""

        def told(until: date) -> None:
            self._read(
                tr(
                    "“{name}”的证书已换发，有效到 {until}。"
                    "随下一份报送包送到对方，对方不用做任何事。",
                    name=line.seat.name,
                    until=until,
                )
            )

        self.desk.run(
            lambda session, _progress: renew(session, line.seat.id),
            told,
            self.tell_failure,
            owner=self,
            title=tr("正在换发证书"),
        )
