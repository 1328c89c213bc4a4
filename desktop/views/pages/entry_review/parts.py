"""What stands beside the table: one student and all reasons, or the round while none is chosen."""

from desktop.domain.checklists import BROUGHT_TITLES, Brought
from desktop.domain.entry_review import (
    ARRIVAL_TITLES,
    FINDING_TITLES,
    STANDING_TITLES,
    VERDICT_TITLES,
    Standing,
)
from desktop.domain.review_rules import percent
from desktop.procedures.entry_review.review_desk import DeskStudent, NoShowReport, ReviewDesk
from desktop.views.language import tr
from desktop.views.look.states import State
from desktop.views.pages.entry_review.filters import days_sentence
from desktop.views.widgets import details as part
from desktop.views.widgets.masked_number import masked

_STATES = {
    Standing.UNHEARD: State.NOT_YET,
    Standing.LEAVE: State.IN_HAND,
    Standing.ABSENT: State.IN_HAND,
    Standing.GIVEN_UP: State.DONE,
    Standing.KEPT: State.DONE,
    Standing.IN_HAND: State.IN_HAND,
    Standing.DOUBTFUL: State.ATTENTION,
    Standing.FAILED: State.DONE,
    Standing.QUALIFIED: State.DONE,
}


def state_of_student(one: DeskStudent) -> State:
    """Return the shape for how a student stands; what a person has to look at comes first."""
    if one.stale or one.may_give_up:
        return State.ATTENTION
    if one.standing is Standing.QUALIFIED and one.reviewed.file.verdict is None:
        return State.IN_HAND
    return _STATES[one.standing]


def standing_text(one: DeskStudent) -> str:
    """Return where a student stands, in the few words that a column has room for."""
    if one.standing is Standing.UNHEARD:
        return tr("还没有登记")
    return STANDING_TITLES[one.standing]


def verdict_text(one: DeskStudent) -> str:
    """Return what the registrar is told, "" while nothing is."""
    verdict = one.reviewed.file.verdict
    return VERDICT_TITLES[verdict] if verdict else ""


def reasons_text(one: DeskStudent) -> str:
    """Return why a student stands so, in one line."""
    told = [reason.sentence for reason in one.reviewed.assessment.reasons]
    return "".join([one.stale.sentence] if one.stale else told)


def parts_of(one: DeskStudent) -> list[part.Part]:
    """Return a student's standing, every reason with its article, and what was recorded."""
    identity = one.reviewed.student.identity
    parts: list[part.Part] = [
        part.Heading(identity.name or tr("（姓名待定）")),
        part.Standing(state_of_student(one), STANDING_TITLES[one.standing]),
    ]
    if told := verdict_text(one):
        parts.append(part.Words(tr("已下达给学籍科：{told}。", told=told), "strong"))
    if one.stale:
        parts.append(part.Words(f"{one.stale.sentence}（{one.stale.article}）", "strong"))
    parts += [
        part.Words(f"{reason.sentence}（{reason.article}）")
        for reason in one.reviewed.assessment.reasons
    ]
    if one.difference:
        parts.append(part.Words(one.difference.sentence, "strong"))
    return parts + _facts(one)


def _facts(one: DeskStudent) -> list[part.Part]:
    file, identity = one.reviewed.file, one.reviewed.student.identity
    nothing = tr("还没有登记")
    face = file.face or tr("报告里没有")
    if file.face and file.likeness is not None:
        face = tr("{face}，相似度 {likeness}", face=face, likeness=percent(file.likeness))
    found = FINDING_TITLES[file.finding] if file.finding else nothing
    if file.finding and file.checker:
        found = f"{found}（{file.checker}）"
    facts = [
        (tr("院部和班级"), f"{one.group.college_name}　{one.group.name}"),
        (tr("考生号"), identity.exam_number or tr("（空）")),
        (tr("身份证号"), masked(identity.id_number) or tr("（空）")),
        (tr("录取类型"), identity.admission_type or tr("（空）")),
        (tr("报到"), ARRIVAL_TITLES[file.arrival] if file.arrival else nothing),
        (tr("人像比对"), face),
        (tr("班主任"), found),
    ]
    if file.second:
        facts.append((tr("复核"), FINDING_TITLES[file.second]))
    if lacking := one.reviewed.assessment.lacking:
        named = "、".join(
            f"{lack.item.title}（{lack.due or BROUGHT_TITLES[Brought.MISSING]}）"
            for lack in lacking
        )
        facts.append((tr("缺的材料"), named))
    return [part.Fact(title, text) for title, text in facts]


def overview(desk: ReviewDesk, report: NoShowReport) -> list[part.Part]:
    """Return what the round as a whole says, while nobody is chosen."""
    count = desk.count
    parts: list[part.Part] = [
        part.Heading(tr("这一次审查")),
        part.Words(days_sentence(desk)),
    ]
    if desk.give_up_days is not None and desk.round.open:
        parts.append(part.Words(_give_up_sentence(desk)))
    numbers = [
        (tr("录取"), count.admitted),
        (tr("应报到"), count.expected),
        (tr("实报到"), count.arrived),
        (tr("未报到"), count.no_show),
        (tr("请假"), count.leave),
        (tr("还没有登记"), count.unheard),
        (tr("保留资格"), count.kept),
        (tr("人脸通过"), count.face_passed),
        (tr("材料不全"), count.documents_missing),
        (tr("存疑"), count.doubtful),
        (tr("审查合格"), count.qualified),
    ]
    parts += [part.Fact(title, tr("{n:,} 人", n=number)) for title, number in numbers]
    if not desk.report_read:
        parts.append(part.Words(tr("还没有读入人像比对核查结果，请在“读入记录”里读入。"), "quiet"))
    if report.number:
        parts.append(part.Heading(tr("未报到学生的生源省份")))
        parts += [
            part.Fact(one.province, tr("{n:,} 人", n=len(one.students))) for one in report.provinces
        ]
    return parts


def _give_up_sentence(desk: ReviewDesk) -> str:
    days, after = desk.give_up_days or 0, desk.rules.give_up_after
    if days >= 0:
        return tr(
            "{after} 以后，未报到的可以逐人确认视为放弃，还有 {days} 天。", after=after, days=days
        )
    waiting = sum(one.may_give_up for one in desk.students)
    return tr(
        "{after} 已过，可以逐人确认视为放弃，现有 {waiting:,} 人可以确认。",
        after=after,
        waiting=waiting,
    )
