"""The workbench: what is to be done now, as a board, with days left and outcomes as pictures."""

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.rounds import Round
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.states import State
from desktop.views.pages.cards import WORKBENCH
from desktop.views.pages.page import Page
from desktop.views.pages.round_chooser import RoundChooser
from desktop.views.pages.workbench.next_bar import NextBar
from desktop.views.pages.workbench.places import WORKPLACES, leads_to
from desktop.views.pages.workbench.view import WorkbenchView
from desktop.views.widgets.board_view import BoardView
from desktop.views.widgets.empty_state import EmptyState
from desktop.views.widgets.proportions import ProgressRing, ProportionBar
from desktop.views.widgets.state_label import StateLabel
from desktop.views.widgets.texts import button

_NO_ROUND, _BEGIN = tr("这里还没有批次。"), tr("从这里开始")
_NO_CLASS = tr("还没有班级。")


class WorkbenchPage(Page):
    """The first page of every office."""

    CARD = WORKBENCH

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._place = place = WORKPLACES[desk.kind]
        self._chooser = RoundChooser(desk, place.rounds)
        self._chooser.chosen.connect(self._read)
        self._wanted = self._in_sight = ""
        self._leads_to = place.leads_to
        self._round_lacking = False
        self.tools.addWidget(self._chooser)
        self._chooser.setVisible(place.by_round)
        self._days = StateLabel(State.NOT_YET)
        self._ring = ProgressRing(tr("已办的学生"))
        self._outcomes = ProportionBar(tr("学生的情况"))
        self.next = NextBar(desk)
        self.board = BoardView(tr("进度表"))
        self.board.chosen.connect(lambda row, _step: desk.open(self._leads_to, row))
        first = place.begins_on
        self.way_on = button(
            tr("打开“{title}”", title=first.title), lambda: desk.open(first.id), role="primary"
        )
        self._empty = EmptyState(_BEGIN, place.no_round, way_on=self.way_on)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._filled())
        self.body.addWidget(self._stack, 1)

    @property
    def begins_at(self) -> QWidget:
        """Where the keyboard begins."""
        if self._round_lacking:
            return self.way_on
        return self.next.way if self.next.leads_on else self.board

    def refresh(self) -> None:
        """Read the rounds; the chosen one is then read. Lists are of no round in particular."""
        if self._place.by_round:
            self._chooser.refresh()
        else:
            self._run(None, judged=True)

    def _filled(self) -> QWidget:
        pictures = QHBoxLayout()
        pictures.setSpacing(t.LARGE)
        pictures.addWidget(self._ring)
        pictures.addWidget(self._outcomes, 1)
        pictures.addWidget(self._days)
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(t.MEDIUM)
        layout.addLayout(pictures)
        layout.addWidget(self.next)
        layout.addWidget(self.board, 1)
        return whole

    def _read(self, round_: Round | None) -> None:
        self._round_lacking = round_ is None
        self._wanted = round_.id if round_ else ""
        if round_ is None:
            self.tell_state(_NO_ROUND)
            self._empty.say(_BEGIN, self._place.no_round)
            self._stack.setCurrentIndex(0)
            if self.hasFocus():
                self.way_on.setFocus()
            return
        # what is in sight already is not replaced by less
        self._run(round_, judged=round_.id == self._in_sight)

    def _run(self, round_: Round | None, *, judged: bool) -> None:
        self.desk.read(
            lambda session, _progress: self._place.read(session, round_, judged),
            lambda view: self._take(view, round_, judged=judged),
            self.tell_failure,
            owner=self,
            title=tr("正在核对材料") if judged else tr("正在读取进度"),
        )

    def _take(self, view: WorkbenchView, round_: Round | None, *, judged: bool) -> None:
        """Show what can be counted at once, then let everybody be judged."""
        shown = round_.id if round_ else ""
        if shown != self._wanted:
            return  # another one was chosen meanwhile
        self._in_sight = shown
        self._leads_to = leads_to(self.desk.kind, round_)
        self._show(view)
        if not judged and self.desk.signed_in:
            self._run(round_, judged=True)

    def _show(self, view: WorkbenchView) -> None:
        self.tell_state(view.sentence)
        self._days.tell(view.timing, view.days)
        self._ring.call(tr("已有{what}的学生", what=view.what))
        self._ring.show_progress(view.done, view.total)
        self._outcomes.call(view.what)
        self._outcomes.show_shares(view.shares)
        self.next.tell(view.next)
        self.board.show_board(view.board)
        self._round_lacking = not view.board.rows
        if not view.board.rows:
            self._empty.say(_NO_CLASS, self._place.no_rows)
            self._stack.setCurrentIndex(0)
            if self.hasFocus():
                self.way_on.setFocus()
            return
        self._stack.setCurrentIndex(1)
        if self.hasFocus():  # which came before there was a board
            self.begins_at.setFocus()
