"""A statement: one thing that one office said, once, and never changes (design §3).

A statement lives as one line of canonical JSON. The line's SHA-256 is the statement's hash, and
the next statement of the same seat carries it as ``previous``: an edited or removed line shows.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter, itemgetter
from typing import Any, Final, NamedTuple

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


class Written(NamedTuple):
    """A statement, its line as it was said, and the line's SHA-256."""

    statement: Statement
    line: bytes
    digest: bytes


class MalformedStatement(ValueError):
    """A line that is no statement."""


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


def encode(statement: Statement) -> bytes:
    """Return the statement's line, without a line end."""
    return canonical_json(statement._asdict()).encode()


def line_hash(line: bytes) -> str:
    """Return the hash of a statement's line, in hex."""
    return hashlib.sha256(line).hexdigest()


def written(line: bytes) -> Written:
    """Return the statement of a line, with the line and its digest.

    Raises:
        MalformedStatement: the line is none.
    """
    return Written(decode(line), line, hashlib.sha256(line).digest())


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
    if not (0 < raw["number"] < _HIGHEST_COUNT and 0 < raw["clock"] < _HIGHEST_COUNT):
        raise MalformedStatement("number and clock count from 1")
    _check_inside(raw["values"], parts[_SEEN] or parts[_EVIDENCE], raw)
    parts[_SEEN], parts[_EVIDENCE] = tuple(parts[_SEEN]), tuple(parts[_EVIDENCE])
    statement = Statement._make(parts)
    # no text is longer than its line
    if len(text) > _LONGEST_TEXT:
        _check_lengths(statement)
    if b"\\u" in line:  # an escape can spell half a character, which no text may hold
        _check_characters(statement)
    return statement


def _check_inside(values: dict[str, Any], listed: object, raw: dict[str, Any]) -> None:
    """Raise unless what is inside the parts has its type."""
    if not values or not _VALUE_TYPES.issuperset(map(type, values.values())):
        raise MalformedStatement("values sets texts or takes them back")
    if listed and not _TEXT_ONLY.issuperset(map(type, raw["seen"] + raw["evidence"])):
        raise MalformedStatement("seen and evidence hold texts")


def _check_lengths(statement: Statement) -> None:
    """Raise unless every text has a bearable length."""
    if max(map(len, _TEXTS(statement))) > _LONGEST_TEXT:
        raise MalformedStatement("a text is too long")
    if max(len(value or "") for value in statement.values.values()) > LONGEST_VALUE:
        raise MalformedStatement("a value is too long")


def _check_characters(statement: Statement) -> None:
    """Raise unless every text consists of whole characters, so that it can be written."""
    try:
        encode(statement)
    except UnicodeEncodeError as error:
        raise MalformedStatement("half a character") from error


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Return a JSON object as a dictionary; one that names a thing twice has no one meaning."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


_ENCODE: Final = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":")
).encode  # made once: an encoder for each statement would cost as much as the statement
_PARSE: Final = json.JSONDecoder(object_pairs_hook=_object).raw_decode
_KEY: Final[Callable[[Statement], Key]] = itemgetter(*map(Statement._fields.index, Key._fields))
_PARTS: Final = itemgetter(*Statement._fields)
_TYPES: Final[list[type]] = [
    {"number": int, "clock": int, "values": dict, "seen": list, "evidence": list}.get(name, str)
    for name in Statement._fields
]
_TEXTS: Final = attrgetter(*(n for n, t in zip(Statement._fields, _TYPES, strict=True) if t is str))
_SEEN, _EVIDENCE = Statement._fields.index("seen"), Statement._fields.index("evidence")
_VALUE_TYPES: Final = frozenset({str, type(None)})
_TEXT_ONLY: Final = frozenset({str})
