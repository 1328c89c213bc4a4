"""How a round of procedure two stands, in words and shapes: for the page and the workbench."""

from typing import Final

from desktop.domain.recheck import WAITS, RecheckVerdict, Standing
from desktop.procedures.recheck.recheck_desk import RecheckDesk
from desktop.views.language import tr
from desktop.views.look.states import State

STATES: Final = {
    Standing.NO_FORM: State.NOT_YET,
    Standing.IN_HAND: State.IN_HAND,
    Standing.DOUBTFUL: State.ATTENTION,
    Standing.UNDER_CASE: State.IN_HAND,
    Standing.FAILED: State.DONE,
    Standing.KEPT: State.DONE,
    Standing.APPROVED: State.DONE,
}


def state_sentence(desk: RecheckDesk) -> str:
    """Say in one sentence how the round stands, and how much time is left."""
    count = desk.count
    if not count.students:
        return tr("这个批次里还没有学生。")
    said = tr(
        "应复查 {students:,} 人，已交复查表 {forms:,} 人，合格 {approved:,} 人，"
        "专项核查 {cases:,} 件（核查中 {open:,} 件）。",
        students=count.students,
        forms=count.forms,
        approved=count.approved,
        cases=count.cases,
        open=count.open_cases,
    )
    return said + days_sentence(desk)


def days_sentence(desk: RecheckDesk) -> str:
    """Say until when the re-check must be done, and how many days are left (二(二))."""
    days = desk.days
    if not desk.round.open:
        return tr("批次已经结束。")
    if days is None:
        return tr("还没有填写截止日期。")
    if days < 0:
        return tr("复查应在 {until} 前完成，已过 {days} 天。", until=desk.until, days=-days)
    if days == 0:
        return tr("今天是复查的最后一天。")
    return tr("复查应在 {until} 前完成，还有 {days} 天。", until=desk.until, days=days)


def time_left(days: int | None) -> str:
    """Say in a few words how many days of the re-check are left, "" where no day is set."""
    if days is None:
        return ""
    if days < 0:
        return tr("复查截止已过 {days} 天。", days=-days)
    if days == 0:
        return tr("今天是复查的最后一天。")
    return tr("离复查截止还有 {days} 天。", days=days)


def next_words(desk: RecheckDesk) -> str:
    """Say in words what is to be done next, "" where nothing is."""
    by = desk.by_standing
    if not desk.round.open:
        return ""
    if n := sum(one.stale for one in desk.students):
        return tr("下一步：{n:,} 人已下达的结论与现在的情况不符，请核对后收回。", n=n)
    if n := sum(one.due is RecheckVerdict.CASE for one in desk.students):
        return tr("下一步：{n:,} 人正在专项核查，请先下达“核查中”，学籍科就不会注册。", n=n)
    if n := by[Standing.DOUBTFUL]:
        return tr("下一步：{n:,} 人有疑点，请到“专项核查”立案。", n=n)
    if desk.approval and (n := sum(one.due is not None for one in desk.students)):
        return tr("下一步：领导小组已经审定，{n:,} 人的结论可以下达。", n=n)
    return _what_is_waited_for(desk)


def _what_is_waited_for(desk: RecheckDesk) -> str:
    waiting = sum(one.one.assessment.standing in WAITS for one in desk.students)
    if waiting == len(desk.students):
        return tr("下一步：请院部收复查表、比对和复核，把报送包交来以后在“收发”里收入。")
    if desk.approval is None:
        rest = tr("还有 {n:,} 人没有结果。", n=waiting) if waiting else tr("全部已有结果。")
        return rest + tr("接着生成复查小结，报领导小组审定以后登记审定。")
    return tr("下一步：还有 {n:,} 人没有结果，请催院部办理。", n=waiting) if waiting else ""
