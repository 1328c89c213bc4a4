"""The classes as columns, filters and sentences: plain functions over records."""

from collections.abc import Sequence

from desktop.domain.signing import SEAL, Action
from desktop.procedures.signing.signing_desk import ClassLine, ClassMember
from desktop.views.language import tr
from desktop.views.look.states import State, state_of
from desktop.views.table_models.columns import Column

ALL = "all"
TO_PRINT = (Action.PRINT, Action.PRINT_AGAIN)
TO_RECORD = (Action.RECORD, Action.SETTLE, Action.SIGN_OFF, Action.SIGN_LATER)
FILTERS = (
    (ALL, tr("全部")),
    ("print", tr("要打印")),
    ("record", tr("要登记")),
    ("export", tr("要导出")),
    ("wait", tr("等学籍科")),
    ("nothing", tr("已全部注册")),
)
_FILTER_OF = {
    **dict.fromkeys(TO_PRINT, "print"),
    **dict.fromkeys(TO_RECORD, "record"),
    Action.EXPORT: "export",
    Action.WAIT: "wait",
    Action.NOTHING: "nothing",
}
_ORDER = {action: place for place, action in enumerate(Action)}


def filter_of(line: ClassLine) -> str:
    """Return under which filter a class stands."""
    return _FILTER_OF[line.next.action]


def can_be_done(line: ClassLine) -> bool:
    """Tell whether the next step is this office's to take; otherwise its words are a state."""
    return line.next.action not in (Action.WAIT, Action.NOTHING)


def _counted(line: ClassLine, done: int) -> str:
    return f"{done}/{line.standing.students}"


def signed_off(line: ClassLine) -> str:
    """Say whether signatures and seal are complete, or how many are missing."""
    if not line.sheets:
        return tr("没有签字表")
    missing = line.standing.missing
    if not missing:
        return tr("齐全")
    signatures = sum(name != SEAL for name in missing)
    parts = [tr("{signatures} 个签字", signatures=signatures)] if signatures else []
    if SEAL in missing:
        parts.append(tr("印章"))
    return tr("缺 {parts}", parts="、".join(parts))


def signed_off_state(line: ClassLine) -> State:
    """Return how far signatures and seal are."""
    if not line.sheets:
        return State.NOT_YET
    return State.IN_HAND if line.standing.missing else State.DONE


def _nothing_to_send(line: ClassLine) -> bool:
    """Tell whether nothing is recorded that could have been exported: paper alone is not."""
    standing = line.standing
    return not standing.ever_printed or not (standing.recorded or standing.unsent)


def sent(line: ClassLine) -> str:
    """Say whether what is recorded was exported."""
    if _nothing_to_send(line):
        return tr("没有内容")
    return tr("有新内容") if line.standing.unsent else tr("已导出")


def sent_state(line: ClassLine) -> State:
    """Return whether what is recorded was exported."""
    if _nothing_to_send(line):
        return State.NOT_YET
    return State.IN_HAND if line.standing.unsent else State.DONE


def next_state(line: ClassLine) -> State:
    """Return the shape of the next action: attention where something was undone again."""
    if line.next.action in (Action.PRINT_AGAIN, Action.SETTLE):
        return State.ATTENTION
    if line.next.action is Action.NOTHING:
        return State.DONE
    return State.IN_HAND if line.next.action is Action.WAIT else State.NOT_YET


COLUMNS: tuple[Column[ClassLine], ...] = (
    Column(tr("班级"), lambda c: c.group.name, width=9),
    Column(
        tr("下一步"),
        lambda c: c.next.words,
        sort_key=lambda c: (_ORDER[c.next.action], c.group.name),
        width=12,
        state=next_state,
        may_be_cut=True,
    ),
    Column(
        tr("已打印"),
        lambda c: _counted(c, c.standing.printed),
        sort_key=lambda c: c.standing.printed / max(c.standing.students, 1),
        width=5,
        state=lambda c: state_of(c.standing.printed, c.standing.students),
    ),
    Column(
        tr("已登记"),
        lambda c: _counted(c, c.standing.recorded),
        sort_key=lambda c: c.standing.recorded / max(c.standing.students, 1),
        width=5,
        state=lambda c: state_of(c.standing.recorded, c.standing.students),
    ),
    Column(tr("签字盖章"), signed_off, width=8, state=signed_off_state, may_be_cut=True),
    Column(tr("导出"), sent, width=6, state=sent_state),
    Column(
        tr("材料齐全"),
        lambda c: _counted(c, max(c.standing.ready, c.standing.issued)),
        sort_key=lambda c: c.standing.ready / max(c.standing.students, 1),
        width=5,
        state=lambda c: state_of(max(c.standing.ready, c.standing.issued), c.standing.students),
    ),
    Column(
        tr("已注册"),
        lambda c: _counted(c, c.standing.issued),
        sort_key=lambda c: c.standing.issued / max(c.standing.students, 1),
        width=5,
        state=lambda c: state_of(c.standing.issued, c.standing.students),
    ),
    Column(tr("班主任"), lambda c: c.group.class_teacher or tr("没有填"), width=6),
)


def state_sentence(lines: Sequence[ClassLine], *, any_round: bool = True) -> str:
    """Say how the classes stand, in one sentence."""
    if not any_round:
        return tr("还没有任何批次。")
    if not lines:
        return tr("这个批次还没有本院部的班级。")
    counts = {title: 0 for _id, title in FILTERS[1:]}
    titles = dict(FILTERS)
    for line in lines:
        counts[titles[filter_of(line)]] += 1
    told = "，".join(
        tr("{title} {count} 个", title=title, count=count)
        for title, count in counts.items()
        if count
    )
    return tr("共 {count} 个班：{told}。", count=len(lines), told=told)


def changes(line: ClassLine) -> tuple[str, ...]:
    """Say what changed since the last print, page by page; empty where nothing did."""
    said = [
        tr(
            "签字表 {sheet} 第 {page} 页：{void}。",
            sheet=page.sheet,
            page=page.page,
            void=page.void,
        )
        for page in line.void
    ]
    if line.standing.ever_printed and line.unprinted:
        names = "、".join(line.unprinted[:8]) + (tr("等") if len(line.unprinted) > 8 else "")  # noqa: PLR2004
        said.append(
            tr("要重新打印并签字的 {count} 人：{names}。", count=len(line.unprinted), names=names)
        )
    return tuple(said)


def printed_at(line: ClassLine) -> str:
    """Say when the latest sheet was printed."""
    return line.printed_at[:16].replace("T", " ") if line.printed_at else tr("还没有打印")


def striking(member: ClassMember) -> str:
    """Say what is to be looked at in a row of the list."""
    said = []
    if member.rare:
        said.append(tr("生僻字：{rare}", rare="、".join(member.rare)))
    if open_ones := sum(not correction.decision for correction in member.corrections):
        said.append(tr("{open_ones} 条更正待处理", open_ones=open_ones))
    return "；".join(said)
