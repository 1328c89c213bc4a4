"""Making statements of what is about to be said: the chain, the lines, the readings.

A list of twenty thousand students is sixty thousand statements, and Python works on one thing at a
time. So of each only what is written down is made: its line and rows.

No database is needed for it, so one thread can make statements while another writes down those
that are made.
"""

import hashlib
from collections import Counter
from collections.abc import (
    Callable,
    Collection,
    Container,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
    Set,
)
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import Any, Final, NamedTuple

from uuid_utils import uuid7

from desktop.bundles.lines import MalformedStatement, Speller, Written, decode
from desktop.domain.offices import OfficeKind
from desktop.domain.readings import read
from desktop.domain.statements import Key, Statement, Values
from desktop.errors import Incomplete
from desktop.store.counting import ENTAILING
from desktop.store.engine import Row
from desktop.store.tables import WIDE, first_row, rows_by_aspect


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


OWN: Final = ("number", "hash", "subject", "aspect", "round", "line")
"""The columns of the journal that are not the same for all that one seat says."""


class Made(NamedTuple):
    """Statements that are made but not written down yet.

    Attributes:
        values: of the statements, in the order in which they are said, what is each one's own, in
            the order of ``OWN``, one after another.
        entailing: those among them that entail something.
        first: what the keys read now of which nothing else counts, by aspect and round; see
            ``write_first``.
        as_said: the aspects whose keys read what the statements say; see ``write_as_said``.
        tables: what the other keys read now, as rows of the aspects' tables.
        before: the keys among them about which something counted before.
        head: the end of the chain after them.
    """

    values: list[Any]
    entailing: list[Statement]
    first: dict[tuple[str, str], list[str | None]]
    as_said: Set[str]
    tables: dict[str, list[Row]]
    before: Collection[Key]
    head: ChainHead

    @property
    def statements(self) -> list[Statement]:
        """The statements, in the order in which they are said."""
        return [decode(line) for line in self.values[len(OWN) - 1 :: len(OWN)]]


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
    spell = Speller(author.seat, author.operator, at).spell
    number, previous, clock = head
    seat, operator = author.seat, author.operator
    keys = {draft[0] for draft in drafts}
    # only these need all that counts about them; a list speaks of everybody for the first time
    groups = {key: [*said_before.get(key, ())] for key in _told_more(drafts, keys, said_before)}
    own: list[Any] = []
    entailing: list[Statement] = []
    odd = {key.aspect for key in groups}  # aspects of which not every line is a row
    first: dict[tuple[str, str], list[str | None]] = {
        place: [] for place in {(aspect, round_) for _, aspect, round_ in keys}
    }
    with _explained():
        for draft in drafts:
            key, values, reason, evidence = draft
            subject, aspect, round_ = key
            number += 1
            clock += 1
            id_ = str(uuid7())
            group = groups.get(key) if groups else None
            seen = tuple([s.id for s in group]) if group else ()
            line = spell((id_, number, previous, clock, seen), draft)
            if group is not None:
                group.append(decode(line))
            elif aspect not in WIDE:
                first[aspect, round_] += first_row(key, values)
            elif _NUL in line or not any(values.values()):
                odd.add(aspect)
            if aspect in ENTAILING:
                parts = (
                    id_, seat, number, previous, operator, clock, at,
                    round_, subject, aspect, values, seen, reason, evidence,
                )  # fmt: skip
                entailing.append(_STATEMENT(parts))
            digest = _SHA_256(line).digest()
            previous = digest.hex()
            own += (number, digest, subject, aspect, round_, line)
    for key, values in _left_over(drafts, WIDE & odd, groups):
        first[key.aspect, key.round] += first_row(key, values)
    as_said = {aspect for aspect, _ in first} & WIDE - odd
    tables = rows_by_aspect({key: read(group) for key, group in groups.items()})
    new_head = ChainHead(number, previous, clock)
    return Made(own, entailing, first, as_said, tables, said_before.keys(), new_head)


def _left_over(
    drafts: Sequence[Draft], aspects: Set[str], groups: Container[Key]
) -> Iterator[tuple[Key, Values]]:
    """Yield what is said for the first time in wide tables that are not filled from the lines."""
    for key, values, _, _ in drafts if aspects else ():
        if key.aspect in aspects and key not in groups:
            yield key, values


def _told_more(
    drafts: Sequence[Draft], keys: Set[Key], said_before: Mapping[Key, Sequence[Statement]]
) -> Set[Key]:
    """Return the keys about which more than one statement counts in the end."""
    if len(keys) == len(drafts):
        return said_before.keys() & keys
    times = Counter(draft.key for draft in drafts)
    return {key for key, count in times.items() if count > 1 or key in said_before}


def in_batches(drafts: Iterable[Draft], most: int) -> Iterator[list[Draft]]:
    """Yield drafts some at a time, the next ones only when they are asked for."""
    rest = iter(drafts)
    while batch := list(islice(rest, most)):
        yield batch


def row_of(one: Written, office: str, bundle: str, uncounted: str) -> Row:
    """Return a statement that was heard as a row of the journal, in the order of its columns."""
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
_NUL: Final = b"\\u0000"  # the database would end a text there
_SHA_256: Final = hashlib.sha256
