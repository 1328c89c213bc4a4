"""Numbers that name one student only: which rows of a list claim somebody else's.

A list is judged as a whole. When it gives a student a new number, the old one becomes free for
another row of the same list; so two students may exchange numbers, and reading the same list
again finds nothing new.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

KEY_FIELDS = ("exam_number", "student_number", "id_number")


class Claim(NamedTuple):
    """What a row says: this student has these numbers, by field."""

    student: str
    numbers: Mapping[str, str]


class Clash(NamedTuple):
    """A number that a row claims and that belongs to another student."""

    field: str
    number: str
    owner: str


def all_free(
    students: Sequence[str],
    numbers: Mapping[str, Sequence[str]],
    owners: Mapping[tuple[str, str], str],
) -> bool:
    """Tell whether every row may have its numbers, as nearly all lists may: there is no clash.

    It says no, too, where only ``find_clashes`` can tell.

    Args:
        students: of each row.
        numbers: by field, those of each row, "" for none.
        owners: who has which number now: ``(field, number)`` to student.
    """
    for field, column in numbers.items():
        given = [number for number in column if number]
        if len(set(given)) < len(given):
            return False
        if owners and any(
            owners.get((field, number), student) != student
            for number, student in zip(column, students, strict=True)
            if number
        ):
            return False
    return True


def find_clashes(
    claims: Sequence[Claim], owners: Mapping[tuple[str, str], str]
) -> dict[int, Clash]:
    """Return, by the row's place, the claims that can not be granted.

    A refused row changes nothing, so its student keeps the old numbers; that may refuse another
    row in turn, until nothing changes any more.

    Args:
        claims: one for each row.
        owners: who has which number now: ``(field, number)`` to student.
    """
    refused: dict[int, Clash] = {}
    while True:
        granted = {place: c for place, c in enumerate(claims) if place not in refused}
        found = _clashes(granted, _kept(granted.values(), owners))
        if not found:
            return refused
        refused |= found


def _kept(
    claims: Iterable[Claim], owners: Mapping[tuple[str, str], str]
) -> dict[tuple[str, str], str]:
    """Return who keeps which number when these claims give their students new ones."""
    new = {(claim.student, f): number for claim in claims for f, number in claim.numbers.items()}
    return {
        (field, number): student
        for (field, number), student in owners.items()
        if new.get((student, field), number) == number
    }


def _clashes(claims: Mapping[int, Claim], taken: dict[tuple[str, str], str]) -> dict[int, Clash]:
    """Return the claims to a number that is taken, be it by an earlier claim."""
    found = {}
    for place, claim in claims.items():
        for field, number in claim.numbers.items():
            owner = taken.setdefault((field, number), claim.student)
            if owner != claim.student:
                found[place] = Clash(field, number, owner)
    return found
