"""What the workbench is for each kind of office: one table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from desktop.domain.duties import DUTIES
from desktop.domain.offices import OfficeKind
from desktop.domain.rounds import Procedure, Round
from desktop.procedures.session import Reader
from desktop.views.language import tr
from desktop.views.pages.cards import (
    CHECK_IN,
    ENTRY_REVIEW,
    EXCHANGE,
    PREPARATION,
    RECHECK,
    RECHECK_DESK,
    ROSTER,
    STUDENTS,
    Card,
)
from desktop.views.pages.round_chooser import every, led_by
from desktop.views.pages.workbench.boards import read_round_board
from desktop.views.pages.workbench.check_in_board import read_check_in_board
from desktop.views.pages.workbench.list_board import read_list_board
from desktop.views.pages.workbench.preparation_board import read_preparation_board
from desktop.views.pages.workbench.recheck_board import read_recheck_board
from desktop.views.pages.workbench.review_board import read_review_board
from desktop.views.pages.workbench.view import WorkbenchView

_TAKE_IN = tr("请先在“收发”里收入教务处学籍科下发的报送包，班级和学生就会出现在这里。")


@dataclass(frozen=True, slots=True)
class Workplace:
    """The workbench of one kind of office.

    Attributes:
        read: what it shows, of a round or (None) of no round in particular; the flag asks to
            judge everybody, which takes a while.
        by_round: whether it is about one round, which is chosen.
        no_round: what to do where there is no round yet.
        no_rows: what to do where there is nothing to show of it.
        begins_on: the page where that is done.
        leads_to: the page that a row opens.
        rounds: which rounds there is a board of; of others, only their results come here.
    """

    read: Callable[[Reader, Round | None, bool], WorkbenchView]
    by_round: bool = True
    no_round: str = _TAKE_IN
    no_rows: str = _TAKE_IN
    begins_on: Card = EXCHANGE
    leads_to: str = STUDENTS.id
    rounds: Callable[[Round], bool] = every


@dataclass(frozen=True, slots=True)
class RoundBoard:
    """The board of one kind of office for the rounds of one procedure; a row opens a page."""

    read: Callable[[Reader, Round], WorkbenchView]
    leads_to: str


BOARDS: Final[Mapping[tuple[OfficeKind, Procedure], RoundBoard]] = {
    (OfficeKind.ADMISSIONS, Procedure.ENTRY_REVIEW): RoundBoard(read_review_board, ENTRY_REVIEW.id),
    (OfficeKind.ADMISSIONS, Procedure.RECHECK): RoundBoard(read_recheck_board, RECHECK_DESK.id),
    (OfficeKind.COLLEGE, Procedure.ENTRY_REVIEW): RoundBoard(read_check_in_board, CHECK_IN.id),
    (OfficeKind.COLLEGE, Procedure.RECHECK): RoundBoard(read_recheck_board, RECHECK.id),
    **{
        (OfficeKind.STUDENT_AFFAIRS, procedure): RoundBoard(read_preparation_board, PREPARATION.id)
        for procedure in (Procedure.ENTRY_REVIEW, Procedure.RECHECK)
    },
}
"""Where it is not the board of a registration."""


def leads_to(kind: OfficeKind, round_: Round | None) -> str:
    """Return the page that a row of the board opens."""
    board = BOARDS.get((kind, round_.procedure)) if round_ else None
    return board.leads_to if board else WORKPLACES[kind].leads_to


def _of_round(session: Reader, round_: Round | None, judged: bool) -> WorkbenchView:
    if round_ is None:
        raise ValueError("this workbench is about a round")
    if board := BOARDS.get((session.home.seat.office.kind, round_.procedure)):
        return board.read(session, round_)
    return read_round_board(session, round_, judged=judged)


def _of_lists(session: Reader, _round: Round | None, _judged: bool) -> WorkbenchView:
    return read_list_board(session)


_BY_ROUND: Final = Workplace(_of_round)
_BY_LISTS: Final = Workplace(
    _of_lists,
    by_round=False,
    no_rows=tr(
        "请教务处学籍科给本部门导出一份报送包，在“收发”里收入以后，班级和学生就会出现在这里。"
    ),
)
WORKPLACES: Final[Mapping[OfficeKind, Workplace]] = {
    **{kind: _BY_LISTS if duty.told else _BY_ROUND for kind, duty in DUTIES.items()},
    OfficeKind.REGISTRAR: Workplace(
        _of_round,
        no_round=tr("请先在“批次名单”里新建批次，读入招生工作处的录取名单，再下发给各院部。"),
        no_rows=tr("请各院部在自己的电脑上选“加入学校”，再到“席位”批复；名单在“批次名单”里读入。"),
        begins_on=ROSTER,
        rounds=led_by(OfficeKind.REGISTRAR),
    ),
    OfficeKind.ADMISSIONS: Workplace(
        _of_round,
        no_round=tr("请先在“批次名单”里新建入学资格审查的批次，读入录取名单，再下发给各院部。"),
        no_rows=tr("请在“批次名单”里读入录取名单，并把班级分配给各院部。"),
        begins_on=ROSTER,
        leads_to=ENTRY_REVIEW.id,
        rounds=led_by(OfficeKind.ADMISSIONS),
    ),
    OfficeKind.STUDENT_AFFAIRS: Workplace(
        _of_round,
        no_round=tr(
            "批次由招生工作处新建。请招生工作处导出一份报送包，在“收发”里收入以后，"
            "就可以准备清单和培训。"
        ),
        no_rows=tr(
            "请招生工作处把新生的班级导出给本部门，在“收发”里收入以后，班级就会出现在这里。"
        ),
        leads_to=PREPARATION.id,
    ),
    OfficeKind.COLLEGE: Workplace(
        _of_round,
        no_round=tr(
            "请先在“收发”里收入招生工作处（入学审查、复查）或者教务处学籍科（学籍注册）下发的报送包，"
            "班级和学生就会出现在这里。"
        ),
        no_rows=tr(
            "请联系下发这个批次的部门：在“批次名单”里给本院部分配班级，再导出一份报送包。"
            "在“收发”里收入以后，班级和学生就会出现在这里。"
        ),
        leads_to="signing",
    ),
}
