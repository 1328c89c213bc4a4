"""The journal of one store: saying something, taking in what others said, and what then counts."""

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from itertools import chain
from typing import NamedTuple

from sqlalchemy import Connection, func, select, update

from desktop.bundles.lines import ChainHead, Written
from desktop.domain.authority import (
    ASPECTS,
    is_about_speaker,
    may_state,
    needs_scope,
    scope_subject,
)
from desktop.domain.readings import EMPTY, Reading, read
from desktop.domain.statements import Key, Statement, Values, by_key
from desktop.errors import NotAllowed
from desktop.models.journal import ChainHeadRow, StatementRow
from desktop.store.counting import REVOKED, Counting, Entry
from desktop.store.engine import insert_rows, insert_values, little_kept
from desktop.store.links import Links, links_of
from desktop.store.stating import (
    OWN,
    Author,
    Batch,
    Draft,
    Made,
    batch_of,
    in_batches,
    make,
    row_of,
)
from desktop.store.tables import (
    spoken_of,
    statements_of,
    write_as_said,
    write_first,
    write_readings,
    write_rows,
)
from desktop.store.undoings import STAYING
from desktop.turns import short_turns

__all__ = ["Author", "Comparison", "Draft", "Heard", "Journal", "Source", "head_text"]

_COLUMNS = [column.name for column in StatementRow.__table__.columns if column.name != "arrival"]
_AT_ONCE = 6_000  # statements: their lines take some five megabytes
_MOST_AHEAD = 1  # batch: with more, two threads have more in hand than the processor


class Heard(NamedTuple):
    """A statement that came in a bundle, and why it does not count ("" where it does)."""

    written: Written
    uncounted: str


class Source(NamedTuple):
    """Where statements come from: the bundle, and the seat and office that signed it."""

    bundle: str
    seat: str
    office: str


class Comparison(NamedTuple):
    """What a bundle would change: computed without writing anything.

    ``again`` are statements of the bundle that are in already. ``readings`` holds, for each key
    that the bundle touches, the reading before and after.
    """

    source: Source
    heard: tuple[Heard, ...]
    again: tuple[Entry, ...]
    readings: Mapping[Key, tuple[Reading, Reading]]
    had_statements: frozenset[Key]


class _Ahead(NamedTuple):
    """Statements that another thread makes or has made, and that are not written down yet."""

    batch: Batch
    making: Future[Made]


