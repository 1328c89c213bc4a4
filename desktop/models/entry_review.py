"""Procedure one, the entry review, as readings: what was prepared, found, printed and signed."""

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base, ReadingRow


class ReviewRulesRow(ReadingRow, Base):
    """What a round of procedure one or two asks for; numbers as text."""

    __tablename__ = "review_rules"

    face_link: Mapped[str | None] = mapped_column(Text)
    face_threshold: Mapped[str | None] = mapped_column(Text)
    second_check: Mapped[str | None] = mapped_column(Text)
    check_in_from: Mapped[str | None] = mapped_column(Text)
    check_in_until: Mapped[str | None] = mapped_column(Text)
    no_show_days: Mapped[str | None] = mapped_column(Text)
    report_days: Mapped[str | None] = mapped_column(Text)
    recheck_until: Mapped[str | None] = mapped_column(Text)
    form_fields: Mapped[str | None] = mapped_column(Text)


class ChecklistItemRow(ReadingRow, Base):
    """One line of the year's checklist: what a new student has to bring."""

    __tablename__ = "checklist_item"

    title: Mapped[str | None] = mapped_column(Text)
    required_types: Mapped[str | None] = mapped_column(Text)
    place: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    dropped: Mapped[str | None] = mapped_column(Text)


class TrainingRow(ReadingRow, Base):
    """That the class teacher of a class was trained for the review."""

    __tablename__ = "training"

    teacher: Mapped[str | None] = mapped_column(Text)
    trained_on: Mapped[str | None] = mapped_column(Text)
    explanation: Mapped[str | None] = mapped_column(Text)


class TrainingWaiverRow(ReadingRow, Base):
    """That a class may begin without a trained class teacher, as the college's head says."""

    __tablename__ = "training_waiver"

    head: Mapped[str | None] = mapped_column(Text)
    waived_on: Mapped[str | None] = mapped_column(Text)
    explanation: Mapped[str | None] = mapped_column(Text)


class ArrivalRow(ReadingRow, Base):
    """Whether a new student came."""

    __tablename__ = "arrival"

    state: Mapped[str | None] = mapped_column(Text)
    arrived_on: Mapped[str | None] = mapped_column(Text)
    until: Mapped[str | None] = mapped_column(Text)
    cause: Mapped[str | None] = mapped_column(Text)
    explanation: Mapped[str | None] = mapped_column(Text)


class DocumentCheckRow(ReadingRow, Base):
    """Which documents of the checklist a new student has brought; one column for each slot."""

    __tablename__ = "document_check"

    item_01: Mapped[str | None] = mapped_column(Text)
    item_02: Mapped[str | None] = mapped_column(Text)
    item_03: Mapped[str | None] = mapped_column(Text)
    item_04: Mapped[str | None] = mapped_column(Text)
    item_05: Mapped[str | None] = mapped_column(Text)
    item_06: Mapped[str | None] = mapped_column(Text)
    item_07: Mapped[str | None] = mapped_column(Text)
    item_08: Mapped[str | None] = mapped_column(Text)
    item_09: Mapped[str | None] = mapped_column(Text)
    item_10: Mapped[str | None] = mapped_column(Text)
    item_11: Mapped[str | None] = mapped_column(Text)
    item_12: Mapped[str | None] = mapped_column(Text)
    item_13: Mapped[str | None] = mapped_column(Text)
    item_14: Mapped[str | None] = mapped_column(Text)
    item_15: Mapped[str | None] = mapped_column(Text)
    item_16: Mapped[str | None] = mapped_column(Text)
    item_17: Mapped[str | None] = mapped_column(Text)
    item_18: Mapped[str | None] = mapped_column(Text)
    item_19: Mapped[str | None] = mapped_column(Text)
    item_20: Mapped[str | None] = mapped_column(Text)
    explanation: Mapped[str | None] = mapped_column(Text)


class ClassVerdictRow(ReadingRow, Base):
    """The class teacher's verdict, and the six things compared with the person."""

    __tablename__ = "class_verdict"

    photo: Mapped[str | None] = mapped_column(Text)
    notice: Mapped[str | None] = mapped_column(Text)
    exam_card: Mapped[str | None] = mapped_column(Text)
    archive_file: Mapped[str | None] = mapped_column(Text)
    id_card: Mapped[str | None] = mapped_column(Text)
    person: Mapped[str | None] = mapped_column(Text)
    verdict: Mapped[str | None] = mapped_column(Text)
    explanation: Mapped[str | None] = mapped_column(Text)
    checker: Mapped[str | None] = mapped_column(Text)


class SecondVerdictRow(ReadingRow, Base):
    """The verdict of a second person who looked."""

    __tablename__ = "second_verdict"

    verdict: Mapped[str | None] = mapped_column(Text)
    explanation: Mapped[str | None] = mapped_column(Text)
    checker: Mapped[str | None] = mapped_column(Text)


class PaperRow(ReadingRow, Base):
    """A paper of procedures one and two that was printed, to be signed by hand."""

    __tablename__ = "paper"
    __table_args__ = (Index("ix_paper_about", "about"),)

    kind: Mapped[str | None] = mapped_column(Text)
    about: Mapped[str | None] = mapped_column(Text)
    title: Mapped[str | None] = mapped_column(Text)
    page_count: Mapped[str | None] = mapped_column(Text)
    digest: Mapped[str | None] = mapped_column(Text)
    printed_at: Mapped[str | None] = mapped_column(Text)


class PaperSignOffRow(ReadingRow, Base):
    """The signatures and the seal on such a paper, each with name and date."""

    __tablename__ = "paper_sign_off"

    class_teacher: Mapped[str | None] = mapped_column(Text)
    class_teacher_date: Mapped[str | None] = mapped_column(Text)
    student_section: Mapped[str | None] = mapped_column(Text)
    student_section_date: Mapped[str | None] = mapped_column(Text)
    head: Mapped[str | None] = mapped_column(Text)
    head_date: Mapped[str | None] = mapped_column(Text)
    admissions: Mapped[str | None] = mapped_column(Text)
    admissions_date: Mapped[str | None] = mapped_column(Text)
    group_leader: Mapped[str | None] = mapped_column(Text)
    group_leader_date: Mapped[str | None] = mapped_column(Text)
    seal: Mapped[str | None] = mapped_column(Text)
    seal_date: Mapped[str | None] = mapped_column(Text)
