"""Making statements of what is about to be said: the chain, the lines, the readings.

A list of twenty thousand students is sixty thousand statements, and Python works on one thing at a
time. So of each only what is written down is made: its line and rows.

No database is needed for it, so one thread can make statements while another writes down those
that are made.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from itertools import islice
from typing import Any, Final, NamedTuple

from uuid_utils import uuid7

from desktop.bundles.lines import ChainHead, MalformedStatement, Speller, Written, decode
from desktop.domain.offices import OfficeKind
from desktop.domain.readings import read
from desktop.domain.statements import Key, Statement, Values
from desktop.errors import Incomplete
from desktop.store.engine import Row
from desktop.store.links import Link, links_said
from desktop.store.tables import WIDE, first_rows, rows_by_aspect
from desktop.store.undoings import STAYING


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


OWN: Final = ("number", "hash", "subject", "aspect", "round", "line")
"""The columns of the journal that are not the same for all that one seat says."""


class Batch(NamedTuple):
    """Drafts that are said together.

    Attributes:
        drafts: in the order in which they are said.
        keys: what they are about.
        by_table: the same drafts by aspect and round.
    """

    drafts: Sequence[Draft]
    keys: Set[Key]
    by_table: Mapping[tuple[str, str], Sequence[Draft]]


class Made(NamedTuple):
    """Statements that are made but not written down yet.

    Attributes:
        values: of the statements, in the order in which they are said, what is each one's own, in
            the order of ``OWN``, one after another.
        entailing: those among them that entail more than links.
        links: that they make.
        first: what the keys read now of which nothing else counts, by aspect and round; see
            ``write_first``.
        as_said: the aspects whose keys read what the statements say; see ``write_as_said``.
        tables: what the other keys read now, as rows of the aspects' tables.
        before: the keys among them about which something counted before.
        head: the end of the chain after them.
    """

    values: list[Any]
    entailing: list[Statement]
    links: set[Link]
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
    batch: Batch,
    said_before: Mapping[Key, Sequence[Statement]],
) -> Made:
    """Return what drafts become when they are said now, each having seen what counts.

    Args:
        author: who says them.
        at: when, as it is shown to people.
        head: the end of the chain before them.
        batch: what is to be said.
        said_before: what counts so far about the keys; without the others.

    Raises:
        Incomplete: a text is too long, or has characters that can not be kept.
    """
    drafts = batch.drafts
    # only these need all that counts about them; a list speaks of everybody for the first time
    groups = {key: [*said_before.get(key, ())] for key in _told_more(batch, said_before)}
    seen = {key: [one.id for one in group] for key, group in groups.items()}
    odd = {key.aspect for key in groups}  # aspects of which not every line is a row
    own: list[Any] = []
    entailing: list[Statement] = []
    number = head.number
    ids = [str(uuid7()) for _ in drafts]
    lines = Speller(author.seat, author.operator, at).spell(head, ids, drafts, seen)
    with _explained():
        for id_, draft, (line, digest) in zip(ids, drafts, lines, strict=True):
            key, values, _, _ = draft
            subject, aspect, round_ = key
            number += 1
            own += (number, digest, subject, aspect, round_, line)
            if groups and key in groups:
                groups[key].append(decode(line))
                seen[key].append(id_)
            elif aspect in WIDE and (_NUL in line or not any(values.values())):
                odd.add(aspect)
            if aspect in STAYING:
                entailing.append(decode(line))
    as_said = {aspect for aspect, _ in batch.by_table} & WIDE - odd
    return Made(
        own,
        entailing,
        set().union(*(links_said(aspect, told) for (aspect, _), told in batch.by_table.items())),
        {
            (aspect, round_): first_rows(aspect, told, groups)
            for (aspect, round_), told in batch.by_table.items()
            if aspect not in as_said
        },
        as_said,
        rows_by_aspect({key: read(group) for key, group in groups.items()}),
        said_before.keys(),
        ChainHead(number, digest.hex(), head.clock + len(drafts)) if drafts else head,
    )


def _told_more(batch: Batch, said_before: Mapping[Key, Sequence[Statement]]) -> Set[Key]:
    """Return the keys about which more than one statement counts in the end."""
    if len(batch.keys) == len(batch.drafts):
        return said_before.keys() & batch.keys
    times = Counter(draft.key for draft in batch.drafts)
    return {key for key, count in times.items() if count > 1 or key in said_before}


def batch_of(drafts: Sequence[Draft]) -> Batch:
    """Return drafts as they are said together."""
    by_table: dict[tuple[str, str], list[Draft]] = {}
    for draft in drafts:
        _, aspect, round_ = draft[0]
        table = aspect, round_
        (by_table.get(table) or by_table.setdefault(table, [])).append(draft)
    return Batch(drafts, {draft[0] for draft in drafts}, by_table)


def in_batches(drafts: Iterable[Draft], most: int) -> Iterator[Batch]:
    """Yield drafts some at a time, the next ones only when they are asked for."""
    rest = iter(drafts)
    while some := list(islice(rest, most)):
        yield batch_of(some)


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


_NUL: Final = b"\\u0000"  # the database would end a text there
