"""The page 报到准备: the round's rules, its checklist, and whose class teacher was trained."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.rounds import Procedure, Round
from desktop.procedures.entry_review.preparation import Prepared, issue_preparation
from desktop.views.desk import Desk
from desktop.views.dialogs import asking
from desktop.views.language import tr
from desktop.views.pages.cards import EXCHANGE, PREPARATION
from desktop.views.pages.page import Page
from desktop.views.pages.preparation.checklist import ChecklistTopic
from desktop.views.pages.preparation.rules import RulesTopic
from desktop.views.pages.preparation.topic import RoundTopic, in_room
from desktop.views.pages.preparation.training import TrainingTopic
from desktop.views.pages.round_chooser import RoundChooser, of_procedure
from desktop.views.runner import Failure
from desktop.views.widgets.chips import Chips
from desktop.views.widgets.empty_state import EmptyState
from desktop.views.widgets.texts import button

TOPICS: tuple[type[RoundTopic], ...] = (RulesTopic, ChecklistTopic, TrainingTopic)
_NO_ROUND = tr("这里还没有入学资格审查的批次。")
_BEGIN = tr(
    "批次由招生工作处在“批次名单”里新建。请招生工作处导出一份报送包，在“收发”里收入以后，"
    "就可以在这里准备。"
)


class PreparationPage(Page):
    """One part at a time; opened at a part's id it shows that one."""

    CARD = PREPARATION
    STATE_GIVES_WAY = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._round: Round | None = None
        self._told = ""  # what was done last, until another part is looked at
        self._chooser = RoundChooser(desk, of_procedure(Procedure.ENTRY_REVIEW, Procedure.RECHECK))
        self._chooser.chosen.connect(self._take)
        self.issue = button(tr("下发…"), self.issue_all, role="primary", drawing="export")
        self.issue.setToolTip(tr("把规定和清单定下来，导出给各院部"))
        self.tools.addWidget(self._chooser)
        self.tools.addWidget(self.issue)
        self.chips = Chips([(topic.ID, topic.TITLE) for topic in TOPICS])
        self.topics = {kind.ID: kind(desk) for kind in TOPICS}
        self._stack = QStackedWidget()
        for topic in self.topics.values():
            topic.said.connect(self._said)
            topic.failed.connect(self._failed)
            self._stack.addWidget(in_room(topic) if topic.ID == RulesTopic.ID else topic)
        self.way_on = button(
            tr("打开“{title}”", title=EXCHANGE.title),
            lambda: desk.open(EXCHANGE.id),
            role="primary",
        )
        self._stack.addWidget(EmptyState(_NO_ROUND, _BEGIN, way_on=self.way_on))
        self.chips.chosen.connect(lambda _topic: self._turn())
        self.body.addWidget(self.chips)
        self.body.addWidget(self._stack, 1)

    @property
    def topic(self) -> RoundTopic:
        """The part in sight."""
        return self.topics[self.chips.current]

    @property
    def begins_at(self) -> QWidget:
        """Where the keyboard begins."""
        return self.chips.chip(self.chips.current) if self._round else self.way_on

    def open_at(self, argument: str) -> None:
        """Show a part."""
        self._told = ""
        self.chips.choose(argument)
        self.refresh()

    def refresh(self) -> None:
        """Read the rounds; the part in sight is then read."""
        self._chooser.refresh()

    def issue_all(self) -> None:
        """Say all that is only custom so far, after asking, and go on to the export."""
        if (round_ := self._round) is None:
            return
        what = tr("规定") if round_.procedure is Procedure.RECHECK else tr("规定和材料清单")
        question = tr(
            "要下发“{name}”的{what}吗？没有改过的按本校惯例定下来；"
            "以后还可以修改，改后再导出一次。",
            name=round_.name,
            what=what,
        )
        asking.ask_yes(self, question, tr("下发"), lambda: self._issue(round_.id))

    def _issue(self, round_id: str) -> None:
        self.desk.change(
            lambda session, _progress: issue_preparation(session, round_id),
            self._issued,
            self.tell_failure,
            owner=self,
            title=tr("正在下发"),
        )

    def _issued(self, prepared: Prepared) -> None:
        if prepared.lines or prepared.rules:
            self._said(tr("都已经定下来，请导出给各院部。"))
        self.desk.open(EXCHANGE.id, "export")

    def _take(self, round_: Round | None) -> None:
        self._round = round_
        self.issue.setEnabled(round_ is not None and round_.open)
        self.chips.setEnabled(round_ is not None)
        if round_ is None:
            self.tell_state(_NO_ROUND)
            self._stack.setCurrentIndex(len(self.topics))
            return
        # the checklist and the training are those of the entry review
        whole = round_.procedure is Procedure.ENTRY_REVIEW
        self.chips.offer(list(self.topics) if whole else [RulesTopic.ID])
        self.tell_state(self._told or _purpose(round_))
        self._show()

    def _turn(self) -> None:
        """Turn to another part."""
        self._told = ""
        if self._round:
            self.tell_state(_purpose(self._round))
        self._show()

    def _show(self) -> None:
        if self._round:
            self._stack.setCurrentIndex(list(self.topics).index(self.chips.current))
            self.topic.show_round(self._round)

    def _said(self, sentence: str) -> None:
        self.errors.dismiss()
        self._told = sentence
        self.tell_state(sentence)

    def _failed(self, failure: object) -> None:
        if isinstance(failure, Failure):
            self.tell_failure(failure)


def _purpose(round_: Round) -> str:
    if round_.procedure is Procedure.RECHECK:
        return tr("“{name}”的规定在这里填写；填好以后下发给各院部。", name=round_.name)
    return tr(
        "“{name}”的规定、材料清单和班主任培训在这里准备；备好以后下发给各院部。", name=round_.name
    )
