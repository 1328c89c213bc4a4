"""The workbench as plain functions: records become a board, shares and sentences."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from desktop.domain.offices import OfficeKind
from desktop.domain.rounds import Round
from desktop.domain.signing import Action, NextAction
from desktop.domain.student_registration import HELD_BACK_TITLE, OUTCOME_TITLES, Outcome
from desktop.procedures.registration.boards import (
    ArrivalLine,
    ClassProgress,
    arrival_board,
    class_progress,
    outcome_counts,
)
from desktop.procedures.session import Reader
from desktop.procedures.signing.signing_desk import class_lines
from desktop.views.language import tr
from desktop.views.look.states import State, state_of
from desktop.views.pages.workbench.view import WorkbenchView
from desktop.views.table_models.board import Board, BoardRow, Cell
from desktop.views.widgets.proportions import Share

_NOT_JUDGED = Cell(tr("正在核对…"), tip=tr("正在逐人核对材料是否齐全"))
NO_CLASSES = tr("这个批次里还没有分配给本部门的班级。")
_NO_CLASSES = (
    Cell(
        tr("没有班级"),
        State.ATTENTION,
        tr("这个批次里没有分配给它的班级；在“席位”里选中它，可以分配。"),
    ),
    *(Cell("—") for _ in range(3)),
)
_ALL_DONE = tr("已全部注册")
_READY = tr("材料已齐，等待学籍科办理")
_NOT_OURS = (Action.WAIT, Action.NOTHING)
_OUTCOME_STATES = {
    Outcome.REGISTERED: State.DONE,
    Outcome.PLACE_KEPT: State.IN_HAND,
    Outcome.PLACE_GIVEN_UP: State.IN_HAND,
    Outcome.PLACE_CANCELLED: State.IN_HAND,
}


def read_round_board(session: Reader, round_: Round, *, judged: bool) -> WorkbenchView:
    """Read the workbench of an office: colleges for the registrar, else its own classes.

    Counting is done at once, judging everybody takes some seconds in a large school: the page
    shows the one first and then the other.
    """
    counts = outcome_counts(session, round_.id)
    today = session.today()
    if session.home.seat.office.kind is OfficeKind.REGISTRAR:
        lines = arrival_board(session, round_.id, judged=judged)
        board, sentence = arrivals_as_board(lines), arrivals_sentence(lines)
        classes = [group for line in lines for group in line.classes]
    else:
        classes = class_progress(session, round_.id, judged=judged)
        actions = _actions(session, round_) if judged else {}
        board, sentence = classes_as_board(classes, actions), classes_sentence(classes)
    return WorkbenchView(
        sentence=sentence,
        days=days_sentence(round_, today),
        timing=timing(round_, today),
        done=sum(group.issued for group in classes),
        total=sum(group.students for group in classes),
        shares=outcome_shares(counts),
        board=board,
        what=tr("注册结论"),
    )


def _actions(session: Reader, round_: Round) -> dict[str, NextAction]:
    """Return what a college has to do next about each class; other offices do nothing to one."""
    if session.home.seat.office.kind is not OfficeKind.COLLEGE:
        return {}
    return {line.group.id: line.next for line in class_lines(session, round_.id)}


def classes_as_board(
    classes: Sequence[ClassProgress], actions: Mapping[str, NextAction] = MappingProxyType({})
) -> Board:
    """Return the board classes × steps; ``actions`` by class say what is to be done next."""
    steps = (tr("已打印"), tr("已登记"), tr("材料齐全"), tr("已注册"), tr("下一步"))
    rows = tuple(_class_row(group, actions.get(group.group.id)) for group in classes)
    return Board(tr("班级"), steps, rows)


def _class_row(one: ClassProgress, action: NextAction | None) -> BoardRow:
    total = one.students
    return BoardRow(
        id=one.group.name,
        title=one.group.name,
        cells=(*_steps([one], total), _next_step(one, action)),
        tip=tr(
            "{college_name} {name}，共 {total} 人",
            college_name=one.group.college_name,
            name=one.group.name,
            total=total,
        ),
    )


def _next_step(one: ClassProgress, action: NextAction | None) -> Cell:
    """Return what somebody here has to do; where it is not their turn, what is waited for."""
    if one.issued == one.students:
        return Cell(_ALL_DONE)
    if one.ready is None:
        return _NOT_JUDGED
    if action and action.action not in _NOT_OURS:
        return Cell(action.words, tip="\n".join(one.missing))
    if one.missing:
        return Cell(one.missing[0], tip="\n".join(one.missing))
    return Cell(_READY)


def arrivals_as_board(lines: Sequence[ArrivalLine]) -> Board:
    """Return the board colleges × steps."""
    steps = (tr("报送包"), tr("已打印"), tr("已登记"), tr("材料齐全"), tr("已注册"), tr("最近收到"))
    return Board(tr("院部"), steps, tuple(_college_row(line) for line in lines))


def _college_row(line: ArrivalLine) -> BoardRow:
    total = sum(one.students for one in line.classes)
    cells = _steps(line.classes, total) if line.classes else _NO_CLASSES
    last = line.last_arrival[:16].replace("T", " ") if line.last_arrival else tr("还没有收到")
    return BoardRow(
        id=line.office_name,
        title=line.office_name,
        cells=(_bundles(line), *cells, Cell(tr("已过截止日期") if line.late else last)),
        tip=tr(
            "{office_name}，{count} 个班，共 {total} 人",
            office_name=line.office_name,
            count=len(line.classes),
            total=total,
        ),
    )


def _steps(classes: Sequence[ClassProgress], total: int) -> tuple[Cell, ...]:
    """Return the cells printed, recorded, ready and issued of some classes."""
    judged = all(one.ready is not None for one in classes)
    return (
        _counted(sum(one.printed for one in classes), total),
        _counted(sum(one.recorded for one in classes), total),
        _counted(sum(one.settled for one in classes), total) if judged else _NOT_JUDGED,
        _counted(sum(one.issued for one in classes), total),
    )


def _bundles(line: ArrivalLine) -> Cell:
    if line.not_received:
        gaps = "、".join(tr("第{number}号", number=number) for number in line.not_received)
        return Cell(
            tr("缺 {count} 份", count=len(line.not_received)),
            State.ATTENTION,
            tr("{gaps}未收到", gaps=gaps),
        )
    if not line.bundles:
        state = State.ATTENTION if line.late else State.NOT_YET
        return Cell(tr("未收到"), state, tr("还没有收到报送包"))
    return Cell(
        tr("{count} 份", count=len(line.bundles)),
        State.DONE,
        tr("最近一份收到于 {last_arrival}", last_arrival=line.last_arrival),
    )


def _counted(done: int, total: int) -> Cell:
    tip = tr(
        "共 {total} 人，已完成 {done} 人，还差 {rest} 人", total=total, done=done, rest=total - done
    )
    return Cell(f"{done} / {total}", state_of(done, total), tip)


def classes_sentence(classes: Sequence[ClassProgress]) -> str:
    """Say how the classes stand."""
    if not classes:
        return NO_CLASSES
    if any(one.ready is None for one in classes):
        return tr("共 {count} 个班，正在核对材料是否齐全。", count=len(classes))
    ready = sum(one.settled == one.students for one in classes)
    left = len(classes) - ready
    rest = tr("还有 {left} 个班没有办齐", left=left) if left else tr("全部办齐")
    return tr(
        "共 {count} 个班，{ready} 个班材料齐全，{rest}。",
        count=len(classes),
        ready=ready,
        rest=rest,
    )


def arrivals_sentence(lines: Sequence[ArrivalLine]) -> str:
    """Say how many colleges have sent, and who is missing by name while they are few."""
    colleges = [line for line in lines if line.office]
    if not colleges:
        return tr(
            "还没有院部加入学校。请各院部在自己的电脑上选“加入学校”，再到“席位”批复它们的申请。"
        )
    bare = [line.office_name for line in colleges if not line.classes]
    silent = [line.office_name for line in colleges if line.classes and not line.bundles]
    few = 3
    names = "、".join(silent[:few]) + (tr("等") if len(silent) > few else "")
    rest = (
        tr("还缺 {count} 个：{names}", count=len(silent), names=names) if silent else tr("全部到齐")
    )
    return tr(
        "共 {count} 个院部，已收到 {rest} 个的报送包，{rest2}。{bare}",
        count=len(colleges),
        rest=len(colleges) - len(silent) - len(bare),
        rest2=rest,
        bare=_bare_sentence(bare, loose=_loose(lines)),
    )


def _loose(lines: Sequence[ArrivalLine]) -> bool:
    """Tell whether classes of the round wait for a college."""
    return any(one.group.id for line in lines if not line.office for one in line.classes)


def _bare_sentence(bare: Sequence[str], *, loose: bool) -> str:
    """Say which colleges have no class in the round, "" where each has."""
    if not bare:
        return ""
    names = "、".join(bare)
    if loose:
        return tr("{names}还没有班级，请在“批次名单”里点“分配班级…”。", names=names)
    return tr("{names}在这个批次里没有班级。", names=names)


def days_sentence(round_: Round, today: date) -> str:
    """Say how many days are left."""
    if not round_.open:
        return tr("批次已结束")
    days = (date.fromisoformat(round_.deadline) - today).days
    if days > 0:
        return tr("离截止 {days} 天", days=days)
    return tr("今天截止") if days == 0 else tr("已过截止 {days} 天", days=-days)


def timing(round_: Round, today: date) -> State:
    """Return whether a round is over, late or running."""
    if not round_.open:
        return State.DONE
    return State.ATTENTION if today.isoformat() > round_.deadline else State.IN_HAND


def outcome_shares(counts: Mapping[str, int]) -> tuple[Share, ...]:
    """Return how the students of a round divide among the outcomes."""
    shares = [
        Share(title, counts.get(str(outcome), 0), _OUTCOME_STATES[outcome])
        for outcome, title in OUTCOME_TITLES.items()
    ]
    return (*shares, Share(HELD_BACK_TITLE, counts.get("held_back", 0), State.NOT_YET))
