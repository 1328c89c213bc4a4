"""How far the signature sheets of a class are, and the one thing to do next (细则 三(三)1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.authority import SIGN_OFF_TITLES

SEAL = "seal"


class Action(StrEnum):
    """What is to be done next with a class; in the order of the procedure."""

    PRINT = "print"
    PRINT_AGAIN = "print_again"
    RECORD = "record"
    SETTLE = "settle"
    SIGN_OFF = "sign_off"
    EXPORT = "export"
    SIGN_LATER = "sign_later"
    WAIT = "wait"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class ClassStanding:
    """How many students of a class have come how far.

    Attributes:
        students: all of the class who are on the round's roster.
        printed: those who stand on a page that counts, or whose place is given up or kept.
        ever_printed: whether the class had a sheet before, counting or not.
        recorded: those of whom something is recorded on such a page.
        disputed: those of whom two seats recorded different things.
        unsigned: those recorded as not having signed, and not struck out.
        missing: sign-offs (and "seal") that sheets in use lack, in their order on paper.
        unsent: whether something about the class has not been exported yet.
        ready: those whom the registrar could register now.
        issued: those who have an outcome.
        closed: whether the round is over.
    """

    students: int
    printed: int = 0
    ever_printed: bool = False
    recorded: int = 0
    disputed: int = 0
    unsigned: int = 0
    missing: tuple[str, ...] = ()
    unsent: bool = False
    ready: int = 0
    issued: int = 0
    closed: bool = False


@dataclass(frozen=True, slots=True)
class NextAction:
    """The one thing to do next, and in words."""

    action: Action
    words: str


def next_action(standing: ClassStanding) -> NextAction:
    """Return what is to be done next; the first thing that is not done, in the order of work."""
    if standing.closed and standing.issued < standing.students:
        left = standing.students - standing.issued
        return NextAction(Action.WAIT, f"已结束，{left} 人未注册")
    for done, action in (
        (standing.issued < standing.students, NextAction(Action.NOTHING, "已全部注册")),
        (standing.ever_printed, NextAction(Action.PRINT, "打印签字表")),
        (
            standing.printed >= standing.students,
            NextAction(
                Action.PRINT_AGAIN, f"重新打印 {standing.students - standing.printed} 人的签字表"
            ),
        ),
        (
            not standing.disputed,
            NextAction(Action.SETTLE, f"核对 {standing.disputed} 人不一致的登记"),
        ),
        (
            standing.recorded >= standing.students,
            NextAction(Action.RECORD, _record_words(standing)),
        ),
        (not standing.missing, NextAction(Action.SIGN_OFF, sign_off_words(standing.missing))),
        (not standing.unsent, NextAction(Action.EXPORT, "导出报送包")),
        (not standing.unsigned, NextAction(Action.SIGN_LATER, f"补 {standing.unsigned} 人的签字")),
    ):
        if not done:
            return action
    return NextAction(Action.WAIT, "等待学籍科办理")


def sign_off_words(missing: Sequence[str]) -> str:
    """Say which sign-offs are to be caught up: "补学工科、主要负责人签字和印章"."""
    titles = "、".join(SIGN_OFF_TITLES[name] for name in missing if name != SEAL)
    if not titles:
        return "补盖院部印章" if SEAL in missing else ""
    return f"补{titles}签字" + ("和印章" if SEAL in missing else "")


def progress_sentence(recorded: int, students: int, missing: Sequence[str]) -> str:
    """Say how far a sheet is: "已登记 38/42，缺主要负责人签字和印章"."""
    counted = f"已登记 {recorded}/{students}"
    if not missing:
        return f"{counted}，签字和印章齐全"
    titles = "、".join(SIGN_OFF_TITLES[name] for name in missing if name != SEAL)
    lacking = f"{titles}签字和印章" if titles and SEAL in missing else f"{titles}签字"
    return f"{counted}，缺{lacking if titles else '院部印章'}"


def _record_words(standing: ClassStanding) -> str:
    left = standing.students - standing.recorded
    return "登记签字" if not standing.recorded else f"登记其余 {left} 人的签字"
