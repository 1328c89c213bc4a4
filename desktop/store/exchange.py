"""What the store keeps about bundles that came and went."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select, tuple_, update

from desktop.bundles.lines import decode
from desktop.domain.authority import YEARLY
from desktop.domain.exchange import IncomingBundle, OutgoingBundle, Receipt, RefusedBundle
from desktop.domain.offices import OfficeKind
from desktop.domain.sheets import rows_from_text
from desktop.domain.statements import Statement
from desktop.models.exchange import (
    IncomingBundleRow,
    OutgoingBundleRow,
    ReceiptRow,
    RefusedBundleRow,
    SentStatementRow,
)
from desktop.models.journal import StatementRow
from desktop.models.sheet import AdditionDecisionRow, SheetRow
from desktop.models.student import IdentityRow, PlacementRow
from desktop.store.engine import insert_rows
from desktop.store.links import among, chunks
from desktop.store.tables import TABLES

_INCOMING = [getattr(IncomingBundleRow, field.name) for field in fields(IncomingBundle)]
_OUTGOING = [getattr(OutgoingBundleRow, field.name) for field in fields(OutgoingBundle)]
_REFUSED = [getattr(RefusedBundleRow, field.name) for field in fields(RefusedBundle)]


def incoming(
    connection: Connection, seat: str = "", to_office: str = ""
) -> tuple[IncomingBundle, ...]:
    """Return the bundles that were merged, of one seat (to one office) or of all, oldest first."""
    query = select(*_INCOMING).order_by(IncomingBundleRow.merged_at, IncomingBundleRow.bundle_id)
    if seat:
        query = query.where(IncomingBundleRow.from_seat == seat)
    if to_office:
        query = query.where(IncomingBundleRow.to_office == to_office)
    return tuple(IncomingBundle(*row) for row in connection.execute(query))


def incoming_bundle(connection: Connection, bundle_id: str) -> IncomingBundle | None:
    """Return one merged bundle, None when it was never merged."""
    query = select(*_INCOMING).where(IncomingBundleRow.bundle_id == bundle_id)
    row = connection.execute(query).one_or_none()
    return IncomingBundle(*row) if row else None


def at_number(
    connection: Connection, seat: str, to_office: str, number: int
) -> IncomingBundle | None:
    """Return the merged bundle of a stream with a number, None when it has not come."""
    query = select(*_INCOMING).where(
        IncomingBundleRow.from_seat == seat,
        IncomingBundleRow.to_office == to_office,
        IncomingBundleRow.number == number,
    )
    row = connection.execute(query).one_or_none()
    return IncomingBundle(*row) if row else None


def keep_incoming(
    connection: Connection,
    bundle: IncomingBundle,
    manifest: bytes,
    signature: str,
    receipt: Receipt,
) -> None:
    """Remember a merged bundle, with what proves it, and the receipt that answers it."""
    connection.execute(
        insert(IncomingBundleRow).values(
            **asdict(bundle),
            manifest=manifest,
            signature=signature,
            receipt=receipt.to_text(),
            receipt_sent_in="",
        )
    )


def proof_of(connection: Connection, bundle_id: str) -> tuple[bytes, str]:
    """Return the manifest of a merged bundle and its signature."""
    query = select(IncomingBundleRow.manifest, IncomingBundleRow.signature).where(
        IncomingBundleRow.bundle_id == bundle_id
    )
    manifest, signature = connection.execute(query).one()
    return bytes(manifest), str(signature)


def lines_of(connection: Connection, seat: str, numbers: Collection[int]) -> list[bytes]:
    """Return a seat's statements of these numbers as they were said, in their order."""
    found: dict[int, bytes] = {}
    for chunk in chunks(numbers):
        query = select(StatementRow.number, StatementRow.line).where(
            StatementRow.seat == seat, StatementRow.number.in_(chunk)
        )
        found.update((number, line) for number, line in connection.execute(query))
    return [found[number] for number in sorted(found)]


def withdrawn_because(connection: Connection) -> dict[tuple[str, str], str]:
    """Return why bundles were taken back: per bundle and office that says so."""
    subjects = set(connection.execute(select(TABLES["withdrawal"].c.subject)).scalars())
    query = select(StatementRow.office, StatementRow.line).where(
        among(StatementRow.subject, subjects),
        StatementRow.aspect == "withdrawal",
        StatementRow.uncounted == "",
    )
    found = {}
    for office, line in connection.execute(query.order_by(StatementRow.arrival)):
        said = decode(line)
        if said.values.get("withdrawn") == "yes":
            bundle = said.subject.removeprefix("bundle:")
            found[bundle, office] = said.values.get("explanation") or ""
    return found


