"""The step 改问题 as a plain list: which rows have problems and stay out."""

from PySide6.QtWidgets import QVBoxLayout

from desktop.domain.import_problems import ImportProblem, Severity
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.table_models.columns import Align, Column
from desktop.views.widgets.record_table import RecordTable
from desktop.views.widgets.texts import label
from desktop.views.wizards.frame import StepPage
from desktop.views.wizards.read_file.draft import ReadFile

COLUMNS: tuple[Column[ImportProblem], ...] = (
    Column(
        tr("行"),
        lambda one: tr("第{row}行", row=one.row),
        sort_key=lambda one: (one.sheet, one.row),
        align=Align.RIGHT,
        width=4,
    ),
    Column(tr("栏"), lambda one: one.column, width=6),
    Column(tr("文件里是"), lambda one: one.value, width=10, may_be_cut=True),
    Column(tr("问题和办法"), lambda one: one.message, width=24, may_be_cut=True),
)


class ProblemsStep(StepPage[ReadFile]):
    """The rows that have problems; those that are fine are not held up by them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._sentence = label(wraps=True)
        self.table = RecordTable(tr("有问题的行"), COLUMNS, desk.memory, unit=tr("处"))
        self.table.say_when_empty(tr("没有问题。"), tr("请点“下一步”。"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(t.SMALL)
        layout.addWidget(label(tr("这些行有问题"), "heading", wraps=True))
        layout.addWidget(self._sentence)
        layout.addWidget(self.table, 1)
        self.setFocusProxy(self.table)

    def show_draft(self, draft: ReadFile) -> None:
        """List the problems."""
        mended = draft.mend.mended
        if mended is None:
            return
        held = sum(row.held_back for row in mended.file.rows)
        self._sentence.setText(
            tr(
                "共 {count:,} 行，有问题的 {held:,} 行这次不写入，其他的不受影响。",
                count=len(mended.file.rows),
                held=held,
            )
        )
        self.table.set_records(
            [one for one in mended.file.problems if one.severity is not Severity.NOTE]
        )
