"""A statement as a line of canonical JSON, which is what is signed, kept and exchanged.

The line's SHA-256 is the statement's hash, and the next statement of the same seat carries it as
``previous``: an edited or removed line shows. A line has exactly one spelling.
"""

import hashlib
from collections.abc import Sequence
from functools import partial
from itertools import chain
from operator import attrgetter
from typing import Annotated, Final, NamedTuple

import msgspec
from msgspec import Meta

from desktop.domain.statements import Statement, Values

LONGEST_VALUE: Final = 200_000  # a sheet of 500 rows; anything longer is no register data
_LONGEST_TEXT: Final = 4_000
_HIGHEST_COUNT: Final = 2**53


class Written(NamedTuple):
    """A statement, its line as it was said, and the line's SHA-256."""

    statement: Statement
    line: bytes
    digest: bytes


class MalformedStatement(ValueError):
    """A line that is no statement."""


def encode(statement: Statement) -> bytes:
    """Return the statement's line, without a line end.

    Raises:
        UnicodeEncodeError: a text has half a character.
    """
    return _WRITE(_Line(*statement))


def spell(statement: Statement) -> Written:
    """Return a statement of one's own as it is written; see ``require_readable``.

    ``written(encode(statement))`` says the same of a statement that every reader will take. It
    spells the line once more, to see whether that is its only spelling; a line that was spelled
    here just now needs no such proof.

    Raises:
        UnicodeEncodeError: a text has half a character.
    """
    line = _WRITE(_Line(*statement))
    return _WRITTEN((statement, line, _SHA_256(line).digest()))


def require_readable(spelled: Sequence[Written]) -> None:
    """Raise unless every reader will take what was spelled here.

    Many are looked at together, part by part, which takes a third of reading each line again.

    Raises:
        MalformedStatement: a part has a wrong type or length.
    """
    for statement, line, _ in spelled:
        if len(line) > _LONGEST_TEXT:
            _check_lengths(statement)
    if spelled and not _have_right_types([one.statement for one in spelled]):
        for _, line, _ in spelled:
            try:
                _READ(line)
            except msgspec.MsgspecError as error:
                raise MalformedStatement(f"no statement: {error}") from error


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
        MalformedStatement: the line is not one, a part has the wrong type or length, or it is not
            spelled as ``encode`` spells it. So a line that names a thing twice has no two readers.
    """
    try:
        raw = _READ(line)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise MalformedStatement(f"no statement: {error}") from error
    if _WRITE(raw) != line:
        raise MalformedStatement("spelled otherwise than statements are")
    statement = Statement._make(_PARTS(raw))
    # no text is longer than its line
    if len(line) > _LONGEST_TEXT:
        _check_lengths(statement)
    return statement


def _have_right_types(statements: Sequence[Statement]) -> bool:
    """Tell whether all parts are plainly of their types; where not, only a reader can tell."""
    # each part of all of them
    parts = dict(zip(Statement._fields, zip(*statements, strict=True), strict=True))
    if [set(map(type, part)) for part in parts.values()] != _TYPES:
        return False
    values = parts["values"]
    return (
        all(min(parts[p]) > 0 and max(parts[p]) < _HIGHEST_COUNT for p in ("number", "clock"))
        and all(values)
        and set(map(type, chain(*values, *parts["seen"], *parts["evidence"]))) == {str}
        and set(map(type, chain.from_iterable(map(dict.values, values)))) <= {str, type(None)}
    )


def _check_lengths(statement: Statement) -> None:
    """Raise unless every text has a bearable length."""
    if max(map(len, _TEXTS(statement))) > _LONGEST_TEXT:
        raise MalformedStatement("a text is too long")
    if max(len(value or "") for value in statement.values.values()) > LONGEST_VALUE:
        raise MalformedStatement("a value is too long")


_Count = Annotated[int, Meta(gt=0, lt=_HIGHEST_COUNT)]


class _Line(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    """A line's parts and their types, in the order of ``Statement``."""

    id: str
    seat: str
    number: _Count
    previous: str
    operator: str
    clock: _Count
    at: str
    round: str
    subject: str
    aspect: str
    values: Annotated[Values, Meta(min_length=1)]
    seen: tuple[str, ...]
    reason: str
    evidence: tuple[str, ...]


# of a statement's parts, in their order
_TYPES: Final = [
    {kind} for kind in (str, str, int, str, str, int, *[str] * 4, dict, tuple, str, tuple)
]
_SHA_256: Final = hashlib.sha256
# as fast as a tuple, where the class's own maker takes three times as long
_WRITTEN: Final = partial(tuple.__new__, Written)
_READ: Final = msgspec.json.Decoder(_Line).decode
_WRITE: Final = msgspec.json.Encoder(order="sorted").encode
_PARTS: Final = msgspec.structs.astuple
_TEXTS: Final = attrgetter(*(n for n, kind in Statement.__annotations__.items() if kind is str))
