"""Outcomes of procedure three and what colleges report about places, as readings."""

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base, ReadingRow


class PlaceReportRow(ReadingRow, Base):
    """That a student gave the place up, or has it kept."""

    __tablename__ = "place_report"

    kind: Mapped[str | None] = mapped_column(Text)
    explanation: Mapped[str | None] = mapped_column(Text)
    document: Mapped[str | None] = mapped_column(Text)
    until: Mapped[str | None] = mapped_column(Text)


class RegistrationRow(ReadingRow, Base):
    """The outcome that the registrar issued."""

    __tablename__ = "registration"
    __table_args__ = (Index("ix_registration_round", "round"),)

    outcome: Mapped[str | None] = mapped_column(Text)
    issued_on: Mapped[str | None] = mapped_column(Text)
    explanation: Mapped[str | None] = mapped_column(Text)
    document: Mapped[str | None] = mapped_column(Text)
    until: Mapped[str | None] = mapped_column(Text)


class WithdrawalRow(ReadingRow, Base):
    """That a bundle was withdrawn: its statements no longer count."""

    __tablename__ = "withdrawal"

    withdrawn: Mapped[str | None] = mapped_column(Text)
    explanation: Mapped[str | None] = mapped_column(Text)
