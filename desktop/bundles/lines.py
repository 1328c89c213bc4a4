"""A statement as a line of canonical JSON, which is what is signed, kept and exchanged.

The line's SHA-256 is the statement's hash, and the next statement of the same seat carries it as
``previous``: an edited or removed line shows. A line has exactly one spelling.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Annotated, Any, Final, NamedTuple

import msgspec
from msgspec import Meta

from desktop.domain.statements import Key, Statement, Values

LONGEST_VALUE: Final = 200_000  # a sheet of 500 rows; anything longer is no register data
_LONGEST_TEXT: Final = 4_000
_HIGHEST_COUNT: Final = 2**53


class ChainHead(NamedTuple):
    """The end of a seat's chain: the last number, its hash, the clock."""

    number: int
    hash: str
    clock: int


class Written(NamedTuple):
    """A statement, its line as it was said, and the line's SHA-256."""

    statement: Statement
    line: bytes
    digest: bytes


Said = tuple[Key, Values, str, tuple[str, ...]]
"""What a statement says about which key, the reason and the evidence."""


class MalformedStatement(ValueError):
    """A line that is no statement."""


def encode(statement: Statement) -> bytes:
    """Return the statement's line, without a line end.

    Raises:
        UnicodeEncodeError: a text has half a character.
    """
    return _WRITE(_Line(*statement))


class Speller:
    """Spells what one seat says at one moment, and sees to it that every reader will take it.

    Of a list of students all statements have most parts in common. A line with them is read back
    once, and of the others only what is their own is looked at: half the time of reading all back.
    """

    def __init__(self, seat: str, operator: str, at: str) -> None:
        self._seat, self._operator, self._at = seat, operator, at
        self._read_back: set[tuple[object, ...]] = set()

    def spell(
        self,
        after: ChainHead,
        ids: Sequence[str],
        said: Sequence[Said],
        seen: Mapping[Key, Sequence[str]],
    ) -> Iterator[tuple[bytes, bytes]]:
        """Yield the lines of statements of one's own, such as every reader will take, and digests.

        Each is made when it is asked for.

        Args:
            after: the end of the chain before the first.
            ids: of the statements.
            said: what they say.
            seen: what each has seen, by what it is about; without those that have seen nothing.

        Raises:
            UnicodeEncodeError: a text has half a character.
            MalformedStatement: a part has a wrong type or length.
        """
        number, previous, clock = after
        is_placed = _are_texts((*ids, previous)) and number >= 0 and clock >= 0
        is_placed = is_placed and max(number, clock) < _HIGHEST_COUNT - 1 - len(said)
        seat, operator, at = self._seat, self._operator, self._at
        for id_, (key, values, reason, evidence) in zip(ids, said, strict=True):
            subject, aspect, round_ = key
            number += 1
            clock += 1
            before: Any = seen.get(key, ()) if seen else ()
            parts = _Line(
                id_, seat, number, previous, operator, clock, at,
                round_, subject, aspect, values, before, reason, evidence,
            )  # fmt: skip
            line = _WRITE(parts)
            common = aspect, round_, reason, evidence
            if (
                not is_placed
                or before
                or len(line) > _LONGEST_TEXT
                or common not in self._read_back
                or not (values and _are_texts((subject, *values.values())))
            ):
                decode(line)  # nearly always it is plain that it can be read
                self._read_back.add(common)
            digest = _SHA_256(line).digest()
            previous = digest.hex()
            yield line, digest


def _are_texts(parts: Sequence[object]) -> bool:
    """Tell whether nothing else is among them; to ask each for its type takes twice as long."""
    try:
        "".join(parts)  # type: ignore[arg-type]
    except TypeError:
        return False
    return True


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


_SHA_256: Final = hashlib.sha256
_READ: Final = msgspec.json.Decoder(_Line).decode
_WRITE: Final = msgspec.json.Encoder(order="sorted").encode
_PARTS: Final = msgspec.structs.astuple
_TEXTS: Final = attrgetter(*(n for n, kind in Statement.__annotations__.items() if kind is str))
