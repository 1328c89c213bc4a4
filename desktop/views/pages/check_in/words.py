"""The classes of the board, and the rows of a class, in words: plain functions over records."""

from collections.abc import Callable, Sequence
from typing import Final

from desktop.domain.check_in import Action, ClassStanding
from desktop.domain.checklists import Brought, ChecklistItem, read_document
from desktop.domain.entry_review import (
    ARRIVAL_TITLES,
    FINDING_TITLES,
    STANDING_TITLES,
    ArrivalState,
    ReviewFile,
    Standing,
    by_hand,
    face_passes,
)
from desktop.domain.review_rules import ReviewRules, percent
from desktop.procedures.check_in.check_in_desk import CheckInLine, CheckInRow
from desktop.views.language import tr
from desktop.views.look.states import State, state_of
from desktop.views.pages.check_in.draft import CheckInDraft
from desktop.views.table_models.columns import Align, Column
from desktop.views.widgets.details import Deed, Fact, Heading, Part, Words

ALL = "all"
_RECORD = (Action.ARRIVALS, Action.DOCUMENTS, Action.DATES, Action.VERDICTS, Action.BY_HAND)
TO_RECORD: Final = frozenset({*_RECORD, Action.SECOND, Action.LATE, Action.SETTLE})
FILTERS: Final = (
    (ALL, tr("全部")),
    ("record", tr("要登记")),
    ("training", tr("等培训")),
    ("export", tr("要导出")),
    ("wait", tr("等招生工作处")),
    ("nothing", tr("已办完")),
)
_FILTER_OF = {
    **dict.fromkeys(TO_RECORD, "record"),
    Action.TRAINING: "training",
    Action.EXPORT: "export",
    Action.WAIT: "wait",
    Action.NOTHING: "nothing",
}
_ORDER = {action: place for place, action in enumerate(Action)}


def filter_of(line: CheckInLine) -> str:
    """Return under which filter a class stands."""
    return _FILTER_OF[line.next.action]


def next_state(line: CheckInLine) -> State:
    """Return the shape of the next action."""
    match line.next.action:
        case Action.TRAINING | Action.SETTLE | Action.LATE:
            return State.ATTENTION
        case Action.NOTHING:
            return State.DONE
        case Action.WAIT:
            return State.IN_HAND
        case _:
            return State.NOT_YET


def _number(title: str, count: Callable[[ClassStanding], int]) -> Column[CheckInLine]:
    return Column(
        title,
        lambda line: f"{count(line.standing)}",
        sort_key=lambda line: count(line.standing),
        align=Align.RIGHT,
        width=4,
    )


COLUMNS: Final[tuple[Column[CheckInLine], ...]] = (
    Column(tr("班级"), lambda line: line.group.name, width=9),
    Column(
        tr("下一步"),
        lambda line: line.next.words + (tr("（有草稿）") if line.draft else ""),
        sort_key=lambda line: (_ORDER[line.next.action], line.group.name),
        width=13,
        state=next_state,
        may_be_cut=True,
    ),
    Column(
        tr("已报到"),
        lambda line: f"{line.standing.count.arrived}/{line.standing.count.expected}",
        sort_key=lambda line: line.standing.count.arrived / max(line.standing.count.expected, 1),
        width=5,
        state=lambda line: state_of(line.standing.heard, line.standing.students),
    ),
    _number(tr("未登记"), lambda s: s.count.unheard),
    _number(tr("请假"), lambda s: s.count.leave),
    _number(tr("未报到"), lambda s: s.count.no_show),
    _number(tr("材料不全"), lambda s: s.count.documents_missing),
    _number(tr("人脸通过"), lambda s: s.count.face_passed),
    _number(tr("存疑"), lambda s: s.count.doubtful),
    _number(tr("合格"), lambda s: s.count.qualified),
    Column(tr("班主任"), lambda line: line.group.class_teacher or tr("没有填"), width=6),
)


def state_sentence(lines: Sequence[CheckInLine], *, any_round: bool = True) -> str:
    """Say how the classes stand, in one sentence."""
    if not any_round:
        return tr("还没有入学资格审查的批次。")
    if not lines:
        return tr("这个批次还没有本院部的班级。")
    counts = [line.standing.count for line in lines]
    said = tr(
        "{classes} 个班，应报到 {expected:,} 人，已报到 {arrived:,} 人",
        classes=len(lines),
        expected=sum(one.expected for one in counts),
        arrived=sum(one.arrived for one in counts),
    )
    for title, number in (
        (tr("请假"), sum(one.leave for one in counts)),
        (tr("未报到"), sum(one.no_show for one in counts)),
        (tr("还没有登记"), sum(one.unheard for one in counts)),
        (tr("存疑"), sum(one.doubtful for one in counts)),
        (tr("合格"), sum(one.qualified for one in counts)),
    ):
        if number:
            said += tr("，{title} {number:,} 人", title=title, number=number)
    return f"{said}。"


