"""The workbench of student affairs: what is prepared, and which classes may begin."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import groupby

from desktop.domain.class_training import TRAINING_TITLES, TrainingState
from desktop.domain.review_rules import ReviewRules, days_left
from desktop.domain.rounds import Procedure, Round
from desktop.procedures.entry_review.class_training import ClassTraining
from desktop.procedures.entry_review.preparation_board import (
    PreparationBoard,
    PreparingStep,
    preparation_board,
)
from desktop.procedures.session import Reader
from desktop.views.language import tr
from desktop.views.look.states import State, state_of
from desktop.views.pages.cards import EXCHANGE, PREPARATION
from desktop.views.pages.workbench.training_sentence import training_sentence
from desktop.views.pages.workbench.view import NextDeed, WorkbenchView
from desktop.views.table_models.board import Board, BoardRow, Cell
from desktop.views.widgets.proportions import Share

_SHARES = {
    TrainingState.TRAINED: State.DONE,
    TrainingState.WAIVED: State.IN_HAND,
    TrainingState.OTHER_TEACHER: State.ATTENTION,
    TrainingState.UNTRAINED: State.NOT_YET,
}
_FEW = 6


def read_preparation_board(session: Reader, round_: Round) -> WorkbenchView:
    """Read the workbench of an office that prepares a round."""
    board = preparation_board(session, round_.id)
    if round_.procedure is Procedure.RECHECK:
        return _recheck_view(board, session.today())
    counted = Counter(one.file.state for one in board.classes)
    shares = tuple(
        Share(TRAINING_TITLES[state], counted[state], how) for state, how in _SHARES.items()
    )
    return WorkbenchView(
        sentence=training_sentence(board.classes),
        days=check_in_words(board.rules, session.today()),
        timing=State.IN_HAND if round_.open else State.DONE,
        done=board.ready,
        total=len(board.classes),
        shares=shares,
        board=as_board(board.classes),
        what=tr("班主任培训"),
        next=next_deed(board) if round_.open else None,
    )


def _recheck_view(board: PreparationBoard, today: date) -> WorkbenchView:
    """Return the workbench in a re-check, of which student affairs prepares the rules alone."""
    until = board.rules.recheck_until
    left = days_left(until, today)
    sentence = (
        tr("复查应在 {until} 以前完成，由院部和招生工作处办理。", until=until)
        if until
        else tr("还没有填写复查截止的日期。")
    )
    days = tr("还没有复查截止") if left is None else tr("离复查截止 {days} 天", days=left)
    if left is not None and left < 0:
        days = tr("复查截止已过 {days} 天", days=-left)
    rows = tuple(
        BoardRow("rules", college, (Cell(f"{len(list(group))}"),))
        for college, group in groupby(board.classes, lambda one: one.group.college_name)
    )
    return WorkbenchView(
        sentence=sentence,
        days=days,
        timing=State.IN_HAND if board.round.open else State.DONE,
        done=int(bool(until)),
        total=1,
        shares=(),
        board=Board(tr("院部"), (tr("班级"),), rows),
        what=tr("复查规定"),
        next=next_deed(board) if board.round.open else None,
    )


def check_in_words(rules: ReviewRules, today: date) -> str:
    """Say in a few words when check-in begins or ends."""
    before, left = days_left(rules.check_in_from, today), days_left(rules.check_in_until, today)
    if before is None or left is None:
        return tr("还没有报到日期")
    if before > 0:
        return tr("离报到开始 {days} 天", days=before)
    return tr("离报到截止 {days} 天", days=left) if left >= 0 else tr("报到已截止")


def as_board(classes: Sequence[ClassTraining]) -> Board:
    """Return the board colleges × what their classes lack."""
    rows = []
    for college, group in groupby(classes, lambda one: one.group.college_name):
        mine = list(group)
        waiting = [one.group.name for one in mine if not one.file.may_begin]
        named = "、".join(waiting[:_FEW]) + (tr("等") if len(waiting) > _FEW else "")
        ready = len(mine) - len(waiting)
        rows.append(
            BoardRow(
                id="training",
                title=college,
                cells=(
                    Cell(f"{len(mine)}"),
                    Cell(f"{ready} / {len(mine)}", state_of(ready, len(mine))),
                    Cell(named or tr("都可以开始"), tip="、".join(waiting)),
                ),
                tip=tr("{name}，{count} 个班", name=college, count=len(mine)),
            )
        )
    steps = (tr("班级"), tr("可以开始"), tr("还不能开始的班"))
    return Board(tr("院部"), steps, tuple(rows))


def next_deed(board: PreparationBoard) -> NextDeed:
    """Return what is to be done next."""
    match board.next:
        case PreparingStep.RULES:
            words = tr("下一步：填写报到开始和截止的日期，核对其他规定，再保存。")
            if board.round.procedure is Procedure.RECHECK:
                words = tr("下一步：填写复查截止的日期，选定复查表的项目，再保存。")
            return NextDeed(words, tr("填写规定…"), PREPARATION.id, "rules")
        case PreparingStep.ISSUE:
            words = tr("下一步：核对报到材料清单，然后下发给各院部。")
            return NextDeed(words, tr("核对清单…"), PREPARATION.id, "checklist")
        case PreparingStep.TRAIN:
            words = tr(
                "下一步：按收回的签到表登记班主任培训，没有培训的班不能开始核对。"
                "培训材料和签到表在“审查材料”里打印。"
            )
            return NextDeed(words, tr("登记培训…"), PREPARATION.id, "training")
        case PreparingStep.NOTHING:
            words = tr("都备好了。改动以后记得导出给各院部。")
            return NextDeed(words, tr("导出报送包…"), EXCHANGE.id, "export")
