"""By what the students of the page are filtered and found, as plain functions."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from desktop.domain.entry_review import STANDING_TITLES
from desktop.domain.review_differences import FACE_DIFFERENCE_TITLES
from desktop.procedures.entry_review.review_desk import DeskStudent, ReviewDesk
from desktop.views.language import tr

ALL, READY, MAY_GIVE_UP = "all", "ready", "may_give_up"
DIFFERENT, STALE, DISPUTED = "different", "stale", "disputed"
FILTERS: Final = (
    (ALL, tr("全部")),
    *((str(standing), title) for standing, title in STANDING_TITLES.items()),
    (READY, tr("可以下达")),
    (MAY_GIVE_UP, tr("可以确认放弃")),
    (DIFFERENT, tr("与人像报告不一致")),
    *((str(kind), title) for kind, title in FACE_DIFFERENCE_TITLES.items()),
    (DISPUTED, tr("各方不一致")),
    (STALE, tr("结论要核对")),
)
_ALWAYS: Final = (ALL, READY)
_OF_DIFFERENCES: Final = frozenset(map(str, FACE_DIFFERENCE_TITLES))


def filters_of(one: DeskStudent, *, report_read: bool = True) -> set[str]:
    """Return every filter under which a student stands.

    Nobody differs from a report that was never read.
    """
    found = {ALL, str(one.standing)}
    if one.difference and report_read:
        found |= {DIFFERENT, str(one.difference.kind)}
    flags = {
        READY: one.ready,
        MAY_GIVE_UP: one.may_give_up,
        DISPUTED: bool(one.reviewed.file.conflicts),
        STALE: one.stale is not None,
    }
    return found | {name for name, holds in flags.items() if holds}


def counts(students: Sequence[DeskStudent], *, report_read: bool) -> dict[str, int]:
    """Return how many students stand under each filter."""
    counted = Counter(name for one in students for name in filters_of(one, report_read=report_read))
    return {name: counted[name] for name, _title in FILTERS}


def shown(numbers: dict[str, int], chosen: str) -> list[str]:
    """Return the filters worth showing; kinds of differences only once these are looked at."""
    among = chosen == DIFFERENT or chosen in _OF_DIFFERENCES
    return [
        name
        for name, number in numbers.items()
        if (number or name in _ALWAYS) and (among or name not in _OF_DIFFERENCES)
    ]


def searched_text(one: DeskStudent) -> str:
    """Return everything by which a student is found."""
    identity = one.reviewed.student.identity
    return "\n".join(
        (
            identity.name,
            identity.student_number,
            identity.exam_number,
            identity.id_number,
            one.group.name,
            one.group.college_name,
        )
    )


def state_sentence(desk: ReviewDesk) -> str:
    """Say in one sentence how the round stands, and how much time is left."""
    count = desk.count
    if not count.admitted:
        return tr("这个批次里还没有新生。")
    said = tr(
        "录取 {admitted:,} 人，应报到 {expected:,} 人，实报到 {arrived:,} 人，"
        "未报到 {no_show:,} 人，审查合格 {qualified:,} 人。",
        admitted=count.admitted,
        expected=count.expected,
        arrived=count.arrived,
        no_show=count.no_show,
        qualified=count.qualified,
    )
    return said + days_sentence(desk)


def days_sentence(desk: ReviewDesk) -> str:
    """Say until when no-shows are reported, and how many days are left."""
    days = desk.report_days
    if not desk.round.open:
        return tr("批次已经结束。")
    if days is None:
        return tr("还没有填写报到截止日期，请在“报到准备”里填写。")
    by = desk.rules.report_by
    if days < 0:
        return tr("未报到名单应在 {by} 前报送生源省份，已过 {days} 天。", by=by, days=-days)
    if days == 0:
        return tr("未报到名单今天是报送生源省份的最后一天。")
    return tr("未报到名单应在 {by} 前报送生源省份，还有 {days} 天。", by=by, days=days)
