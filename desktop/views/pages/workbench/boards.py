"""The workbench as plain functions: records become a board, shares and sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from desktop.domain.offices import OfficeKind
from desktop.domain.rounds import Round
from desktop.domain.signing import Action, NextAction
from desktop.domain.student_registration import HELD_BACK_TITLE, OUTCOME_TITLES, Outcome
from desktop.procedures.boards import (
    ArrivalLine,
    ClassProgress,
    arrival_board,
    class_progress,
    outcome_counts,
)
from desktop.procedures.session import Session
from desktop.procedures.signing_desk import class_lines
from desktop.views.look.states import State, state_of
from desktop.views.table_models.board import Board, BoardRow, Cell
from desktop.views.widgets.proportions import Share

_NOT_JUDGED = Cell("正在核对…", tip="正在逐人核对材料是否齐全")
_ALL_DONE = "已全部注册"
_READY = "材料已齐，等待学籍科办理"
_NOT_OURS = (Action.WAIT, Action.NOTHING)
_OUTCOME_STATES = {
    Outcome.REGISTERED: State.DONE,
    Outcome.PLACE_KEPT: State.IN_HAND,
    Outcome.PLACE_GIVEN_UP: State.IN_HAND,
    Outcome.PLACE_CANCELLED: State.IN_HAND,
}


@dataclass(frozen=True, slots=True)
class WorkbenchView:
    """Everything that the workbench shows of one round."""

    sentence: str
    days: str
    timing: State
    done: int
    total: int
    shares: tuple[Share, ...]
    board: Board


def read_workbench(session: Session, round_: Round, *, judged: bool) -> WorkbenchView:
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
    )


def _actions(session: Session, round_: Round) -> dict[str, NextAction]:
    """Return what a college has to do next about each class; other offices do nothing to one."""
    if session.home.seat.office.kind is not OfficeKind.COLLEGE:
        return {}
    return {line.group.id: line.next for line in class_lines(session, round_.id)}


def classes_as_board(
    classes: Sequence[ClassProgress], actions: Mapping[str, NextAction] = MappingProxyType({})
) -> Board:
    """Return the board classes × steps; ``actions`` by class say what is to be done next."""
    steps = ("已打印", "已登记", "材料齐全", "已注册", "下一步")
    rows = tuple(_class_row(group, actions.get(group.group.id)) for group in classes)
    return Board("班级", steps, rows)


def _class_row(one: ClassProgress, action: NextAction | None) -> BoardRow:
    total = one.students
    return BoardRow(
        id=one.group.name,
        title=one.group.name,
        cells=(*_steps([one], total), _next_step(one, action)),
        tip=f"{one.group.college_name} {one.group.name}，共 {total} 人",
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
    steps = ("报送包", "已打印", "已登记", "材料齐全", "已注册", "最近收到")
    return Board("院部", steps, tuple(_college_row(line) for line in lines))


def _college_row(line: ArrivalLine) -> BoardRow:
    total = sum(one.students for one in line.classes)
    cells = _steps(line.classes, total)
    last = line.last_arrival[:16].replace("T", " ") if line.last_arrival else "还没有收到"
    return BoardRow(
        id=line.office_name,
        title=line.office_name,
        cells=(_bundles(line), *cells, Cell("已过截止日期" if line.late else last)),
        tip=f"{line.office_name}，{len(line.classes)} 个班，共 {total} 人",
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
        gaps = "、".join(f"第{number}号" for number in line.not_received)
        return Cell(f"缺 {len(line.not_received)} 份", State.ATTENTION, f"{gaps}未收到")
    if not line.bundles:
        state = State.ATTENTION if line.late else State.NOT_YET
        return Cell("未收到", state, "还没有收到报送包")
    return Cell(f"{len(line.bundles)} 份", State.DONE, f"最近一份收到于 {line.last_arrival}")


def _counted(done: int, total: int) -> Cell:
    tip = f"共 {total} 人，已完成 {done} 人，还差 {total - done} 人"
    return Cell(f"{done} / {total}", state_of(done, total), tip)


def classes_sentence(classes: Sequence[ClassProgress]) -> str:
    """Say how the classes stand."""
    if not classes:
        return "这个批次还没有班级。"
    if any(one.ready is None for one in classes):
        return f"共 {len(classes)} 个班，正在核对材料是否齐全。"
    ready = sum(one.settled == one.students for one in classes)
    left = len(classes) - ready
    rest = f"还有 {left} 个班没有办齐" if left else "全部办齐"
    return f"共 {len(classes)} 个班，{ready} 个班材料齐全，{rest}。"


def arrivals_sentence(lines: Sequence[ArrivalLine]) -> str:
    """Say how many colleges have sent, and who is missing by name while they are few."""
    colleges = [line for line in lines if line.office]
    if not colleges:
        return "还没有院部加入学校。请各院部在自己的电脑上选“加入学校”，再到“席位”批复它们的申请。"
    silent = [line.office_name for line in colleges if not line.bundles]
    few = 3
    names = "、".join(silent[:few]) + ("等" if len(silent) > few else "")
    rest = f"还缺 {len(silent)} 个：{names}" if silent else "全部到齐"
    return f"共 {len(colleges)} 个院部，已收到 {len(colleges) - len(silent)} 个的报送包，{rest}。"


def days_sentence(round_: Round, today: date) -> str:
    """Say how many days are left."""
    if not round_.open:
        return "批次已结束"
    days = (date.fromisoformat(round_.deadline) - today).days
    if days > 0:
        return f"离截止 {days} 天"
    return "今天截止" if days == 0 else f"已过截止 {-days} 天"


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
