"""By what the students of the page are filtered and found, as plain functions."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from desktop.domain.registration_reasons import REASON_TITLES
from desktop.domain.student_registration import HELD_BACK_TITLE, OUTCOME_TITLES
from desktop.procedures.registration.registration_desk import READY_TITLE, RegistrationLine
from desktop.views.language import tr

ALL, READY, HELD_BACK, UNDECIDED = "all", "ready", "held_back", "undecided"
FILTERS: Final = (
    (ALL, tr("全部")),
    (READY, READY_TITLE),
    *((str(outcome), title) for outcome, title in OUTCOME_TITLES.items()),
    (UNDECIDED, tr("已办又有分歧")),
    (HELD_BACK, HELD_BACK_TITLE),
    *REASON_TITLES.items(),
)
_ALWAYS: Final = (ALL, READY, HELD_BACK)


def filters_of(line: RegistrationLine) -> set[str]:
    """Return every filter under which a student stands."""
    found = {ALL}
    if line.issued:
        found |= {str(line.issued)} | ({UNDECIDED} if line.undecided else set())
    elif line.ready:
        found.add(READY)
    else:
        found |= {HELD_BACK, *line.codes}
    return found


def counts(lines: Sequence[RegistrationLine]) -> dict[str, int]:
    """Return how many students stand under each filter."""
    counted = Counter(name for line in lines for name in filters_of(line))
    return {name: counted[name] for name, _title in FILTERS}


def shown(numbers: dict[str, int]) -> list[str]:
    """Return the filters worth showing: some always, others when somebody stands there."""
    return [name for name, number in numbers.items() if number or name in _ALWAYS]


def searched_text(line: RegistrationLine) -> str:
    """Return everything by which a student is found."""
    one = line.identity
    return "\n".join(
        (
            one.name,
            one.student_number,
            one.exam_number,
            one.id_number,
            line.group.name,
        )
    )


def state_sentence(lines: Sequence[RegistrationLine], *, open_: bool) -> str:
    """Say in one sentence how the round stands."""
    number = counts(lines)
    issued = sum(line.issued is not None for line in lines)
    said = tr(
        "共 {count:,} 人：{issued:,} 人已有结论，{ready:,} 人可以办理，{held_back:,} 人没有办齐。",
        count=len(lines),
        issued=issued,
        ready=number[READY],
        held_back=number[HELD_BACK],
    )
    return said if open_ else tr("批次已经结束。{said}", said=said)
