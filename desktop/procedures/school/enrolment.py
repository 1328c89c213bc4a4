"""How seats join a school, without a network (design §4, Keys).

A join request goes to the registrar as a file, a fingerprint is compared over the phone, and the
answer comes back as a file. Only the school's first seat, the root, answers.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from uuid_utils import uuid7

from desktop.bundles import keys as locked
from desktop.bundles.certificates import (
    Certificate,
    SignedCertificate,
    SignedRevocation,
    Trust,
    sign_certificate,
    validity,
)
from desktop.bundles.enrolment import (
    Applicant,
    Enrolment,
    JoinRequest,
    fingerprint,
    make_enrolment,
    make_join_request,
    read_enrolment,
    read_join_request,
    root_fingerprint,
)
from desktop.bundles.keys import SeatKeys, lock_keys
from desktop.domain.offices import (
    OFFICE_KIND_TITLES,
    HomeSeat,
    Office,
    Seat,
)
from desktop.domain.statements import Key
from desktop.errors import (
    FingerprintMismatch,
    NotAllowed,
    OtherSchool,
    RequestAlreadyUsed,
    RequestUnreadable,
)
from desktop.files import safe_name, write_durably
from desktop.procedures.school.class_offices import give_namesakes
from desktop.procedures.school.restored import require_current
from desktop.procedures.session import Session
from desktop.procedures.typed_texts import person_called, thing_called
from desktop.store import exchange, school, seats
from desktop.store.store import Store, UnitOfWork, local_now

VALID_DAYS = 3 * 366
_LARGEST_REQUEST = 1 << 20
_DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class ShownRequest:
    """A join request as it is shown to the registrar before the answer."""

    request: JoinRequest
    fingerprint: str
    answered: bool


@dataclass(frozen=True, slots=True)
class ShownEnrolment:
    """An enrolment as it is shown at the seat that asked, before it is accepted.

    ``fingerprint`` is that of the school's root, to be compared over the phone.
    """

    school_name: str
    school_code: str
    seat: Seat
    fingerprint: str


def ask_to_join(
    folder: Path, applicant: Applicant, operator: str, passphrase: str, *, cost: int | None = None
) -> tuple[str, str]:
    """Make a new seat that waits for its enrolment, and return its request and fingerprint.

    Raises:
        StoreExists, StoreReadOnly, WeakPassphrase: nothing was made.
        TrustError: a name can not be used; nothing was made.
        Incomplete, TextRefused, TextTooLong: a name is none; nothing was made.
    """
    operator = person_called("经办人姓名", operator)
    applicant = replace(
        applicant,
        office_name=thing_called("部门名称", applicant.office_name),
        seat_name=thing_called("这台电脑的名字", applicant.seat_name),
    )
    keys = SeatKeys.generate()
    box = lock_keys(keys, passphrase, cost=cost or locked.DEFAULT_COST)
    now = local_now().isoformat(timespec="seconds")
    text = make_join_request(keys, applicant, request_id=str(uuid7()), created=now)
    with Store.create(folder) as store, store.unit_of_work() as unit:
        office = Office("", applicant.office_kind, applicant.office_name)
        home = HomeSeat(
            school_code=applicant.school_code,
            school_name="",
            training=applicant.training,
            root_key="",
            request=text,
            certificate="",
            seat=Seat("", applicant.seat_name, office),
        )
        seats.save_home_seat(unit.connection, home)
        seats.add_operator(unit.connection, operator, box, now)
        unit.commit()
    return text, fingerprint(text)


def show_request(session: Session, text: str) -> ShownRequest:
    """Read a join request for the registrar to compare its fingerprint over the phone.

    Raises:
        RequestUnreadable: it is none, or damaged.
    """
    request = read_join_request(text)
    with session.unit_of_work() as unit:
        answered = seats.request_answered(unit.connection, request.request_id)
    return ShownRequest(request, fingerprint(text), answered)


def enrol(session: Session, text: str, fingerprint_heard: str, office: str) -> str:
    """Answer a join request and return the text of the enrolment.

    A college is given the classes that are called as it is and that nobody has yet.

    Args:
        session: of the root seat.
        text: the join request.
        fingerprint_heard: the digits that the other office read out over the phone.
        office: the id of the office that the seat is of (``college-03``).

    Raises:
        NotRoot: this seat does not enrol.
        RequestUnreadable, FingerprintMismatch: the request is not what was read out.
        OtherSchool: it asks to join another school, or real data where these are for training.
        RequestAlreadyUsed: it was answered before.
        NotAllowed: the office is of another kind than the request says.
        StoreOutdated: the root's data is an old backup; it would give numbers out twice.
    """
    session.require_root()
    request = read_join_request(text)
    _require_for_us(session, request)
    if not _same_digits(fingerprint_heard, fingerprint(text)):
        raise FingerprintMismatch(
            "电话里核对的数字与这份申请不一致，这份申请可能被换过。",
            "请重新核对；仍不一致时，请对方重新导出加入申请，不要批复这一份。",
        )
    with session.unit_of_work() as unit:
        require_current(session, unit)
        if seats.request_answered(unit.connection, request.request_id):
            raise RequestAlreadyUsed(
                "这份加入申请已经批复过。", "请把上次的批复文件交给对方；电脑换了，请对方重新申请。"
            )
        member = _member(unit, request, office)
        signed = _certify(session, unit, request, member)
        answer = make_enrolment(
            session.keys,
            request,
            signed,
            school_name=session.home.school_name,
            trust=session.trust(unit),
        )
        _keep(unit, [signed], [])
        if member.id not in {known.id for known in school.offices(unit.connection)}:
            state_office(unit, member)
        give_namesakes(unit, member)
        seats.keep_answer(
            unit.connection,
            request.request_id,
            signed.certificate.serial,
            session.now_text(),
            session.operator,
        )
        unit.commit()
    return answer


def school_fingerprint(session: Session) -> str:
    """Return the digits of the school, which the registrar reads out to a seat that joins."""
    return root_fingerprint(session.home.root_key)


def show_enrolment(folder: Path, text: str) -> ShownEnrolment:
    """Read the answer for the seat of this folder and say what it would become; change nothing.

    Raises:
        EnrolmentForAnotherSeat, OtherSchool, RequestUnreadable: it is not for this seat.
    """
    with Store.open(folder) as store, store.unit_of_work() as unit:
        enrolment = _answer_to(seats.home_seat(unit.connection), text)
    return ShownEnrolment(
        enrolment.school_name,
        enrolment.school_code,
        _seat_of(enrolment),
        root_fingerprint(enrolment.root_key),
    )


def accept_enrolment(folder: Path, text: str, fingerprint_heard: str) -> None:
    """Finish joining: the seat of this folder takes its enrolment.

    Args:
        folder: of the seat that asked.
        text: the enrolment.
        fingerprint_heard: the digits of the school that the registrar read out over the phone.

    Raises:
        EnrolmentForAnotherSeat, OtherSchool, RequestUnreadable: nothing was changed.
        FingerprintMismatch: it is another's who calls himself the school; nothing was changed.
    """
    with Store.open(folder) as store, store.unit_of_work() as unit:
        waiting = seats.home_seat(unit.connection)
        enrolment = _answer_to(waiting, text)
        if not _same_digits(fingerprint_heard, root_fingerprint(enrolment.root_key)):
            raise FingerprintMismatch(
                "电话里核对的数字与这份批复不一致，这份批复可能被换过，没有采用。",
                "请重新核对；仍不一致时，请学籍科重新导出批复，不要采用这一份。",
            )
        home = HomeSeat(
            school_code=enrolment.school_code,
            school_name=enrolment.school_name,
            training=enrolment.certificate.certificate.training,
            root_key=enrolment.root_key,
            request=waiting.request,
            certificate=enrolment.certificate.text,
            seat=_seat_of(enrolment),
        )
        seats.save_home_seat(unit.connection, home)
        _keep(unit, enrolment.certificates, enrolment.revocations)
        unit.commit()


def keep_trust(unit: UnitOfWork, trust: Trust) -> None:
    """Keep what was learned, and let bundles that a revocation cuts off no longer count."""
    if _keep(unit, trust.certificates, trust.revocations):
        unit.journal.cut_off(cut_off_bundles(unit, trust))


def cut_off_bundles(unit: UnitOfWork, trust: Trust) -> set[str]:
    """Return the merged bundles that a revocation cuts off."""
    return {
        bundle.bundle_id
        for bundle in exchange.incoming(unit.connection)
        if not trust.counts(
            bundle.from_seat,
            bundle.to_office,
            bundle.number,
            bundle.created[:10],
        )
    }


def state_office(unit: UnitOfWork, office: Office) -> None:
    """Say that there is an office; only the registrar may."""
    unit.journal.state(
        Key(f"office:{office.id}", "office", ""), {"kind": str(office.kind), "name": office.name}
    )


def write_text(folder: Path, name: str, text: str) -> Path:
    """Write a join request or an enrolment as a file, whole or not at all.

    Names of offices and seats may hold anything; what no stick accepts in a name is replaced.
    """
    path = folder / safe_name(name)
    write_durably(path, text.encode())
    return path


def read_text(path: Path) -> str:
    """Read a join request or an enrolment.

    Raises:
        RequestUnreadable: the file is not there, too large, or no text.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST_REQUEST)
        return data.decode()
    except (OSError, UnicodeDecodeError) as error:
        raise RequestUnreadable(
            f"“{path.name}”读不出来，可能不是加入申请或批复文件。", "请重新选择文件。"
        ) from error


