"""The table with the reasons below it, and beside it the sign-offs and what else can be done."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.procedures.signing.recording_desk import Addition
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_appearance, current_look
from desktop.views.pages.recording.reason_bar import ReasonBar
from desktop.views.pages.recording.sign_offs import SignOffs
from desktop.views.pages.recording.table import RecordingTable, keys_in_words
from desktop.views.widgets.flow_layout import FlowLayout
from desktop.views.widgets.texts import button, label

_BESIDE, _LARGEST_SHARE = 264, 0.36
_DECISIONS = {"": tr("等学籍科处理"), "accepted": tr("已采纳"), "rejected": tr("已驳回")}


class WorkPlace(QWidget):
    """Everything around one sheet; the page connects it."""

    other_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._other = ""
        self.table = RecordingTable()
        self.reasons = ReasonBar()
        self.sign_offs = SignOffs()
        self.buttons: dict[str, QPushButton] = {
            "save": button(tr("保存（Ctrl+S）"), role="primary"),
            "undo": button(tr("撤销"), drawing="undo"),
            "page": button(tr("整页已签"), drawing="tick"),
            "add": button(tr("增补手写的学生…"), drawing="add"),
            "correct": button(tr("提出更正…"), drawing="edit"),
            "place": button(tr("放弃或保留入学资格…")),
            "retract": button(tr("撤回已保存的登记…"), drawing="undo"),
            "discard": button(tr("丢弃上次没有保存的")),
            "other": button("", lambda: self.other_wanted.emit(self._other)),
        }
        self.buttons["undo"].setToolTip(tr("撤销上一步（Ctrl+Z）"))
        self.buttons["page"].setToolTip(tr("这一页其余的人都记为本人签字（Ctrl+回车）"))
        self._said = label(role="strong", wraps=True)
        self._warning = label(role="problem", wraps=True)
        self._keys = label(role="note", wraps=True)
        self._additions = label(role="quiet", wraps=True)
        self.reasons.seen.connect(self._make_room)
        for text in (self._warning, self._additions):
            text.hide()
        left = QVBoxLayout()
        left.setSpacing(t.TIGHT)
        left.addWidget(self._warning)
        left.addWidget(self.table, 1)
        left.addWidget(self.reasons)
        left.addWidget(self._said)
        left.addWidget(self._keys)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(t.MEDIUM)
        layout.addLayout(left, 1)
        self._beside = self._side()
        layout.addWidget(self._beside)
        current_appearance().changed.connect(self._measure)
        self._measure()

    @property
    def said(self) -> str:
        """The sentence below the table."""
        return self._said.text()

    @property
    def warning(self) -> str:
        """The warning above the table."""
        return self._warning.text()

    def say(self, sentence: str) -> None:
        """Say what just happened, or why not; "" says nothing."""
        self._said.setText(sentence)

    def warn(self, sentence: str) -> None:
        """Warn above the table; "" warns of nothing."""
        self._warning.setText(sentence)
        self._warning.setVisible(bool(sentence))

    @property
    def keys(self) -> str:
        """What is said of the keys."""
        return self._keys.text()

    def tell_keys(self, *, proxy_allowed: bool) -> None:
        """Say what the keys do under the rules of a round."""
        self._keys.setText(keys_in_words(proxy_allowed=proxy_allowed))

    def tell(self, *, can_undo: bool, can_save: bool) -> None:
        """Say what can be done now."""
        self.buttons["undo"].setEnabled(can_undo)
        self.buttons["save"].setEnabled(can_save)

    def offer_discard(self, resumed: int, boxes: int = 0) -> None:
        """Say that a draft was taken up again, and offer to throw it away."""
        self.buttons["discard"].setVisible(resumed + boxes > 0)
        parts = [tr(" {resumed} 人的登记", resumed=resumed)] if resumed else []
        parts += [tr("{boxes} 处签字和印章", boxes=boxes)] if boxes else []
        if parts:
            self.say(tr("已接上上次没有保存的{parts}，核对后请保存。", parts="、".join(parts)))

    def offer_other(self, unsaved: Sequence[str]) -> None:
        """Offer to go on with another sheet of which something was not saved."""
        self._other = unsaved[0] if unsaved else ""
        self.buttons["other"].setVisible(bool(unsaved))
        self.buttons["other"].setText(tr("{other} 还没有保存", other=self._other))
        self.buttons["other"].setToolTip(
            tr("接着登记签字表 {other}，那里有没有保存的内容", other=self._other)
        )

    def tell_additions(self, additions: Sequence[Addition]) -> None:
        """List who was added by hand on this sheet."""
        lines = [
            tr("增补：{name}，{decision}", name=a.name, decision=_DECISIONS[a.decision])
            for a in additions
        ]
        self._additions.setText("\n".join(lines))
        self._additions.setVisible(bool(lines))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the table most of the room."""
        super().resizeEvent(event)
        self._measure()

    def _make_room(self, reasons: bool) -> None:
        """Let the line for reasons stand where the keys are explained otherwise."""
        self._keys.setVisible(not reasons)
        self._said.setVisible(not reasons)

    def _side(self) -> QScrollArea:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, t.SMALL, 0)
        column.setSpacing(t.SMALL)
        column.addWidget(self.buttons["save"])
        several = FlowLayout()
        for name in ("undo", "page"):
            several.addWidget(self.buttons[name])
        column.addLayout(several)
        column.addWidget(self.buttons["discard"])
        column.addWidget(self.buttons["other"])
        column.addWidget(label(tr("签字和印章"), "strong"))
        column.addWidget(self.sign_offs)
        column.addWidget(label(tr("选中的学生、这张表"), "strong"))
        for name in ("correct", "place", "add", "retract"):
            column.addWidget(self.buttons[name])
        column.addWidget(self._additions)
        column.addStretch()
        scroll = QScrollArea()
        scroll.setWidget(body)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return scroll

    def _measure(self) -> None:
        wanted = current_look().px(_BESIDE)
        self._beside.setFixedWidth(min(wanted, max(round(self.width() * _LARGEST_SHARE), _BESIDE)))
