"""What the page 入学复查 says: its columns, its filters, its sentences; plain functions."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from desktop.domain.recheck import STANDING_TITLES, ReviewFinding, Standing
from desktop.procedures.recheck.comparison_desk import ClassInRecheck, RecheckBoard
from desktop.procedures.standing.recheck_files import Rechecked
from desktop.views.language import tr
from desktop.views.look.states import State, state_of
from desktop.views.table_models.columns import Align, Column

ALL, UNSAVED = "all", "unsaved"
_UNSAVED = tr("录入了还没有保存，请打开核对以后保存。")
_SOON = 14
"""Days before the end from which the sentence says so first."""
STANDING_STATES: Final[Mapping[Standing, State]] = {
    Standing.NO_FORM: State.NOT_YET,
    Standing.IN_HAND: State.IN_HAND,
    Standing.DOUBTFUL: State.ATTENTION,
    Standing.UNDER_CASE: State.ATTENTION,
    Standing.FAILED: State.ATTENTION,
    Standing.KEPT: State.DONE,
    Standing.APPROVED: State.DONE,
}
FILTERS: Final = (
    (ALL, tr("全部")),
    *((str(standing), title) for standing, title in STANDING_TITLES.items()),
    (UNSAVED, tr("有没保存的")),
)


def class_state(one: ClassInRecheck) -> State:
    """Return how far a class is; a doubt that nobody has settled is seen first."""
    if any(student.assessment.standing is Standing.DOUBTFUL for student in one.students):
        return State.ATTENTION
    done = sum(
        student.assessment.standing in (Standing.APPROVED, Standing.KEPT, Standing.FAILED)
        for student in one.students
    )
    return State.IN_HAND if one.count.forms and not done else state_of(done, len(one.students))


def reasons(one: Rechecked) -> str:
    """Return why a student stands where it stands, nothing where all is well."""
    if one.assessment.standing is Standing.APPROVED:
        return ""
    return "".join(reason.sentence for reason in one.assessment.reasons)


def reasons_sentence(one: Rechecked | None) -> str:
    """Name a student and say whole why it stands where it stands, "" where all is well."""
    if one is None or not (why := reasons(one)):
        return ""
    return tr("{name}：{why}", name=one.student.identity.name or tr("（无姓名）"), why=why)


def first_reason(one: Rechecked) -> str:
    """Return the first of them, which is what to do next."""
    if one.assessment.standing is Standing.APPROVED:
        return ""
    return one.assessment.reasons[0].sentence


def reviewed(one: Rechecked, *, second: bool) -> str:
    """Return who has reviewed a student, and in words where there is a doubt."""
    file = one.file
    finding = file.second if second else file.first
    name = file.second_reviewer if second else file.first_reviewer
    if finding is None:
        return ""
    return tr("{name}（有疑点）", name=name) if finding is ReviewFinding.DOUBTFUL else name


def _reviewer(title: str, *, second: bool) -> Column[Rechecked]:
    return Column(
        title,
        lambda one: _without_office(
            one.file.second_reviewer if second else one.file.first_reviewer
        ),
        width=6,
        copied=lambda one: reviewed(one, second=second),
        state=lambda one: review_state(one, second=second),
    )


def _without_office(name: str) -> str:
    """Return a name without the office that somebody has written behind it: it is copied whole."""
    return name.partition("（")[0] or name


def _number(title: str, name: str) -> Column[ClassInRecheck]:
    return Column(
        title,
        lambda one: f"{getattr(one.count, name):,}",
        sort_key=lambda one: int(getattr(one.count, name)),
        align=Align.RIGHT,
        width=3,
    )


CLASS_COLUMNS: Final[tuple[Column[ClassInRecheck], ...]] = (
    Column(
        tr("班级"),
        lambda one: one.group.name,
        width=12,
        state=class_state,
        may_be_cut=True,
    ),
    _number(tr("人数"), "students"),
    _number(tr("已交"), "forms"),
    _number(tr("缺表"), "missing_forms"),
    _number(tr("疑点"), "doubts"),
    _number(tr("合格"), "approved"),
)


def student_columns(unsaved: Callable[[Rechecked], bool]) -> tuple[Column[Rechecked], ...]:
    """Return the columns of students; ``unsaved`` tells of whom something is left on this PC."""
    return (
        Column(tr("姓名"), lambda one: one.student.identity.name, width=5),
        Column(
            tr("复查情况"),
            lambda one: STANDING_TITLES[one.assessment.standing],
            sort_key=lambda one: list(Standing).index(one.assessment.standing),
            width=11,
            state=lambda one: STANDING_STATES[one.assessment.standing],
        ),
        Column(
            tr("还差什么"),
            lambda one: _UNSAVED if unsaved(one) else first_reason(one),
            width=17,
            copied=lambda one: (_UNSAVED if unsaved(one) else "") + reasons(one),
            state=lambda one: State.IN_HAND if unsaved(one) else None,
            may_be_cut=True,
        ),
        _reviewer(tr("初核"), second=False),
        _reviewer(tr("复核"), second=True),
        Column(tr("学号"), lambda one: one.student.identity.student_number, width=9),
        Column(tr("提醒"), lambda one: tr("重点对象") if one.file.watched else "", width=5),
    )


def review_state(one: Rechecked, *, second: bool) -> State | None:
    """Return the shape that stands before a reviewer's name: a doubt is seen at once."""
    finding = one.file.second if second else one.file.first
    if finding is None:
        return None
    return State.ATTENTION if finding is ReviewFinding.DOUBTFUL else State.DONE


