"""Readings: what the statements about one subject's aspect say together (design §3).

For each field: the values of those statements that set it and that no later statement that has
seen them sets again. One distinct value is the value; two or more are a conflict, which a person
decides by one more statement that has seen them all.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Final, NamedTuple

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
# as fast as a tuple, where the class's own maker takes twice as long
_READING: Final = partial(tuple.__new__, Reading)


def standing(statements: Sequence[Statement]) -> dict[str, list[Statement]]:
    """Return, for each field, the statements whose value for it still stands.

    Args:
        statements: all statements of one key that count, each once, in any order.
    """
    # the latest clock at which somebody who had seen a statement set its field again; a statement
    # can only have been seen by what was said after it, so a forged past makes nothing vanish
    overtaken: dict[tuple[str, str], int] = {}
    for statement in statements:
        for earlier in statement.seen:
            for field in statement.values:
                if overtaken.get((earlier, field), 0) < statement.clock:
                    overtaken[earlier, field] = statement.clock
    fields: dict[str, list[Statement]] = {}
    for statement in statements:
        for field in statement.values:
            if overtaken.get((statement.id, field), 0) <= statement.clock:
                fields.setdefault(field, []).append(statement)
    return fields


def read(statements: Sequence[Statement]) -> Reading:
    """Return the reading of one key.

    Args:
        statements: all statements of the key that count, each once, in any order.
    """
    if len(statements) == 1:
        (one,) = statements  # so it is for every student of a new list
        if all(one.values.values()):  # also asked because "" is; to look for None takes longer
            return _READING((one.values, {}))
        return Reading({f: v for f, v in one.values.items() if v is not None}, {})
    if _is_one_voice(statements):
        said: dict[str, str | None] = {}
        for statement in statements:
            said.update(statement.values)
        return Reading({f: v for f, v in said.items() if v is not None}, {})
    values: dict[str, str] = {}
    conflicts: dict[str, tuple[str | None, ...]] = {}
    for field, standers in standing(statements).items():
        sides = {statement.values[field] for statement in standers}
        if len(sides) > 1:
            conflicts[field] = tuple(sorted(sides, key=lambda v: (v is not None, v or "")))
        elif (value := sides.pop()) is not None:
            values[field] = value
    return Reading(values, conflicts)


class Decided(NamedTuple):
    """A conflict that was decided: the statement that holds now, and those it decided between."""

    by: Statement
    sides: tuple[Statement, ...]


def decided(statements: Sequence[Statement], seats: Collection[str]) -> dict[str, Decided]:
    """Return, for each field, the conflict that one of some seats decided, if it still holds.

    What was decided anew is found, too, with the sides of the beginning. Where somebody has said
    something else since, or two have decided differently, nothing decided is left.

    Args:
        statements: all statements of one key that count, each once, in any order.
        seats: whose statements are decisions.
    """
    by_id = {statement.id: statement for statement in statements}
    found = {}
    for field, standers in standing(statements).items():
        if len({statement.values[field] for statement in standers}) > 1:
            continue
        last = max(standers, key=lambda s: (s.clock, s.id))
        sides = _decided_between(last, field, by_id, seats)
        if last.values[field] in {side.values[field] for side in sides}:
            found[field] = Decided(last, sides)
    return found


def _decided_between(
    last: Statement, field: str, by_id: Mapping[str, Statement], seats: Collection[str]
) -> tuple[Statement, ...]:
    """Return what contradicted itself before a decision, or before the one that it replaced."""
    while last.seat in seats:
        seen = standing([by_id[earlier] for earlier in last.seen if earlier in by_id])
        standers = sorted(seen.get(field, ()), key=lambda s: (s.seat, s.number))
        if len({statement.values[field] for statement in standers}) > 1:
            return tuple(standers)
        # each was said before the one that saw it, so this ends
        earlier = max(standers, key=lambda s: (s.clock, s.id), default=None)
        if earlier is None or earlier.clock >= last.clock:
            break
        last = earlier
    return ()


def _is_one_voice(statements: Sequence[Statement]) -> bool:
    """Tell whether each statement follows, and has seen, all those before it.

    So it is wherever nobody contradicted anybody, which is nearly everywhere; the last one to set
    a field is then right, and there is no need to look at who has seen whom field by field. Where
    the answer is no only because of the order in which statements are given, nothing is lost but
    a little time.
    """
    earlier: list[str] = []
    clock = 0
    for statement in statements:
        if statement.clock <= clock:
            return False
        if earlier and not set(statement.seen).issuperset(earlier):
            return False
        earlier.append(statement.id)
        clock = statement.clock
    return True


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
