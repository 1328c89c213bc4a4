"""Papers and files: attachments, what was printed, what was imported. Local to the seat."""

from sqlalchemy import Integer, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base


class AttachmentRow(Base):
    """A file beside the store, known by its SHA-256."""

    __tablename__ = "attachment"

    sha256: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    size: Mapped[int] = mapped_column(Integer)
    added_at: Mapped[str] = mapped_column(Text)


class MiniatureRow(Base):
    """What a kept photo looks like from far away, 8 × 8 greys; derived from the attachment."""

    __tablename__ = "miniature"

    sha256: Mapped[str] = mapped_column(Text, primary_key=True)
    greys: Mapped[bytes] = mapped_column(LargeBinary)


class DocumentRow(Base):
    """A paper or file that was made; its bytes lie among the attachments."""

    __tablename__ = "document"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    round: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(Text)
    pages: Mapped[int] = mapped_column(Integer)
    made_at: Mapped[str] = mapped_column(Text)
    operator: Mapped[str] = mapped_column(Text)


class ImportRow(Base):
    """A file that was imported: who, when, what it was.

    ``problems``, ``rows_held_back`` and ``rows_admitted`` are JSON lists: what was wrong, the rows
    that were not let in, and the rows of this file that a person let in later.
    """

    __tablename__ = "import"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    round: Mapped[str] = mapped_column(Text)
    file_name: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(Text)
    imported_at: Mapped[str] = mapped_column(Text)
    operator: Mapped[str] = mapped_column(Text)
    students: Mapped[int] = mapped_column(Integer)
    new: Mapped[int] = mapped_column(Integer)
    changed: Mapped[int] = mapped_column(Integer)
    same: Mapped[int] = mapped_column(Integer)
    held_back: Mapped[int] = mapped_column(Integer)
    problems: Mapped[str] = mapped_column(Text)
    rows_held_back: Mapped[str] = mapped_column(Text)
    rows_admitted: Mapped[str] = mapped_column(Text)


class ImportDetailRow(Base):
    """What more is kept of an import: what it was for, and what became of every row.

    ``target`` is the round or the year, ``subject`` what the journal calls the import ("" where it
    said nothing), ``counts`` a JSON object of how many rows had which fate, ``fates`` a JSON list.
    """

    __tablename__ = "import_detail"

    import_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    target: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text)
    counts: Mapped[str] = mapped_column(Text)
    fates: Mapped[str] = mapped_column(Text)
