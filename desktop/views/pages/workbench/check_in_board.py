"""The workbench of a college in a round of procedure one: classes × steps, as plain functions."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from desktop.domain.check_in import Action
from desktop.domain.rounds import Round
from desktop.procedures.check_in.check_in_desk import CheckInLine, check_in_board
from desktop.procedures.entry_review.review_board import (
    ReviewClass,
    ReviewCollege,
    ReviewSteps,
    college_board,
)
from desktop.procedures.session import Reader
from desktop.views.language import tr
from desktop.views.look.states import State
from desktop.views.pages.cards import CHECK_IN, EXCHANGE, REVIEW_PAPERS
from desktop.views.pages.workbench.boards import NO_CLASSES, days_sentence, timing
from desktop.views.pages.workbench.review_board import counted, standing_shares
from desktop.views.pages.workbench.view import NextDeed, WorkbenchView
from desktop.views.table_models.board import Board, BoardRow, Cell

_STEPS: Final = (
    tr("登记报到"),
    tr("材料核验"),
    tr("人像核验"),
    tr("班主任核对"),
    tr("审查合格"),
    tr("报告单"),
    tr("下一步"),
)
_ELSEWHERE: Final = frozenset({Action.TRAINING, Action.EXPORT, Action.WAIT, Action.NOTHING})
"""What is not done on the page of a class."""


def read_check_in_board(session: Reader, round_: Round) -> WorkbenchView:
    """Read the workbench of a college for a round of procedure one."""
    college = college_board(session, round_.id)
    lines = check_in_board(session, round_.id)
    steps = college.steps
    return WorkbenchView(
        sentence=classes_sentence(lines),
        days=days_sentence(round_, session.today()),
        timing=timing(round_, session.today()),
        done=sum(line.standing.done for line in lines),
        total=steps.students,
        shares=standing_shares(steps),
        board=classes_as_board(college.classes, lines),
        what=tr("审查结果"),
        next=next_deed(round_, college, lines),
    )


def classes_sentence(lines: Sequence[CheckInLine]) -> str:
    """Say how far a college's classes are, in the numbers of its papers."""
    if not lines:
        return NO_CLASSES
    counts = [line.standing.count for line in lines]
    unheard = sum(one.unheard for one in counts)
    return tr(
        "{classes} 个班应报到 {expected:,} 人，实报到 {arrived:,} 人，审查合格 {qualified:,} 人，"
        "存疑 {doubtful:,} 人。{rest}",
        classes=len(lines),
        expected=sum(one.expected for one in counts),
        arrived=sum(one.arrived for one in counts),
        qualified=sum(one.qualified for one in counts),
        doubtful=sum(one.doubtful for one in counts),
        rest=tr("还有 {n:,} 人没有登记报到情况。", n=unheard) if unheard else "",
    )


def classes_as_board(classes: Sequence[ReviewClass], lines: Sequence[CheckInLine]) -> Board:
    """Return the board classes × steps."""
    known = {line.group.id: line for line in lines}
    rows = tuple(_row(one, known) for one in classes)
    return Board(tr("班级"), _STEPS, rows)


def next_deed(
    round_: Round, college: ReviewCollege, lines: Sequence[CheckInLine]
) -> NextDeed | None:
    """Return what the college has to do next, None where it waits for others."""
    if not round_.open or not lines:
        return None
    return _record(lines) or _sign(college) or _send(lines)


def _record(lines: Sequence[CheckInLine]) -> NextDeed | None:
    """Return what has still to be recorded of students, and what keeps classes from it."""
    open_page = tr("打开“{title}”", title=CHECK_IN.title)
    at_class = [line for line in lines if line.next.action not in _ELSEWHERE]
    if len(at_class) == 1:
        (line,) = at_class
        words = tr("下一步：{name}，{words}。", name=line.group.name, words=line.next.words)
        return NextDeed(words, open_page, CHECK_IN.id, line.group.id)
    if at_class:
        words = tr("下一步：{n} 个班还要登记报到、核验材料或者核对，逐个打开。", n=len(at_class))
        return NextDeed(words, open_page, CHECK_IN.id, "record")
    if untrained := _waiting(lines, {Action.TRAINING}):
        words = tr(
            "下一步：{n} 个班的班主任没有培训，请学生工作处登记，或者由主要负责人同意先行开展。",
            n=untrained,
        )
        return NextDeed(words, open_page, CHECK_IN.id, "training")
    return None


def _sign(college: ReviewCollege) -> NextDeed | None:
    """Return which papers have to be printed and signed."""
    open_page = tr("打开“{title}”", title=REVIEW_PAPERS.title)
    steps = college.steps
    if steps.issued == steps.students:
        return None
    if unsigned := sum(not one.paper_signed for one in college.classes):
        words = tr("下一步：打印核验报告单，签字以后登记，还差 {n} 个班。", n=unsigned)
        return NextDeed(words, open_page, REVIEW_PAPERS.id)
    if not college.paper_sealed:
        words = tr("下一步：打印入学报到审核单，主要负责人签字盖章以后登记。")
        return NextDeed(words, open_page, REVIEW_PAPERS.id)
    return None


def _send(lines: Sequence[CheckInLine]) -> NextDeed | None:
    if not _waiting(lines, {Action.EXPORT}):
        return None
    words = tr("下一步：都已登记，导出报送包交招生工作处。")
    return NextDeed(words, tr("导出报送包…"), EXCHANGE.id, "export")


def _waiting(lines: Sequence[CheckInLine], actions: Collection[Action]) -> int:
    return sum(line.next.action in actions for line in lines)


def _row(one: ReviewClass, lines: Mapping[str, CheckInLine]) -> BoardRow:
    steps, line = one.steps, lines.get(one.group.id)
    paper = (
        Cell(tr("已签字"), State.DONE) if one.paper_signed else Cell(tr("未签字"), State.NOT_YET)
    )
    return BoardRow(
        id=one.group.id,
        title=one.group.name,
        cells=(
            counted(steps.heard, steps.students),
            counted(steps.documents, steps.arrived),
            counted(steps.face, steps.arrived),
            counted(steps.found, steps.arrived),
            counted(steps.qualified, steps.arrived),
            paper,
            Cell(line.next.words if line else ""),
        ),
        tip=_tip(steps, one),
    )


def _tip(steps: ReviewSteps, one: ReviewClass) -> str:
    told = tr("{name}，共 {n} 人", name=one.group.name, n=steps.students)
    return told if one.may_begin else told + "\n" + tr("班主任还没有培训")
