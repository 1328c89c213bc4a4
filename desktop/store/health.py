"""Looking a store over: each function checks one thing and returns what is wrong with it."""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import zip_longest
from typing import TypeVar

from sqlalchemy import Connection, func, select, text

from desktop.bundles.certificates import Trust
from desktop.bundles.envelope import SIGNED_AS
from desktop.bundles.keys import signature_fits
from desktop.bundles.lines import MalformedStatement, decode
from desktop.bundles.signed_texts import signing_bytes
from desktop.domain.authority import ASPECTS
from desktop.domain.exchange import numbers_in
from desktop.domain.health import Finding
from desktop.domain.readings import EMPTY, Reading
from desktop.domain.readings import state_digest as digest_of
from desktop.domain.statements import Key, Statement
from desktop.errors import AttachmentDamaged
from desktop.models.exchange import IncomingBundleRow
from desktop.models.journal import ChainHeadRow, StatementRow
from desktop.store import documents, exchange
from desktop.store.attachments import Attachments
from desktop.store.counting import (
    REVOKED,
    WITHDRAWN,
    Counting,
    discounted_bundles,
)
from desktop.store.engine import Row
from desktop.store.journal import head_text
from desktop.store.links import Links, links_of
from desktop.store.tables import FIELDS, computed_readings, rows_in_order, to_row
from desktop.store.undoings import Undoing, Undoings, undoings_of

_BATCH = 2000
T = TypeVar("T")
Read = Callable[[int], None]
"""Told how many rows were read since it was told last; what it raises stops the reading."""


def database_findings(connection: Connection) -> Iterator[Finding]:
    """Ask SQLite whether the file is whole and every reference leads somewhere."""
    for (answer,) in connection.execute(text("PRAGMA integrity_check")):
        if answer != "ok":
            yield Finding("database", f"数据文件检查发现：{answer}。")
    for row in connection.execute(text("PRAGMA foreign_key_check")):
        yield Finding("database", f"数据表 {row[0]} 里有一处引用找不到对象。")


def untold(_count: int) -> None:
    """Do not say how many rows were read."""


def _counted(rows: Iterable[T], read: Read) -> Iterator[T]:
    """Yield rows, and say every few thousand how many more were read."""
    since = 0
    for row in rows:
        yield row
        since += 1
        if since == _BATCH:
            read(since)
            since = 0
    read(since)


def chain_findings(
    connection: Connection, own_seat: str, signing_key: str, read: Read = untold
) -> Iterator[Finding]:
    """Check every statement against its hash, and every seat's chain link by link.

    Another seat's chain may have gaps, for its statements go where they concern somebody; its
    own chain is whole, up to the end that the seat has signed.
    """
    query = (
        select(StatementRow.seat, StatementRow.number, StatementRow.hash, StatementRow.line)
        .order_by(StatementRow.seat, StatementRow.number)
        .execution_options(yield_per=_BATCH)
    )
    last: tuple[str, int, str] = ("", 0, "")
    own_end: tuple[int, str] = (0, "")
    for seat, number, hash_, line in _counted(connection.execute(query), read):
        actual = hashlib.sha256(line).digest()
        statement = _readable(line)
        named = (statement.seat, statement.number) if statement else None
        if actual != hash_ or named != (seat, number):
            yield Finding("statement-altered", f"席位 {seat} 的第 {number} 条记载被改动过。")
        before = last if last[0] == seat else (seat, 0, "")
        follows = number == before[1] + 1
        unlinked = follows and statement is not None and statement.previous != before[2]
        if unlinked or (not follows and seat == own_seat):
            yield Finding("chain-broken", f"席位 {seat} 的记载在第 {number} 条前面断开了。")
        last = (seat, number, actual.hex())
        if seat == own_seat:
            own_end = (number, actual.hex())
    yield from _head_findings(connection, own_seat, signing_key, own_end)


def bundle_findings(connection: Connection, trust: Trust) -> Iterator[Finding]:
    """Check what came in each bundle against the bundle's signed list of contents, and the list."""
    query = select(
        IncomingBundleRow.bundle_id,
        IncomingBundleRow.number,
        IncomingBundleRow.from_seat,
        IncomingBundleRow.certificate_serial,
        IncomingBundleRow.manifest,
        IncomingBundleRow.signature,
        IncomingBundleRow.new_statements,
        IncomingBundleRow.numbers,
    )
    for row in connection.execute(query).all():
        bundle_id, number, seat, serial, manifest, signature, new, numbers = row
        if not _is_signed(trust, seat, serial, manifest, signature):
            yield Finding("bundle-altered", f"席位 {seat} 第{number}号报送包的签名清单被改动过。")
            continue
        first_in_it = connection.execute(
            select(func.count()).where(StatementRow.bundle == bundle_id)
        ).scalar_one()
        members = {m["name"]: m["sha256"] for m in json.loads(manifest)["members"]}
        digest = _digest_of_lines(connection, seat, numbers)
        if first_in_it != new or members.get("statements.jsonl") != digest:
            yield Finding(
                "bundle-altered", f"席位 {seat} 第{number}号报送包收入以后，其中的记载被改动过。"
            )


def _digest_of_lines(connection: Connection, seat: str, numbers: str) -> str:
    """Return the digest of a bundle's statements, put together again by their numbers."""
    try:
        wanted = numbers_in(numbers)
    except ValueError:  # somebody has spoilt the list of numbers
        return ""
    digest = hashlib.sha256()
    for line in exchange.lines_of(connection, seat, wanted):
        digest.update(line + b"\n")
    return digest.hexdigest()


