"""Fields that say something only together: why somebody did not sign belongs to the mark.

Two seats that contradict one another on a signature also contradict one another on the reason. Who
decides about the mark decides about what goes with it, or a signature would stand with the reason
of the side that was not believed.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from desktop.domain.readings import Reading
from desktop.domain.statements import Key, Statement
from desktop.errors import ReasonOfAnotherMark


class Act(NamedTuple):
    """What a statement is about, and what it says besides to explain that.

    ``partly`` tells that its statements say only what has changed: what one does not speak of
    stands as it did, and is not taken back.
    """

    leading: str
    along: tuple[str, ...]
    partly: bool = False


ACTS: Final[Mapping[str, Act]] = {
    "signature": Act("mark", ("explanation", "proxy")),
    "place_report": Act("kind", ("explanation", "document", "until")),
    "entry_review": Act("verdict", ("explanation", "document", "until")),
    "recheck": Act("verdict", ("explanation", "document", "until")),
    "arrival": Act("state", ("arrived_on", "until", "cause", "explanation")),
    "class_verdict": Act("verdict", ("explanation",)),
    "second_verdict": Act("verdict", ("explanation", "checker")),
    "recheck_form": Act("form", ("state", "explanation")),
    "recheck_review": Act("verdict", ("explanation", "reviewer")),
    "recheck_second_review": Act("verdict", ("explanation", "reviewer")),
    "fee": Act("fee_state", ("amount_due", "amount_paid", "amount_owed", "remark"), partly=True),
    "face_check": Act(
        "face_result", ("face_likeness", "face_time", "face_attempts", "remark"), partly=True
    ),
}
"""By aspect; what else it has is a question of its own."""
_SIGNATURE = "signature"


def decision_values(
    key: Key, field: str, value: str | None, sides: Sequence[Statement], reading: Reading
) -> dict[str, str | None]:
    """Return what a decision for a value says: the field, and what those who said so said with it.

    Where they do not agree on that among themselves, it is left to a decision of its own.
    ``reading`` is what holds now.

    Raises:
        ReasonOfAnotherMark: nobody gave this reason for the mark that holds.
    """
    decided = {field: value}
    act = ACTS.get(key.aspect)
    if act is None:
        return decided
    winners = [said for said in sides if said.values.get(field) == value]
    if key.aspect == _SIGNATURE and field in act.along:
        _require_of_this_mark(winners, reading)
    for other in act.along if field == act.leading else ():
        told = {
            said.values.get(other) for said in winners if other in said.values or not act.partly
        }
        if len(told) == 1:
            decided[other] = told.pop()
    return decided


def _require_of_this_mark(winners: Sequence[Statement], reading: Reading) -> None:
    """Refuse a reason that was given for another mark than the one that holds."""
    mark = ACTS[_SIGNATURE].leading
    holds = reading.values.get(mark)
    if mark not in reading.conflicts and holds not in [s.values.get(mark) for s in winners]:
        raise ReasonOfAnotherMark(
            "这个说明是另一种签字情况的，与现在的签字情况不符。",
            "请先重新裁定签字情况，说明会随着改。",
        )
