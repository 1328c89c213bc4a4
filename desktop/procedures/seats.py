"""What a seat tells of itself: who works there, and who it is when it asks to join."""

from dataclasses import dataclass
from pathlib import Path

from desktop.bundles.enrolment import Applicant
from desktop.domain.offices import OfficeKind
from desktop.procedures.session import Session
from desktop.store import seats


@dataclass(frozen=True, slots=True)
class SeatState:
    """What the settings show of a seat: who works here, where its data lie, what warns of that."""

    operators: tuple[str, ...]
    folder: Path
    warning: str


def seat_state(session: Session) -> SeatState:
    """Return who works at this seat and where its data lie."""
    with session.unit_of_work() as unit:
        names = seats.operators(unit.connection)
    return SeatState(names, session.store.folder, session.store.warning)


def applicant(
    school_code: str, kind: OfficeKind, office_name: str, seat_name: str, *, training: bool = False
) -> Applicant:
    """Return who asks to join, from what was filled in at the seat."""
    return Applicant(school_code, kind, office_name, seat_name, training)
