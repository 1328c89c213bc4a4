"""The workbench of an office that reads lists about all students, as plain functions."""

from collections.abc import Sequence

from desktop.procedures.overview.list_progress import (
    OPEN_VALUES,
    SETTLED_VALUES,
    ClassLists,
    ListDesk,
    ListProgress,
    NextStep,
    list_desk,
)
from desktop.procedures.session import Reader
from desktop.views.language import tr
from desktop.views.look.states import State, state_of
from desktop.views.pages.cards import EXCHANGE, IMPORTS
from desktop.views.pages.workbench.view import NextDeed, WorkbenchView
from desktop.views.table_models.board import Board, BoardRow, Cell
from desktop.views.widgets.proportions import Share

_TO_REGISTRAR = tr("教务处学籍科")
_NAMED = 12


def read_list_board(session: Reader) -> WorkbenchView:
    """Read the workbench of an office that reads lists about all students."""
    return as_view(list_desk(session))


def as_view(desk: ListDesk) -> WorkbenchView:
    """Return what the workbench shows."""
    return WorkbenchView(
        sentence="".join(map(progress_sentence, desk.lists)),
        days=sent_words(desk),
        timing=_sent(desk),
        done=sum(one.told for one in desk.lists),
        total=sum(one.expected for one in desk.lists),
        shares=tuple(share for one in desk.lists for share in shares_of(one)),
        board=_board(desk),
        what=_together([one.about for one in desk.lists]),
        next=next_deed(desk),
    )


def progress_sentence(one: ListProgress) -> str:
    """Say how many students are in the lists of one kind, and how many lack."""
    named = f"{one.year}{one.about}" if one.year else one.about
    if not one.expected:
        return tr("{named}：还没有要登记的学生。", named=named)
    left = one.expected - one.told
    rest = tr("还缺 {left:,} 名", left=left) if left else tr("一名不缺")
    return tr(
        "{named}：{expected:,} 名学生，已登记 {told:,} 名，{rest}。",
        named=named,
        expected=one.expected,
        told=one.told,
        rest=rest,
    )


def _sent(desk: ListDesk) -> State:
    if desk.unsent:
        return State.IN_HAND
    return State.DONE if any(one.told for one in desk.lists) else State.NOT_YET


def sent_words(desk: ListDesk) -> str:
    """Say in a few words whether the registrar has everything."""
    if desk.unsent:
        return tr("有 {unsent:,} 条还没有导出", unsent=desk.unsent)
    return tr("登记的都已导出") if any(one.told for one in desk.lists) else tr("还没有登记")


def next_deed(desk: ListDesk) -> NextDeed | None:
    """Return what is to be done next, None for nothing."""
    about = _together([one.about for one in desk.lists])
    left = sum(one.expected - one.told for one in desk.lists)
    if desk.next is NextStep.READ:
        words = tr(
            "下一步：读入{about}。请点“读入名单”，选本部门系统导出的表格；"
            "写入以前会先列出要登记什么。",
            about=about,
        )
        return NextDeed(words, tr("读入名单…"), IMPORTS.id, "read")
    if desk.next is NextStep.SEND:
        words = tr(
            "下一步：把登记的内容导出成报送包（{unsent:,} 条），用U盘交给{office}。",
            unsent=desk.unsent,
            office=_TO_REGISTRAR,
        )
        return NextDeed(words, tr("导出报送包…"), EXCHANGE.id, "export")
    if desk.next is NextStep.COMPLETE:
        words = tr(
            "登记的都已交给{office}。还有 {left:,} 名学生没有{about}，补齐以后再读入一次名单。",
            office=_TO_REGISTRAR,
            left=left,
            about=about,
        )
        return NextDeed(words, tr("读入名单…"), IMPORTS.id, "read")
    if desk.next is NextStep.NOTHING:
        words = tr("现在没有要办的。情况有变动时，再读入一次新的名单，然后导出。")
        return NextDeed(words, tr("打开“{title}”", title=IMPORTS.title), IMPORTS.id, "")
    return None


def shares_of(one: ListProgress) -> tuple[Share, ...]:
    """Return how the students divide among what is said of them."""
    left = Share(tr("还没有{about}", about=one.about), one.expected - one.told, State.NOT_YET)
    if not one.values:
        return (left,)
    if set(one.values) == {""}:
        return (Share(tr("已有{about}", about=one.about), one.told, State.DONE), left)
    said = sorted(one.values.items(), key=lambda pair: -pair[1])
    return (
        *(Share(value or tr("没有写明"), n, _standing(value)) for value, n in said),
        left,
    )


def _standing(value: str) -> State:
    """Return what a value is to whoever looks after it; most are on their way."""
    if value in SETTLED_VALUES:
        return State.DONE
    return State.ATTENTION if value in OPEN_VALUES else State.IN_HAND


def _board(desk: ListDesk) -> Board:
    """Return the board classes × kinds of lists; who lacks is named in the last column."""
    steps = (tr("学生"), *(one.about for one in desk.lists), tr("还缺谁"))
    return Board(tr("班级"), steps, tuple(_row(one, desk.lists) for one in desk.classes))


def _row(one: ClassLists, lists: Sequence[ListProgress]) -> BoardRow:
    group = one.group
    counted = tuple(
        _counted(expected - len(lacking), expected)
        for expected, lacking in zip(one.expected, one.lacking, strict=True)
    )
    lacking = list(dict.fromkeys(name for names in one.lacking for name in names))
    return BoardRow(
        id=group.name,
        title=group.name,
        cells=(Cell(f"{one.students:,}"), *counted, _lacking(lacking, lists)),
        tip=tr(
            "{college_name} {name}，共 {total} 人",
            college_name=group.college_name,
            name=group.name,
            total=one.students,
        ),
    )


def _counted(told: int, expected: int) -> Cell:
    tip = tr(
        "应登记 {expected} 人，已登记 {told} 人，还缺 {rest} 人",
        expected=expected,
        told=told,
        rest=expected - told,
    )
    return Cell(f"{told} / {expected}", state_of(told, expected), tip)


def _lacking(names: Sequence[str], lists: Sequence[ListProgress]) -> Cell:
    """Name who lacks; where nothing was read yet, everybody does and nobody is named."""
    if not names:
        return Cell(tr("一名不缺"))
    if not any(one.told for one in lists):
        return Cell(tr("还没有读入名单"))
    shown = "、".join(names[:_NAMED]) + (tr("等") if len(names) > _NAMED else "")
    words = tr("{count} 名：{shown}", count=len(names), shown=shown)
    return Cell(words, tip=words)


def _together(titles: Sequence[str]) -> str:
    return "、".join(titles)
