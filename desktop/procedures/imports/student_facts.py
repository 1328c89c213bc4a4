"""What other offices' lists say of students, for the procedures that rest on it.

Each answer names the import from which it came; what is in dispute is said to be so, not guessed.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from desktop.domain.statements import Key
from desktop.store import imports
from desktop.store.store import UnitOfWork
from desktop.store.tables import statements_of

F = TypeVar("F")


@dataclass(frozen=True, slots=True)
class FeeState:
    """What the finance office says of a student's fees in one school year."""

    state: str  # 已缴费, 未缴费, 部分缴费, 助学贷款, 缓缴, 服兵役资助
    due: Decimal | None
    paid: Decimal | None
    owed: Decimal | None
    remark: str


@dataclass(frozen=True, slots=True)
class CreditAudit:
    """What the academic affairs office says of a student who may graduate in one year."""

    due: Decimal | None
    earned: Decimal | None
    required_due: Decimal | None
    required_earned: Decimal | None
    elective_due: Decimal | None
    elective_earned: Decimal | None
    conduct: str
    fitness: Decimal | None
    discipline: str
    remark: str


@dataclass(frozen=True, slots=True)
class FaceCheck:
    """How a student's face compared with the photos."""

    result: str  # 成功, 失败, 未进行
    likeness: Decimal | None
    at: str
    attempts: Decimal | None
    remark: str


@dataclass(frozen=True, slots=True)
class ChsiState:
    """How 学信网 has a student; ``identity_check`` is "" where nothing was found wrong."""

    identity_check: str
    registration_state: str
    enrolment_state: str
    change: str
    attribute: str
    has_photo: bool


@dataclass(frozen=True, slots=True)
class FactSource:
    """Where an answer comes from: the file, who read it in and when; "" where no file did."""

    import_subject: str
    file_name: str
    operator: str
    at: str


def fees(
    unit: UnitOfWork, school_year: str, students: Collection[str] | None = None
) -> dict[str, FeeState]:
    """Return the fee states of one school year ("2026-2027"), of some students or of all."""
    return _facts(unit, "fee", school_year, students, _fee)


def credit_audits(
    unit: UnitOfWork, year: str, students: Collection[str] | None = None
) -> dict[str, CreditAudit]:
    """Return the audits of those who may graduate in a year ("2027"), of some or of all."""
    return _facts(unit, "credit_audit", year, students, _audit)


def face_checks(unit: UnitOfWork, students: Collection[str] | None = None) -> dict[str, FaceCheck]:
    """Return how faces compared, of some students or of all."""
    return _facts(unit, "face_check", "", students, _face)


def chsi_states(unit: UnitOfWork, students: Collection[str] | None = None) -> dict[str, ChsiState]:
    """Return how 学信网 has students, some or all."""
    return _facts(unit, "chsi_state", "", students, _chsi)


def source_of(unit: UnitOfWork, student: str, aspect: str, year: str = "") -> FactSource | None:
    """Return where what is said of a student comes from: the last word; None where none is."""
    key = Key(student, aspect, year)
    said = statements_of(unit.connection, [key]).get(key)
    if not said:
        return None
    last = max(said, key=lambda one: (one.clock, one.id))
    names = imports.import_names(unit.connection)
    subject = next(
        (
            found
            for seat, first, end, found in imports.ranges(unit.connection)
            if seat == last.seat and first <= last.number <= end
        ),
        "",
    )
    return FactSource(subject, names.get(subject, ""), last.operator, last.at)


def _facts(
    unit: UnitOfWork,
    aspect: str,
    year: str,
    students: Collection[str] | None,
    made: Callable[[Mapping[str, str]], F],
) -> dict[str, F]:
    found = imports.readings(unit.connection, aspect, year, students)
    return {student: made(values) for student, values in found.items()}


def _fee(values: Mapping[str, str]) -> FeeState:
    return FeeState(
        values.get("fee_state", ""),
        _number(values, "amount_due"),
        _number(values, "amount_paid"),
        _number(values, "amount_owed"),
        values.get("remark", ""),
    )


def _audit(values: Mapping[str, str]) -> CreditAudit:
    return CreditAudit(
        due=_number(values, "credits_due"),
        earned=_number(values, "credits_earned"),
        required_due=_number(values, "required_due"),
        required_earned=_number(values, "required_earned"),
        elective_due=_number(values, "elective_due"),
        elective_earned=_number(values, "elective_earned"),
        conduct=values.get("conduct", ""),
        fitness=_number(values, "fitness"),
        discipline=values.get("discipline", ""),
        remark=values.get("remark", ""),
    )


def _face(values: Mapping[str, str]) -> FaceCheck:
    return FaceCheck(
        values.get("face_result", ""),
        _number(values, "face_likeness"),
        values.get("face_time", ""),
        _number(values, "face_attempts"),
        values.get("remark", ""),
    )


def _chsi(values: Mapping[str, str]) -> ChsiState:
    return ChsiState(
        identity_check=values.get("identity_check", ""),
        registration_state=values.get("registration_state", ""),
        enrolment_state=values.get("enrolment_state", ""),
        change=values.get("change", ""),
        attribute=values.get("attribute", ""),
        has_photo=bool(values.get("has_photo")),
    )


def _number(values: Mapping[str, str], field: str) -> Decimal | None:
    """Return a number that a list gives, None where it gives none or something else."""
    try:
        return Decimal(values[field])
    except (KeyError, InvalidOperation):
        return None
