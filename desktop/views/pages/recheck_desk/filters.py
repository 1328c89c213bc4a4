"""By what the students of the page are filtered and found, as plain functions."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from desktop.domain.recheck import STANDING_TITLES
from desktop.procedures.recheck.recheck_desk import DeskStudent
from desktop.views.language import tr

ALL, READY, STALE, DISPUTED, WATCHED = "all", "ready", "stale", "disputed", "watched"
FILTERS: Final = (
    (ALL, tr("全部")),
    *((str(standing), title) for standing, title in STANDING_TITLES.items()),
    (READY, tr("待下达")),
    (STALE, tr("结论要核对")),
    (DISPUTED, tr("各方不一致")),
    (WATCHED, tr("审查时的重点对象")),
)
_ALWAYS: Final = (ALL, READY)


def filters_of(one: DeskStudent) -> set[str]:
    """Return every filter under which a student stands."""
    flags = {
        READY: one.due is not None,
        STALE: one.stale,
        DISPUTED: bool(one.one.file.conflicts),
        WATCHED: one.one.file.watched,
    }
    found = {ALL, str(one.one.assessment.standing)}
    return found | {name for name, holds in flags.items() if holds}


def counts(students: Sequence[DeskStudent]) -> dict[str, int]:
    """Return how many students stand under each filter."""
    counted = Counter(name for one in students for name in filters_of(one))
    return {name: counted[name] for name, _title in FILTERS}


def shown(numbers: dict[str, int]) -> list[str]:
    """Return the filters worth showing."""
    return [name for name, number in numbers.items() if number or name in _ALWAYS]


def searched_text(one: DeskStudent) -> str:
    """Return everything by which a student is found."""
    identity = one.one.student.identity
    return "\n".join(
        (
            identity.name,
            identity.student_number,
            identity.exam_number,
            identity.id_number,
            one.group.name,
            one.group.college_name,
        )
    )
