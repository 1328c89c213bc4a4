"""Procedure two, the re-check, as readings: forms, answers, reviews, cases, approval."""

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base, ReadingRow


class ArchiveRow(ReadingRow, Base):
    """What a student's admission file says beyond the identity; only the true person knows it."""

    __tablename__ = "archive"

    exam_card_number: Mapped[str | None] = mapped_column(Text)
    home_address: Mapped[str | None] = mapped_column(Text)
    family: Mapped[str | None] = mapped_column(Text)
    height: Mapped[str | None] = mapped_column(Text)
    resume: Mapped[str | None] = mapped_column(Text)
    exam_score: Mapped[str | None] = mapped_column(Text)
    wishes: Mapped[str | None] = mapped_column(Text)


class RecheckFormRow(ReadingRow, Base):
    """The form that a student has filled in, as a picture, by its SHA-256."""

    __tablename__ = "recheck_form"

    form: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str | None] = mapped_column(Text)
    explanation: Mapped[str | None] = mapped_column(Text)


class RecheckAnswerRow(ReadingRow, Base):
    """What a student wrote on the form, field by field."""

    __tablename__ = "recheck_answer"

    name: Mapped[str | None] = mapped_column(Text)
    sex: Mapped[str | None] = mapped_column(Text)
    birth_date: Mapped[str | None] = mapped_column(Text)
    ethnicity: Mapped[str | None] = mapped_column(Text)
    id_number: Mapped[str | None] = mapped_column(Text)
    exam_number: Mapped[str | None] = mapped_column(Text)
    secondary_school: Mapped[str | None] = mapped_column(Text)
    exam_card_number: Mapped[str | None] = mapped_column(Text)
    home_address: Mapped[str | None] = mapped_column(Text)
    family: Mapped[str | None] = mapped_column(Text)
    height: Mapped[str | None] = mapped_column(Text)
    resume: Mapped[str | None] = mapped_column(Text)
    exam_score: Mapped[str | None] = mapped_column(Text)
    wishes: Mapped[str | None] = mapped_column(Text)


class AnswerRulingRow(ReadingRow, Base):
    """What a person decided where an answer differs from the file: the same, or a doubt."""

    __tablename__ = "answer_ruling"

    name: Mapped[str | None] = mapped_column(Text)
    sex: Mapped[str | None] = mapped_column(Text)
    birth_date: Mapped[str | None] = mapped_column(Text)
    ethnicity: Mapped[str | None] = mapped_column(Text)
    id_number: Mapped[str | None] = mapped_column(Text)
    exam_number: Mapped[str | None] = mapped_column(Text)
    secondary_school: Mapped[str | None] = mapped_column(Text)
    exam_card_number: Mapped[str | None] = mapped_column(Text)
    home_address: Mapped[str | None] = mapped_column(Text)
    family: Mapped[str | None] = mapped_column(Text)
    height: Mapped[str | None] = mapped_column(Text)
    resume: Mapped[str | None] = mapped_column(Text)
    exam_score: Mapped[str | None] = mapped_column(Text)
    wishes: Mapped[str | None] = mapped_column(Text)
    explanation: Mapped[str | None] = mapped_column(Text)


class RecheckReviewRow(ReadingRow, Base):
    """The first review: the five things of article 11, and who looked."""

    __tablename__ = "recheck_review"

    procedure_sound: Mapped[str | None] = mapped_column(Text)
    qualification_sound: Mapped[str | None] = mapped_column(Text)
    identity_sound: Mapped[str | None] = mapped_column(Text)
    health_sound: Mapped[str | None] = mapped_column(Text)
    talent_sound: Mapped[str | None] = mapped_column(Text)
    verdict: Mapped[str | None] = mapped_column(Text)
    reviewer: Mapped[str | None] = mapped_column(Text)
    explanation: Mapped[str | None] = mapped_column(Text)


class RecheckSecondReviewRow(ReadingRow, Base):
    """The second review, by another person."""

    __tablename__ = "recheck_second_review"

    verdict: Mapped[str | None] = mapped_column(Text)
    reviewer: Mapped[str | None] = mapped_column(Text)
    explanation: Mapped[str | None] = mapped_column(Text)


class CaseFileRow(ReadingRow, Base):
    """A case: a student about whom there are doubts, until it is concluded."""

    __tablename__ = "case_file"
    __table_args__ = (Index("ix_case_file_student", "student"),)

    student: Mapped[str | None] = mapped_column(Text)
    cause: Mapped[str | None] = mapped_column(Text)
    important: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str | None] = mapped_column(Text)
    opened_on: Mapped[str | None] = mapped_column(Text)
    findings: Mapped[str | None] = mapped_column(Text)
    statement: Mapped[str | None] = mapped_column(Text)
    outcome: Mapped[str | None] = mapped_column(Text)
    until: Mapped[str | None] = mapped_column(Text)
    decided_by: Mapped[str | None] = mapped_column(Text)
    decided_on: Mapped[str | None] = mapped_column(Text)
    document: Mapped[str | None] = mapped_column(Text)
    explanation: Mapped[str | None] = mapped_column(Text)


class CaseNoteRow(ReadingRow, Base):
    """An interview, a finding, or a piece of evidence of a case."""

    __tablename__ = "case_note"
    __table_args__ = (Index("ix_case_note_case_file", "case_file"),)

    case_file: Mapped[str | None] = mapped_column(Text)
    student: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[str | None] = mapped_column(Text)
    noted_on: Mapped[str | None] = mapped_column(Text)
    people: Mapped[str | None] = mapped_column(Text)
    text: Mapped[str | None] = mapped_column(Text)


class ApprovalRow(ReadingRow, Base):
    """That the leading group has approved the closing report of a round."""

    __tablename__ = "approval"

    approved_on: Mapped[str | None] = mapped_column(Text)
    document: Mapped[str | None] = mapped_column(Text)
    leader: Mapped[str | None] = mapped_column(Text)
    members: Mapped[str | None] = mapped_column(Text)
    report: Mapped[str | None] = mapped_column(Text)
    explanation: Mapped[str | None] = mapped_column(Text)


class SpellingRulingRow(ReadingRow, Base):
    """Whether two spellings mean the same, as a person has decided once for all."""

    __tablename__ = "spelling_ruling"

    field: Mapped[str | None] = mapped_column(Text)
    one: Mapped[str | None] = mapped_column(Text)
    other: Mapped[str | None] = mapped_column(Text)
    verdict: Mapped[str | None] = mapped_column(Text)
    explanation: Mapped[str | None] = mapped_column(Text)