def deadline_sentence(board: RecheckBoard) -> str:
    """Say how many days of the three months are left."""
    if board.left is None:
        return tr("复查截止日期还没有定。")
    day = board.until
    if board.left < 0:
        return tr("复查已于 {day} 截止，超过 {days} 天。", day=day, days=-board.left)
    if board.left == 0:
        return tr("今天（{day}）是复查的最后一天。", day=day)
    return tr("离复查截止（{day}）还有 {days} 天。", day=day, days=board.left)


def state_sentence(board: RecheckBoard) -> str:
    """Say in one sentence how far the re-check is, and how many days are left."""
    count = board.count
    if not count.students:
        return tr("这个批次还没有学生。")
    told = tr(
        "{students:,} 人，已交复查表 {forms:,} 张，缺 {missing:,} 张；"
        "有疑点 {doubts:,} 人，合格 {approved:,} 人。",
        students=count.students,
        forms=count.forms,
        missing=count.missing_forms,
        doubts=count.doubts,
        approved=count.approved,
    )
    if board.drafts:
        told += tr("本机有 {n:,} 人录入了还没有保存。", n=len(board.drafts))
    last = deadline_sentence(board)
    unfinished = count.approved + count.failed + count.kept < count.students
    first = board.left is not None and board.left <= _SOON and unfinished
    return f"{last}{told}" if first else f"{told}{last}"


def missing_sentence(one: ClassInRecheck) -> str:
    """Name the students of a class whose form is missing."""
    names = [
        student.student.identity.name
        for student in one.students
        if not (student.file.form and student.file.form_usable)
    ]
    if not names:
        return tr("{name}的复查表已经收齐。", name=one.group.name)
    return tr(
        "{name}还缺 {count:,} 张复查表：{names}。",
        name=one.group.name,
        count=len(names),
        names="、".join(names),
    )


def next_to_compare(students: Sequence[Rechecked]) -> Rechecked | None:
    """Return the student with whom to go on: with a form and not finished, else the first."""
    ready = (
        one
        for one in students
        if one.file.form and one.assessment.standing in (Standing.IN_HAND, Standing.DOUBTFUL)
    )
    return next(ready, students[0] if students else None)