def _keep(
    unit: UnitOfWork,
    certificates: "tuple[SignedCertificate, ...] | list[SignedCertificate]",
    revocations: "tuple[SignedRevocation, ...] | list[SignedRevocation]",
) -> bool:
    """Keep certificates and revocations; tell whether a revocation was new."""
    seats.keep_certificates(
        unit.connection,
        [
            (s.certificate.serial, s.certificate.seat_id, s.certificate.office_id, s.text)
            for s in certificates
        ],
    )
    return seats.keep_revocations(
        unit.connection, [(s.revocation.serial, s.text) for s in revocations]
    )


def _certify(
    session: Session, unit: UnitOfWork, request: JoinRequest, member: Office
) -> SignedCertificate:
    """Return the certificate of a new seat of an office."""
    valid_from, valid_until = validity(session.today(), VALID_DAYS)
    certificate = Certificate(
        school_code=session.home.school_code,
        serial=str(uuid7()),
        seat_id=seats.next_seat_id(unit.connection),
        seat_name=request.seat_name,
        office_id=member.id,
        office_kind=member.kind,
        office_name=member.name,
        signing_key=request.signing_key,
        recipient=request.recipient,
        valid_from=valid_from,
        valid_until=valid_until,
        training=session.home.training,
    )
    return sign_certificate(session.keys, certificate)


