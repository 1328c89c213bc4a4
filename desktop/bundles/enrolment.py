"""How a seat joins the school: its request, the root's answer, and the digits read out by phone.

The request proves that the seat holds the keys it names. The answer is signed by the root as a
whole. Neither side can know the other's keys beforehand: the two fingerprints, compared by
telephone, are what ties keys to people.
"""

import hashlib
from dataclasses import asdict, dataclass, fields
from datetime import datetime

from desktop.bundles.canonical import Fields, Malformed
from desktop.bundles.certificates import (
    Certificate,
    SignedCertificate,
    SignedRevocation,
    Trust,
    read_certificate,
    unusable_field,
)
from desktop.bundles.keys import SeatKeys
from desktop.bundles.sealing import BadRecipient, require_recipient
from desktop.bundles.signed_texts import sign_text, unverified_body, verified_body
from desktop.domain.offices import OfficeKind
from desktop.errors import (
    CertificateInvalid,
    EnrolmentForAnotherSeat,
    OtherSchool,
    RequestUnreadable,
)

_REQUEST = "join-request"
_ENROLMENT = "enrolment"
_FORMAT = 1
_GROUPS, _GROUP_DIGITS = 5, 4  # 20 decimal digits: 66 bits
_ENROLMENT_FIELDS = (
    "certificate",
    "certificates",
    "format",
    "request_id",
    "revocations",
    "root_key",
    "school_code",
    "school_name",
    "type",
)


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who asks to join, as the person at the seat filled it in."""

    school_code: str
    office_kind: OfficeKind
    office_name: str
    seat_name: str
    training: bool


@dataclass(frozen=True, slots=True)
class JoinRequest:
    """A seat's request to be given a certificate for its keys.

    Attributes:
        signing_key: hex.
        recipient: the key to seal for, ``age1…``.
        created: ISO date and time with offset; shown only.
    """

    request_id: str
    school_code: str
    office_kind: OfficeKind
    office_name: str
    seat_name: str
    signing_key: str
    recipient: str
    created: str
    training: bool


@dataclass(frozen=True, slots=True)
class Enrolment:
    """The root's answer to a join request, verified as a whole.

    ``certificates`` and ``revocations`` are all that the root knew, the seat's own among them.
    """

    request_id: str
    school_code: str
    school_name: str
    root_key: str
    certificate: SignedCertificate
    certificates: tuple[SignedCertificate, ...]
    revocations: tuple[SignedRevocation, ...]

    @property
    def trust(self) -> Trust:
        """What the new seat believes from now on."""
        return Trust(
            self.school_code,
            self.root_key,
            self.certificate.certificate.training,
            self.certificates,
            self.revocations,
        )


def make_join_request(
    keys: SeatKeys, applicant: Applicant, *, request_id: str, created: str
) -> str:
    """Return the text of a join request, signed with the very keys that it names.

    Raises:
        TrustError: a name is empty, too long, or has characters that can not be used.
    """
    body = asdict(applicant) | {
        "type": _REQUEST,
        "format": _FORMAT,
        "request_id": request_id,
        "created": created,
        "signing_key": keys.public.signing,
        "recipient": keys.public.recipient,
    }
    try:
        _join_request(body)
    except Malformed as error:
        raise unusable_field(str(error)) from error
    return sign_text(keys, _REQUEST, body)


def read_join_request(text: str | bytes) -> JoinRequest:
    """Return the request in a file's text.

    Raises:
        RequestUnreadable: damaged, cut short, not signed by its own keys, or no join request.
    """
    try:
        plain = _plain(text)
        request = _join_request(unverified_body(plain))
        verified_body(plain, _REQUEST, request.signing_key)
        require_recipient(request.recipient)
    except (Malformed, BadRecipient) as error:
        raise RequestUnreadable(
            "这不是加入申请文件，或者文件已经损坏。", "请让申请的部门重新导出加入申请，再读取一次。"
        ) from error
    return request


def fingerprint(text_or_key: str | bytes) -> str:
    """Return twenty digits in groups of four that two people compare by telephone.

    The same for the same request text or key on both screens; blank space around it, which
    mail programs and editors add, does not matter.
    """
    if isinstance(text_or_key, str):
        text_or_key = text_or_key.encode("utf-8", "surrogatepass")
    plain = text_or_key.removeprefix(b"\xef\xbb\xbf").strip()
    digest = hashlib.sha256(b"jice/fingerprint/1\n" + plain).digest()
    length = _GROUPS * _GROUP_DIGITS
    digits = f"{int.from_bytes(digest) % 10**length:0{length}d}"
    return " ".join(digits[at : at + _GROUP_DIGITS] for at in range(0, length, _GROUP_DIGITS))


def root_fingerprint(root_key: str) -> str:
    """Return the digits by which a joining office makes sure whose school it joins."""
    return fingerprint(root_key)


def require_school_name(name: str) -> None:
    """Make sure that a school of this name can enrol seats.

    Raises:
        TrustError: it is empty, too long, or has characters that can not be used.
    """
    try:
        Fields({"school_name": name}).name("school_name")
    except Malformed as error:
        raise unusable_field(str(error)) from error


def make_enrolment(
    root_keys: SeatKeys,
    request: JoinRequest,
    certificate: SignedCertificate,
    *,
    school_name: str,
    trust: Trust,
) -> str:
    """Return the root's answer to ``request``: the certificate and all that the root knows.

    Raises:
        TrustError: the school's name is empty, too long, or has characters that can not be used.
        ValueError: the certificate is not for the keys of this request, which is a bug.
    """
    if not _answers(certificate.certificate, request):
        raise ValueError("the certificate does not answer the request")
    return repeat_enrolment(
        root_keys, request.request_id, certificate, school_name=school_name, trust=trust
    )


def repeat_enrolment(
    root_keys: SeatKeys,
    request_id: str,
    certificate: SignedCertificate,
    *,
    school_name: str,
    trust: Trust,
) -> str:
    """Return the answer to a request that was answered before: the same certificate again.

    What the root has learned since comes along; whom the answer makes a seat does not change.

    Raises:
        TrustError: the school's name is empty, too long, or has characters that can not be used.
    """
    require_school_name(school_name)
    known = trust.learn([certificate.text])
    body = {
        "type": _ENROLMENT,
        "format": _FORMAT,
        "request_id": request_id,
        "school_code": trust.school_code,
        "school_name": school_name,
        "root_key": root_keys.public.signing,
        "certificate": certificate.text,
        "certificates": [signed.text for signed in known.certificates],
        "revocations": [signed.text for signed in known.revocations],
    }
    return sign_text(root_keys, _ENROLMENT, body)


def read_enrolment(text: str | bytes, *, request: JoinRequest) -> Enrolment:
    """Return the answer to this seat's own ``request``.

    Raises:
        RequestUnreadable: damaged, not signed by the root that it names, or no enrolment.
        OtherSchool: another school's.
        EnrolmentForAnotherSeat: it answers another request, or another seat's keys.
    """
    try:
        plain = _plain(text)
        claimed = Fields.of(unverified_body(plain), _ENROLMENT_FIELDS)
        root_key = claimed.hexadecimal("root_key")
        read = Fields.of(verified_body(plain, _ENROLMENT, root_key), _ENROLMENT_FIELDS)
        _require_type(read, _ENROLMENT)
        _require_for(read.text("school_code"), read.text("request_id"), request)
        return _enrolment(read, root_key, request)
    except (Malformed, CertificateInvalid) as error:
        raise RequestUnreadable(
            "这不是加入批复文件，或者文件已经损坏。", "请让学籍科重新导出加入批复，再读取一次。"
        ) from error


def _enrolment(read: Fields, root_key: str, request: JoinRequest) -> Enrolment:
    certificate = read_certificate(read.text("certificate", longest=2**16), root_key)
    if not _answers(certificate.certificate, request):
        raise _for_another_seat()
    school_code = read.text("school_code")
    trust = Trust(school_code, root_key, request.training).learn(
        (*read.texts("certificates"), certificate.text), read.texts("revocations")
    )
    return Enrolment(
        request_id=read.text("request_id"),
        school_code=school_code,
        school_name=read.name("school_name"),
        root_key=root_key,
        certificate=certificate,
        certificates=trust.certificates,
        revocations=trust.revocations,
    )


def _require_for(school_code: str, request_id: str, request: JoinRequest) -> None:
    if school_code != request.school_code:
        raise OtherSchool(
            f"这份加入批复属于另一所学校（学校代码{school_code}），没有采用。",
            "请核对学校代码，并向本校学籍科索取加入批复。",
        )
    if request_id != request.request_id:
        raise _for_another_seat()


def _answers(certificate: Certificate, request: JoinRequest) -> bool:
    return (certificate.signing_key, certificate.recipient, certificate.training) == (
        request.signing_key,
        request.recipient,
        request.training,
    )


def _for_another_seat() -> EnrolmentForAnotherSeat:
    return EnrolmentForAnotherSeat(
        "这份加入批复是给另一台电脑，或者另一次申请的，没有采用。",
        "请找到回复本机这次申请的那份文件；找不到时，请重新导出加入申请。",
    )


def _join_request(body: dict[str, object]) -> JoinRequest:
    read = Fields.of(body, {field.name for field in fields(JoinRequest)} | {"type", "format"})
    _require_type(read, _REQUEST)
    try:
        kind = OfficeKind(read.text("office_kind"))
        aware = datetime.fromisoformat(read.text("created")).tzinfo is not None
    except ValueError as error:
        raise Malformed("office_kind or created") from error
    if not aware:
        raise Malformed("created")
    return JoinRequest(
        request_id=read.text("request_id"),
        school_code=read.text("school_code"),
        office_kind=kind,
        office_name=read.name("office_name"),
        seat_name=read.name("seat_name"),
        signing_key=read.hexadecimal("signing_key"),
        recipient=read.name("recipient"),
        created=read.text("created"),
        training=read.flag("training"),
    )


def _require_type(read: Fields, kind: str) -> None:
    if (read.text("type"), read.number("format")) != (kind, _FORMAT):
        raise Malformed("type")


def _plain(text: str | bytes) -> str:
    """Return a file's text without what editors put around it."""
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8")
        except UnicodeDecodeError as error:
            raise Malformed("not UTF-8") from error
    return text.removeprefix("\ufeff").strip()
