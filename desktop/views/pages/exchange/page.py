"""The page 收发: three lists with their details, and the ways in and out."""

from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QWidget

from desktop.domain.rounds import LEADERS, Round
from desktop.domain.routes import SENDS_TO_MANY
from desktop.procedures.exchange.exchange_desk import (
    ExchangeDesk,
    Received,
    Refused,
    Sent,
    exchange_desk,
)
from desktop.procedures.exchange.withdrawals import WithdrawalPlan, plan_withdrawal
from desktop.procedures.overview.overview import known_rounds
from desktop.procedures.rounds import GENERAL
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.memory import REMEMBERED_ROUND
from desktop.views.pages.cards import EXCHANGE
from desktop.views.pages.exchange import words
from desktop.views.pages.exchange.bundle_list import BundleList
from desktop.views.pages.page import Page
from desktop.views.pages.round_chooser import likely_round
from desktop.views.widgets.chips import Chips
from desktop.views.widgets.details import Deed, Part
from desktop.views.widgets.texts import button
from desktop.views.wizards.export.again import again_wizard
from desktop.views.wizards.export.flow import export_wizard
from desktop.views.wizards.frame import Wizard
from desktop.views.wizards.merge_desk.draft import DISPUTED, MergeDraft, next_step
from desktop.views.wizards.merge_desk.draft import PLAN as PLANNED
from desktop.views.wizards.merge_desk.flow import merge_wizard
from desktop.views.wizards.withdrawal.flow import withdrawal_wizard

RECEIVED, SENT, REFUSED = "received", "sent", "refused"
EXPORT, MERGE = "export", "merge"
_LISTS = ((RECEIVED, tr("收到的")), (SENT, tr("导出的")), (REFUSED, tr("拒收的")))
_SEARCH_WIDTH = 240


