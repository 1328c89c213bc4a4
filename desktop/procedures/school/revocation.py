"""How a seat is sent away: its PC was lost, or its staff has changed (design §4, Keys)."""

from desktop.bundles.certificates import Revocation, sign_revocation
from desktop.domain.offices import ROOT_SEAT
from desktop.errors import NotFound
from desktop.procedures.school.enrolment import keep_trust
from desktop.procedures.session import Session
from desktop.procedures.typed_texts import typed_text
from desktop.store import exchange


def revoke(session: Session, seat_id: str, reason: str) -> Revocation:
    """Revoke a seat whose PC was lost or whose staff has changed.

    What it sent to this office so far still counts; nothing later does, here and everywhere the
    revocation arrives.

    Raises:
        NotRoot: this seat does not revoke.
        NotFound: no such seat.
    """
    session.require_root()
    reason = typed_text("原因", reason)
    with session.unit_of_work() as unit:
        trust = session.trust(unit)
        known = trust.certificates_of(seat_id)
        if not known or seat_id == ROOT_SEAT:
            raise NotFound(f"没有可以吊销的席位 {seat_id}。", "请在席位列表中选择。")
        latest = max(known, key=lambda signed: signed.certificate.serial).certificate
        revocation = Revocation(
            school_code=session.home.school_code,
            seat_id=seat_id,
            serial=latest.serial,
            last_numbers=tuple(sorted(exchange.last_numbers_from(unit.connection, seat_id))),
            reason=reason,
            revoked_on=session.today().isoformat(),
        )
        keep_trust(unit, trust.learn([], [sign_revocation(session.keys, revocation).text]))
        unit.commit()
    return revocation
