"""The walks: an office's work from page to page and through every wizard."""

from collections.abc import Mapping
from typing import Final

from scripts.screens.walks.beginning import begin, practise
from scripts.screens.walks.cashier import cash
from scripts.screens.walks.checking_in import check_in
from scripts.screens.walks.finished import college_at_the_end, registrar_at_the_end
from scripts.screens.walks.joining import join
from scripts.screens.walks.papers_signed import sign_papers
from scripts.screens.walks.rechecking import recheck
from scripts.screens.walks.registering import register
from scripts.screens.walks.reviewing import give_verdicts, prepare
from scripts.screens.walks.sending import send
from scripts.screens.walks.signing import print_sheets, record
from scripts.screens.walks.way import Walk, Way

__all__ = ["WALKS", "Way"]

WALKS: Final[Mapping[str, Walk]] = {
    "begin": begin,
    "practise": practise,
    "join": join,
    "prepare": prepare,
    "check_in": check_in,
    "give_verdicts": give_verdicts,
    "sign_papers": sign_papers,
    "recheck": recheck,
    "print": print_sheets,
    "record": record,
    "send": send,
    "cash": cash,
    "register": register,
    "registrar_at_the_end": registrar_at_the_end,
    "college_at_the_end": college_at_the_end,
}
