"""The table with the question below it, who looks and when above it, one student beside it."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.procedures.check_in.check_in_desk import CheckInClass
from desktop.procedures.check_in.exceptions import About
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_appearance, current_look
from desktop.views.pages.check_in import noting
from desktop.views.pages.check_in.draft import CheckInDraft
from desktop.views.pages.check_in.panel import StudentPanel
from desktop.views.pages.check_in.question import Question
from desktop.views.pages.check_in.table import KEYS_IN_WORDS, CheckInTable
from desktop.views.widgets.flow_layout import FlowLayout
from desktop.views.widgets.texts import button, label

_BESIDE, _LARGEST_SHARE = 380, 0.42
_FIELD = 96
_LEFT: Final = {
    About.DOCUMENTS: tr("上次“材料：全班，除了…”填到一半，按 9 接着办。"),
    About.COMPARED: tr("上次“六对照：全班，除了…”填到一半，按 0 接着办。"),
}


class WorkPlace(QWidget):
    """Everything around one class; the page connects it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.table = CheckInTable()
        self.question = Question()
        self.panel = StudentPanel(desk)
        self.buttons: dict[str, QPushButton] = {
            "arrived": button(tr("其余都已报到"), drawing="tick"),
            About.DOCUMENTS: button(tr("材料：全班，除了…"), drawing="tick"),
            "seen": button(tr("其余材料都已核验"), drawing="tick"),
            About.COMPARED: button(tr("六对照：全班，除了…"), drawing="tick"),
            "normal": button(tr("其余都正常"), drawing="tick"),
            "agreed": button(tr("其余都复核正常"), drawing="tick"),
            "discard": button(tr("丢弃上次没有保存的")),
        }
        for name, tip in (
            ("arrived", tr("还没有登记的学生都记为已报到（Ctrl+回车）；没来的请先逐个登记")),
            (About.DOCUMENTS, tr("选哪几项、谁缺、补交日期，全班一次登记（9）")),
            ("seen", tr("已报到的学生，必交材料都记为已核验；缺的请先逐个登记")),
            (About.COMPARED, tr("人像比对已经通过的，全班一次登记六对照，谁有不一致（0）")),
            ("normal", tr("人像比对已经通过、还没有结论的学生，都核对为正常")),
            ("agreed", tr("班主任核对为正常、要复核的学生，都复核为正常")),
        ):
            self.buttons[name].setToolTip(tip)
        self._day, self._checker, self._second = QLineEdit(), QLineEdit(), QLineEdit()
        self._second_label = label(tr("复核人"), "quiet")
        self._said = label(role="strong", wraps=True)
        self._gate = label(role="problem", wraps=True)
        self._keys = label(KEYS_IN_WORDS, role="note", wraps=True)
        self._gate.hide()
        self.buttons["discard"].hide()
        self.question.seen.connect(self._make_room)
        self._above = QWidget()
        above = QVBoxLayout(self._above)
        above.setContentsMargins(0, 0, 0, 0)
        above.setSpacing(t.SMALL)
        above.addLayout(self._fields())
        above.addLayout(self._bulk())
        self._left = left = QVBoxLayout()
        left.setSpacing(t.SMALL)
        left.addWidget(self._above)
        left.addWidget(self._gate)
        left.addWidget(self.table, 1)
        left.addWidget(self.question)
        left.addWidget(self._said)
        left.addWidget(self._keys)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(t.MEDIUM)
        layout.addLayout(left, 1)
        layout.addWidget(self.panel)
        current_appearance().changed.connect(self._measure)
        self._measure()

    @property
    def fields(self) -> noting.Fields:
        """What stands above the table: the day, who looks, who looks a second time."""
        lines = (self._day, self._checker, self._second)
        return noting.Fields(*(line.text().strip() for line in lines))

    @property
    def said(self) -> str:
        """The sentence below the table."""
        return self._said.text()

    @property
    def gate(self) -> str:
        """Why the class may not begin, as it is shown."""
        return self._gate.text()

    def fill(self, *, day: str = "", checker: str = "", second: str = "") -> None:
        """Fill the fields above the table in, as a person would."""
        for line, text in ((self._day, day), (self._checker, checker), (self._second, second)):
            if text:
                line.setText(text)

    def say(self, sentence: str) -> None:
        """Say what just happened, or why not; "" says nothing."""
        self._said.setText(sentence)

    def show_class(self, desk: CheckInClass, today: str, second: str, *, begins: bool) -> None:
        """Show what holds for a class; the fields are filled in when it comes into sight."""
        gate, rules = desk.line.gate, desk.rules
        self._gate.setText(
            ""
            if gate.open
            else tr("报到可以先登记，材料和结论暂不能登记：{sentence}", sentence=gate.sentence)
        )
        self._gate.setVisible(not gate.open)
        asks_second = rules.second_check != "none"
        for one in (self._second, self._second_label):
            one.setVisible(asks_second)
        self.buttons["agreed"].setVisible(rules.second_check == "all")
        for name in (*About, "seen", "normal", "agreed"):
            self.buttons[name].setEnabled(gate.open and desk.round.open)
        self.buttons["arrived"].setEnabled(desk.round.open)
        if begins:
            self._day.setText(today)
            self._checker.setText(desk.line.group.class_teacher)
            self._second.setText(second)
            self.say("")

    def show_draft(self, draft: CheckInDraft) -> None:
        """Show a draft."""
        self.table.show_draft(draft)

    def offer_discard(self, resumed: int, left: Sequence[About] = ()) -> None:
        """Say that a draft was taken up again, and offer to throw it away.

        ``left``: about what a dialog for the whole class was begun, which is said too.
        """
        self.buttons["discard"].setVisible(resumed > 0)
        said = [_LEFT[about] for about in left]
        if resumed:
            words = tr("已接上上次没有保存的 {count} 人的登记，核对后请保存。", count=resumed)
            said.insert(0, words)
        if said:
            self.say("".join(said))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the table most of the room."""
        super().resizeEvent(event)
        self._measure()

    def _fields(self) -> FlowLayout:
        row = FlowLayout()
        for title, line in (
            (label(tr("报到日期"), "quiet"), self._day),
            (label(tr("核对人"), "quiet"), self._checker),
            (self._second_label, self._second),
        ):
            line.setAccessibleName(title.text())
            line.setFixedWidth(current_look().px(_FIELD))
            title.setBuddy(line)
            pair = QHBoxLayout(whole := QWidget())
            pair.setContentsMargins(0, 0, t.SMALL, 0)
            pair.setSpacing(t.SMALL)
            pair.addWidget(title)
            pair.addWidget(line)
            row.addWidget(whole)
        return row

    def _bulk(self) -> FlowLayout:
        row = FlowLayout()
        for made in self.buttons.values():
            row.addWidget(made)
        return row

    def _make_room(self, asked: bool) -> None:
        """Let the question stand where the keys are explained otherwise."""
        self._keys.setVisible(not asked and not current_look().large)
        self._said.setVisible(not asked)

    def _measure(self) -> None:
        """Leave the table most of the room: what stands above gives way to large text."""
        look = current_look()
        beside = min(look.px(_BESIDE), max(round(self.width() * _LARGEST_SHARE), _BESIDE))
        self.panel.setFixedWidth(beside)
        self._keys.setVisible(not look.large and not self.question.isVisible())
        self.table.setToolTip(KEYS_IN_WORDS if look.large else "")
        if look.large:
            self.panel.put_below(self._above)
            self._above.setMinimumHeight(0)
        else:
            self._left.insertWidget(0, self._above)
            room = self.width() - beside - t.MEDIUM
            self._above.setMinimumHeight(self._above.heightForWidth(max(room, 1)))
