"""A student, as readings: identity, class, membership of rounds, verdicts."""

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base, ReadingRow


class IdentityRow(ReadingRow, Base):
    """The identity data, all of them text."""

    __tablename__ = "identity"
    __table_args__ = (
        Index("ix_identity_exam_number", "exam_number"),
        Index("ix_identity_student_number", "student_number"),
        Index("ix_identity_id_number", "id_number"),
    )

    exam_number: Mapped[str | None] = mapped_column(Text)
    student_number: Mapped[str | None] = mapped_column(Text)
    name: Mapped[str | None] = mapped_column(Text)
    sex: Mapped[str | None] = mapped_column(Text)
    birth_date: Mapped[str | None] = mapped_column(Text)
    id_number: Mapped[str | None] = mapped_column(Text)
    ethnicity: Mapped[str | None] = mapped_column(Text)
    political_status: Mapped[str | None] = mapped_column(Text)
    major_code: Mapped[str | None] = mapped_column(Text)
    major_name: Mapped[str | None] = mapped_column(Text)
    level: Mapped[str | None] = mapped_column(Text)
    schooling_length: Mapped[str | None] = mapped_column(Text)
    study_form: Mapped[str | None] = mapped_column(Text)
    entry_date: Mapped[str | None] = mapped_column(Text)
    expected_graduation_date: Mapped[str | None] = mapped_column(Text)
    admission_type: Mapped[str | None] = mapped_column(Text)
    secondary_school: Mapped[str | None] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(Text)
    remark: Mapped[str | None] = mapped_column(Text)


class PlacementRow(ReadingRow, Base):
    """The class of a student."""

    __tablename__ = "placement"
    __table_args__ = (Index("ix_placement_class_id", "class_id"),)

    class_id: Mapped[str | None] = mapped_column(Text)


class PhotoRow(ReadingRow, Base):
    """The photos of a student, each by the SHA-256 of the attachment."""

    __tablename__ = "photo"

    credential_photo: Mapped[str | None] = mapped_column(Text)
    admission_photo: Mapped[str | None] = mapped_column(Text)
    entrance_photo: Mapped[str | None] = mapped_column(Text)
    id_card_photo: Mapped[str | None] = mapped_column(Text)


class RosterRow(ReadingRow, Base):
    """That a student is on the roster of a round."""

    __tablename__ = "roster"
    __table_args__ = (Index("ix_roster_round", "round"),)

    listed: Mapped[str | None] = mapped_column(Text)


class EntryReviewRow(ReadingRow, Base):
    """The verdict of procedure one."""

    __tablename__ = "entry_review"

    verdict: Mapped[str | None] = mapped_column(Text)
    explanation: Mapped[str | None] = mapped_column(Text)
    document: Mapped[str | None] = mapped_column(Text)
    until: Mapped[str | None] = mapped_column(Text)


class ReviewWaitingRow(ReadingRow, Base):
    """Where a student stands about whom there is no verdict of procedure one yet."""

    __tablename__ = "review_waiting"

    standing: Mapped[str | None] = mapped_column(Text)
    explanation: Mapped[str | None] = mapped_column(Text)


class RecheckRow(ReadingRow, Base):
    """The verdict of procedure two."""

    __tablename__ = "recheck"

    verdict: Mapped[str | None] = mapped_column(Text)
    explanation: Mapped[str | None] = mapped_column(Text)
    document: Mapped[str | None] = mapped_column(Text)
    until: Mapped[str | None] = mapped_column(Text)
