"""The journal of one store: saying something, taking in what others said, and what then counts."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, select, update
from uuid_utils import uuid7

from desktop.bundles.lines import MalformedStatement, Written, encode, written
from desktop.domain.authority import ASPECTS, may_state, needs_scope, scope_subject
from desktop.domain.offices import OfficeKind
from desktop.domain.readings import EMPTY, Reading, read
from desktop.domain.statements import Key, Statement, Values, by_key
from desktop.errors import Incomplete, NotAllowed
from desktop.models.journal import ChainHeadRow, StatementRow
from desktop.store.counting import REVOKED, Counting, Entry
from desktop.store.engine import Row, insert_rows
from desktop.store.links import Links, links_of
from desktop.store.tables import statements_of, write_readings

_COLUMNS = [column.name for column in StatementRow.__table__.columns if column.name != "arrival"]


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
        drafts = list(drafts)
        author = self._speaker()
        self._check_authority(author, drafts)
        said_before = statements_of(self._connection, {draft.key for draft in drafts})
        head = self._open_head(author.seat)
        at = self._now().isoformat(timespec="seconds")
        statements, rows = [], []
        touched: dict[Key, list[Statement]] = {}
        for draft in drafts:
            group = touched.setdefault(draft.key, said_before.get(draft.key, []))
            statement = Statement(
                id=str(uuid7()),
                seat=author.seat,
                number=head.number + 1,
                previous=head.hash,
                operator=author.operator,
                clock=head.clock + 1,
                at=at,
                round=draft.key.round,
                subject=draft.key.subject,
                aspect=draft.key.aspect,
                values=dict(draft.values),
                seen=tuple(s.id for s in group),
                reason=draft.reason,
                evidence=draft.evidence,
            )
            one = _readable(statement)
            head = ChainHead(statement.number, one.digest.hex(), statement.clock)
            group.append(statement)
            statements.append(statement)
            rows.append(_row(one, author.office, None, ""))
        insert_rows(self._connection, StatementRow, _COLUMNS, rows)
        self._head = head
        write_readings(self._connection, {k: read(g) for k, g in touched.items()}, said_before)
        self._counting.follow_up(statements)
        return statements

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
        rows = [_row(one, source.office, source.bundle, why) for one, why in comparison.heard]
        insert_rows(self._connection, StatementRow, _COLUMNS, rows)
        after = {key: new for key, (_, new) in comparison.readings.items()}
        write_readings(self._connection, after, comparison.had_statements)
        if comparison.heard and self._author:
            head = self._open_head(self._author.seat)
            latest = max(one.statement.clock for one, _ in comparison.heard)
            self._head = head._replace(clock=max(head.clock, latest))
        accepted = [one.statement for one, why in comparison.heard if why != REVOKED]
        self._counting.carry_again(comparison.again, source.bundle)
        self._counting.follow_up([*accepted, *(entry.statement for entry in comparison.again)])

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

    def _open_head(self, seat: str) -> "ChainHead":
        if self._head is None:
            row = self._connection.execute(
                select(ChainHeadRow.number, ChainHeadRow.hash, ChainHeadRow.clock).where(
                    ChainHeadRow.seat == seat
                )
            ).one()
            self._head = ChainHead(*row)
        return self._head

    def _check_authority(self, author: Author, drafts: Sequence[Draft]) -> None:
        """Raise unless the author may say all of it, about these subjects."""
        for key, values, _, _ in drafts:
            rule = ASPECTS[key.aspect]  # a KeyError is a bug, not a user's mistake
            if not (values.keys() <= rule.fields and key.subject.startswith(rule.subject)):
                raise ValueError(f"{key.aspect} of {key.subject} can not say {sorted(values)}")
            if not may_state(author.kind, key.aspect):
                raise NotAllowed("本部门没有权限登记这项内容。", "请由负责的部门登记。")
        if needs_scope(author.kind):
            abouts = [scope_subject(d.key.aspect, d.key.subject, d.values) for d in drafts]
            offices = self._links.belongs_to({about for about in abouts if about})
            if not all(about and author.office in offices[about] for about in abouts):
                raise NotAllowed(
                    "其中有不属于本院部的学生或班级，不能登记。",
                    "请核对班级；确属本院部的，请教务处学籍科调整后重新下发名单。",
                )


class ChainHead(NamedTuple):
    """The end of a seat's chain: the last number, its hash, the clock."""

    number: int
    hash: str
    clock: int


def _readable(statement: Statement) -> Written:
    """Return a statement as it is written, which every reader will take.

    Raises:
        Incomplete: a text is too long, or has characters that can not be kept.
    """
    try:
        return written(encode(statement))
    except (MalformedStatement, UnicodeEncodeError) as error:
        raise Incomplete(
            "填写的内容太长，或者含有无法保存的字符，没有保存。", "请缩短或改写后再保存。"
        ) from error


def _row(one: Written, office: str, bundle: str | None, uncounted: str) -> Row:
    """Return a statement as a row of the journal, in the order of ``_COLUMNS``."""
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


def head_text(seat: str, number: int, hash_: str) -> bytes:
    """Return what a seat signs about the end of its chain."""
    return f"jice-chain-head {seat} {number} {hash_}".encode()
