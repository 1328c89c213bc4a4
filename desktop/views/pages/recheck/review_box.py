"""The two reviews beside the form: what was said, the five things, who finds what."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.recheck import REVIEW_TITLES, ReviewFinding
from desktop.domain.review_fields import SOUND_TITLES
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.pages.recheck.desk_draft import DeskDraft, five_titles
from desktop.views.widgets.texts import button, label

_TICKS: Final = (("", tr("还没有核查")), ("yes", SOUND_TITLES["yes"]), ("no", SOUND_TITLES["no"]))


@dataclass(frozen=True, slots=True)
class Given:
    """What a reviewer has filled in."""

    second: bool
    five: dict[str, str]
    finding: ReviewFinding
    reviewer: str
    explanation: str


class ReviewBox(QWidget):
    """Collects one review; ``given`` hands it on, ``ticked`` says that something is filled in."""

    given = Signal(object)
    ticked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.said = label(role="quiet", wraps=True)
        self.part = QComboBox()
        self.part.setAccessibleName(tr("第几遍"))
        self.part.setToolTip(tr("初核和复核要由两个人进行"))
        for title in (tr("初核"), tr("复核")):
            self.part.addItem(title)
        self.part.currentIndexChanged.connect(self._offer)
        self.five: dict[str, QComboBox] = {}
        self._five = QWidget()
        self._grid = QGridLayout(self._five)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(t.SMALL)
        self._grid.setColumnStretch(0, 1)
        self.all_yes = button(tr("各项都符合（F8）"), self.tick_all)
        self.all_yes.setToolTip(tr("把每一项都记为“符合”"))
        self.finding = QComboBox()
        self.finding.setAccessibleName(tr("意见"))
        for finding in ReviewFinding:
            self.finding.addItem(REVIEW_TITLES[finding], finding)
        self.reviewer = QLineEdit()
        self.reviewer.setPlaceholderText(tr("核查人姓名"))
        self.reviewer.setAccessibleName(tr("核查人姓名"))
        self.explanation = QLineEdit()
        self.explanation.setPlaceholderText(tr("理由（有疑点的必须写）"))
        self.explanation.setAccessibleName(tr("理由"))
        self.explanation.textEdited.connect(self.ticked)
        self.record = button(tr("登记意见（F9）"), self.give, drawing="tick")
        self.record.setToolTip(tr("登记这一遍的意见"))
        self._build()

    def show_draft(self, draft: DeskDraft, *, fresh: bool) -> None:
        """Show what was said of a student, and what is filled in; ``fresh`` for another one."""
        file = draft.desk.one.file
        self.said.setText(_said(draft))
        titles = five_titles(draft)
        if list(self.five) != list(titles):
            self._build_five(titles)
        for thing, box in self.five.items():
            text = draft.five.get(thing, file.five.get(thing, ""))
            with QSignalBlocker(box):
                box.setCurrentIndex(max(box.findData(text), 0))
        if fresh:
            self.part.setCurrentIndex(int(file.first is not None and file.second is None))
            with QSignalBlocker(self.explanation):
                self.explanation.setText(draft.explanation)
            self.finding.setCurrentIndex(0)
        can = draft.desk.round.open
        self.record.setEnabled(can)
        self._offer()

    def begin(self) -> None:
        """Let the keyboard begin at the first thing to tick."""
        for box in self.five.values():
            if box.isVisible() and not box.currentData():
                box.setFocus()
                return
        self.finding.setFocus()

    def tick_all(self) -> None:
        """Say of every thing that concerns the student that it is sound."""
        if self.part.currentIndex():
            return
        for box in self.five.values():
            box.setCurrentIndex(box.findData("yes"))
        self.finding.setFocus()

    def give(self) -> None:
        """Hand on what is filled in."""
        self.given.emit(
            Given(
                second=self.part.currentIndex() == 1,
                five=self.ticks,
                finding=ReviewFinding(self.finding.currentData()),
                reviewer=self.reviewer.text().strip(),
                explanation=self.explanation.text().strip(),
            )
        )

    @property
    def ticks(self) -> dict[str, str]:
        """What is ticked."""
        return {thing: box.currentData() for thing, box in self.five.items() if box.currentData()}

    def _build(self) -> None:
        who = QGridLayout()
        who.setSpacing(t.SMALL)
        who.addWidget(self.part, 0, 0)
        who.addWidget(self.reviewer, 0, 1)
        who.addWidget(self.explanation, 1, 0, 1, 2)
        who.addWidget(self.finding, 2, 0)
        who.addWidget(self.record, 2, 1)
        for column in (0, 1):
            who.setColumnStretch(column, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(t.SMALL)
        head = QHBoxLayout()
        head.addWidget(label(tr("复查意见"), "heading"))
        head.addStretch()
        head.addWidget(self.all_yes)
        layout.addLayout(head)
        layout.addWidget(self.said)
        layout.addWidget(self._five)
        layout.addLayout(who)
        for before, after in (
            (self.part, self.reviewer),
            (self.reviewer, self.explanation),
            (self.explanation, self.finding),
            (self.finding, self.record),
        ):
            QWidget.setTabOrder(before, after)

    def _build_five(self, titles: dict[str, str]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self.five = {}
        for row, (thing, title) in enumerate(titles.items()):
            box = QComboBox()
            box.setAccessibleName(title)
            for value, words in _TICKS:
                box.addItem(words, value)
            box.currentIndexChanged.connect(self.ticked)
            name = label(title, wraps=True)
            name.setBuddy(box)
            self._grid.addWidget(name, row, 0)
            self._grid.addWidget(box, row, 1)
            self.five[thing] = box
        before: QWidget = self.all_yes
        for box in self.five.values():
            QWidget.setTabOrder(before, box)
            before = box
        QWidget.setTabOrder(before, self.part)

    def _offer(self) -> None:
        second = self.part.currentIndex() == 1
        self._five.setVisible(not second)
        self.all_yes.setVisible(not second)


def _said(draft: DeskDraft) -> str:
    """Say what the reviewers have said so far."""
    file = draft.desk.one.file
    said = []
    for title, finding, name, why in (
        (tr("初核"), file.first, file.first_reviewer, file.first_explanation),
        (tr("复核"), file.second, file.second_reviewer, file.second_explanation),
    ):
        if finding is None:
            said.append(tr("{title}：还没有。", title=title))
        else:
            told = tr("（{why}）", why=why) if why else ""
            words = REVIEW_TITLES[finding]
            said.append(
                tr(
                    "{title}：{name}，{words}{told}。",
                    title=title,
                    name=name,
                    words=words,
                    told=told,
                )
            )
    return "".join(said)
