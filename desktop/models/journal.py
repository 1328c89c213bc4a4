"""The journal: every statement ever accepted, and what is needed to read and check it."""

from sqlalchemy import Index, Integer, LargeBinary, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base

UNCOUNTED = text("uncounted <> ''")
"""What the partial index on statements that do not count is made for; spelled alike in a query,
so that the database sees that the index serves it."""


class StatementRow(Base):
    """One statement: its line as it was said, and the columns by which it is found.

    ``bundle`` is the one in which it came first. ``uncounted`` is empty for a statement that
    counts; else why it does not: ``withdrawn``, ``undone``, ``revoked`` or ``authority``. It is
    derived from the journal and the revocations, like a reading, and the statement itself stays.
    """

    __tablename__ = "statement"
    __table_args__ = (
        UniqueConstraint("seat", "number"),
        # without the round: few subjects are spoken about in several, and it would make every
        # entry half as long again
        Index("ix_statement_key", "subject", "aspect"),
        Index("ix_statement_bundle", "bundle"),
        # few do not count, and they are asked for whenever a link is new; of another database
        # nothing is said here: that would import its dialect at every start
        Index("ix_statement_uncounted", "uncounted", sqlite_where=UNCOUNTED),
    )

    arrival: Mapped[int] = mapped_column(Integer, primary_key=True)
    seat: Mapped[str] = mapped_column(Text)
    office: Mapped[str] = mapped_column(Text)
    number: Mapped[int] = mapped_column(Integer)
    hash: Mapped[bytes] = mapped_column(LargeBinary)
    subject: Mapped[str] = mapped_column(Text)
    aspect: Mapped[str] = mapped_column(Text)
    round: Mapped[str] = mapped_column(Text)
    bundle: Mapped[str | None] = mapped_column(Text)  # None: said at this seat
    uncounted: Mapped[str] = mapped_column(Text, default="")
    line: Mapped[bytes] = mapped_column(LargeBinary)


class CarriedAgainRow(Base):
    """A further bundle in which a statement came that was in already."""

    __tablename__ = "carried_again"

    bundle: Mapped[str] = mapped_column(Text, primary_key=True)
    arrival: Mapped[int] = mapped_column(Integer, primary_key=True, index=True)


class DiscountedBundleRow(Base):
    """A bundle whose statements do not count, and why: ``withdrawn`` or ``revoked``."""

    __tablename__ = "discounted_bundle"

    bundle: Mapped[str] = mapped_column(Text, primary_key=True)
    why: Mapped[str] = mapped_column(Text, primary_key=True)


class UndoneImportRow(Base):
    """Statements of a seat, by number, that do not count: the list that made them was undone."""

    __tablename__ = "undone_import"

    seat: Mapped[str] = mapped_column(Text, primary_key=True)
    first: Mapped[int] = mapped_column(Integer, primary_key=True)
    last: Mapped[int] = mapped_column(Integer, primary_key=True)


class LinkRow(Base):
    """Where a subject was ever said to belong: student → class → office, sheet → class."""

    __tablename__ = "link"

    subject: Mapped[str] = mapped_column(Text, primary_key=True)
    target: Mapped[str] = mapped_column(Text, primary_key=True)


class ChainHeadRow(Base):
    """The end of this seat's own chain, signed by the seat, so that a cut tail shows."""

    __tablename__ = "chain_head"

    seat: Mapped[str] = mapped_column(Text, primary_key=True)
    number: Mapped[int] = mapped_column(Integer)
    hash: Mapped[str] = mapped_column(Text)
    clock: Mapped[int] = mapped_column(Integer)
    signature: Mapped[str] = mapped_column(Text)
