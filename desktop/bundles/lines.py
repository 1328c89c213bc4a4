"""A statement as a line of canonical JSON, which is what is signed, kept and exchanged.

The line's SHA-256 is the statement's hash, and the next statement of the same seat carries it as
``previous``: an edited or removed line shows. A line has exactly one spelling.
"""

import hashlib
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


def write(statement: Statement) -> Written:
    """Return a statement of one's own as it is written, which every reader will take.

    ``written(encode(statement))`` says the same. It spells the line once more, to see whether
    that is its only spelling; a line that was spelled here just now needs no such proof.

    Raises:
        MalformedStatement: a part has a wrong type or length.
        UnicodeEncodeError: a text has half a character.
    """
    line = _WRITE(_Line(*statement))
    try:
        _READ(line)
    except msgspec.MsgspecError as error:
        raise MalformedStatement(f"no statement: {error}") from error
    if len(line) > _LONGEST_TEXT:
        _check_lengths(statement)
    return Written(statement, line, hashlib.sha256(line).digest())


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


_READ: Final = msgspec.json.Decoder(_Line).decode
_WRITE: Final = msgspec.json.Encoder(order="sorted").encode
_PARTS: Final = msgspec.structs.astuple
_TEXTS: Final = attrgetter(*(n for n, kind in Statement.__annotations__.items() if kind is str))