def _member(unit: UnitOfWork, request: JoinRequest, office: str) -> Office:
    """Return the office that a new seat is of; one that is known keeps its name."""
    if office.partition("-")[0] != str(request.office_kind):
        raise NotAllowed(
            f"申请的是{OFFICE_KIND_TITLES[request.office_kind]}，与所选部门“{office}”不符。",
            "请核对申请，选择正确的部门。",
        )
    known = {member.id: member for member in school.offices(unit.connection)}
    return known.get(office) or Office(office, request.office_kind, request.office_name)


def _require_for_us(session: Session, request: JoinRequest) -> None:
    """Raise unless the request means this school, and real data where these are real."""
    home = session.home
    if request.school_code != home.school_code:
        raise OtherSchool(
            f"这份申请要加入的是另一所学校（学校代码{request.school_code}），没有批复。",
            "请对方核对学校代码，重新申请。",
        )
    if request.training != home.training:
        raise OtherSchool(
            "练习用的席位不能加入正式的学校，正式的席位也不能加入练习用的学校，没有批复。",
            "请对方核对是正式使用还是练习，重新申请。",
        )


def _answer_to(waiting: HomeSeat, text: str) -> Enrolment:
    return read_enrolment(text, request=read_join_request(waiting.request))


def _seat_of(enrolment: Enrolment) -> Seat:
    mine = enrolment.certificate.certificate
    office = Office(mine.office_id, mine.office_kind, mine.office_name)
    return Seat(mine.seat_id, mine.seat_name, office)


def _same_digits(heard: str, shown: str) -> bool:
    """Compare what was said with what was shown, however people group digits."""
    return _only_digits(heard) == _only_digits(shown)


def _only_digits(text: str) -> str:
    return "".join(character for character in text if character in _DIGITS)
