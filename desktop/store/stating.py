"""Making statements of what is about to be said: the chain, the lines, the readings.

No database is needed for it, so one thread can make statements while another writes down those
that are made.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import Final, NamedTuple

from uuid_utils import uuid7

from desktop.bundles.lines import MalformedStatement, Written, require_readable, spell
from desktop.domain.offices import OfficeKind
from desktop.domain.readings import read
from desktop.domain.statements import Key, Statement, Values
from desktop.errors import Incomplete
from desktop.store.engine import Row
from desktop.store.tables import rows_by_aspect


class Author(NamedTuple):
    """Who is speaking: the seat, its office, the operator, and how the seat signs."""

    seat: str
    office: str
    kind: OfficeKind
    operator: str
    sign: Callable[[bytes], bytes]


class Draft(NamedTuple):
    """Something about to be said."""

    key: Key
    values: Values
    reason: str = ""
    evidence: tuple[str, ...] = ()


class ChainHead(NamedTuple):
    """The end of a seat's chain: the last number, its hash, the clock."""

    number: int
    hash: str
    clock: int


class Made(NamedTuple):
    """Statements that are made but not written down yet.

    Attributes:
        statements: in the order in which they are said.
        rows: the same as rows of the journal.
        groups: everything that counts about each key that they touch, these statements included.
        tables: what that reads, as rows of the aspects' tables.
        before: the keys among them about which something counted before.
        head: the end of the chain after them.
    """

    statements: list[Statement]
    rows: list[Row]
    groups: dict[Key, list[Statement]]
    tables: dict[str, list[Row]]
    before: Collection[Key]
    head: ChainHead


def make(
    author: Author,
    at: str,
    head: ChainHead,
    drafts: Sequence[Draft],
    said_before: Mapping[Key, Sequence[Statement]],
) -> Made:
    """Return what drafts become when they are said now, each having seen what counts.

    Args:
        author: who says them.
        at: when, as it is shown to people.
        head: the end of the chain before them.
        drafts: what is to be said.
        said_before: what counts so far about the keys; without the others.

    Raises:
        Incomplete: a text is too long, or has characters that can not be kept.
    """
    number, previous, clock = head
    written: list[Written] = []
    groups: dict[Key, list[Statement]] = {}
    with _explained():
        for key, values, reason, evidence in drafts:
            group = groups.get(key)
            if group is None:
                group = groups[key] = list(said_before.get(key, ()))
            number += 1
            clock += 1
            subject, aspect, round_ = key
            seen = tuple([s.id for s in group]) if group else ()
            parts = (
                *(str(uuid7()), author.seat, number, previous, author.operator, clock, at),
                *(round_, subject, aspect, values, seen, reason, evidence),
            )
            one = spell(_STATEMENT(parts))
            previous = one.digest.hex()
            group.append(one.statement)
            written.append(one)
        require_readable(written)
    return Made(
        [one.statement for one in written],
        [row_of(one, author.office, None, "") for one in written],
        groups,
        rows_by_aspect({key: read(group) for key, group in groups.items()}),
        said_before.keys(),
        ChainHead(number, previous, clock),
    )


def in_batches(drafts: Iterable[Draft], most: int) -> Iterator[list[Draft]]:
    """Yield drafts some at a time, the next ones only when they are asked for."""
    rest = iter(drafts)
    while batch := list(islice(rest, most)):
        yield batch


def row_of(one: Written, office: str, bundle: str | None, uncounted: str) -> Row:
    """Return a statement as a row of the journal, in the order of the table's columns."""
    statement, line, digest = one
    return (
        statement.seat,
        office,
        statement.number,
        digest,
        statement.subject,
        statement.aspect,
        statement.round,
        bundle,
        uncounted,
        line,
    )


@contextmanager
def _explained() -> Iterator[None]:
    """Turn what keeps a text from being written down into a sentence.

    Raises:
        Incomplete: a text is too long, or has characters that can not be kept.
    """
    try:
        yield
    except (MalformedStatement, UnicodeEncodeError) as error:
        raise Incomplete(
            "填写的内容太长，或者含有无法保存的字符，没有保存。", "请缩短或改写后再保存。"
        ) from error


# as fast as a tuple, where the class's own maker takes as long again as everything else
_STATEMENT: Final = partial(tuple.__new__, Statement)
