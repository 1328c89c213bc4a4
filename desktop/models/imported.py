"""What other offices' lists say about students, and which lists were read, as readings."""

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base, ReadingRow


class FeeRow(ReadingRow, Base):
    """What the finance office says of one school year, which stands in place of the round."""

    __tablename__ = "fee"
    __table_args__ = (Index("ix_fee_round", "round"),)

    fee_state: Mapped[str | None] = mapped_column(Text)
    amount_due: Mapped[str | None] = mapped_column(Text)
    amount_paid: Mapped[str | None] = mapped_column(Text)
    amount_owed: Mapped[str | None] = mapped_column(Text)
    remark: Mapped[str | None] = mapped_column(Text)


class CreditAuditRow(ReadingRow, Base):
    """What the academic affairs office says of those who may graduate in a year."""

    __tablename__ = "credit_audit"
    __table_args__ = (Index("ix_credit_audit_round", "round"),)

    credits_due: Mapped[str | None] = mapped_column(Text)
    credits_earned: Mapped[str | None] = mapped_column(Text)
    required_due: Mapped[str | None] = mapped_column(Text)
    required_earned: Mapped[str | None] = mapped_column(Text)
    elective_due: Mapped[str | None] = mapped_column(Text)
    elective_earned: Mapped[str | None] = mapped_column(Text)
    conduct: Mapped[str | None] = mapped_column(Text)
    fitness: Mapped[str | None] = mapped_column(Text)
    discipline: Mapped[str | None] = mapped_column(Text)
    remark: Mapped[str | None] = mapped_column(Text)


class FaceCheckRow(ReadingRow, Base):
    """How a student's face compared with the photos."""

    __tablename__ = "face_check"

    face_result: Mapped[str | None] = mapped_column(Text)
    face_likeness: Mapped[str | None] = mapped_column(Text)
    face_time: Mapped[str | None] = mapped_column(Text)
    face_attempts: Mapped[str | None] = mapped_column(Text)
    remark: Mapped[str | None] = mapped_column(Text)


class ChsiStateRow(ReadingRow, Base):
    """How 学信网 has a student: the identity check, the state of the registration."""

    __tablename__ = "chsi_state"

    identity_check: Mapped[str | None] = mapped_column(Text)
    registration_state: Mapped[str | None] = mapped_column(Text)
    enrolment_state: Mapped[str | None] = mapped_column(Text)
    change: Mapped[str | None] = mapped_column(Text)
    attribute: Mapped[str | None] = mapped_column(Text)
    has_photo: Mapped[str | None] = mapped_column(Text)


class LikenessRow(ReadingRow, Base):
    """Whether two students who look alike are one, as a person has decided."""

    __tablename__ = "likeness"

    one: Mapped[str | None] = mapped_column(Text)
    other: Mapped[str | None] = mapped_column(Text)
    verdict: Mapped[str | None] = mapped_column(Text)
    explanation: Mapped[str | None] = mapped_column(Text)


class ListImportRow(ReadingRow, Base):
    """A list that was read: the statements it made are ``first`` to ``last`` of its seat."""

    __tablename__ = "list_import"

    kind: Mapped[str | None] = mapped_column(Text)
    target: Mapped[str | None] = mapped_column(Text)
    file_name: Mapped[str | None] = mapped_column(Text)
    sha256: Mapped[str | None] = mapped_column(Text)
    seat: Mapped[str | None] = mapped_column(Text)
    first: Mapped[str | None] = mapped_column(Text)
    last: Mapped[str | None] = mapped_column(Text)
    withdrawn: Mapped[str | None] = mapped_column(Text)
    explanation: Mapped[str | None] = mapped_column(Text)
