"""What stands beside the table: one student and all reasons, or the round while none is chosen."""

from collections.abc import Callable, Sequence

from desktop.domain.recheck import (
    RECHECK_VERDICT_TITLES,
    REVIEW_TITLES,
    STANDING_TITLES,
    ReviewFinding,
    Standing,
)
from desktop.domain.review_fields import FIVE_TITLES, SOUND_TITLES
from desktop.procedures.recheck.recheck_board import RecheckCollege
from desktop.procedures.recheck.recheck_desk import DeskStudent, RecheckDesk
from desktop.procedures.review_papers.paper_standing import PaperState
from desktop.views.language import tr
from desktop.views.look.states import State
from desktop.views.recheck_words import STATES, days_sentence, next_words
from desktop.views.widgets import details as part
from desktop.views.widgets.masked_number import masked


def state_of_student(one: DeskStudent) -> State:
    """Return the shape for how a student stands; what a person has to look at comes first."""
    if one.stale or one.one.file.conflicts:
        return State.ATTENTION
    return STATES[one.one.assessment.standing]


def standing_text(one: DeskStudent) -> str:
    """Return where a student stands, in the few words that a column has room for."""
    if one.one.assessment.standing is Standing.NO_FORM:
        return tr("未交复查表") if not one.one.file.form else tr("复查表须重交")
    return STANDING_TITLES[one.one.assessment.standing]


def verdict_text(one: DeskStudent) -> str:
    """Return what the registrar was told, "" while nothing was."""
    verdict = one.one.file.verdict
    return RECHECK_VERDICT_TITLES[verdict] if verdict else ""


def reasons_text(one: DeskStudent) -> str:
    """Return why a student stands so, in one line."""
    return "".join(reason.sentence for reason in one.one.assessment.reasons)


def parts_of(
    one: DeskStudent, show_case: Callable[[str], None], begin: Callable[[], None] | None
) -> list[part.Part]:
    """Return a student's standing, every reason with its article, cases and reviews.

    Args:
        one: the student.
        show_case: opens a case by its number.
        begin: opens a case of the student; None where none can be opened now.
    """
    identity = one.one.student.identity
    parts: list[part.Part] = [
        part.Heading(identity.name or tr("（姓名待定）")),
        part.Standing(state_of_student(one), STANDING_TITLES[one.one.assessment.standing]),
    ]
    if told := verdict_text(one):
        parts.append(part.Words(tr("已下达给学籍科：{told}。", told=told), "strong"))
    if one.stale:
        words = tr("已下达的结论与现在的情况不符，请核对；确需更改的，先收回再下达。")
        parts.append(part.Words(words, "strong"))
    if one.one.file.conflicts:
        words = tr("各方说法不一致：{fields}。", fields="、".join(one.one.file.conflicts))
        parts.append(part.Words(words, "strong"))
    parts += [
        part.Words(f"{reason.sentence}（{reason.article}）")
        for reason in one.one.assessment.reasons
    ]
    parts += [
        part.Deed(
            tr("查看专项核查 {number}", number=case.number),
            lambda number=case.number: show_case(number),  # type: ignore[misc]
            drawing="eye",
        )
        for case in one.cases
    ]
    if begin:
        parts.append(part.Deed(tr("立案核查…"), begin, drawing="add"))
    return parts + _facts(one)


def overview(desk: RecheckDesk, colleges: Sequence[RecheckCollege]) -> list[part.Part]:
    """Return what the round as a whole says, while nobody is chosen."""
    count = desk.count
    parts: list[part.Part] = [part.Heading(tr("这一次复查"))]
    if words := next_words(desk):
        parts.append(part.Words(words, "strong"))
    parts.append(part.Words(days_sentence(desk)))
    numbers = [
        (tr("应复查"), count.students),
        (tr("已交复查表"), count.forms),
        (tr("未交"), count.missing_forms),
        (tr("有疑点"), count.doubts),
        (tr("不合格"), count.failed),
        (tr("保留资格"), count.kept),
        (tr("合格"), count.approved),
        (tr("已下达"), desk.issued),
    ]
    parts += [part.Fact(title, tr("{n:,} 人", n=number)) for title, number in numbers]
    parts.append(
        part.Fact(
            tr("专项核查"), tr("{n:,} 件，核查中 {open:,} 件", n=count.cases, open=count.open_cases)
        )
    )
    parts += _approval(desk)
    parts.append(part.Heading(tr("各院部")))
    parts += [part.Fact(one.name, college_words(one)) for one in colleges if one.classes]
    return parts


def college_words(one: RecheckCollege) -> str:
    """Say in one line how far a college is."""
    count = one.steps.count
    said = tr(
        "{students:,} 人，已交表 {forms:,}，合格 {approved:,}，核查中 {open:,}",
        students=count.students,
        forms=count.forms,
        approved=count.approved,
        open=count.open_cases,
    )
    if not one.office:
        return said
    paper = tr("汇总表已盖章") if one.sealed else tr("汇总表未收回")
    if one.paper and one.paper.state is PaperState.VOID:
        paper = tr("汇总表已作废，要重新打印、签字、盖章")
    came = tr("收到 {n} 份报送包", n=len(one.came.numbers)) if one.came.numbers else tr("未报送")
    return tr("{said}；{paper}；{came}", said=said, paper=paper, came=came)


def _approval(desk: RecheckDesk) -> list[part.Part]:
    approval = desk.approval
    heading = part.Heading(tr("领导小组审定"))
    if approval is None:
        return [heading, part.Words(tr("还没有登记审定。"), "quiet")]
    facts = [
        (tr("日期"), approval.approved_on),
        (tr("文件"), approval.document),
        (tr("组长"), approval.leader),
        (tr("人员"), approval.members),
    ]
    return [heading, *(part.Fact(title, text) for title, text in facts if text)]


def _facts(one: DeskStudent) -> list[part.Part]:
    file, identity = one.one.file, one.one.student.identity
    nothing = tr("还没有")
    form = nothing if not file.form else tr("已交") if file.form_usable else tr("不能用，须重交")
    facts = [
        (tr("院部和班级"), f"{one.group.college_name}　{one.group.name}"),
        (tr("学号"), identity.student_number or tr("（空）")),
        (tr("考生号"), identity.exam_number or tr("（空）")),
        (tr("身份证号"), masked(identity.id_number) or tr("（空）")),
        (tr("录取类型"), identity.admission_type or tr("（空）")),
        (tr("复查表"), form),
        (tr("初核"), _reviewed(file.first, file.first_reviewer) or nothing),
        (tr("复核"), _reviewed(file.second, file.second_reviewer) or nothing),
    ]
    parts: list[part.Part] = [part.Fact(title, text) for title, text in facts]
    if file.five:
        parts.append(part.Heading(tr("五项复查内容")))
        parts += [
            part.Fact(title, SOUND_TITLES.get(file.five.get(thing, ""), nothing))
            for thing, title in FIVE_TITLES.items()
        ]
    return parts


def _reviewed(finding: ReviewFinding | None, reviewer: str) -> str:
    if finding is None:
        return ""
    title = REVIEW_TITLES[finding]
    return tr("{title}（{who}）", title=title, who=reviewer) if reviewer else title
