"""The journal of one store: saying something, taking in what others said, and what then counts."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import Connection, select, update
from uuid_utils import uuid7

from desktop.domain.authority import ASPECTS, may_state, needs_scope, scope_subject
from desktop.domain.offices import OfficeKind
from desktop.domain.readings import EMPTY, Reading, read
from desktop.domain.statements import (
    Key,
    MalformedStatement,
    Statement,
    Values,
    by_key,
    decode,
    encode,
    line_hash,
)
from desktop.errors import Incomplete, NotAllowed
from desktop.models.journal import UNCOUNTED, ChainHeadRow, StatementRow
from desktop.store.engine import Row, insert_rows
from desktop.store.links import Links, chunks, links_of
from desktop.store.tables import reread, statements_of, write_readings

_COLUMNS = [column.name for column in StatementRow.__table__.columns if column.name != "arrival"]

WITHDRAWN = "withdrawn"
REVOKED = "revoked"
WITHOUT_AUTHORITY = "authority"


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
    """A statement that came in a bundle: itself, its line, and why it does not count ("")."""

    statement: Statement
    line: bytes
    uncounted: str


class Source(NamedTuple):
    """Where statements come from: the bundle, and the seat and office that signed it."""

    bundle: str
    seat: str
    office: str
    kind: OfficeKind
    uncounted: str  # withdrawn or revoked before it came, else ""


class Comparison(NamedTuple):
    """What a bundle would change: computed without writing anything.

    ``readings`` holds, for each key that the bundle touches, the reading before and after.
    """

    source: Source
    heard: tuple[Heard, ...]
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
            line = _readable(statement)
            head = ChainHead(statement.number, line_hash(line), statement.clock)
            group.append(statement)
            statements.append(statement)
            rows.append(_row(statement, line, author.office, None, ""))
        insert_rows(self._connection, StatementRow, _COLUMNS, rows)
        self._head = head
        write_readings(self._connection, {k: read(g) for k, g in touched.items()}, said_before)
        self._follow_up(statements)
        return statements

    # --- hearing --------------------------------------------------------------------------------

    def compare(self, heard: Sequence[tuple[Statement, bytes]], source: Source) -> Comparison:
        """Return what these statements would change, writing nothing.

        Args:
            heard: statements and their lines, all of one seat, in the order of their numbers,
                none of them in this journal.
            source: where they come from.
        """
        counts = not source.uncounted
        if needs_scope(source.kind):
            allowed = self._about_own(source.office, [s for s, _ in heard])
        else:
            allowed = [True] * len(heard)
        taken = tuple(
            [
                Heard(s, line, "" if own and counts else _why_uncounted(s, source))
                for (s, line), own in zip(heard, allowed, strict=True)
            ]
        )
        new = by_key([statement for statement, _, uncounted in taken if not uncounted])
        before = statements_of(self._connection, new)
        readings = {}
        for key, group in new.items():
            if earlier := before.get(key):
                readings[key] = (read(earlier), read(earlier + group))
            else:
                readings[key] = (EMPTY, read(group))
        return Comparison(source, taken, readings, frozenset(before))

    def accept(self, comparison: Comparison) -> None:
        """Take in what a comparison found; nothing may have been said in between."""
        source = comparison.source
        rows = [
            _row(s, line, source.office, source.bundle, why) for s, line, why in comparison.heard
        ]
        insert_rows(self._connection, StatementRow, _COLUMNS, rows)
        after = {key: new for key, (_, new) in comparison.readings.items()}
        write_readings(self._connection, after, comparison.had_statements)
        if comparison.heard and self._author:
            head = self._open_head(self._author.seat)
            latest = max(heard.statement.clock for heard in comparison.heard)
            self._head = head._replace(clock=max(head.clock, latest))
        self._follow_up([s for s, _, _ in comparison.heard])

    @property
    def clock(self) -> int:
        """Where this seat's clock stands: at or after everything it has said or heard."""
        return self._open_head(self._speaker().seat).clock

    def known_hashes(self, seat: str, first: int, last: int) -> dict[int, bytes]:
        """Return the hashes of a seat's statements in the journal, by number."""
        query = select(StatementRow.number, StatementRow.hash).where(
            StatementRow.seat == seat, StatementRow.number.between(first, last)
        )
        return {row.number: row.hash for row in self._connection.execute(query)}

    # --- what counts ----------------------------------------------------------------------------

    def set_bundles_uncounted(self, bundles: Collection[str], why: str) -> None:
        """Let the statements of bundles no longer count (or count again, with ``why`` "").

        A withdrawal itself always counts: taking back can not be taken back by accident.
        """
        for bundle in sorted(bundles):
            mine = (StatementRow.bundle == bundle) & (StatementRow.aspect != "withdrawal")
            query = select(StatementRow.subject, StatementRow.aspect, StatementRow.round)
            keys = {Key(*row) for row in self._connection.execute(query.where(mine))}
            self._connection.execute(update(StatementRow).where(mine).values(uncounted=why))
            reread(self._connection, keys)

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

    def _about_own(self, office: str, statements: Sequence[Statement]) -> list[bool]:
        """Tell for each statement of a college whether it is about the college's own."""
        abouts = [scope_subject(s.aspect, s.subject, s.values) for s in statements]
        # a sheet that comes in the same bundle says itself to which class it belongs
        new: dict[str, set[str]] = {}
        for subject, target in links_of(statements):
            new.setdefault(subject, set()).add(target)
        offices = self._links.belongs_to({a for a in abouts if a}.union(*new.values()))
        own = {
            about: any(office in offices[place] for place in (about, *new.get(about, ())))
            for about in set(abouts)
            if about
        }
        return [bool(about and own[about]) for about in abouts]

    def _follow_up(self, statements: Sequence[Statement]) -> None:
        """Do what statements entail for other statements: links and withdrawals.

        What does not count makes links too: whether a withdrawal comes before or after what it
        takes back must not matter. Nobody gains by it, for a link to somebody else's class lets
        only that other college speak.
        """
        if self._links.add(links_of(statements)):
            self._recount_authority()
        withdrawn = {
            s.subject.removeprefix("bundle:")
            for s in statements
            if s.aspect == "withdrawal" and s.values.get("withdrawn") == "yes"
        }
        self.set_bundles_uncounted(withdrawn, WITHDRAWN)

    def _recount_authority(self) -> None:
        """Let statements count whose subject has become known as the speaker's own."""
        query = select(StatementRow.arrival, StatementRow.office, StatementRow.line).where(
            UNCOUNTED, StatementRow.uncounted == WITHOUT_AUTHORITY
        )
        waiting: dict[str, list[tuple[int, Statement]]] = {}
        for arrival, office, line in self._connection.execute(query):
            waiting.setdefault(office, []).append((arrival, decode(line)))
        freed: list[Statement] = []
        for office, entries in waiting.items():
            own = self._about_own(office, [statement for _, statement in entries])
            mine = [entry for entry, is_own in zip(entries, own, strict=True) if is_own]
            for chunk in chunks([arrival for arrival, _ in mine]):
                self._connection.execute(
                    update(StatementRow).where(StatementRow.arrival.in_(chunk)).values(uncounted="")
                )
            freed.extend(statement for _, statement in mine)
        if freed:
            reread(self._connection, {statement.key for statement in freed})


class ChainHead(NamedTuple):
    """The end of a seat's chain: the last number, its hash, the clock."""

    number: int
    hash: str
    clock: int


def _why_uncounted(statement: Statement, source: Source) -> str:
    """Return why a statement does not count that is not its office's own, or came too late.

    A withdrawal always counts, also one that comes in a bundle that was itself withdrawn.
    """
    if statement.aspect == "withdrawal":
        return ""
    return source.uncounted or WITHOUT_AUTHORITY


def _readable(statement: Statement) -> bytes:
    """Return a statement's line, which every reader will take.

    Raises:
        Incomplete: a text is too long, or has characters that can not be kept.
    """
    try:
        line = encode(statement)
        decode(line)
    except (MalformedStatement, UnicodeEncodeError) as error:
        raise Incomplete(
            "填写的内容太长，或者含有无法保存的字符，没有保存。", "请缩短或改写后再保存。"
        ) from error
    return line


def _row(statement: Statement, line: bytes, office: str, bundle: str | None, uncounted: str) -> Row:
    """Return a statement as a row of the journal, in the order of ``_COLUMNS``."""
    return (
        statement.seat,
        office,
        statement.number,
        sha256(line).digest(),
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
