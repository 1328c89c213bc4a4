"""The workbench in a round of procedure two, as plain functions: colleges, or a college's classes.

Admissions sees what has come from every college; a college sees its own classes.
"""

from collections.abc import Sequence
from dataclasses import replace

from desktop.domain.offices import OfficeKind
from desktop.domain.recheck import STANDING_TITLES, RecheckVerdict, Standing
from desktop.domain.rounds import Round
from desktop.procedures.recheck.recheck_board import (
    RecheckClass,
    RecheckCollege,
    RecheckSteps,
    recheck_board,
    recheck_until,
)
from desktop.procedures.recheck.recheck_desk import RecheckDesk, recheck_desk
from desktop.procedures.review_papers.paper_standing import PaperLine
from desktop.procedures.session import Reader
from desktop.views.language import tr
from desktop.views.look.states import State, state_of
from desktop.views.pages.cards import CASES, RECHECK, RECHECK_DESK, REVIEW_PAPERS
from desktop.views.pages.workbench.boards import NO_CLASSES, days_sentence, timing
from desktop.views.pages.workbench.paper_cells import paper_cell, void_names
from desktop.views.pages.workbench.view import NextDeed, WorkbenchView
from desktop.views.recheck_words import STATES, next_words
from desktop.views.table_models.board import Board, BoardRow, Cell
from desktop.views.widgets.proportions import Share

_COLLEGE_STEPS = (
    tr("下发"),
    tr("复查表"),
    tr("比对"),
    tr("两人复核"),
    tr("疑点"),
    tr("专项核查"),
    tr("报送包"),
    tr("汇总表"),
    tr("已下达"),
)
_CLASS_STEPS = (
    tr("复查表"),
    tr("比对"),
    tr("两人复核"),
    tr("疑点"),
    tr("专项核查"),
    tr("已有结果"),
    tr("汇总表"),
)
_NOTHING = Cell("—")


def read_recheck_board(session: Reader, round_: Round) -> WorkbenchView:
    """Read the workbench of admissions or of a college for a round of procedure two."""
    colleges = recheck_board(session, round_.id)
    round_ = replace(round_, deadline=recheck_until(session, round_.id))
    if session.home.seat.office.kind is OfficeKind.COLLEGE:
        return _of_college(session, round_, [one for one in colleges if one.office])
    desk = recheck_desk(session, round_.id)
    return WorkbenchView(
        sentence=colleges_sentence(desk, colleges),
        days=days_sentence(round_, session.today()),
        timing=timing(round_, session.today()),
        done=desk.issued,
        total=len(desk.students),
        shares=shares_of([one.steps for one in colleges]),
        board=colleges_as_board(colleges),
        what=tr("复查结论"),
        next=next_of_admissions(desk, colleges),
    )


def _of_college(
    session: Reader, round_: Round, colleges: Sequence[RecheckCollege]
) -> WorkbenchView:
    classes = [group for one in colleges for group in one.classes]
    steps = [one.steps for one in colleges]
    papers = [*(one.paper for one in classes), *(one.paper for one in colleges)]
    return WorkbenchView(
        sentence=classes_sentence(classes),
        days=days_sentence(round_, session.today()),
        timing=timing(round_, session.today()),
        done=sum(one.settled for one in steps),
        total=sum(one.count.students for one in steps),
        shares=shares_of(steps),
        board=Board(tr("班级"), _CLASS_STEPS, tuple(map(_class_row, classes))),
        what=tr("复查结果"),
        next=next_of_college(round_, steps, papers),
    )


def colleges_sentence(desk: RecheckDesk, colleges: Sequence[RecheckCollege]) -> str:
    """Say how far the re-check is, in numbers that the closing report has too."""
    count = desk.count
    silent = [one.name for one in colleges if one.office and one.classes and not one.came.numbers]
    rest = (
        tr("还没有收到{names}的报送包。", names="、".join(silent))
        if silent
        else tr("各院部都已报来。")
    )
    return tr(
        "应复查 {students:,} 人，已交复查表 {forms:,} 人，合格 {approved:,} 人，"
        "核查中 {open:,} 件。{rest}",
        students=count.students,
        forms=count.forms,
        approved=count.approved,
        open=count.open_cases,
        rest=rest,
    )


