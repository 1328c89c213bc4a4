"""Readings: what the statements about one subject's aspect say together (design §3).

For each field: the values of those statements that set it and that no later statement that has
seen them sets again. One distinct value is the value; two or more are a conflict, which a person
decides by one more statement that has seen them all.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from desktop.domain.statements import Key, Statement, canonical_json

Conflicts = Mapping[str, tuple[str | None, ...]]


class Reading(NamedTuple):
    """The values on which all agree, and the fields on which they do not.

    A value that was taken back is in neither. The alternatives of a conflict are in canonical
    order, so that a reading does not depend on the order in which statements arrived.
    """

    values: Mapping[str, str]
    conflicts: Conflicts


EMPTY = Reading({}, {})


def standing(statements: Sequence[Statement]) -> dict[str, list[Statement]]:
    """Return, for each field, the statements whose value for it still stands.

    Args:
        statements: all statements of one key that count, each once, in any order.
    """
    clocks = {statement.id: statement.clock for statement in statements}
    overtaken: set[tuple[str, str]] = set()
    for statement in statements:
        for earlier in statement.seen:
            # a statement can only have seen what was said before it
            if clocks.get(earlier, statement.clock) < statement.clock:
                overtaken.update((earlier, field) for field in statement.values)
    fields: dict[str, list[Statement]] = {}
    for statement in statements:
        for field in statement.values:
            if (statement.id, field) not in overtaken:
                fields.setdefault(field, []).append(statement)
    return fields


def read(statements: Sequence[Statement]) -> Reading:
    """Return the reading of one key.

    Args:
        statements: all statements of the key that count, each once, in any order.
    """
    if len(statements) == 1:
        only = statements[0].values
        return Reading({f: v for f, v in only.items() if v is not None}, {})
    values: dict[str, str] = {}
    conflicts: dict[str, tuple[str | None, ...]] = {}
    for field, standers in standing(statements).items():
        said = {statement.values[field] for statement in standers}
        if len(said) > 1:
            conflicts[field] = tuple(sorted(said, key=lambda v: (v is not None, v or "")))
        elif (value := said.pop()) is not None:
            values[field] = value
    return Reading(values, conflicts)


def state_digest(readings: Iterable[tuple[Key, Reading]]) -> str:
    """Return the SHA-256 over readings that are given in the order of their keys, in hex.

    Readings in which nothing is left do not count: a store that never heard of a subject and one
    in which everything about it was taken back read the same.
    """
    digest = hashlib.sha256()
    for key, reading in readings:
        if reading.values or reading.conflicts:
            line = [*key, dict(reading.values), {f: list(v) for f, v in reading.conflicts.items()}]
            digest.update(canonical_json(line).encode())
            digest.update(b"\n")
    return digest.hexdigest()
