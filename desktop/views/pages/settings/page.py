"""Settings: chips choose the topic, its cards stand below."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget

from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.pages.cards import SETTINGS
from desktop.views.pages.page import Page
from desktop.views.pages.settings.appearance import AppearanceTopic
from desktop.views.pages.settings.backups import BackupTopic
from desktop.views.pages.settings.operators import OperatorsTopic
from desktop.views.pages.settings.photos import PhotoTopic
from desktop.views.pages.settings.printers import PrintersTopic
from desktop.views.pages.settings.rounds import RoundTopic
from desktop.views.pages.settings.school import SchoolTopic
from desktop.views.pages.settings.topic import Topic
from desktop.views.runner import Failure
from desktop.views.widgets.chips import Chips

TOPICS: tuple[type[Topic], ...] = (
    SchoolTopic,
    RoundTopic,
    PhotoTopic,
    OperatorsTopic,
    AppearanceTopic,
    PrintersTopic,
    BackupTopic,
)
_LEAD = tr("学校、批次和照片要求的改动会随下一份报送包告诉各部门，其他的只影响这台电脑。")
_LOCAL_LEAD = tr("这里的改动只影响这台电脑。")


class SettingsPage(Page):
    """One topic at a time; opened at a topic's id it shows that one."""

    CARD = SETTINGS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        kinds = [topic for topic in TOPICS if desk.kind in topic.KINDS]
        self.chips = Chips([(topic.ID, topic.TITLE) for topic in kinds])
        self.topics = {kind.ID: kind(desk) for kind in kinds}
        self._stack = QStackedWidget()
        for topic in self.topics.values():
            topic.said.connect(self._said)
            topic.failed.connect(self._failed)
            room = QScrollArea()
            room.setWidgetResizable(True)
            room.setFrameShape(QFrame.Shape.NoFrame)
            room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            room.setWidget(topic)
            self._stack.addWidget(room)
        self.chips.chosen.connect(lambda _topic: self.refresh())
        self.body.addWidget(self.chips)
        self.body.addWidget(self._stack, 1)
        self.tell_state(_LEAD if len(kinds) == len(TOPICS) else _LOCAL_LEAD)

    @property
    def topic(self) -> Topic:
        """The topic in sight."""
        return self.topics[self.chips.current]

    def open_at(self, argument: str) -> None:
        """Show a topic."""
        if argument in self.topics and argument != self.chips.current:
            self.chips.choose(argument)  # which refreshes
        else:
            self.refresh()

    def refresh(self) -> None:
        """Read the topic in sight again."""
        self._stack.setCurrentIndex(list(self.topics).index(self.chips.current))
        self.topic.refresh()

    def _said(self, sentence: str) -> None:
        self.errors.dismiss()
        self.tell_state(sentence)

    def _failed(self, failure: object) -> None:
        if isinstance(failure, Failure):
            self.tell_failure(failure)
