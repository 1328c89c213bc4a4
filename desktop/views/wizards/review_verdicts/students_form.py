"""A form with a table of students above it, of whom some are ticked."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from desktop.procedures.entry_review.review_desk import DeskStudent
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_look
from desktop.views.table_models.columns import Column
from desktop.views.widgets.pick_table import PickTable
from desktop.views.wizards.frame import Problems
from desktop.views.wizards.step_pages import Field, FormStep

_ROWS = 7

COLUMNS: tuple[Column[DeskStudent], ...] = (
    Column(tr("姓名"), lambda s: s.reviewed.student.identity.name, width=8),
    Column(
        tr("情况"),
        lambda s: "".join(reason.sentence for reason in s.reviewed.assessment.reasons),
        width=19,
    ),
    Column(tr("班级"), lambda s: s.group.name, width=9),
    Column(tr("考生号"), lambda s: s.reviewed.student.identity.exam_number, width=9),
)


class StudentsForm(FormStep):
    """Ticks go into the draft's ``chosen``, as subjects."""

    def __init__(
        self,
        question: str,
        hint: str,
        fields: Sequence[Field],
        students: Sequence[DeskStudent],
        hindrance: Callable[[DeskStudent], str] = lambda _one: "",
    ) -> None:
        self.table = PickTable[DeskStudent](
            tr("学生"), COLUMNS, lambda one: one.subject, hindrance, unit=tr("人")
        )
        rows = min(max(len(students), 2), _ROWS) + 1
        self.table.view.setMinimumHeight(rows * current_look().row_height + t.SMALL)
        self._students = students
        super().__init__(question, hint, fields, above=self.table)
        self.table.picked_changed.connect(self.changed)

    def show_draft(self, draft: Any) -> None:  # noqa: ANN401 - any frozen draft
        """Show the draft's values and ticks."""
        super().show_draft(draft)
        self.table.show_records(self._students, draft.chosen)

    def take(self, draft: Any) -> Any:  # noqa: ANN401 - any frozen draft
        """Return the draft with the fields' values and the ticks."""
        return replace(super().take(draft), chosen=self.table.picked)

    def show_problems(self, problems: Problems) -> None:
        """Show what is wrong, and go to the table where nobody is chosen."""
        super().show_problems(problems)
        if "" in problems:
            self.table.setFocus()
