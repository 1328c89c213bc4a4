"""Signature sheets and what came back on them, as readings."""

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base, ReadingRow


class SheetRow(ReadingRow, Base):
    """A printed sheet."""

    __tablename__ = "sheet"
    __table_args__ = (Index("ix_sheet_class_id", "class_id"),)

    class_id: Mapped[str | None] = mapped_column(Text)
    page_count: Mapped[str | None] = mapped_column(Text)
    digest: Mapped[str | None] = mapped_column(Text)
    rows: Mapped[str | None] = mapped_column(Text)
    printed_at: Mapped[str | None] = mapped_column(Text)


class SignatureRow(ReadingRow, Base):
    """What a sheet says about one student."""

    __tablename__ = "signature"
    __table_args__ = (Index("ix_signature_sheet", "sheet"),)

    mark: Mapped[str | None] = mapped_column(Text)
    sheet: Mapped[str | None] = mapped_column(Text)
    proxy: Mapped[str | None] = mapped_column(Text)
    explanation: Mapped[str | None] = mapped_column(Text)


class SignOffRow(ReadingRow, Base):
    """The sign-offs and the seal of a sheet, each with name and date."""

    __tablename__ = "sign_off"

    class_teacher: Mapped[str | None] = mapped_column(Text)
    class_teacher_date: Mapped[str | None] = mapped_column(Text)
    student_section: Mapped[str | None] = mapped_column(Text)
    student_section_date: Mapped[str | None] = mapped_column(Text)
    teaching_section: Mapped[str | None] = mapped_column(Text)
    teaching_section_date: Mapped[str | None] = mapped_column(Text)
    head: Mapped[str | None] = mapped_column(Text)
    head_date: Mapped[str | None] = mapped_column(Text)
    seal: Mapped[str | None] = mapped_column(Text)
    seal_date: Mapped[str | None] = mapped_column(Text)


class AdditionRow(ReadingRow, Base):
    """A student whom a college added by hand at the end of a sheet."""

    __tablename__ = "addition"

    class_id: Mapped[str | None] = mapped_column(Text)
    sheet: Mapped[str | None] = mapped_column(Text)
    name: Mapped[str | None] = mapped_column(Text)
    sex: Mapped[str | None] = mapped_column(Text)
    exam_number: Mapped[str | None] = mapped_column(Text)
    student_number: Mapped[str | None] = mapped_column(Text)
    id_number: Mapped[str | None] = mapped_column(Text)
    explanation: Mapped[str | None] = mapped_column(Text)


class AdditionDecisionRow(ReadingRow, Base):
    """What the registrar decided about an added student."""

    __tablename__ = "addition_decision"

    decision: Mapped[str | None] = mapped_column(Text)
    student: Mapped[str | None] = mapped_column(Text)
    explanation: Mapped[str | None] = mapped_column(Text)


class CorrectionRow(ReadingRow, Base):
    """A correction that a college proposes."""

    __tablename__ = "correction"

    student: Mapped[str | None] = mapped_column(Text)
    field: Mapped[str | None] = mapped_column(Text)
    old: Mapped[str | None] = mapped_column(Text)
    new: Mapped[str | None] = mapped_column(Text)
    sheet: Mapped[str | None] = mapped_column(Text)
    explanation: Mapped[str | None] = mapped_column(Text)


class CorrectionDecisionRow(ReadingRow, Base):
    """What the registrar decided about a correction."""

    __tablename__ = "correction_decision"

    decision: Mapped[str | None] = mapped_column(Text)
    explanation: Mapped[str | None] = mapped_column(Text)