def _is_signed(trust: Trust, seat: str, serial: str, manifest: bytes, signature: str) -> bool:
    """Tell whether a kept manifest is the one that the seat signed with its certificate."""
    signed = signing_bytes(SIGNED_AS, manifest)
    return any(
        signature_fits(known.certificate.signing_key, signed, _from_hex(signature))
        for known in trust.certificates_of(seat)
        if known.certificate.serial == serial
    )


def attachment_findings(
    connection: Connection, attachments: Attachments, progress: Callable[[int, int], None]
) -> Iterator[Finding]:
    """Read every attachment on record and compare it with its digest."""
    known = documents.attachments(connection)
    for done, sha256 in enumerate(known):
        progress(done, len(known))
        try:
            attachments.get(sha256)
        except AttachmentDamaged as error:
            yield Finding("attachment", error.what)


def table_findings(connection: Connection, read: Read = untold) -> Iterator[Finding]:
    """Compute every reading anew from the journal and compare it with its table."""
    for aspect in sorted(ASPECTS):
        computed = (
            to_row(key, reading)
            for key, reading in computed_readings(connection, aspect)
            if reading != EMPTY
        )
        try:
            pairs = zip_longest(computed, rows_in_order(connection, aspect))
            different = sum(1 for a, b in _counted(pairs, read) if a != b)
        except MalformedStatement:
            yield Finding("table-differs", f"数据表 {aspect} 的记载有损坏，无法核对。")
            continue
        if different:
            yield Finding("table-differs", f"数据表 {aspect} 有 {different} 行与记载不一致。")


def counting_findings(
    connection: Connection, cut_off: Collection[str], read: Read = untold
) -> Iterator[Finding]:
    """Work out anew which statements count, and compare.

    Args:
        connection: within a transaction.
        cut_off: the bundles that a revocation cuts off, as the revocations say.
        read: told after every batch how many statements it had.
    """
    links = Links(connection)
    counting = Counting(connection, links)
    expected: dict[str, set[str]] = {bundle: {REVOKED} for bundle in cut_off}
    made: set[tuple[str, str]] = set()
    undone: set[Undoing] = set()
    different = 0
    try:
        for batch in counting.entries_in_batches():
            whys = counting.whys(batch)
            different += sum(entry.uncounted != why for entry, why in zip(batch, whys, strict=True))
            came = [entry for entry in batch if not counting.is_cut_off(entry)]
            accepted = [entry.statement for entry in came]
            made |= links_of(accepted)
            undone |= undoings_of(accepted)
            for bundle in counting.taken_back_by(came):
                expected.setdefault(bundle, set()).add(WITHDRAWN)
            read(len(batch))
    except MalformedStatement:
        yield Finding("counting-differs", "有的记载已损坏，无法核对哪些记载有效。")
        return
    kept = {bundle: set(whys) for bundle, whys in discounted_bundles(connection).items()}
    if (expected, undone) != (kept, set(Undoings(connection).all)):
        yield Finding("counting-differs", "撤回或吊销的报送包、撤销的读入与记载和吊销通知不一致。")
    if different:
        yield Finding("counting-differs", f"有 {different} 条记载是否有效的标记与记载不一致。")
    if lost := len(made ^ links.all()):
        yield Finding("counting-differs", f"有 {lost} 处学生、班级与院部的归属与记载不一致。")


def _readable(line: bytes) -> Statement | None:
    """Return the statement of a line, None where the disk or somebody has spoilt it."""
    try:
        return decode(line)
    except MalformedStatement:
        return None


def state_digest(connection: Connection, read: Read = untold) -> str:
    """Return the digest over all readings, as the tables say them."""
    rows = (
        (aspect, row) for aspect in sorted(ASPECTS) for row in rows_in_order(connection, aspect)
    )
    return digest_of(_reading(aspect, row) for aspect, row in _counted(rows, read))


def _reading(aspect: str, row: Row) -> tuple[Key, Reading]:
    *values, subject, round_, conflicts = row
    fields = zip(FIELDS[aspect], values, strict=True)
    try:
        alternatives = {f: tuple(v) for f, v in json.loads(conflicts or "{}").items()}
    except (ValueError, AttributeError, TypeError):
        alternatives = {"": (conflicts,)}  # tampered with: it reads like nothing that was said
    said = {field: value for field, value in fields if value is not None}
    return Key(subject, aspect, round_), Reading(said, alternatives)


def _from_hex(text: str) -> bytes:
    """Return the bytes that a text spells, none where somebody has spoilt it."""
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""


def _head_findings(
    connection: Connection, own_seat: str, signing_key: str, end: tuple[int, str]
) -> Iterator[Finding]:
    """Check the signed end of this seat's own chain."""
    row = connection.execute(
        select(ChainHeadRow.number, ChainHeadRow.hash, ChainHeadRow.signature).where(
            ChainHeadRow.seat == own_seat
        )
    ).one_or_none()
    if row is None:
        yield Finding("chain-cut", "本席位记载的结尾标记不见了。")
        return
    signature = _from_hex(row.signature)
    signed = head_text(own_seat, row.number, row.hash)
    if (row.number, row.hash) != end:
        yield Finding("chain-cut", f"本席位应有 {row.number} 条记载，实有 {end[0]} 条。")
    elif row.number and not signature_fits(signing_key, signed, signature):
        yield Finding("chain-cut", "本席位记载的结尾标记不是本席位签的。")
