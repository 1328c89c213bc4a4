"""What a data folder holds, asked before anybody is signed in."""

from dataclasses import dataclass
from pathlib import Path

from desktop.bundles.enrolment import Applicant, fingerprint
from desktop.domain.offices import HomeSeat, OfficeKind
from desktop.errors import StoreMissing
from desktop.procedures.session import Session
from desktop.store import seats
from desktop.store.store import Store

PRACTICE_PASSPHRASE = "demo"  # noqa: S105 - the people of practice are not real either


@dataclass(frozen=True, slots=True)
class SeatFacts:
    """What a folder is: nothing yet (``home`` None), a seat that waits, or one that works.

    ``request_digits`` are what the registrar compares over the phone while the seat waits.
    """

    home: HomeSeat | None
    operators: tuple[str, ...] = ()
    request_digits: str = ""
    warning: str = ""


def look_at(folder: Path) -> SeatFacts:
    """Return what a data folder holds; the store is closed again.

    Raises:
        StoreLocked, StoreNewer, StoreDamaged, StoreReadOnly: it can not be opened.
    """
    try:
        store = Store.open(folder)
    except StoreMissing:
        return SeatFacts(None)
    with store, store.unit_of_work() as unit:
        home = seats.home_seat(unit.connection)
        return SeatFacts(
            home,
            seats.operators(unit.connection),
            "" if home.enrolled else fingerprint(home.request),
            store.warning,
        )


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
