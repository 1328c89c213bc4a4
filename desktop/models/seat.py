"""This seat: who it is, who works at it, whom it trusts."""

from sqlalchemy import Boolean, CheckConstraint, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base


class SeatRow(Base):
    """The one row that says whose store this is.

    ``request`` is the join request while the seat waits for its enrolment; ``certificate`` is
    empty until then.
    """

    __tablename__ = "seat"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    school_code: Mapped[str] = mapped_column(Text)
    school_name: Mapped[str] = mapped_column(Text)
    training: Mapped[bool] = mapped_column(Boolean)
    root_key: Mapped[str] = mapped_column(Text)
    request: Mapped[str] = mapped_column(Text)
    certificate: Mapped[str] = mapped_column(Text)
    seat_id: Mapped[str] = mapped_column(Text)
    office_id: Mapped[str] = mapped_column(Text)
    office_kind: Mapped[str] = mapped_column(Text)
    office_name: Mapped[str] = mapped_column(Text)
    seat_name: Mapped[str] = mapped_column(Text)


class OperatorRow(Base):
    """A person who works at this seat, with the seat's keys locked under their passphrase."""

    __tablename__ = "operator"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    keys: Mapped[str] = mapped_column(Text)
    added_at: Mapped[str] = mapped_column(Text)


class CertificateRow(Base):
    """A certificate of the school, signed by its root."""

    __tablename__ = "certificate"

    serial: Mapped[str] = mapped_column(Text, primary_key=True)
    seat_id: Mapped[str] = mapped_column(Text)
    office_id: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)


class RevocationRow(Base):
    """A revocation, signed by the school's root; several may name one seat."""

    __tablename__ = "revocation"

    digest: Mapped[str] = mapped_column(Text, primary_key=True)
    serial: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)


class AnsweredRequestRow(Base):
    """A join request that the registrar has answered; it is not answered twice."""

    __tablename__ = "answered_request"

    request_id: Mapped[str] = mapped_column(Text, primary_key=True)
    serial: Mapped[str] = mapped_column(Text)
    answered_at: Mapped[str] = mapped_column(Text)
    operator: Mapped[str] = mapped_column(Text)