class Journal:
    """The statements of one store, within one transaction."""

    def __init__(
        self, connection: Connection, author: Author | None, now: Callable[[], datetime]
    ) -> None:
        self._connection = connection
        self._author = author
        self._now = now
        self._links = Links(connection)
        self._counting = Counting(connection, self._links)
        self._head: ChainHead | None = None

    # --- saying ---------------------------------------------------------------------------------

    def state(
        self, key: Key, values: Values, *, reason: str = "", evidence: Sequence[str] = ()
    ) -> Statement:
        """Say one thing; see ``state_all``."""
        return self.state_all([Draft(key, values, reason, tuple(evidence))])[0]

    def state_all(self, drafts: Iterable[Draft]) -> list[Statement]:
        """Say several things at once, each as a statement that has seen what counts now.

        Raises:
            NotAllowed: this office may not say one of them; then none is said.
        """
        return self._state(batch_of(list(drafts)), self._moment()).statements

    def state_many(self, drafts: Iterable[Draft], at_once: int = _AT_ONCE) -> None:
        """Say what a list of any length has to say, keeping only a part of it in memory.

        What is said is the same as by ``state_all``, and at the same moment.

        Args:
            drafts: may be made while they are asked for, but without the store: another thread
                asks for the next ones while this one writes down those before.
            at_once: how many are written down together.

        Raises:
            NotAllowed, Incomplete: some may be said already; the transaction must be left.
        """
        at = self._moment()
        batches = in_batches(drafts, at_once)
        first = next(batches, None)
        if first and len(first.drafts) == at_once:
            self._state_in_turns(chain([first], batches), at)
        elif first:
            self._state(first, at)

    def _moment(self) -> str:
        return self._now().isoformat(timespec="seconds")

    def _state(self, batch: Batch, at: str) -> Made:
        """Say things and write them down."""
        author = self._speaker()
        _require_may_say(author, batch)
        before = self._said_before(author, batch)
        made = make(author, at, self._open_head(author.seat), batch, before)
        self._write_down(made)
        return made

    def _state_in_turns(self, batches: Iterator[Batch], at: str) -> None:
        """Say things; while some are written down here, another thread makes the next ones.

        Only this thread touches the database. The other is some batches ahead, so that neither
        waits for the other; but where what is not written down yet could matter to what comes
        next, that is written down before.
        """
        author = self._speaker()
        head: ChainHead | Future[Made] = self._open_head(author.seat)
        ahead: deque[_Ahead] = deque()
        with (
            short_turns(),
            little_kept(self._connection),
            ThreadPoolExecutor(1, "jice-stating") as other,
        ):
            coming: Future[Batch | None] = other.submit(next, batches, None)
            while batch := coming.result():
                coming = other.submit(next, batches, None)
                most = 0 if self._matters(author, ahead, batch.keys) else _MOST_AHEAD
                while len(ahead) > most:
                    self._write_down(ahead.popleft().making.result())
                before = self._said_before(author, batch)
                head = other.submit(_made, author, at, head, batch, before)
                ahead.append(_Ahead(batch, head))
            for one in ahead:
                self._write_down(one.making.result())

    def _matters(self, author: Author, ahead: Collection[_Ahead], keys: Set[Key]) -> bool:
        """Tell whether what is not written down yet could matter to what is said next.

        It does if it is about the same. Else it might let others speak, or let count, or no longer
        count, what was said before.
        """
        return (
            needs_scope(author.kind)
            or not all(keys.isdisjoint(one.batch.keys) for one in ahead)
            or any(aspect in STAYING for one in ahead for aspect, _ in one.batch.by_table)
            or self._counting.waits_for_links
        )

    def _said_before(self, author: Author, batch: Batch) -> dict[Key, list[Statement]]:
        """Return what counts about what somebody is about to say, of their own only."""
        self._require_own(author, batch.drafts)
        known = spoken_of(self._connection, {key[0] for key in batch.keys})
        if not known:
            return {}
        return statements_of(self._connection, [key for key in batch.keys if key[0] in known])

    def _write_down(self, made: Made) -> None:
        """Write down what was made, and what follows from it."""
        author = self._speaker()
        same = {"seat": author.seat, "office": author.office, "bundle": None, "uncounted": ""}
        before = self.length
        insert_values(self._connection, StatementRow, OWN, made.values, same=same)
        write_as_said(self._connection, made.as_said, before)
        self._head = made.head
        write_first(self._connection, made.first)
        write_rows(self._connection, made.tables, made.before)
        self._counting.follow_up(made.entailing, made.links, author.office)

    # --- hearing --------------------------------------------------------------------------------

    def compare(
        self,
        heard: Sequence[Written],
        source: Source,
        again: Sequence[int] = (),
    ) -> Comparison:
        """Return what these statements would change, writing nothing.

        Args:
            heard: statements, all of one seat, in the order of their numbers, none of them in
                this journal.
            source: where they come from.
            again: the numbers of further statements of the seat in the bundle that are in already.
                One that no longer counted does again when this bundle does.
        """
        counting = self._counting
        statements = [one.statement for one in heard]
        allowed = counting.about_own(source.office, statements, links_of(statements))
        whys = counting.whys_in(source.bundle, statements, allowed)
        taken = tuple(map(Heard, heard, whys))
        carried = tuple(counting.entries_of(source.seat, again))
        revived = counting.revived_by(source.bundle, carried)
        new = by_key([*(one.statement for one, uncounted in taken if not uncounted), *revived])
        before = statements_of(self._connection, new)
        readings = {}
        for key, group in new.items():
            if earlier := before.get(key):
                readings[key] = (read(earlier), read(earlier + group))
            else:
                readings[key] = (EMPTY, read(group))
        return Comparison(source, taken, carried, readings, frozenset(before))

    def accept(self, comparison: Comparison) -> None:
        """Take in what a comparison found; nothing may have been said in between."""
        source = comparison.source
        rows = [row_of(one, source.office, source.bundle, why) for one, why in comparison.heard]
        insert_rows(self._connection, StatementRow, _COLUMNS, rows)
        after = {key: new for key, (_, new) in comparison.readings.items()}
        write_readings(self._connection, after, comparison.had_statements)
        if comparison.heard and self._author:
            head = self._open_head(self._author.seat)
            latest = max(one.statement.clock for one, _ in comparison.heard)
            self._head = head._replace(clock=max(head.clock, latest))
        accepted = [one.statement for one, why in comparison.heard if why != REVOKED]
        self._counting.carry_again(comparison.again, source.bundle)
        again = [entry.statement for entry in comparison.again]
        said = [*accepted, *again]
        self._counting.follow_up(said, links_of(said), source.office)

    @property
    def clock(self) -> int:
        """Where this seat's clock stands: at or after everything it has said or heard."""
        return self._open_head(self._speaker().seat).clock

    @property
    def number(self) -> int:
        """The number of the last statement that this seat has made, 0 before the first."""
        return self._open_head(self._speaker().seat).number

    @property
    def length(self) -> int:
        """How many statements the journal has: it never shrinks."""
        return self._connection.execute(select(func.max(StatementRow.arrival))).scalar() or 0

    def known_hashes(self, seat: str, first: int, last: int) -> dict[int, bytes]:
        """Return the hashes of a seat's statements in the journal, by number."""
        query = select(StatementRow.number, StatementRow.hash).where(
            StatementRow.seat == seat, StatementRow.number.between(first, last)
        )
        return {row.number: row.hash for row in self._connection.execute(query)}

    # --- what counts ----------------------------------------------------------------------------

    def withdrawn(self, bundle: str) -> bool:
        """Tell whether a bundle was withdrawn, be it here already or not."""
        return self._counting.withdrawn(bundle)

    def resting_on(self, bundle: str) -> list[Statement]:
        """Return the statements that count by this bundle alone: what its withdrawal takes back."""
        return self._counting.resting_on(bundle)

    def cut_off(self, bundles: Collection[str]) -> None:
        """Let the statements of bundles no longer count that a revocation cuts off."""
        self._counting.cut_off(bundles)

    def save_head(self) -> None:
        """Write the end of this seat's chain, signed, if it moved."""
        if self._head is None or self._author is None:
            return
        number, hash_, clock = self._head
        signature = self._author.sign(head_text(self._author.seat, number, hash_))
        self._connection.execute(
            update(ChainHeadRow)
            .where(ChainHeadRow.seat == self._author.seat)
            .values(number=number, hash=hash_, clock=clock, signature=signature.hex())
        )
        self._head = None

    # --- inside ---------------------------------------------------------------------------------

    def _speaker(self) -> Author:
        if self._author is None:
            raise NotAllowed("没有经办人登录，不能登记任何内容。", "请先登录。")
        return self._author

    def _open_head(self, seat: str) -> ChainHead:
        if self._head is None:
            row = self._connection.execute(
                select(ChainHeadRow.number, ChainHeadRow.hash, ChainHeadRow.clock).where(
                    ChainHeadRow.seat == seat
                )
            ).one()
            self._head = ChainHead(*row)
        return self._head

    def _require_own(self, author: Author, drafts: Sequence[Draft]) -> None:
        """Raise unless an office that speaks of its own only does so here."""
        if needs_scope(author.kind):
            abouts = [
                scope_subject(d.key.aspect, d.key.subject, d.values)
                for d in drafts
                if not is_about_speaker(d.key.aspect)
            ]
            offices = self._links.belongs_to({about for about in abouts if about})
            # an office belongs to itself: it speaks of its own paper
            if not all(about and author.office in {about, *offices[about]} for about in abouts):
                raise NotAllowed(
                    "其中有不属于本院部的学生或班级，不能登记。",
                    "请核对班级；确属本院部的，请教务处学籍科调整后重新下发名单。",
                )


def _made(
    author: Author,
    at: str,
    before_them: ChainHead | Future[Made],
    batch: Batch,
    before: Mapping[Key, Sequence[Statement]],
) -> Made:
    """Return what drafts become, which the author must be allowed to say."""
    _require_may_say(author, batch)
    head = before_them.result().head if isinstance(before_them, Future) else before_them
    return make(author, at, head, batch, before)


def _require_may_say(author: Author, batch: Batch) -> None:
    """Raise unless an office of this kind may say such things."""
    for (aspect, _), drafts in batch.by_table.items():
        rule = ASPECTS[aspect]  # what there is not, or what it can not say, is a bug, no mistake
        strange = [draft for draft in drafts if not draft[0][0].startswith(rule.subject)]
        if strange or not rule.fields.issuperset(set().union(*[draft[1] for draft in drafts])):
            raise ValueError(
                f"{aspect} can not say that, or not of {[d.key.subject for d in strange]}"
            )
        if not may_state(author.kind, aspect):
            raise NotAllowed("本部门没有权限登记这项内容。", "请由负责的部门登记。")


def head_text(seat: str, number: int, hash_: str) -> bytes:
    """Return what a seat signs about the end of its chain."""
    return f"jice-chain-head {seat} {number} {hash_}".encode()
