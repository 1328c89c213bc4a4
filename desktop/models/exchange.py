"""Bundles that came and went, and the receipts that answer them: local, never part of a reading."""

from sqlalchemy import Index, Integer, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base


class IncomingBundleRow(Base):
    """A bundle that was merged: its manifest and signature stay, so it can be checked again.

    ``numbers`` are those of its statements ("3-7,9"), so that it can be put together again.
    """

    __tablename__ = "incoming_bundle"
    __table_args__ = (UniqueConstraint("from_seat", "to_office", "number"),)

    bundle_id: Mapped[str] = mapped_column(Text, primary_key=True)
    from_office: Mapped[str] = mapped_column(Text)
    from_seat: Mapped[str] = mapped_column(Text)
    to_office: Mapped[str] = mapped_column(Text)
    certificate_serial: Mapped[str] = mapped_column(Text)
    round: Mapped[str] = mapped_column(Text)
    number: Mapped[int] = mapped_column(Integer)
    digest: Mapped[str] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(Text)
    created: Mapped[str] = mapped_column(Text)
    merged_at: Mapped[str] = mapped_column(Text)
    operator: Mapped[str] = mapped_column(Text)
    file_name: Mapped[str] = mapped_column(Text)
    statements: Mapped[int] = mapped_column(Integer)
    new_statements: Mapped[int] = mapped_column(Integer)
    numbers: Mapped[str] = mapped_column(Text)
    manifest: Mapped[bytes] = mapped_column(LargeBinary)
    signature: Mapped[str] = mapped_column(Text)
    receipt: Mapped[str] = mapped_column(Text)
    receipt_sent_in: Mapped[str] = mapped_column(Text, default="")


class RefusedBundleRow(Base):
    """A file that was refused, with its cause; it changed nothing else."""

    __tablename__ = "refused_bundle"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    file_name: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(Text)
    bundle_id: Mapped[str] = mapped_column(Text)  # "" unless the bundle was genuine
    from_office: Mapped[str] = mapped_column(Text)  # as claimed, where it was not genuine
    number: Mapped[int] = mapped_column(Integer)
    code: Mapped[str] = mapped_column(Text)
    cause: Mapped[str] = mapped_column(Text)
    todo: Mapped[str] = mapped_column(Text)
    refused_at: Mapped[str] = mapped_column(Text)
    operator: Mapped[str] = mapped_column(Text)
    receipt_sent_in: Mapped[str] = mapped_column(Text, default="")


class OutgoingBundleRow(Base):
    """A bundle that this seat wrote; its sealed file is kept, so it can be handed over again."""

    __tablename__ = "outgoing_bundle"
    __table_args__ = (UniqueConstraint("to_office", "number"),)

    bundle_id: Mapped[str] = mapped_column(Text, primary_key=True)
    to_office: Mapped[str] = mapped_column(Text)
    round: Mapped[str] = mapped_column(Text)
    number: Mapped[int] = mapped_column(Integer)
    digest: Mapped[str] = mapped_column(Text)
    created: Mapped[str] = mapped_column(Text)
    operator: Mapped[str] = mapped_column(Text)
    file_name: Mapped[str] = mapped_column(Text)
    file_sha256: Mapped[str] = mapped_column(Text)
    statements: Mapped[int] = mapped_column(Integer)
    trust: Mapped[str] = mapped_column(Text)


class SentStatementRow(Base):
    """Which of this seat's statements went to which office, in which bundle."""

    __tablename__ = "sent_statement"
    __table_args__ = (Index("ix_sent_statement_bundle", "bundle_id"),)

    to_office: Mapped[str] = mapped_column(Text, primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    bundle_id: Mapped[str] = mapped_column(Text)


class ReceiptRow(Base):
    """The answer to a bundle of ours: what was taken, what waits, what was refused and why."""

    __tablename__ = "receipt"

    bundle_id: Mapped[str] = mapped_column(Text, primary_key=True)
    from_office: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    arrived_at: Mapped[str] = mapped_column(Text)