def class_parts(
    line: CheckInLine,
    do_next: Callable[[], object],
    go: Callable[[], object],
    waive: Callable[[], object],
) -> list[Part]:
    """Return what there is to say of a class, and what can be done with it."""
    count, standing = line.standing.count, line.standing
    parts: list[Part] = [Heading(line.group.name)]
    if line.next.action in (Action.NOTHING, Action.WAIT, Action.TRAINING):
        parts.append(Words(line.next.words, "strong"))
    else:
        parts.append(Deed(line.next.words, do_next, role="primary"))
    if line.next.action not in TO_RECORD:
        parts.append(Deed(tr("打开这个班"), go))
    if line.draft:
        parts.append(Words(tr("这个班有上次没有保存的登记，打开就能接着办。")))
    parts.append(Words(line.gate.sentence, "" if line.gate.open else "problem"))
    if not line.gate.open:
        parts.append(Words(tr("报到可以先登记；材料、六对照和结论要等班主任培训以后。"), "quiet"))
        parts.append(Deed(tr("院部主要负责人同意先行开展…"), waive))
    facts = (
        (tr("录取"), count.admitted),
        (tr("应报到"), count.expected),
        (tr("已报到"), count.arrived),
        (tr("请假"), count.leave),
        (tr("未报到"), count.no_show),
        (tr("还没有登记"), count.unheard),
        (tr("保留资格"), count.kept),
        (tr("人脸通过"), count.face_passed),
        (tr("材料不全"), count.documents_missing),
        (tr("未填结论"), standing.waiting["no-finding"]),
        (tr("存疑"), count.doubtful),
        (tr("合格"), count.qualified),
    )
    parts += [Fact(title, tr("{number} 人", number=number)) for title, number in facts]
    return parts


# --- the rows of a class -------------------------------------------------------------------------


def arrival_text(file: ReviewFile) -> str:
    """Say whether a student came: "已报到 09-12", "请假至 09-20", "未报到（因病）"."""
    match file.arrival:
        case None:
            return {"kept": tr("保留资格"), "given_up": tr("放弃资格")}.get(file.place, "")
        case ArrivalState.ARRIVED:
            return tr("已报到 {day}", day=file.arrived_on[5:])
        case ArrivalState.LEAVE:
            return tr("请假至 {day}", day=file.leave_until[5:])
        case _:
            return ARRIVAL_TITLES[file.arrival]


def documents_text(items: Sequence[ChecklistItem], file: ReviewFile) -> str:
    """Say how many of the required documents were seen: "4/5"."""
    wanted = [item for item in items if item.required_of(file.admission_type)]
    states = [read_document(file.documents.get(item.slot, "")) for item in wanted]
    done = sum(state is not None and state.brought is not Brought.MISSING for state in states)
    return f"{done}/{len(wanted)}" if file.arrival is ArrivalState.ARRIVED else ""


def face_text(file: ReviewFile, rules: ReviewRules) -> str:
    """Say what the comparison of faces found: "成功 93.0%", "成功 62.0% 偏低"."""
    if not file.face:
        return tr("人工一致") if by_hand(file) else ""
    likeness = "" if file.likeness is None else f" {percent(file.likeness)}"
    low = tr(" 偏低") if file.face == "成功" and not face_passes(file, rules) else ""
    return f"{file.face}{likeness}{low}"


def finding_text(file: ReviewFile) -> str:
    """Say what was found, by one or by two: "正常", "存疑／异常"."""
    first = FINDING_TITLES[file.finding] if file.finding else ""
    return f"{first}／{FINDING_TITLES[file.second]}" if file.second else first


def row_state(draft: CheckInDraft, row: CheckInRow) -> State:
    """Return the shape of a row: ready, in hand or not saved, to be looked at, nothing yet."""
    standing = draft.assessments[row.student].standing
    if standing in (Standing.DOUBTFUL, Standing.FAILED):
        return State.ATTENTION
    if row.student in draft.unsaved:
        return State.IN_HAND
    if standing is Standing.UNHEARD:
        return State.NOT_YET
    return State.IN_HAND if standing in (Standing.IN_HAND, Standing.LEAVE) else State.DONE


def remark_of(draft: CheckInDraft, row: CheckInRow) -> str:
    """Return what stands behind a row: what is still to be done, or why it is as it is."""
    found = draft.assessments[row.student]
    words = "".join(reason.sentence for reason in found.reasons)
    return words if found.standing is not Standing.UNHEARD else ""


def standing_text(draft: CheckInDraft, row: CheckInRow) -> str:
    """Say where a student stands, and what is not saved."""
    said = STANDING_TITLES[draft.assessments[row.student].standing]
    return tr("{said}（未保存）", said=said) if row.student in draft.unsaved else said


def class_sentence(draft: CheckInDraft) -> str:
    """Say how far a class is, what is unsaved included and said."""
    found = draft.assessments.values()
    files = draft.files.values()
    heard = sum(one.standing is not Standing.UNHEARD for one in found)
    came = sum(file.arrival is ArrivalState.ARRIVED for file in files)
    done = sum(one.standing is Standing.QUALIFIED for one in found)
    doubts = sum(one.standing is Standing.DOUBTFUL for one in found)
    said = tr(
        "{name}：已登记 {heard}/{all} 人，报到 {came} 人，合格 {done} 人",
        name=draft.desk.line.group.name,
        heard=heard,
        all=len(draft.desk.rows),
        came=came,
        done=done,
    )
    if doubts:
        said += tr("，存疑 {doubts} 人", doubts=doubts)
    if draft.unsaved:
        said += tr("；{count} 人还没有保存", count=len(draft.unsaved))
    return f"{said}。"
