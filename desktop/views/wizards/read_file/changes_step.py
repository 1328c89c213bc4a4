"""The step 核对改动: what the list would change, group by group, old beside new."""

from collections.abc import Iterable
from dataclasses import replace

from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.widgets.details import Details, Part
from desktop.views.widgets.record_table import RecordTable
from desktop.views.wizards.groups_step import Found, GroupsStep
from desktop.views.wizards.read_file.draft import ReadFile, with_rows
from desktop.views.wizards.read_file.words import (
    BY_CHOICE,
    CHANGE_COLUMNS,
    GROUPS,
    ChangeLine,
    change_lines,
    change_parts,
    changes_sentence,
)


class ChangesStep(GroupsStep[ReadFile, ChangeLine]):
    """What would be written, and what stays out; nothing was written yet."""

    def __init__(self, desk: Desk) -> None:
        table = RecordTable(
            tr("改动"),
            CHANGE_COLUMNS,
            desk.memory,
            unit=tr("行"),
            searched=lambda line: f"{line.name}{line.number}",
        )
        table.say_when_empty(tr("这一类没有内容。"), tr("请看别的几类，或者点“下一步”。"))
        found = Found(
            question=tr("会改动什么？"),
            groups=GROUPS,
            what=lambda draft: draft.plan,
            sentence=changes_sentence,
            lines=change_lines,
            parts=self._parts,
        )
        details = Details(tr("这一行"), tr("选择一行，这里会列出改动前后的内容。"))
        super().__init__(found, ReadFile(), table, details)
        self.offer_for_many(tr("选中的仍然读入"), lambda: self.decide_all(come_in=True), BY_CHOICE)
        self.offer_for_many(tr("选中的不读入"), lambda: self.decide_all(come_in=False), BY_CHOICE)

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
        self.decided(with_rows(self._draft, places, come_in=come_in))

    def _parts(self, line: ChangeLine) -> list[Part]:
        return change_parts(
            line,
            self._draft.office,
            lambda one, come_in: self._decide([one], come_in=come_in),
        )
