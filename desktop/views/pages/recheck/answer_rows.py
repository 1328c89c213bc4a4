"""The fields of a form, one below the other: what was written, what the file says, what it means.

What the file says stays hidden until something was keyed in, so that nobody copies it.
"""

from functools import partial
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.recheck import ANSWER_TITLES
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_look
from desktop.views.look.states import State
from desktop.views.pages.recheck.desk_draft import DeskDraft, agreement_words, outdated_words
from desktop.views.widgets.flow_layout import FlowLayout
from desktop.views.widgets.state_label import StateLabel
from desktop.views.widgets.texts import button, label

_WIDEST: Final = tr("出生日期　")
_HIDDEN: Final = tr("档案：录入以后显示")


class AnswerRow(QWidget):
    """One field."""

    keyed = Signal(str, str)
    ruled = Signal(str, str)
    left = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        title = label(ANSWER_TITLES[name], "strong")
        self.line = QLineEdit()
        self.line.setAccessibleName(ANSWER_TITLES[name])
        self.line.editingFinished.connect(self._finished)
        self.line.returnPressed.connect(self._entered)
        title.setBuddy(self.line)
        self.archive = label(_HIDDEN, "quiet", wraps=True)
        self.archive.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.state = StateLabel(State.NOT_YET)
        self.before = label(role="quiet", wraps=True)
        self.before.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.same = button(tr("一致（F2）"), partial(self.ruled.emit, name, "same"))
        self.same.setToolTip(tr("写法不同，内容一致；只对这名学生"))
        self.doubt = button(tr("疑点（F3）"), partial(self.ruled.emit, name, "doubt"))
        self.doubt.setToolTip(tr("与档案不符，作为疑点"))
        self.undo = button(tr("撤回认定（F4）"), partial(self.ruled.emit, name, ""))
        self.undo.setToolTip(tr("重新认定这一栏"))
        for made in (self.same, self.doubt, self.undo):
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # keys do it; Tab goes on to the next field
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(t.MEDIUM)
        grid.setVerticalSpacing(t.TIGHT)
        grid.setColumnStretch(1, 1)
        grid.addWidget(title, 0, 0)
        grid.addWidget(self.line, 0, 1)
        self._place_below(grid)
        grid.addWidget(self.before, grid.rowCount(), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(grid)
        grid.setColumnMinimumWidth(0, title.fontMetrics().horizontalAdvance(_WIDEST))

    def show_draft(self, draft: DeskDraft, *, hides: bool) -> None:
        """Show what stands in the field, and how it agrees."""
        found = draft.agreement(self.name)
        if not self.line.hasFocus() or found is not None:
            with QSignalBlocker(self.line):
                if self.line.text().strip() != draft.text(self.name):
                    self.line.setText(draft.text(self.name))
        known = draft.archive(self.name)
        hidden = hides and found is None
        self.archive.setText(
            _HIDDEN if hidden else tr("档案：{text}", text=known or tr("没有记载"))
        )
        self.state.tell(*agreement_words(found))
        before = draft.outdated(self.name)
        self.before.setText(outdated_words(before) if before and not hidden else "")
        self.before.setVisible(bool(self.before.text()))
        rulable = draft.rulable(self.name)
        ruled = found is not None and rulable and self.name not in draft.unsure
        self.same.setVisible(rulable and not ruled)
        self.doubt.setVisible(rulable and not ruled)
        self.undo.setVisible(ruled)

    def _place_below(self, grid: QGridLayout) -> None:
        """Put what a field means below it, in one line where there is room for it."""
        marks = (self.state, self.same, self.doubt, self.undo)
        if current_look().large:
            flow = FlowLayout()
            for widget in marks:
                flow.addWidget(widget)
            grid.addWidget(self.archive, 1, 1)
            grid.addLayout(flow, 2, 1)
            return
        line = QHBoxLayout()
        line.setSpacing(t.SMALL)
        line.addWidget(self.state)
        line.addWidget(self.archive, 1)
        for widget in marks[1:]:
            line.addWidget(widget)
        grid.addLayout(line, 1, 1)

    def _entered(self) -> None:
        """Take even an empty field: it is blank on the paper."""
        self.keyed.emit(self.name, self.line.text())
        self.left.emit(self.name)

    def _finished(self) -> None:
        if self.line.text().strip():
            self.keyed.emit(self.name, self.line.text())


class AnswerRows(QWidget):
    """All fields that the form asks."""

    keyed = Signal(str, str)
    ruled = Signal(str, str)
    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[str, AnswerRow] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(t.MEDIUM)

    @property
    def focused(self) -> str:
        """The field in which the keyboard is, "" for none."""
        return next((name for name, row in self.rows.items() if row.line.hasFocus()), "")

    def show_draft(self, draft: DeskDraft, *, hides: bool) -> None:
        """Show a student's fields."""
        if tuple(self.rows) != draft.desk.fields:
            self._build(draft.desk.fields)
        for row in self.rows.values():
            row.show_draft(draft, hides=hides)

    def begin(self, draft: DeskDraft) -> None:
        """Let the keyboard begin at the first field that is to be keyed in."""
        name = next(iter((*draft.unkeyed, *draft.unsure, *draft.desk.fields)), "")
        if name:
            self.rows[name].line.setFocus()
            self.rows[name].line.selectAll()

    def clear(self) -> None:
        """Forget what another student's fields held."""
        for row in self.rows.values():
            with QSignalBlocker(row.line):
                row.line.clear()

    def _build(self, fields: tuple[str, ...]) -> None:
        for row in self.rows.values():
            self._layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = {}
        for name in fields:
            row = AnswerRow(name)
            row.keyed.connect(self.keyed)
            row.ruled.connect(self.ruled)
            row.left.connect(self._go_on)
            self._layout.addWidget(row)
            self.rows[name] = row

    def _go_on(self, name: str) -> None:
        """Go to the next field, behind the last one to what follows."""
        names = list(self.rows)
        place = names.index(name) + 1
        if place < len(names):
            self.rows[names[place]].line.setFocus()
            self.rows[names[place]].line.selectAll()
        else:
            self.finished.emit()
