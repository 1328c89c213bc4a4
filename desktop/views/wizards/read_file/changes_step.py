"""The step 核对改动: what the list would change, group by group, old beside new."""

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.widgets.beside import beside
from desktop.views.widgets.chips import Chips
from desktop.views.widgets.details import Details
from desktop.views.widgets.flow_layout import FlowLayout
from desktop.views.widgets.record_table import RecordTable
from desktop.views.widgets.texts import button, label
from desktop.views.wizards.frame import StepPage
from desktop.views.wizards.read_file.draft import ReadFile, with_rows
from desktop.views.wizards.read_file.words import (
    BY_CHOICE,
    CHANGE_COLUMNS,
    GROUPS,
    ChangeLine,
    change_counts,
    change_lines,
    change_parts,
    changes_sentence,
)


class ChangesStep(StepPage[ReadFile]):
    """What would be written, and what stays out; nothing was written yet."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._draft = ReadFile()
        self._sentence = label(wraps=True)
        self.chips = Chips(GROUPS)
        self.table = RecordTable(
            tr("改动"),
            CHANGE_COLUMNS,
            desk.memory,
            unit=tr("行"),
            searched=lambda line: f"{line.name}{line.number}",
        )
        self.table.say_when_empty(tr("这一类没有内容。"), tr("请看别的几类，或者点“下一步”。"))
        self.details = Details(tr("这一行"), tr("选择一行，这里会列出改动前后的内容。"))
        self._come_in = button(tr("选中的仍然读入"), lambda: self.decide_all(come_in=True))
        self._stay_out = button(tr("选中的不读入"), lambda: self.decide_all(come_in=False))
        self.chips.chosen.connect(self._filter)
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
        """Show what would change, beginning with what needs a person."""
        fresh = draft.plan is not self._draft.plan
        self._draft = draft
        self._show()
        if fresh:
            self._offer()
        self._begin()

    def take(self, draft: ReadFile) -> ReadFile:
        """Return the draft with the rows that come in after all."""
        if draft.plan is not self._draft.plan:
            return draft
        return replace(draft, come_in=self._draft.come_in)

    def decide_all(self, *, come_in: bool) -> None:
        """Let the selected rows come in, or stay out."""
        self._decide(self.table.selected, come_in=come_in)

    def _decide(self, lines: Iterable[ChangeLine], *, come_in: bool) -> None:
        places = [line.row.place for line in lines if line.row]
        self._draft = with_rows(self._draft, places, come_in=come_in)
        self._show()
        self._tell()
        self.changed.emit()

    def _show(self) -> None:
        self._sentence.setText(changes_sentence(self._draft))
        self.table.set_records(change_lines(self._draft))

    def _offer(self) -> None:
        """Offer the groups that there are."""
        counts = change_counts(self._draft.plan) if self._draft.plan else {}
        self.chips.count(counts)
        filled = [id_ for id_, _ in GROUPS if counts.get(id_)] or [GROUPS[0][0]]
        with QSignalBlocker(self.chips):
            self.chips.choose(filled[0])
            self.chips.offer(filled)
        self._want(self.chips.current)

    def _filter(self, group: str) -> None:
        self._want(group)
        self.table.fit_columns()  # other groups have other things to say
        self._begin()

    def _want(self, group: str) -> None:
        self.table.want(lambda line: line.group == group)
        self._come_in.setVisible(group in BY_CHOICE)
        self._stay_out.setVisible(group in BY_CHOICE)

    def _begin(self) -> None:
        if self.table.current is None:
            self.table.view.selectRow(0)

    def _tell(self) -> None:
        line = self.table.current
        if line is None:
            self.details.say_nothing()
            return
        self.details.tell(
            change_parts(
                line,
                self._draft.office,
                lambda one, come_in: self._decide([one], come_in=come_in),
            )
        )

    def _build(self) -> None:
        left = QWidget()
        under = FlowLayout()
        for made in (self._come_in, self._stay_out):
            made.setToolTip(tr("按住 Ctrl 或 Shift 可以选多行，Ctrl+A 全选"))
            under.addWidget(made)
        rows = QVBoxLayout(left)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(t.SMALL)
        rows.addWidget(self.table, 1)
        rows.addLayout(under)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(t.SMALL)
        layout.addWidget(label(tr("会改动什么？"), "heading", wraps=True))
        layout.addWidget(label(tr("现在还没有写入任何内容。"), "quiet", wraps=True))
        layout.addWidget(self._sentence)
        layout.addWidget(self.chips)
        layout.addWidget(beside(left, self.details), 1)
