"""Who is likely the same person: alike enough to be asked about, never decided by a program.

Two people are alike when they have one name and either one birth date and different numbers, or a
number that differs in a single digit or in two that were swapped. The name is asked for in both
cases: a class's 学号 differ from one another in one digit as well.

Nobody is compared with everybody: people meet only under a key that they have in common.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from operator import ne
from typing import NamedTuple

from desktop.domain.key_claims import KEY_FIELDS
from desktop.domain.students import Identity

_FEW = 40
_SWAPPED = 2
_BIRTH = slice(6, 14)
_DOCUMENT_LENGTH = 18


class Person(NamedTuple):
    """As much of somebody as is compared. ``id`` is the caller's own."""

    id: Hashable
    name: str
    birth_date: str
    numbers: Mapping[str, str]


class Alike(StrEnum):
    """Why two people are alike."""

    BIRTH = "birth"  # one name, one birth date, different numbers
    NUMBER = "number"  # one name, a number that is nearly the same


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two people who are alike, the newcomer first; ``field`` is the number that nearly agrees."""

    one: Hashable
    other: Hashable
    why: Alike
    field: str = ""


def person(id_: Hashable, identity: Identity) -> Person:
    """Return what is compared of a student's data."""
    numbers = {field: number for field in KEY_FIELDS if (number := getattr(identity, field))}
    birth = identity.birth_date
    if not birth and len(identity.id_number) == _DOCUMENT_LENGTH:
        birth = identity.id_number[_BIRTH]
    return Person(id_, identity.name, birth, numbers)


def nearly_equal(one: str, other: str) -> bool:
    """Tell whether two numbers differ in a single character, or in two that were swapped."""
    if len(one) != len(other):
        return False
    different: int = sum(map(ne, one, other))
    if different == _SWAPPED:
        (a, b), (c, d) = (pair for pair in zip(one, other, strict=True) if len({*pair}) > 1)
        return (a, b) == (d, c)
    return different == 1


def find_likenesses(
    newcomers: Sequence[Person], known: Iterable[Person] = ()
) -> tuple[Likeness, ...]:
    """Return the pairs that a person should look at.

    Args:
        newcomers: compared with one another and with those who are known.
        known: not compared with one another.
    """
    by_name: dict[str, list[Person]] = defaultdict(list)
    for one in newcomers:
        if one.name:
            by_name[one.name].append(one)
    known_by_name: dict[str, list[Person]] = defaultdict(list)
    for one in known:
        if one.name in by_name:
            known_by_name[one.name].append(one)
    found: list[Likeness] = []
    for name, new in by_name.items():
        found += _in_block(new, known_by_name.get(name, []))
    return tuple(found)


def _in_block(new: list[Person], known: list[Person]) -> Iterator[Likeness]:
    """Yield the alike among people of one name."""
    everybody = [*new, *known]
    for one, other in _pairs(everybody, len(new)):
        if alike := _alike(everybody[one], everybody[other]):
            yield alike


def _pairs(people: Sequence[Person], new: int) -> Collection[tuple[int, int]]:
    """Return the places of those to compare, each newcomer with a later one.

    Of few newcomers with everybody of their name; of many, as in a list where a hundred have one
    name, with those with whom they share a key.
    """
    if new <= _FEW:
        return [(one, other) for one in range(new) for other in range(one + 1, len(people))]
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for place, one in enumerate(people):
        for key in _keys(one):
            groups[key].append(place)
    return dict.fromkeys(
        pair for group in groups.values() for pair in combinations(group, 2) if pair[0] < new
    )


def _keys(one: Person) -> Iterator[Hashable]:
    """Yield what two people must have in common to be alike."""
    if one.birth_date:
        yield one.birth_date
    for field, number in one.numbers.items():
        yield field, "".join(sorted(number))
        for place in range(len(number)):
            yield field, place, number[:place], number[place + 1 :]


def _alike(one: Person, other: Person) -> Likeness | None:
    """Return why two people of one name are alike; who share a number are told apart by that."""
    near = ""
    for field, number in one.numbers.items():
        theirs = other.numbers.get(field)
        if number == theirs:
            return None
        if theirs and not near and nearly_equal(number, theirs):
            near = field
    if near:
        return Likeness(one.id, other.id, Alike.NUMBER, near)
    if one.birth_date and one.birth_date == other.birth_date:
        return Likeness(one.id, other.id, Alike.BIRTH)
    return None