class ExchangePage(Page):
    """What came and went.

    It can be opened at ``received``, ``sent``, ``refused``; with ``export`` or ``merge`` the
    wizard opens at once.
    """

    CARD = EXCHANGE

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._rounds: tuple[Round, ...] = ()
        self._then = ""
        self.lists = Chips(_LISTS)
        self.received = BundleList[Received](
            tr("收到的报送包"),
            words.RECEIVED_COLUMNS,
            desk.memory,
            self._received_parts,
            words.RECEIVED_FILTERS,
            words.received_filter,
        )
        self.sent = BundleList[Sent](
            tr("导出的报送包"),
            words.SENT_COLUMNS,
            desk.memory,
            self._sent_parts,
            words.SENT_FILTERS,
            words.sent_filter,
        )
        self.refused = BundleList[Refused](
            tr("拒收的文件"), words.REFUSED_COLUMNS, desk.memory, words.refused_parts
        )
        self.search = QLineEdit()
        self._build()

    @property
    def begins_at(self) -> QWidget | None:
        """Where the keyboard begins."""
        return self._stack.currentWidget()

    def open_at(self, argument: str) -> None:
        """Open one of the lists, or a wizard over it."""
        if argument in dict(_LISTS):
            self.lists.choose(argument)
        self._then = argument if argument in (EXPORT, MERGE) else ""
        self.refresh()

    def refresh(self) -> None:
        """Read what came and went."""
        self.desk.run(
            lambda session, _progress: (exchange_desk(session), known_rounds(session)),
            self._show,
            self.tell_failure,
            owner=self,
            title=tr("正在读取收发记录"),
        )

    def export(self) -> Wizard[Any]:
        """Open the wizard that exports."""
        first = likely_round(self._rounds, self.desk.memory.text(REMEMBERED_ROUND))
        return self._open(export_wizard(self.desk, self._rounds, self, first.id if first else ""))

    def merge(self) -> Wizard[Any]:
        """Open the merge desk."""
        wizard = merge_wizard(self.desk, self)
        wizard.completed.connect(self._merged)
        return self._open(wizard)

    def _build(self) -> None:
        registrar = self.desk.kind in LEADERS.values()
        self._export = button(
            tr("导出报送包…"), self.export, role="" if registrar else "primary", drawing="export"
        )
        self._merge = button(
            tr("收入报送包…"), self.merge, role="primary" if registrar else "", drawing="import"
        )
        for made, keys, act in (
            (self._export, "Ctrl+E", self.export),
            (self._merge, "Ctrl+I", self.merge),
        ):
            made.setToolTip(keys)
            QShortcut(QKeySequence(keys), self, act)
            self.tools.addWidget(made)
        self._export.setEnabled(False)
        self.received.table.say_when_empty(
            tr("还没有收到报送包。"), tr("对方交来U盘以后，点“收入报送包”。")
        )
        self.sent.table.say_when_empty(
            tr("还没有导出过报送包。"), tr("要送给对方时，点“导出报送包”。")
        )
        self.refused.table.say_when_empty(
            tr("没有拒收过文件。"), tr("收入时发现不真实、不完整的会列在这里。")
        )
        self.search.setPlaceholderText(tr("部门、批次、文件"))
        self.search.setAccessibleName(tr("查找报送包"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(2 * _SEARCH_WIDTH)
        self.search.setMinimumWidth(_SEARCH_WIDTH)
        self._stack = QStackedWidget()
        for made_list in (self.received, self.sent, self.refused):
            self._stack.addWidget(made_list)
            self.search.textChanged.connect(made_list.table.search)
        self.lists.chosen.connect(self._choose_list)
        row = QHBoxLayout()
        row.setSpacing(t.SMALL)
        row.addWidget(self.lists, 2)
        row.addWidget(self.search, 1)
        self.body.addLayout(row)
        self.body.addWidget(self._stack, 1)

    def _choose_list(self, chosen: str) -> None:
        self._stack.setCurrentIndex([id_ for id_, _ in _LISTS].index(chosen))

    def _show(self, read: tuple[ExchangeDesk, tuple[Round, ...]]) -> None:
        desk, rounds = read
        # what lasts can go out before there is any round: who belongs to the school
        self._rounds = (*rounds, GENERAL) if self.desk.kind in SENDS_TO_MANY else rounds
        self._export.setEnabled(bool(self._rounds))
        self.received.show_records(desk.received)
        self.sent.show_records(desk.sent)
        self.refused.show_records(desk.refused)
        self.lists.count(
            {RECEIVED: len(desk.received), SENT: len(desk.sent), REFUSED: len(desk.refused)}
        )
        self.tell_state(words.state_sentence(desk))
        then, self._then = self._then, ""
        if then == MERGE:
            self.merge()
        elif then == EXPORT and self._rounds:
            self.export()

    def _received_parts(self, one: Received) -> list[Part]:
        parts = words.received_parts(one)
        if one.withdrawable and not one.withdrawn:
            bundle_id = one.bundle.bundle_id
            parts.append(
                Deed(tr("撤回这份报送包…"), lambda: self.withdraw(bundle_id), drawing="undo")
            )
        return parts

    def _sent_parts(self, one: Sent) -> list[Part]:
        act = Deed(tr("重新写到U盘…"), lambda: self.write_again(one), drawing="export")
        return [*words.sent_parts(one), act]

    def write_again(self, one: Sent) -> Wizard[Any]:
        """Open the wizard that writes a sent bundle once more."""
        return self._open(again_wizard(self.desk, one, self))

    def withdraw(self, bundle_id: str) -> None:
        """Work out what a withdrawal would take back, and ask."""
        self.desk.run(
            lambda session, _progress: plan_withdrawal(session, bundle_id),
            lambda plan: self._ask_withdrawal(bundle_id, plan),
            self.tell_failure,
            owner=self,
            title=tr("正在查看会撤回什么"),
        )

    def _ask_withdrawal(self, bundle_id: str, plan: WithdrawalPlan) -> None:
        self._open(withdrawal_wizard(self.desk, bundle_id, plan, self))

    def _merged(self, draft: MergeDraft) -> None:
        if next_step(PLANNED, draft) == DISPUTED:
            self.desk.open("decisions")

    def _open(self, wizard: Wizard[Any]) -> Wizard[Any]:
        """Open a wizard; when it closes, pages show what it changed."""
        wizard.finished.connect(lambda _result: self.desk.data_changed.emit())
        wizard.open()
        return wizard
