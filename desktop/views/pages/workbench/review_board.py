"""The workbench of admissions in a round of procedure one: colleges × steps, as plain functions."""

from collections.abc import Sequence

from desktop.domain.entry_review import STANDING_TITLES, Standing
from desktop.domain.rounds import Round
from desktop.procedures.entry_review.review_board import ReviewCollege, ReviewSteps, review_board
from desktop.procedures.entry_review.review_desk import ReviewDesk, review_desk
from desktop.procedures.session import Reader
from desktop.views.language import tr
from desktop.views.look.states import State, state_of
from desktop.views.pages.cards import ENTRY_REVIEW, EXCHANGE, PREPARATION, REVIEW_PAPERS
from desktop.views.pages.workbench.boards import days_sentence, timing
from desktop.views.pages.workbench.paper_cells import paper_cell, void_names
from desktop.views.pages.workbench.view import NextDeed, WorkbenchView
from desktop.views.table_models.board import Board, BoardRow, Cell
from desktop.views.widgets.proportions import Share

_SHARES = {
    Standing.QUALIFIED: State.DONE,
    Standing.KEPT: State.DONE,
    Standing.GIVEN_UP: State.DONE,
    Standing.FAILED: State.DONE,
    Standing.DOUBTFUL: State.ATTENTION,
    Standing.IN_HAND: State.IN_HAND,
    Standing.LEAVE: State.IN_HAND,
    Standing.ABSENT: State.IN_HAND,
    Standing.UNHEARD: State.NOT_YET,
}
_STEPS = (
    tr("下发"),
    tr("登记报到"),
    tr("材料核验"),
    tr("人像核验"),
    tr("班主任核对"),
    tr("报送包"),
    tr("审核单"),
    tr("已下达"),
)


def read_review_board(session: Reader, round_: Round) -> WorkbenchView:
    """Read the workbench of admissions for a round of procedure one."""
    desk, colleges = review_desk(session, round_.id), review_board(session, round_.id)
    total = sum((one.steps for one in colleges), ReviewSteps())
    return WorkbenchView(
        sentence=colleges_sentence(colleges, desk),
        days=days_sentence(round_, session.today()),
        timing=timing(round_, session.today()),
        done=total.issued,
        total=total.students,
        shares=standing_shares(total),
        board=colleges_as_board(colleges),
        what=tr("审查结论"),
        next=next_deed(desk, colleges),
    )


def colleges_sentence(colleges: Sequence[ReviewCollege], desk: ReviewDesk) -> str:
    """Say how far the review is, in numbers that the report has too."""
    count = desk.count
    silent = [one.name for one in colleges if one.office and one.classes and not one.came.numbers]
    rest = (
        tr("还没有收到{names}的报送包。", names="、".join(silent))
        if silent
        else tr("各院部都已报来。")
    )
    return tr(
        "应报到 {expected:,} 人，实报到 {arrived:,} 人，审查合格 {qualified:,} 人，"
        "存疑 {doubtful:,} 人。{rest}",
        expected=count.expected,
        arrived=count.arrived,
        qualified=count.qualified,
        doubtful=count.doubtful,
        rest=rest,
    )


def standing_shares(steps: ReviewSteps) -> tuple[Share, ...]:
    """Return how students divide among where they stand."""
    return tuple(
        Share(STANDING_TITLES[standing], steps.standings[standing], state)
        for standing, state in _SHARES.items()
    )


def colleges_as_board(colleges: Sequence[ReviewCollege]) -> Board:
    """Return the board colleges × steps."""
    return Board(tr("院部"), _STEPS, tuple(map(_row, colleges)))


def next_deed(desk: ReviewDesk, colleges: Sequence[ReviewCollege]) -> NextDeed | None:
    """Return what is to be done next, None where admissions waits for others."""
    if not desk.round.open or not desk.students:
        return None
    return _prepare(desk, colleges) or _print_again(desk, colleges) or _decide(desk)