def keep_refused(connection: Connection, refused: RefusedBundle) -> None:
    """Remember that a file was refused; the same file with the same cause is kept once."""
    same = select(RefusedBundleRow.id).where(
        RefusedBundleRow.sha256 == refused.sha256, RefusedBundleRow.code == refused.code
    )
    if connection.execute(same).first() is None:
        connection.execute(insert(RefusedBundleRow).values(**asdict(refused), receipt_sent_in=""))


def refused(connection: Connection) -> tuple[RefusedBundle, ...]:
    """Return the files that were refused, oldest first."""
    query = select(*_REFUSED).order_by(RefusedBundleRow.id)
    return tuple(RefusedBundle(*row) for row in connection.execute(query))


def last_numbers_from(connection: Connection, seat: str) -> tuple[tuple[str, int], ...]:
    """Return, for a seat, the last number that came, per receiving office (this one)."""
    registrar = str(OfficeKind.REGISTRAR)
    query = select(func.max(IncomingBundleRow.number)).where(
        IncomingBundleRow.from_seat == seat, IncomingBundleRow.to_office == registrar
    )
    last = connection.execute(query).scalar_one_or_none()
    return ((registrar, last or 0),)  # what the root has not got by now does not count


def outgoing(connection: Connection, to_office: str = "") -> tuple[OutgoingBundle, ...]:
    """Return the bundles that were written, to one office or to all, oldest first."""
    query = select(*_OUTGOING).order_by(OutgoingBundleRow.created, OutgoingBundleRow.number)
    if to_office:
        query = query.where(OutgoingBundleRow.to_office == to_office)
    return tuple(OutgoingBundle(*row) for row in connection.execute(query))


def keep_outgoing(connection: Connection, bundle: OutgoingBundle, numbers: Iterable[int]) -> None:
    """Remember a written bundle and which of our statements, by number, it carries."""
    connection.execute(insert(OutgoingBundleRow).values(**asdict(bundle)))
    rows = [(bundle.to_office, number, bundle.bundle_id) for number in numbers]
    insert_rows(connection, SentStatementRow, ["to_office", "number", "bundle_id"], rows)


def unsent_lines(
    connection: Connection, seat: str, to_office: str, round_id: str
) -> list[tuple[int, bytes]]:
    """Return our own statements of a round (and lasting ones) that never went to an office.

    Returns:
        ``(number, line)`` in the order of their numbers.
    """
    query = _unsent(to_office, round_id).where(StatementRow.seat == seat)
    return sorted((number, line) for number, line in connection.execute(query))


def unsent_lines_about(
    connection: Connection,
    seat: str,
    to_office: str,
    round_id: str,
    subjects: Collection[str],
    aspects: Collection[str] = (),
) -> list[tuple[int, bytes]]:
    """Return what ``unsent_lines`` does, of these subjects alone, without reading all the others.

    The registrar says something about everybody, and an office gets what is about its own, or of
    all students some aspects.
    """
    # as a plain comparison, SQLite would take the seat for the choosiest condition and read
    # everything that the seat ever said
    said_here = func.coalesce(StatementRow.seat, "") == seat
    query = _unsent(to_office, round_id).where(said_here, among(StatementRow.subject, subjects))
    if aspects:
        query = query.where(StatementRow.aspect.in_(sorted(aspects)))
    return sorted((number, line) for number, line in connection.execute(query))


def subjects_still_there(connection: Connection, aspects: Collection[str], year: str) -> set[str]:
    """Return everybody and everything that is read of some aspects, but who left before a year."""
    graduates = select(IdentityRow.subject).where(
        IdentityRow.expected_graduation_date < year, IdentityRow.expected_graduation_date != ""
    )
    gone = set(connection.execute(graduates).scalars())
    found: set[str] = set()
    for aspect in sorted(aspects):
        found.update(connection.execute(select(TABLES[aspect].c.subject)).scalars())
    return found - gone


def subjects_of_kind(connection: Connection, kind: str) -> set[str]:
    """Return every subject of a kind ("office") about which anything was ever said."""
    first, beyond = f"{kind}:", f"{kind};"  # the semicolon is the character after the colon
    query = select(StatementRow.subject).where(
        StatementRow.subject >= first, StatementRow.subject < beyond
    )
    return set(connection.execute(query.distinct()).scalars())


def _unsent(to_office: str, round_id: str) -> "Select[Any, Any]":
    """Return the query for statements of a round, or lasting ones, that never went to an office."""
    sent = select(SentStatementRow.number).where(SentStatementRow.to_office == to_office)
    return select(StatementRow.number, StatementRow.line).where(
        StatementRow.round.in_(("", round_id)) | StatementRow.aspect.in_(YEARLY),
        StatementRow.number.not_in(sent),
    )


