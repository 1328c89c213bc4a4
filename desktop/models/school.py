"""The school, its offices, rounds and classes, as readings."""

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base, ReadingRow


class SchoolRow(ReadingRow, Base):
    """The school itself; its name and president are data with a date, never constants."""

    __tablename__ = "school"

    code: Mapped[str | None] = mapped_column(Text)
    name: Mapped[str | None] = mapped_column(Text)
    president: Mapped[str | None] = mapped_column(Text)
    level: Mapped[str | None] = mapped_column(Text)


class OfficeRow(ReadingRow, Base):
    """An office of the school."""

    __tablename__ = "office"

    kind: Mapped[str | None] = mapped_column(Text)
    name: Mapped[str | None] = mapped_column(Text)


class PhotoRulesRow(ReadingRow, Base):
    """What is asked of one kind of photo; whole numbers as text."""

    __tablename__ = "photo_rules"

    width: Mapped[str | None] = mapped_column(Text)
    height: Mapped[str | None] = mapped_column(Text)
    dpi: Mapped[str | None] = mapped_column(Text)
    smallest_kb: Mapped[str | None] = mapped_column(Text)
    largest_kb: Mapped[str | None] = mapped_column(Text)
    quality: Mapped[str | None] = mapped_column(Text)
    background: Mapped[str | None] = mapped_column(Text)
    tolerance: Mapped[str | None] = mapped_column(Text)


class RoundRow(ReadingRow, Base):
    """A round (its own ``round`` column is empty: a round lasts)."""

    __tablename__ = "round"

    procedure: Mapped[str | None] = mapped_column(Text)
    name: Mapped[str | None] = mapped_column(Text)
    entry_year: Mapped[str | None] = mapped_column(Text)
    deadline: Mapped[str | None] = mapped_column(Text)
    required_sign_offs: Mapped[str | None] = mapped_column(Text)
    proxy_allowed: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str | None] = mapped_column(Text)
    closed_on: Mapped[str | None] = mapped_column(Text)
    asks_verdicts: Mapped[str | None] = mapped_column(Text)


class ClassGroupRow(ReadingRow, Base):
    """A class and the office that it is assigned to."""

    __tablename__ = "class_group"
    __table_args__ = (Index("ix_class_group_office", "office"),)

    name: Mapped[str | None] = mapped_column(Text)
    college_name: Mapped[str | None] = mapped_column(Text)
    office: Mapped[str | None] = mapped_column(Text)
    major_code: Mapped[str | None] = mapped_column(Text)
    major_name: Mapped[str | None] = mapped_column(Text)
    entry_year: Mapped[str | None] = mapped_column(Text)


class ClassStaffRow(ReadingRow, Base):
    """Who looks after a class, as the college says."""

    __tablename__ = "class_staff"

    class_teacher: Mapped[str | None] = mapped_column(Text)