def _prepare(desk: ReviewDesk, colleges: Sequence[ReviewCollege]) -> NextDeed | None:
    """Return what colleges wait for before they can begin."""
    if not desk.rules.check_in_until:
        words = tr("下一步：填写报到开始和截止的日期，各项期限从它算起。")
        return NextDeed(words, tr("填写规定…"), PREPARATION.id, "rules")
    if not all(one.sent_down for one in colleges if one.office and one.classes):
        words = tr("下一步：把新生名单和规定导出给各院部，院部收入以后才能开始。")
        return NextDeed(words, tr("导出报送包…"), EXCHANGE.id, "export")
    return None


def _print_again(desk: ReviewDesk, colleges: Sequence[ReviewCollege]) -> NextDeed | None:
    """Return whose return is void: verdicts rest on it, unless some do not agree already."""
    names = void_names([one.paper for one in colleges])
    if not names or any(one.stale is not None for one in desk.students):
        return None
    words = tr(
        "下一步：{names}的报到审核单签字以后有变动，已经作废，请院部重新打印、签字、盖章后报来。",
        names=names,
    )
    title = REVIEW_PAPERS.title
    return NextDeed(words, tr("打开“{title}”", title=title), REVIEW_PAPERS.id, "void")


def _decide(desk: ReviewDesk) -> NextDeed | None:
    """Return about whom something can be decided, the doubtful verdicts first."""
    students = desk.students
    if stale := sum(one.stale is not None for one in students):
        words = tr("下一步：{n} 人的结论与现在的登记不符，请逐人核对。", n=stale)
        return NextDeed(words, tr("核对结论…"), ENTRY_REVIEW.id, "stale")
    if ready := sum(one.ready for one in students):
        words = tr("下一步：{n:,} 人审查合格，可以下达给学籍科。", n=ready)
        return NextDeed(words, tr("下达合格名单…"), ENTRY_REVIEW.id, "ready")
    if gone := sum(one.may_give_up for one in students):
        words = tr("下一步：{n:,} 人可以确认放弃入学资格，请逐人核对。", n=gone)
        return NextDeed(words, tr("核对未报到…"), ENTRY_REVIEW.id, "may_give_up")
    return None


def _row(one: ReviewCollege) -> BoardRow:
    steps = one.steps
    sent = (
        Cell(one.sent_down[:10], State.DONE)
        if one.sent_down
        else Cell(tr("未下发"), State.ATTENTION, tr("还没有给它导出这个批次的报送包"))
    )
    waiting = [c.group.name for c in one.classes if c.group.id and not c.may_begin]
    tip = tr(
        "{name}，{count} 个班，共 {n} 人", name=one.name, count=len(one.classes), n=steps.students
    )
    if waiting:
        tip += "\n" + tr("班主任还没有培训：{names}", names="、".join(waiting))
    return BoardRow(
        id=one.name,
        title=one.name,
        cells=(
            sent if one.office else Cell("—"),
            counted(steps.heard, steps.students),
            counted(steps.documents, steps.arrived),
            counted(steps.face, steps.arrived),
            counted(steps.found, steps.arrived),
            _came(one) if one.office else Cell("—"),
            _paper(one) if one.office else Cell("—"),
            counted(steps.issued, steps.students),
        ),
        tip=tip,
    )


def _came(one: ReviewCollege) -> Cell:
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


def _paper(one: ReviewCollege) -> Cell:
    if one.paper is None:
        return Cell("—")
    signed = sum(c.paper_signed for c in one.classes)
    tip = tr(
        "{count} 个班中 {signed} 个班的报告单已签字登记", count=len(one.classes), signed=signed
    )
    if void := void_names([c.paper for c in one.classes]):
        tip += "\n" + tr("核验报告单已作废，要重新打印签字：{names}", names=void)
    return paper_cell(one.paper, tr("已盖章"), tr("未收回"), tip, begun=bool(signed))


def counted(done: int, total: int) -> Cell:
    """Return how many of some students are done, with the shape of it."""
    if not total:
        return Cell("—", State.NOT_YET, tr("还没有学生报到"))
    tip = tr(
        "共 {total} 人，已完成 {done} 人，还差 {rest} 人", total=total, done=done, rest=total - done
    )
    return Cell(f"{done} / {total}", state_of(done, total), tip)