def classes_sentence(classes: Sequence[RecheckClass]) -> str:
    """Say how far a college's classes are."""
    if not classes:
        return NO_CLASSES
    students = sum(one.steps.count.students for one in classes)
    settled = sum(one.steps.settled for one in classes)
    done = sum(one.steps.settled == one.steps.count.students for one in classes)
    return tr(
        "共 {count} 个班 {students:,} 人，{settled:,} 人已有复查结果，{done} 个班全部办完。",
        count=len(classes),
        students=students,
        settled=settled,
        done=done,
    )


def shares_of(steps: Sequence[RecheckSteps]) -> tuple[Share, ...]:
    """Return how the students of a round divide among where they stand."""
    order = (Standing.APPROVED, Standing.KEPT, Standing.FAILED)
    return tuple(
        Share(STANDING_TITLES[one], sum(part.standings[one] for part in steps), STATES[one])
        for one in (*order, *(s for s in Standing if s not in order))
    )


def next_of_admissions(
    desk: RecheckDesk, colleges: Sequence[RecheckCollege] = ()
) -> NextDeed | None:
    """Return what admissions has to do next, and where."""
    words = next_words(desk)
    urgent = any(one.stale or one.due is RecheckVerdict.CASE for one in desk.students)
    free = desk.round.open and not urgent and not desk.by_standing[Standing.DOUBTFUL]
    if free and (names := void_names([one.paper for one in colleges])):
        words = tr(
            "下一步：{names}的汇总表签字以后有变动，已经作废，请院部重新打印、签字、盖章后报来。",
            names=names,
        )
        title = REVIEW_PAPERS.title
        return NextDeed(words, tr("打开“{title}”", title=title), REVIEW_PAPERS.id, "void")
    if not words:
        return None
    if desk.by_standing[Standing.DOUBTFUL] and not any(one.stale for one in desk.students):
        return NextDeed(words, tr("去立案…"), CASES.id, "waiting")
    return NextDeed(words, tr("打开“{title}”", title=RECHECK_DESK.title), RECHECK_DESK.id)


def next_of_college(
    round_: Round, steps: Sequence[RecheckSteps], papers: Sequence[PaperLine | None] = ()
) -> NextDeed | None:
    """Return what a college has to do next about doubts, cases, its summaries and sending."""
    if not round_.open:
        return None
    if n := sum(one.doubtful for one in steps):
        words = tr("下一步：{n:,} 人有疑点，请立案核查。", n=n)
        return NextDeed(words, tr("去立案…"), CASES.id, "waiting")
    if n := sum(one.count.open_cases for one in steps):
        words = tr("下一步：{n:,} 件专项核查还没有结论，请登记核查情况。", n=n)
        return NextDeed(words, tr("打开“{title}”", title=CASES.title), CASES.id, "open")
    if n := sum(one.count.students - one.settled for one in steps):
        words = tr("下一步：还有 {n:,} 人没有复查结果，请收复查表、录入比对、两人复核。", n=n)
        return NextDeed(words, tr("打开“{title}”", title=RECHECK.title), RECHECK.id)
    return _summaries(papers) if steps else None


def _summaries(papers: Sequence[PaperLine | None]) -> NextDeed:
    """Return what is to be done about the summaries, now that everybody has a result."""
    if names := void_names(papers):
        words = tr(
            "下一步：{names}的汇总表打印以后有变动，已经作废，请重新打印、签字、盖章。", names=names
        )
        return NextDeed(words, tr("重新打印…"), REVIEW_PAPERS.id, "void")
    words = tr("下一步：全部学生已有结果，请打印汇总表签字盖章，再导出给招生工作处。")
    return NextDeed(words, tr("打开“{title}”", title=REVIEW_PAPERS.title), REVIEW_PAPERS.id)


