"""The step 疑似同一人: two side by side, decided one by one or many alike."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from desktop.domain.imports import Sameness
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.widgets.details import Details
from desktop.views.widgets.flow_layout import FlowLayout
from desktop.views.widgets.record_table import RecordTable
from desktop.views.widgets.texts import button, label
from desktop.views.wizards.frame import StepPage
from desktop.views.wizards.read_file.draft import ReadFile, with_sameness
from desktop.views.wizards.read_file.words import (
    PAIR_COLUMNS,
    SAMENESS_DEEDS,
    PairLine,
    pair_lines,
    pair_parts,
    pairs_sentence,
)


class LikelyStep(StepPage[ReadFile]):
    """Who is likely the same person; what is not decided waits and is asked again."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._draft = ReadFile()
        self._sentence = label(wraps=True)
        self.table = RecordTable(tr("疑似同一人"), PAIR_COLUMNS, desk.memory, unit=tr("对"))
        self.table.say_when_empty(tr("没有疑似同一人。"), tr("请点“下一步”。"))
        self.details = Details(
            tr("这两个人"), tr("选择一行，这里会把两边并排列出，可以认定是不是同一人。")
        )
        self.table.current_changed.connect(lambda _line: self._tell())
        self._build()

    @property
    def begins_at(self) -> QWidget:
        """Where the keyboard begins."""
        return self.table

    @property
    def sentence(self) -> str:
        """The sentence in sight."""
        return self._sentence.text()

    def show_draft(self, draft: ReadFile) -> None:
        """Show the pairs, the first current."""
        self._draft = draft
        self._show()
        if self.table.current is None:
            self.table.view.selectRow(0)

    def take(self, draft: ReadFile) -> ReadFile:
        """Return the draft with what was decided here."""
        return replace(draft, pairs=self._draft.pairs)

    def decide(self, lines: Sequence[PairLine], decided: Sameness) -> None:
        """Decide one or many alike."""
        self._draft = with_sameness(self._draft, [line.pair for line in lines], decided)
        self._show()
        self._tell()
        self.changed.emit()

    def _show(self) -> None:
        self._sentence.setText(pairs_sentence(self._draft))
        self.table.set_records(pair_lines(self._draft))

    def _tell(self) -> None:
        line = self.table.current
        if line is None:
            self.details.say_nothing()
            return
        now = next(one for one in pair_lines(self._draft) if one.id == line.id)
        self.details.tell(pair_parts(now))

    def _build(self) -> None:
        below = QWidget()
        rows = QVBoxLayout(below)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(t.SMALL)
        choices = FlowLayout()
        for decided, text in SAMENESS_DEEDS:
            made = button(text, partial(self._decide_selected, decided), drawing="tick")
            made.setToolTip(tr("按住 Ctrl 或 Shift 可以选多行一起认定，Ctrl+A 全选"))
            choices.addWidget(made)
        rows.addLayout(choices)
        rows.addWidget(self.details, 1)
        both = QSplitter(Qt.Orientation.Vertical)
        both.setChildrenCollapsible(False)
        both.addWidget(self.table)
        both.addWidget(below)
        both.setStretchFactor(0, 1)
        both.setStretchFactor(1, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(t.SMALL)
        layout.addWidget(label(tr("这些是不是同一个人？"), "heading", wraps=True))
        layout.addWidget(self._sentence)
        layout.addWidget(both, 1)

    def _decide_selected(self, decided: Sameness) -> None:
        self.decide(self.table.selected, decided)