def unsent_receipts(connection: Connection, office: str, own_office: str) -> list[Receipt]:
    """Return the answers that an office has not been sent yet by its addressee.

    A bundle that says nothing (answers alone, news of certificates) needs no answer, or two
    offices would answer one another for ever. A bundle that was refused and taken later is
    answered as taken.
    """
    taken = select(IncomingBundleRow.receipt).where(
        IncomingBundleRow.from_office == office,
        IncomingBundleRow.receipt_sent_in == "",
        IncomingBundleRow.to_office == own_office,
        IncomingBundleRow.statements > 0,
    )
    receipts = [Receipt.from_text(text) for text in connection.execute(taken).scalars()]
    query = select(*_REFUSED).where(
        RefusedBundleRow.from_office == office,
        RefusedBundleRow.bundle_id != "",
        RefusedBundleRow.bundle_id.not_in(select(IncomingBundleRow.bundle_id)),
        RefusedBundleRow.receipt_sent_in == "",
    )
    for row in connection.execute(query):
        bundle = RefusedBundle(*row)
        receipts.append(
            Receipt(bundle.bundle_id, bundle.number, 0, 0, 0, 0, 0, bundle.cause, bundle.todo)
        )
    return sorted(receipts, key=lambda r: (r.number, r.bundle_id))


def latest_receipts(connection: Connection, office: str, own_office: str) -> list[Receipt]:
    """Return, for each seat of an office, the answer to the last bundle that came from it.

    They go along in every bundle: a seat whose data is older than that learns it from there.
    """
    last = (
        select(IncomingBundleRow.from_seat, func.max(IncomingBundleRow.number))
        .where(IncomingBundleRow.from_office == office, IncomingBundleRow.to_office == own_office)
        .group_by(IncomingBundleRow.from_seat)
    )
    query = (
        select(IncomingBundleRow.receipt)
        .where(
            IncomingBundleRow.to_office == own_office,
            tuple_(IncomingBundleRow.from_seat, IncomingBundleRow.number).in_(last),
        )
        .order_by(IncomingBundleRow.from_seat)
    )
    return [Receipt.from_text(text) for text in connection.execute(query).scalars()]


def mark_receipts_sent(connection: Connection, office: str, bundle_id: str) -> None:
    """Remember that the waiting answers to an office went out in a bundle."""
    for row in (IncomingBundleRow, RefusedBundleRow):
        connection.execute(
            update(row)
            .where(row.from_office == office, row.receipt_sent_in == "")
            .values(receipt_sent_in=bundle_id)
        )


def keep_receipts(
    connection: Connection, receipts: Collection[Receipt], from_office: str, at: str
) -> None:
    """Keep answers to our own bundles; a later answer to the same bundle takes its place."""
    for receipt in receipts:
        known = select(ReceiptRow.bundle_id).where(ReceiptRow.bundle_id == receipt.bundle_id)
        values = {"from_office": from_office, "text": receipt.to_text(), "arrived_at": at}
        if connection.execute(known).first() is None:
            connection.execute(insert(ReceiptRow).values(bundle_id=receipt.bundle_id, **values))
        else:
            connection.execute(
                update(ReceiptRow).where(ReceiptRow.bundle_id == receipt.bundle_id).values(**values)
            )


def new_receipts(connection: Connection, receipts: Collection[Receipt]) -> tuple[Receipt, ...]:
    """Return those of some answers that are not kept here as they are."""
    ids = [receipt.bundle_id for receipt in receipts]
    query = select(ReceiptRow.text).where(among(ReceiptRow.bundle_id, ids))
    kept = set(connection.execute(query).scalars())
    return tuple(receipt for receipt in receipts if receipt.to_text() not in kept)


def receipts(connection: Connection) -> tuple[Receipt, ...]:
    """Return the answers to our own bundles, by number."""
    texts = connection.execute(select(ReceiptRow.text)).scalars()
    return tuple(sorted(map(Receipt.from_text, texts), key=lambda r: (r.number, r.bundle_id)))


def students_touched(connection: Connection, statements: Collection[Statement]) -> frozenset[str]:
    """Return every student whom statements touch: named, or on a sheet they are about.

    A sign-off is about a sheet, and so about every student who stands on it; what is said about
    a class about everybody in it; an addition about the student whom it became.
    """
    subjects = {statement.subject for statement in statements}
    touched = {subject for subject in subjects if subject.startswith("student:")}
    touched.update(s.values["student"] or "" for s in statements if "student" in s.values)
    for chunk in chunks(subjects):
        became = select(AdditionDecisionRow.student).where(AdditionDecisionRow.subject.in_(chunk))
        touched.update(student or "" for student in connection.execute(became).scalars())
    for chunk in chunks(subjects):
        members = select(PlacementRow.subject).where(PlacementRow.class_id.in_(chunk))
        touched.update(connection.execute(members).scalars())
    for chunk in chunks(subjects):
        rows = select(SheetRow.rows).where(SheetRow.subject.in_(chunk))
        for text in connection.execute(rows).scalars():
            touched.update(row.student for row in rows_from_text(text or "[]"))
    return frozenset(touched - {""})