def colleges_as_board(colleges: Sequence[RecheckCollege]) -> Board:
    """Return the board colleges × steps."""
    return Board(tr("院部"), _COLLEGE_STEPS, tuple(map(_college_row, colleges)))


def _college_row(one: RecheckCollege) -> BoardRow:
    steps = one.steps
    count, students = steps.count, steps.count.students
    sent = (
        Cell(one.sent_down[:10], State.DONE)
        if one.sent_down
        else Cell(tr("未下发"), State.ATTENTION, tr("还没有给它导出这个批次的报送包"))
    )
    return BoardRow(
        id=one.name,
        title=one.name,
        cells=(
            sent if one.office else _NOTHING,
            _counted(count.forms, students),
            _counted(steps.compared, students),
            _counted(steps.reviewed, students),
            _doubts(steps),
            _cases(steps),
            _came(one) if one.office else _NOTHING,
            _summary(one),
            _counted(steps.issued, students),
        ),
        tip=tr(
            "{name}，{count} 个班，共 {n} 人", name=one.name, count=len(one.classes), n=students
        ),
    )


def _class_row(one: RecheckClass) -> BoardRow:
    steps = one.steps
    students = steps.count.students
    return BoardRow(
        id=one.group.name,
        title=one.group.name,
        cells=(
            _counted(steps.count.forms, students),
            _counted(steps.compared, students),
            _counted(steps.reviewed, students),
            _doubts(steps),
            _cases(steps),
            _counted(steps.settled, students),
            paper_cell(one.paper, tr("已签字"), tr("未签字")),
        ),
        tip=tr("{name}，共 {n} 人", name=one.group.name, n=students),
    )


def _summary(one: RecheckCollege) -> Cell:
    """Return how far a college's own summary is, and those of its classes."""
    if one.paper is None:
        return _NOTHING
    signed = sum(group.signed for group in one.classes)
    tip = tr("{count} 个班中 {signed} 个班的汇总表已签字", count=len(one.classes), signed=signed)
    if void := void_names([group.paper for group in one.classes]):
        tip += "\n" + tr("班级汇总表已作废，要重新打印签字：{names}", names=void)
    return paper_cell(one.paper, tr("已盖章"), tr("未收回"), tip, begun=bool(signed))


def _doubts(steps: RecheckSteps) -> Cell:
    tip = tr(
        "有疑点的学生 {n} 人，其中 {waiting} 人还没有立案",
        n=steps.count.doubts,
        waiting=steps.doubtful,
    )
    if steps.doubtful:
        return Cell(tr("{n} 人待立案", n=steps.doubtful), State.ATTENTION, tip)
    return (
        Cell(tr("{n} 人", n=steps.count.doubts), State.DONE, tip)
        if steps.count.doubts
        else (Cell(tr("没有")))
    )


def _cases(steps: RecheckSteps) -> Cell:
    count = steps.count
    if not count.cases:
        return Cell(tr("没有"))
    concluded = count.cases - count.open_cases
    tip = tr("{n} 件专项核查，{open} 件还没有结论", n=count.cases, open=count.open_cases)
    return Cell(f"{concluded} / {count.cases}", state_of(concluded, count.cases), tip)


def _came(one: RecheckCollege) -> Cell:
    if gaps := one.came.not_received:
        named = "、".join(tr("第{number}号", number=number) for number in gaps)
        return Cell(
            tr("缺 {count} 份", count=len(gaps)), State.ATTENTION, tr("{named}未收到", named=named)
        )
    if not one.came.numbers:
        return Cell(tr("未收到"), State.NOT_YET, tr("还没有收到报送包"))
    last = one.came.last_arrival[:16].replace("T", " ")
    return Cell(
        tr("{count} 份", count=len(one.came.numbers)),
        State.DONE,
        tr("最近一份收到于 {last}", last=last),
    )


def _counted(done: int, total: int) -> Cell:
    if not total:
        return _NOTHING
    tip = tr(
        "共 {total} 人，已完成 {done} 人，还差 {rest} 人", total=total, done=done, rest=total - done
    )
    return Cell(f"{done} / {total}", state_of(done, total), tip)
