"""A statement: one thing that one office said, once, and never changes (design §3).

A statement lives as one line of canonical JSON. The line's SHA-256 is the statement's hash, and
the next statement of the same seat carries it as ``previous``: an edited or removed line shows.
"""

import hashlib
import json
from collections.abc import Mapping
from operator import attrgetter, itemgetter
from typing import Final, NamedTuple

Values = Mapping[str, str | None]

LONGEST_VALUE: Final = 200_000  # a sheet of 500 rows; anything longer is no register data
_LONGEST_TEXT: Final = 4_000
_HIGHEST_COUNT: Final = 2**53


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


class MalformedStatement(ValueError):
    """A line that is no statement."""


def canonical_json(value: object) -> str:
    """Return ``value`` as JSON with sorted keys and no spaces: equal values, equal text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def encode(statement: Statement) -> bytes:
    """Return the statement's line, without a line end."""
    return canonical_json(statement._asdict()).encode()


def line_hash(line: bytes) -> str:
    """Return the hash of a statement's line, in hex."""
    return hashlib.sha256(line).hexdigest()


def decode(line: bytes) -> Statement:
    """Return the statement of a line.

    Written for speed: a merge decodes hundreds of thousands of lines.

    Raises:
        MalformedStatement: the line is not one, or a part has the wrong type or length.
    """
    try:
        text = line.decode()
        raw, end = _PARSE(text)
        parts = list(_PARTS(raw))
    except (ValueError, RecursionError, KeyError, TypeError) as error:
        raise MalformedStatement(f"no statement: {error}") from error
    if end != len(text) or len(raw) != len(_TYPES) or [*map(type, parts)] != _TYPES:
        raise MalformedStatement("a part is missing, too many, or of the wrong type")
    statement = Statement._make(parts)
    _check(statement)
    return statement._replace(seen=tuple(statement.seen), evidence=tuple(statement.evidence))


def _check(statement: Statement) -> None:
    """Raise unless what is inside the parts has its type and a bearable length."""
    values, number, clock = statement.values, statement.number, statement.clock
    if max(map(len, _TEXTS(statement))) > _LONGEST_TEXT:
        raise MalformedStatement("a text is too long")
    if not (0 < number < _HIGHEST_COUNT and 0 < clock < _HIGHEST_COUNT):
        raise MalformedStatement("number and clock count from 1")
    if not values or not {*map(type, values.values())} <= _VALUE_TYPES:
        raise MalformedStatement("values sets texts or takes them back")
    if max(len(value or "") for value in values.values()) > LONGEST_VALUE:
        raise MalformedStatement("a value is too long")
    if not {*map(type, statement.seen), *map(type, statement.evidence)} <= {str}:
        raise MalformedStatement("seen and evidence hold texts")


_PARSE: Final = json.JSONDecoder().raw_decode
_PARTS: Final = itemgetter(*Statement._fields)
_TYPES: Final[list[type]] = [
    {"number": int, "clock": int, "values": dict, "seen": list, "evidence": list}.get(name, str)
    for name in Statement._fields
]
_TEXTS: Final = attrgetter(*(n for n, t in zip(Statement._fields, _TYPES, strict=True) if t is str))
_VALUE_TYPES: Final = {str, type(None)}
