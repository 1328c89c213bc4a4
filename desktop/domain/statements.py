"""A statement: one thing that one office said, once, and never changes (design §3).

How one is written down as a line, and what becomes of its hash, is in ``bundles/lines.py``.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from operator import itemgetter
from typing import Final, NamedTuple

Values = Mapping[str, str | None]


class Key(NamedTuple):
    """What a reading is about: a subject's aspect, within a round ("" where it is lasting)."""

    subject: str
    aspect: str
    round: str


class Statement(NamedTuple):
    """One thing that one office said.

    ``values`` sets only the fields that this statement is about; ``None`` takes a value back.
    ``seen`` names the statements of the same key that counted at this seat when it was made.
    ``clock`` is a Lamport clock; ``at`` is shown to people and never orders anything.
    """

    id: str
    seat: str
    number: int
    previous: str
    operator: str
    clock: int
    at: str
    round: str
    subject: str
    aspect: str
    values: Values
    seen: tuple[str, ...] = ()
    reason: str = ""
    evidence: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        """The key of the reading to which this statement belongs."""
        return Key(self.subject, self.aspect, self.round)


def canonical_json(value: object) -> str:
    """Return ``value`` as JSON with sorted keys and no spaces: equal values, equal text."""
    return _ENCODE(value)


def by_key(statements: Iterable[Statement]) -> dict[Key, list[Statement]]:
    """Return the statements of each key, in the order in which they are given."""
    groups: dict[Key, list[Statement]] = {}
    for statement in statements:
        # a plain tuple finds the same entry as a key does, and is made in a fraction of the time
        groups.setdefault(_KEY(statement), []).append(statement)
    return {Key._make(key): group for key, group in groups.items()}


_ENCODE: Final = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":")
).encode  # made once: an encoder for each statement would cost as much as the statement
_KEY: Final[Callable[[Statement], Key]] = itemgetter(*map(Statement._fields.index, Key._fields))
