"""What a roster file brings, line by line: as plain functions, and as a page of the wizard."""

from dataclasses import dataclass
from datetime import date

from desktop.domain.import_problems import ImportProblem
from desktop.procedures.imports.opening import RosterPlan, ShownChange
from desktop.views.language import tr
from desktop.views.memory import Memory
from desktop.views.table_models.columns import Column
from desktop.views.widgets.details import Details, Fact, Heading, Part, Words
from desktop.views.widgets.record_table import RecordTable
from desktop.views.wizards.groups_step import Found, GroupsStep
from desktop.views.wizards.open_round.draft import OpenRound

HELD, CHANGED, KEPT, NOTED = "held", "changed", "kept", "noted"
_TITLES = (
    (HELD, tr("有疑问，暂不收入")),
    (CHANGED, tr("将要改动")),
    (KEPT, tr("人工更正过，保持不变")),
    (NOTED, tr("已自动改正或略过")),
)


@dataclass(frozen=True, slots=True)
class ContentLine:
    """One thing to know about the file: where, who, which column, what stands there, and why."""

    group: str
    place: str
    name: str
    column: str
    value: str
    sentence: str


COLUMNS: tuple[Column[ContentLine], ...] = (
    Column(tr("位置"), lambda line: line.place, width=9),
    Column(tr("姓名"), lambda line: line.name, width=6),
    Column(tr("栏"), lambda line: line.column, width=6),
    Column(tr("文件里写的"), lambda line: line.value, width=11, may_be_cut=True),
    Column(tr("说明"), lambda line: line.sentence, width=30, may_be_cut=True),
)


def content_lines(plan: RosterPlan) -> list[ContentLine]:
    """Return everything to know about a file, what needs a person first."""
    lines = [
        _problem_line(HELD, problem, held.row.identity.name)
        for held in plan.held
        for problem in held.problems
    ]
    lines += [_change_line(CHANGED, change) for change in plan.changed]
    lines += [_change_line(KEPT, change) for change in plan.kept]
    return lines + [_problem_line(NOTED, note, "") for note in plan.notes]


def content_sentence(plan: RosterPlan) -> str:
    """Say in one sentence what a file brings."""
    classes = sum(len(college.classes) for college in plan.colleges)
    return tr(
        "“{file_name}”里有 {students:,} 名学生：可以收入 {new:,} 人，"
        "改动 {changed_count} 处，有疑问暂不收入的 {held_count} 行；"
        "可以收入的分属 {colleges_count} 个院部、{classes} 个班。",
        file_name=plan.mended.file.file_name,
        students=plan.students,
        new=plan.new,
        changed_count=len(plan.changed),
        held_count=len(plan.held),
        colleges_count=len(plan.colleges),
        classes=classes,
    )


class ContentStep(GroupsStep[OpenRound, ContentLine]):
    """Shows what the file brings; nothing has been written yet."""

    def __init__(self, memory: Memory) -> None:
        table = RecordTable(tr("名单内容"), COLUMNS, memory, unit=tr("条"))
        table.say_when_empty(
            tr("没有需要留意的地方。"), tr("文件里的每一行都可以收入，请到下一步分配院部。")
        )
        found: Found[OpenRound, ContentLine] = Found(
            question=tr("这份名单带来什么？"),
            groups=_TITLES,
            what=lambda draft: draft.plan,
            sentence=lambda draft: content_sentence(draft.plan) if draft.plan else "",
            lines=lambda draft: content_lines(draft.plan) if draft.plan else [],
            parts=content_parts,
        )
        details = Details(tr("这一行"), tr("选择一行，这里会写明文件里写的是什么、为什么。"))
        super().__init__(found, OpenRound(date.min), table, details)


def content_parts(line: ContentLine) -> list[Part]:
    """Return what there is to say of a line, whole."""
    told: list[Part] = [Heading(line.name)] if line.name else []
    if line.place:
        told.append(Fact(tr("在文件里"), line.place))
    told.append(Words(line.sentence))
    if line.column:
        told.append(Fact(line.column, line.value or tr("（空）")))
    return told


def _problem_line(kind: str, problem: ImportProblem, name: str) -> ContentLine:
    place = (
        tr("{sheet} 第{row}行", sheet=problem.sheet, row=problem.row)
        if problem.row
        else problem.sheet
    )
    return ContentLine(kind, place, name, problem.column, problem.value, problem.message)


def _change_line(kind: str, change: ShownChange) -> ContentLine:
    old = change.old or tr("（空）")
    verb = tr("现在是“{old}”，将改为“{new}”。", old=old, new=change.new)
    if kind == KEPT:
        verb = tr("现在是“{old}”，是人工更正过的，不按文件改动。", old=old)
    return ContentLine(kind, "", change.name, change.title, change.new, verb)
