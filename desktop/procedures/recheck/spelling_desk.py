"""What was decided about spellings, and what colleges' rulings suggest, with whom each touches."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from desktop.domain.answers import SPELLED, Agreement, compare, differing_part, folded, pair
from desktop.domain.offices import OfficeKind
from desktop.domain.rounds import Round
from desktop.domain.statements import Key, Statement
from desktop.procedures.naming import Names
from desktop.procedures.recheck.recheck_spellings import (
    SpellingProposal,
    SpellingRuling,
    rulings_in,
)
from desktop.procedures.session import Reader
from desktop.procedures.standing.recheck_files import Rechecked, recheck_once, same_spellings
from desktop.store import school
from desktop.store.store import UnitOfWork
from desktop.store.tables import statements_of

SEERS: Final = (OfficeKind.COLLEGE, OfficeKind.ADMISSIONS, OfficeKind.REGISTRAR)


@dataclass(frozen=True, slots=True)
class Touched:
    """A student with two spellings of one thing: on the form, and in the file."""

    student: str
    name: str
    answer: str
    archive: str


@dataclass(frozen=True, slots=True)
class SpellingLine:
    """Two spellings of a field: decided about, or proposed.

    Attributes:
        field: which.
        one: a spelling, folded; in a proposal as students wrote it.
        other: the other one; in a proposal as the file has it.
        ruling: what was decided, None for a proposal.
        touched: the students of the round whose form and file differ in just these two.
        proposed: for how many of them a person has said that it is the same.
        office: the name of the office that decided, "" for a proposal.
        operator: who decided there.
        day: on which day, as YYYY-MM-DD.
        disputed: whether two offices have decided otherwise.
    """

    field: str
    one: str
    other: str
    ruling: SpellingRuling | None
    touched: tuple[Touched, ...]
    proposed: int = 0
    office: str = ""
    operator: str = ""
    day: str = ""
    disputed: bool = False

    @property
    def id(self) -> str:
        """What tells it from the others."""
        return "\n".join(pair(self.field, self.one, self.other))


@dataclass(frozen=True, slots=True)
class SpellingDesk:
    """The spellings of a re-check: what waits first, then what was decided, the latest first."""

    round: Round
    lines: tuple[SpellingLine, ...]


def spelling_desk(session: Reader, round_id: str) -> SpellingDesk:
    """Return what was decided about spellings, and to who decides what was proposed.

    Raises:
        NotAllowed: the office has no part in the re-check.
        NotFound: this store does not know the round.
    """
    session.require(*SEERS)
    with session.unit_of_work() as unit:
        round_ = school.round_by_id(unit.connection, round_id)
        students = recheck_once(session, unit, round_id).students
        decided = tuple(_decided(unit, students))
    proposals: Sequence[SpellingLine] = ()
    if session.home.seat.office.kind is not OfficeKind.COLLEGE:
        known = {line.id for line in decided}
        found = (_proposed(one, students) for one in proposals_of(students))
        proposals = [line for line in found if line.id not in known]
    return SpellingDesk(round_, (*proposals, *decided))


def proposals_of(students: Iterable[Rechecked]) -> tuple[SpellingProposal, ...]:
    """Return what persons said to be the same for single students, the most frequent first.

    ``one`` is as students wrote it, ``other`` as the file has it.
    """
    found: dict[tuple[str, str, str], SpellingProposal] = {}
    for one in students:
        for field in SPELLED & one.rulings.keys():
            answer, archive = one.answers.get(field, ""), one.archive[field]
            ruling = one.rulings[field]
            if not answer or ruling.says != "same" or not ruling.holds(field, answer, archive):
                continue
            parts = differing_part(field, answer, archive)
            known = found.get(pair(field, *parts), SpellingProposal(field, *parts, 0))
            found[pair(field, *parts)] = replace(known, students=known.students + 1)
    proposals = (one for one in found.values() if one.one and one.other and one.one != one.other)
    return tuple(sorted(proposals, key=lambda one: (-one.students, one.field, one.one, one.other)))


def _decided(unit: UnitOfWork, students: Sequence[Rechecked]) -> list[SpellingLine]:
    """Return what was decided, the latest first."""
    rulings, same = rulings_in(unit), same_spellings(unit)
    keys = {subject: Key(subject, "spelling_ruling", "") for subject in rulings}
    said = statements_of(unit.connection, keys.values())
    names = Names(unit, ())
    lines = []
    for subject, ruling in rulings.items():
        last: Statement = max(said[keys[subject]], key=lambda one: (one.clock, one.seat))
        line = SpellingLine(
            field=ruling.field,
            one=ruling.one,
            other=ruling.other,
            ruling=ruling,
            touched=_touched(students, ruling, same),
            office=names.office_of_seat(last.seat),
            operator=last.operator,
            day=last.at[:10],
            disputed=ruling.disputed,
        )
        lines.append((last.at, line))
    return [line for _, line in sorted(lines, key=lambda one: (one[0], one[1].id), reverse=True)]


def _proposed(one: SpellingProposal, students: Sequence[Rechecked]) -> SpellingLine:
    wanted = SpellingRuling("", one.field, one.one, one.other, "two", "")
    touched = _touched(students, wanted, frozenset())
    return SpellingLine(one.field, one.one, one.other, None, touched, one.students)


def _touched(
    students: Iterable[Rechecked], ruling: SpellingRuling, same: frozenset[tuple[str, str, str]]
) -> tuple[Touched, ...]:
    """Return the students whose form and file differ, but for this ruling, in these spellings.

    Where both mean the same, these are they who would differ without; else they who do.
    """
    mine = pair(ruling.field, ruling.one, ruling.other)
    with_it = same | {mine} if ruling.verdict != "same" else same
    without = same - {mine}
    return tuple(
        Touched(one.student.subject, one.student.identity.name, answer, archive)
        for one in students
        if (answer := one.answers.get(ruling.field, ""))
        and (archive := one.archive[ruling.field])
        and folded(ruling.field, answer) != folded(ruling.field, archive)
        and compare(ruling.field, answer, archive, without) is Agreement.DIFFERENT
        and compare(ruling.field, answer, archive, with_it) is not Agreement.DIFFERENT
    )
