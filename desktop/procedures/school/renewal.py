"""Certificates that run out: who is warned, and how the root renews them (ADR 3).

A renewed certificate is of the same seat and the same keys, with a serial and a validity of its
own. It travels to the seat like every other, in the registrar's next bundle, and the seat signs
under the newest that is valid; nobody has to do anything there.
"""

from dataclasses import dataclass, replace
from datetime import date

from uuid_utils import uuid7

from desktop.bundles.certificates import Certificate, Trust, sign_certificate, validity
from desktop.domain.offices import ROOT_SEAT, Office, Seat
from desktop.errors import NotFound
from desktop.procedures.school.enrolment import VALID_DAYS, keep_trust
from desktop.procedures.school.schools import ROOT_VALID_DAYS
from desktop.procedures.session import Session

WARNING_DAYS = 60


@dataclass(frozen=True, slots=True)
class RunningOut:
    """A seat whose certificate runs out soon, or has run out.

    Attributes:
        valid_until: the last day.
        days_left: until then; negative once it has passed.
        own: whether it is the seat that was asked.
    """

    seat: Seat
    valid_until: date
    days_left: int
    own: bool


def renew(session: Session, seat_id: str) -> date:
    """Renew a seat's certificate, or the root's own, and return its new last day.

    Raises:
        NotRoot: this seat does not renew.
        NotFound: no such seat, or it was revoked: whoever was sent away joins anew.
    """
    session.require_root()
    with session.unit_of_work() as unit:
        trust = session.trust(unit)
        if seat_id == ROOT_SEAT:
            latest = session.certificates(unit)[-1].certificate
        else:
            latest = _latest(trust, seat_id)
        days = ROOT_VALID_DAYS if seat_id == ROOT_SEAT else VALID_DAYS
        valid_from, valid_until = validity(session.today(), days)
        renewed = replace(
            latest, serial=str(uuid7()), valid_from=valid_from, valid_until=valid_until
        )
        signed = sign_certificate(session.keys, renewed)
        keep_trust(unit, trust.learn([signed.text]))
        unit.commit()
    return date.fromisoformat(valid_until)


def certificates_running_out(session: Session) -> tuple[RunningOut, ...]:
    """Return whose certificate runs out within 60 days or has run out, the most urgent first.

    A seat is told of its own; the root of every seat's that was not revoked, for it renews them.
    """
    with session.unit_of_work() as unit:
        trust = session.trust(unit)
        found = {session.home.seat.id: session.certificates(unit)[-1].certificate}
        if session.home.is_root:
            found = _latest_of_all(trust) | found
    today = session.today()
    warnings = [_running_out(mine, today, session.home.seat.id) for mine in found.values()]
    return tuple(
        sorted(
            (warning for warning in warnings if warning.days_left <= WARNING_DAYS),
            key=lambda warning: (warning.valid_until, warning.seat.id),
        )
    )


def _latest(trust: Trust, seat_id: str) -> Certificate:
    """Return the certificate of a seat that runs longest.

    Raises:
        NotFound: there is none that counts.
    """
    if found := _latest_of_all(trust).get(seat_id):
        return found
    raise NotFound(
        f"没有可以换发证书的席位 {seat_id}：它不存在，或者已经吊销。",
        "请在席位列表中选择；已经吊销的，请对方重新申请加入。",
    )


def _latest_of_all(trust: Trust) -> dict[str, Certificate]:
    """Return, for each seat that was not revoked, the certificate that runs longest."""
    return {
        certificate.seat_id: certificate
        for certificate in sorted(
            (signed.certificate for signed in trust.certificates),
            key=lambda certificate: (certificate.valid_until, certificate.serial),
        )
        if not trust.revoked(certificate.seat_id)
    }


def _running_out(certificate: Certificate, today: date, own_seat: str) -> RunningOut:
    until = date.fromisoformat(certificate.valid_until)
    office = Office(certificate.office_id, certificate.office_kind, certificate.office_name)
    return RunningOut(
        Seat(certificate.seat_id, certificate.seat_name, office),
        until,
        (until - today).days,
        certificate.seat_id == own_seat,
    )
