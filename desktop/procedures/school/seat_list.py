"""The seats of the school and how each stands, as the root's page shows them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from desktop.bundles.certificates import Certificate, Revocation, Trust
from desktop.bundles.enrolment import JoinRequest
from desktop.domain.exchange import IncomingBundle
from desktop.domain.offices import ROOT_SEAT, Office, OfficeKind, Seat, office_id
from desktop.procedures.school.renewal import WARNING_DAYS
from desktop.procedures.session import Session
from desktop.store import exchange, school, seats

_NUMBER_WIDTH = 2


class Standing(StrEnum):
    """How a seat stands."""

    WORKS = "works"
    WAITS = "waits"  # answered, and nothing has come from it yet
    RUNS_OUT = "runs_out"
    RAN_OUT = "ran_out"
    REVOKED = "revoked"


STANDING_TITLES = {
    Standing.WORKS: "正常使用",
    Standing.WAITS: "已批复，还没有收到它的报送包",
    Standing.RUNS_OUT: "证书快到期",
    Standing.RAN_OUT: "证书已到期",
    Standing.REVOKED: "已吊销",
}


@dataclass(frozen=True, slots=True)
class SeatLine:
    """One seat of the school.

    Attributes:
        valid_until: the last day of its newest certificate.
        days_left: until then; negative once it has passed.
        bundles: how many of its bundles were taken in here.
        last_arrival: when the last one was, "" if none.
        revoked_on: the day, "" if it was not.
        reason: why it was revoked.
        own: whether it is the seat that asks.
        answered: whether its answer to a join request can be written again.
    """

    seat: Seat
    standing: Standing
    valid_until: date
    days_left: int
    bundles: int
    last_arrival: str
    revoked_on: str
    reason: str
    own: bool
    answered: bool = False

    @property
    def root(self) -> bool:
        """Whether it is the school's first seat."""
        return self.seat.id == ROOT_SEAT

    @property
    def works(self) -> bool:
        """Whether it was not sent away."""
        return self.standing is not Standing.REVOKED


def seat_list(session: Session) -> tuple[SeatLine, ...]:
    """Return every seat that the school ever certified, by its number."""
    with session.unit_of_work() as unit:
        trust = session.trust(unit)
        answered = seats.answers(unit.connection)
        arrived: dict[str, list[IncomingBundle]] = {}
        for bundle in exchange.incoming(unit.connection):
            arrived.setdefault(bundle.from_seat, []).append(bundle)
    newest = _newest(trust)
    joined = {s.certificate.seat_id for s in trust.certificates if s.certificate.serial in answered}
    sent_away = {s.revocation.seat_id: s.revocation for s in trust.revocations}
    lines = (
        _line(session, newest[seat], arrived.get(seat, []), sent_away.get(seat))
        for seat in sorted(newest)
    )
    return tuple(replace(line, answered=line.works and line.seat.id in joined) for line in lines)


def offices_for(session: Session, request: JoinRequest) -> tuple[Office, ...]:
    """Return the offices of which a seat that asks can be, the likeliest first.

    A college may be one that is known, by its name, or a new one with the next number; of all
    other kinds there is one office each.
    """
    kind = request.office_kind
    with session.unit_of_work() as unit:
        known = [office for office in school.offices(unit.connection) if office.kind is kind]
    if kind is not OfficeKind.COLLEGE:
        return tuple(known) or (Office(office_id(kind), kind, request.office_name),)
    same = [office for office in known if office.name == request.office_name]
    others = [office for office in known if office.name != request.office_name]
    if same:
        return (*same, *others)
    return (Office(_next_college(known), kind, request.office_name), *others)


def _next_college(known: list[Office]) -> str:
    """Return the id of the next college: its number is one more than the highest."""
    tails = [office.id.rpartition("-")[2] for office in known]
    number = max((int(tail) for tail in tails if tail.isdecimal()), default=0) + 1
    return office_id(OfficeKind.COLLEGE, f"{number:0{_NUMBER_WIDTH}d}")


def _newest(trust: Trust) -> Mapping[str, Certificate]:
    """Return each seat's certificate that runs longest."""
    return {
        certificate.seat_id: certificate
        for certificate in sorted(
            (signed.certificate for signed in trust.certificates),
            key=lambda certificate: (certificate.valid_until, certificate.serial),
        )
    }


def _line(
    session: Session,
    certificate: Certificate,
    arrived: list[IncomingBundle],
    revocation: Revocation | None,
) -> SeatLine:
    until = date.fromisoformat(certificate.valid_until)
    days_left = (until - session.today()).days
    own = certificate.seat_id == session.home.seat.id
    office = Office(certificate.office_id, certificate.office_kind, certificate.office_name)
    return SeatLine(
        seat=Seat(certificate.seat_id, certificate.seat_name, office),
        standing=_standing(
            days_left, revoked=revocation is not None, heard_of=own or bool(arrived)
        ),
        valid_until=until,
        days_left=days_left,
        bundles=len(arrived),
        last_arrival=max((bundle.merged_at for bundle in arrived), default=""),
        revoked_on=revocation.revoked_on if revocation else "",
        reason=revocation.reason if revocation else "",
        own=own,
    )


def _standing(days_left: int, *, revoked: bool, heard_of: bool) -> Standing:
    if revoked:
        return Standing.REVOKED
    if days_left < 0:
        return Standing.RAN_OUT
    if days_left <= WARNING_DAYS:
        return Standing.RUNS_OUT
    return Standing.WORKS if heard_of else Standing.WAITS
