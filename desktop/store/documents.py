"""What the store keeps about attachments, papers that were made and files that were imported."""

from collections.abc import Collection
from dataclasses import asdict, fields

from sqlalchemy import Connection, func, insert, select

from desktop.domain.documents import Document, ImportRecord
from desktop.models.document import AttachmentRow, DocumentRow, ImportDetailRow, ImportRow
from desktop.models.imported import ListImportRow
from desktop.models.sheet import SheetRow
from desktop.store.links import chunks


def keep_attachment(connection: Connection, sha256: str, name: str, size: int, at: str) -> None:
    """Put an attachment on record; its bytes must be on the disk already."""
    if not known_attachments(connection, [sha256]):
        connection.execute(
            insert(AttachmentRow).values(sha256=sha256, name=name, size=size, added_at=at)
        )


def known_attachments(connection: Connection, sha256s: Collection[str]) -> frozenset[str]:
    """Return which of these attachments are on record."""
    found: set[str] = set()
    for chunk in chunks(sha256s):
        query = select(AttachmentRow.sha256).where(AttachmentRow.sha256.in_(chunk))
        found.update(connection.execute(query).scalars())
    return frozenset(found)


def attachments(connection: Connection) -> tuple[str, ...]:
    """Return the SHA-256 of every attachment on record."""
    query = select(AttachmentRow.sha256).order_by(AttachmentRow.sha256)
    return tuple(connection.execute(query).scalars())


def attachments_named(connection: Connection, beginning: str) -> list[str]:
    """Return the SHA-256 of the attachments whose name begins so, in the order of their names."""
    query = (
        select(AttachmentRow.sha256)
        .where(AttachmentRow.name.startswith(beginning, autoescape=True))
        .order_by(AttachmentRow.name)
    )
    return list(connection.execute(query).scalars())


def keep_document(connection: Connection, document: Document) -> None:
    """Remember a paper or file that was made."""
    connection.execute(insert(DocumentRow).values(**asdict(document)))


def documents(connection: Connection, round_id: str) -> tuple[Document, ...]:
    """Return the papers and files of a round, oldest first."""
    query = select(DocumentRow).where(DocumentRow.round == round_id).order_by(DocumentRow.id)
    columns = ("kind", "round", "name", "sha256", "pages", "made_at", "operator")
    rows = connection.execute(query.with_only_columns(*[getattr(DocumentRow, c) for c in columns]))
    return tuple(Document(*row) for row in rows)


def every_document(connection: Connection) -> tuple[Document, ...]:
    """Return the papers and files of all rounds, the latest first."""
    columns = [getattr(DocumentRow, field.name) for field in fields(Document)]
    rows = connection.execute(select(*columns).order_by(DocumentRow.id.desc()))
    return tuple(Document(*row) for row in rows)


def keep_import(connection: Connection, record: ImportRecord) -> None:
    """Remember a file that was imported."""
    connection.execute(insert(ImportRow).values(**asdict(record)))


def imports(connection: Connection, round_id: str) -> tuple[ImportRecord, ...]:
    """Return the imports of a round that were not undone, oldest first."""
    undone = (
        select(ImportDetailRow.import_id)
        .join(ListImportRow, ListImportRow.subject == ImportDetailRow.subject)
        .where(ListImportRow.withdrawn == "yes")
    )
    columns = [getattr(ImportRow, field.name) for field in fields(ImportRecord)]
    query = (
        select(*columns)
        .where(ImportRow.round == round_id, ImportRow.id.not_in(undone))
        .order_by(ImportRow.id)
    )
    return tuple(ImportRecord(*row) for row in connection.execute(query))


def imports_of_file(connection: Connection, sha256: str) -> tuple[ImportRecord, ...]:
    """Return the imports of one file, into any round, oldest first."""
    columns = [getattr(ImportRow, field.name) for field in fields(ImportRecord)]
    query = (
        select(*columns)
        .where(ImportRow.sha256 == sha256, ImportRow.file_name != "")
        .order_by(ImportRow.id)
    )
    return tuple(ImportRecord(*row) for row in connection.execute(query))


def sheets_made_by(connection: Connection, seat: str) -> int:
    """Return how many signature sheets a seat has made so far, over all rounds."""
    query = select(func.count()).where(SheetRow.subject.startswith(f"sheet:{seat}-"))
    return connection.execute(query).scalar_one()
