"""The step where classes or offices are picked: what goes out, and what is missing beside it."""

from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.procedures.exchange.export_plans import ClassPlan, Content, ExportPlan
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.states import State
from desktop.views.table_models.columns import Align, Column
from desktop.views.widgets.details import Details, Fact, Heading, Part, Standing, Words
from desktop.views.widgets.pick_table import PickTable
from desktop.views.widgets.texts import label
from desktop.views.wizards.export.draft import (
    Export,
    class_details,
    missing_sentence,
    parts_sentence,
)
from desktop.views.wizards.frame import StepPage

CLASS_COLUMNS: tuple[Column[ClassPlan], ...] = (
    Column(tr("班级"), lambda c: c.name, width=13),
    Column(tr("人数"), lambda c: str(c.students), align=Align.RIGHT, width=4),
    Column(tr("材料齐全"), lambda c: str(c.ready), align=Align.RIGHT, width=6),
    Column(tr("新的记载"), lambda c: f"{c.news:,}", align=Align.RIGHT, width=6),
    Column(tr("还缺"), missing_sentence, width=8),
)
OFFICE_COLUMNS: tuple[Column[ExportPlan], ...] = (
    Column(tr("部门"), lambda p: p.office_name, width=11),
    Column(tr("编号"), lambda p: tr("第{number}号", number=p.number), width=5),
    Column(tr("记载"), lambda p: f"{p.statements:,}", align=Align.RIGHT, width=5),
    Column(tr("回执"), lambda p: str(p.receipts), align=Align.RIGHT, width=4),
    Column(tr("情况"), lambda p: p.hindrance or tr("可以导出"), width=12),
)

_NEWS = tr("每个部门一份报送包，默认全选。空格键勾选或取消。")
_AGAIN = tr("勾选换了电脑或新增了席位的部门：名单、结果和他们以前报送过的都会重新给一份。")


def content_parts(plan: ExportPlan) -> list[Part]:
    """Return what a bundle is about, in numbers."""
    return [Fact(one.title, _counted(one)) for one in plan.contents]


def _counted(one: Content) -> str:
    if one.of_students:
        return tr("{subjects:,} 名学生", subjects=one.subjects)
    return tr("{subjects:,} 项", subjects=one.subjects)


class ContentStep(StepPage[Export]):
    """Classes at a college, offices at the registrar's; everything is picked to begin with.

    An office without classes of its own has nothing to pick: it sees what goes.
    """

    def __init__(self, *, to_many: bool) -> None:
        super().__init__()
        self._question = label(role="heading", wraps=True)
        self._sentence = label(role="quiet", wraps=True)
        self.details = Details(tr("明细"), tr("选一行，这里会列出要导出的内容和还缺什么。"))
        self.table: PickTable[ClassPlan] | PickTable[ExportPlan]
        if to_many:
            offices = PickTable[ExportPlan](
                tr("部门"),
                OFFICE_COLUMNS,
                lambda p: p.office,
                lambda p: p.hindrance,
                unit=tr("个部门"),
            )
            offices.current_changed.connect(self._tell_office)
            self.table = offices
        else:
            classes = PickTable[ClassPlan](
                tr("班级"), CLASS_COLUMNS, lambda c: c.class_id, unit=tr("个班")
            )
            classes.current_changed.connect(self._tell_class)
            self.table = classes
        self.table.picked_changed.connect(self.changed)
        beside = QHBoxLayout()
        beside.setSpacing(t.MEDIUM)
        beside.addWidget(self.table, 3)
        beside.addWidget(self.details, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(t.SMALL)
        layout.addWidget(self._question)
        layout.addWidget(self._sentence)
        layout.addLayout(beside, 1)

    @property
    def begins_at(self) -> QWidget:
        """Where the keyboard begins."""
        return self.table

    def show_draft(self, draft: Export) -> None:
        """Show what can be picked."""
        if draft.to_many:
            self._question.setText(tr("导出给哪些部门？"))
            self._sentence.setText(_AGAIN if draft.again else _NEWS)
            self.table.show_records(draft.plans, draft.chosen)  # type: ignore[arg-type]
            return
        (plan,) = draft.plans
        self.table.setVisible(bool(draft.classes))
        if not draft.classes:
            self._show_whole(plan)
            return
        self._question.setText(tr("导出哪些班级给{office_name}？", office_name=plan.office_name))
        self._sentence.setText(
            tr(
                "第{number}号：{parts_sentence}。默认全部班级。",
                number=plan.number,
                parts_sentence=parts_sentence(plan),
            )
        )
        self.table.show_records(draft.classes, draft.chosen)  # type: ignore[arg-type]

    def _show_whole(self, plan: ExportPlan) -> None:
        """Show what goes where there are no classes to choose from."""
        self._question.setText(tr("导出给{office_name}的内容", office_name=plan.office_name))
        self._sentence.setText(
            tr(
                "第{number}号：{parts_sentence}。",
                number=plan.number,
                parts_sentence=parts_sentence(plan),
            )
        )
        self.details.tell(content_parts(plan) or [Words(plan.hindrance)])

    def take(self, draft: Export) -> Export:
        """Return the draft with what is picked."""
        return replace(draft, chosen=self.table.picked)

    def _tell_class(self, group: ClassPlan | None) -> None:
        if group is None:
            self.details.say_nothing()
            return
        complete = group.ready == group.students
        parts: list[Part] = [
            Heading(group.name),
            Standing(
                State.DONE if complete else State.ATTENTION,
                tr(
                    "{students} 人中 {ready} 人材料齐全", students=group.students, ready=group.ready
                ),
            ),
            Fact(tr("这次导出"), tr("新的记载 {news:,} 条", news=group.news)),
            Words(tr("还缺什么"), "strong"),
        ]
        self.details.tell([*parts, *(Words(sentence) for sentence in class_details(group))])

    def _tell_office(self, plan: ExportPlan | None) -> None:
        if plan is None:
            self.details.say_nothing()
            return
        parts: list[Part] = [Heading(plan.office_name)]
        if plan.hindrance:
            parts += [Standing(State.NOT_YET, tr("这次不导出")), Words(plan.hindrance)]
        else:
            parts += [
                Standing(State.IN_HAND, tr("将成为第{number}号", number=plan.number)),
                Fact(tr("这次导出"), f"{parts_sentence(plan)}。"),
            ]
        students = sum(group.students for group in plan.classes)
        if plan.classes:
            parts.append(
                Fact(
                    tr("班级"),
                    tr("{count} 个班，{students:,} 人", count=len(plan.classes), students=students),
                )
            )
        else:
            parts += content_parts(plan)
        parts += [
            Fact(
                group.name,
                tr("{students} 人，新的记载 {news:,} 条", students=group.students, news=group.news),
            )
            for group in plan.classes
        ]
        self.details.tell(parts)
