"""Writing the answer to a join request once more, when the stick it was on was lost.

It is the same answer: the same certificate for the same request. No seat comes of it twice.
"""

from dataclasses import dataclass

from desktop.bundles.certificates import SignedCertificate
from desktop.bundles.enrolment import read_join_request, repeat_enrolment
from desktop.domain.offices import Office, Seat
from desktop.errors import NoAnswerToRepeat
from desktop.procedures.session import Session
from desktop.store import seats
from desktop.store.store import UnitOfWork


@dataclass(frozen=True, slots=True)
class RepeatedAnswer:
    """The answer that a seat was given, as a text once more."""

    seat: Seat
    text: str


def answer_of_seat(session: Session, seat_id: str) -> RepeatedAnswer:
    """Return the answer by which a seat joined.

    Raises:
        NotRoot: only the root has answered.
        NoAnswerToRepeat: the seat never asked, or was revoked.
    """
    session.require_root()
    with session.unit_of_work() as unit:
        requests = seats.answers(unit.connection)
        for signed in session.trust(unit).certificates:
            request_id = requests.get(signed.certificate.serial, "")
            if request_id and signed.certificate.seat_id == seat_id:
                return _repeat(session, unit, request_id, signed)
    raise _nothing()


def answer_to_request(session: Session, text: str) -> RepeatedAnswer:
    """Return the answer that was given to a join request.

    Raises:
        NotRoot: only the root has answered.
        RequestUnreadable: it is no join request, or damaged.
        NoAnswerToRepeat: it was not answered, or for other keys, or its seat was revoked.
    """
    session.require_root()
    request = read_join_request(text)
    with session.unit_of_work() as unit:
        requests = seats.answers(unit.connection)
        for signed in session.trust(unit).certificates:
            same = requests.get(signed.certificate.serial) == request.request_id
            if same and signed.certificate.signing_key == request.signing_key:
                return _repeat(session, unit, request.request_id, signed)
    raise _nothing()


def _repeat(
    session: Session, unit: UnitOfWork, request_id: str, signed: SignedCertificate
) -> RepeatedAnswer:
    trust, given = session.trust(unit), signed.certificate
    if any(revoked.revocation.seat_id == given.seat_id for revoked in trust.revocations):
        raise NoAnswerToRepeat(
            f"席位 {given.seat_id} 已经吊销，它的批复不能再用。", "请对方重新申请加入，再批复一次。"
        )
    text = repeat_enrolment(
        session.keys, request_id, signed, school_name=session.home.school_name, trust=trust
    )
    office = Office(given.office_id, given.office_kind, given.office_name)
    return RepeatedAnswer(Seat(given.seat_id, given.seat_name, office), text)


def _nothing() -> NoAnswerToRepeat:
    return NoAnswerToRepeat(
        "没有这个席位的批复可以再写：它不是由本机批复加入的。",
        "请核对选的是哪个席位，或请对方重新申请加入。",
    )
