"""Who may speak for an office: certificates, revocations, and what a seat trusts.

The school's root key signs both. They travel in every bundle, in any order, so nothing here may
depend on which one a seat saw first.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, timedelta
from functools import lru_cache

from desktop.bundles.canonical import LARGEST_NUMBER, LONGEST_ID, LONGEST_NAME, Fields, Malformed
from desktop.bundles.keys import SeatKeys
from desktop.bundles.sealing import BadRecipient, require_recipient
from desktop.bundles.signed_texts import sign_text, verified_body
from desktop.domain.offices import OfficeKind
from desktop.errors import CertificateInvalid, OtherSchool, TrustError

_CERTIFICATE = "certificate"
_REVOCATION = "revocation"
_PAIR = 2
_GRACE = timedelta(days=1)  # for PCs whose date is a little behind
_FIELD_TITLES = {
    "school_code": "学校代码",
    "seat_name": "席位名称",
    "office_name": "部门名称",
    "office_id": "部门编号",
    "school_name": "学校名称",
    "valid_from": "有效期起始日期",
    "valid_until": "有效期截止日期",
    "reason": "原因",
    "revoked_on": "吊销日期",
}


@dataclass(frozen=True, slots=True)
class Certificate:
    """The root's word that these keys are those of this seat of this office.

    Attributes:
        serial: unique in the school; a renewed certificate has another one.
        signing_key: hex.
        recipient: the key to seal for, ``age1…``.
        valid_from: first day, ``YYYY-MM-DD``.
        valid_until: last day, ``YYYY-MM-DD``.
    """

    school_code: str
    serial: str
    seat_id: str
    seat_name: str
    office_id: str
    office_kind: OfficeKind
    office_name: str
    signing_key: str
    recipient: str
    valid_from: str
    valid_until: str
    training: bool

    def valid_on(self, day: date) -> bool:
        """Tell whether ``day`` lies within the validity."""
        return self.valid_from <= day.isoformat() <= self.valid_until


@dataclass(frozen=True, slots=True)
class Revocation:
    """The root's word that a seat no longer counts, under whichever of its certificates.

    Attributes:
        serial: of the seat's certificate when it was revoked; those before and after it, with
            which it was renewed, are revoked as well.
        last_numbers: for each receiving office, the number of the last bundle of that stream
            that still counts. Of a stream that is not named, what was made by the day of the
            revocation counts.
        revoked_on: ``YYYY-MM-DD``.
    """

    school_code: str
    seat_id: str
    serial: str
    last_numbers: tuple[tuple[str, int], ...]
    reason: str
    revoked_on: str

    def spares(self, to_office: str, number: int, created_on: str) -> bool:
        """Tell whether a bundle still counts.

        Of a stream that the root knows, those up to the last that came do. Of one between other
        offices the root knows nothing; there the day on which the bundle says it was made has to
        do, or revoking a seat would destroy what others hold from it.
        """
        last = dict(self.last_numbers).get(to_office)
        return created_on <= self.revoked_on if last is None else number <= last


@dataclass(frozen=True, slots=True)
class SignedCertificate:
    """A certificate and the signed text that it was read from."""

    certificate: Certificate
    text: str


@dataclass(frozen=True, slots=True)
class SignedRevocation:
    """A revocation and the signed text that it was read from."""

    revocation: Revocation
    text: str


def validity(issued: date, days: int) -> tuple[str, str]:
    """Return the first and the last day of a certificate that is issued on a day.

    It is valid from the day before, so that a seat whose clock is a little behind can send.
    """
    return (issued - _GRACE).isoformat(), (issued + timedelta(days=days)).isoformat()


def sign_certificate(root_keys: SeatKeys, certificate: Certificate) -> SignedCertificate:
    """Return ``certificate`` signed by the root; the root's own is signed in the same way.

    Raises:
        TrustError: a field is too long, has characters that can not be used, or makes no sense.
    """
    body = asdict(certificate)
    try:
        signed = _certificate(body)
    except (Malformed, BadRecipient) as error:
        raise unusable_field(str(error)) from error
    return SignedCertificate(signed, sign_text(root_keys, _CERTIFICATE, body))


def sign_revocation(root_keys: SeatKeys, revocation: Revocation) -> SignedRevocation:
    """Return ``revocation`` signed by the root.

    Raises:
        TrustError: a field is too long, has characters that can not be used, or makes no sense.
    """
    last_numbers = sorted(list(pair) for pair in revocation.last_numbers)
    body = asdict(revocation) | {"last_numbers": last_numbers}
    try:
        signed = _revocation(body)
    except Malformed as error:
        raise unusable_field(str(error)) from error
    return SignedRevocation(signed, sign_text(root_keys, _REVOCATION, body))


@lru_cache(maxsize=1024)
def read_certificate(text: str, root_key: str) -> SignedCertificate:
    """Return the certificate that ``root_key`` (hex) signed.

    The answer depends on nothing else and is kept: every bundle of a merge encloses what most
    others enclose too, and asking again whether a text is genuine costs more than to remember it.

    Raises:
        CertificateInvalid: damaged, or signed by somebody else.
    """
    try:
        body = verified_body(text, _CERTIFICATE, root_key)
        return SignedCertificate(_certificate(body), text)
    except (Malformed, BadRecipient) as error:
        raise _invalid() from error


def read_revocation(text: str, root_key: str) -> SignedRevocation:
    """Return the revocation that ``root_key`` (hex) signed.

    Raises:
        CertificateInvalid: damaged, or signed by somebody else.
    """
    try:
        body = verified_body(text, _REVOCATION, root_key)
        return SignedRevocation(_revocation(body), text)
    except Malformed as error:
        raise _invalid() from error


@dataclass(frozen=True, slots=True)
class Trust:
    """What a seat believes about the seats of its school; it only ever learns.

    Two that learned the same texts are equal, whatever the order. One that is loaded from the
    store starts with the school alone and learns the texts again, so that they are verified.
    """

    school_code: str
    root_key: str
    training: bool
    certificates: tuple[SignedCertificate, ...] = ()
    revocations: tuple[SignedRevocation, ...] = ()

    def learn(
        self,
        texts_of_certificates: Iterable[str] = (),
        texts_of_revocations: Iterable[str] = (),
    ) -> "Trust":
        """Return this trust with more certificates and revocations, each verified.

        Raises:
            CertificateInvalid: one is damaged, not signed by the root, or for training where
                this is real.
            OtherSchool: one is for another school.
        """
        known = {signed.text for signed in self.certificates}
        certificates = [
            read_certificate(text, self.root_key) for text in set(texts_of_certificates) - known
        ]
        known = {signed.text for signed in self.revocations}
        revocations = [
            read_revocation(text, self.root_key) for text in set(texts_of_revocations) - known
        ]
        if not certificates and not revocations:
            return self
        self._require_ours(certificates, revocations)
        return replace(
            self,
            certificates=tuple(sorted((*self.certificates, *certificates), key=_certificate_order)),
            revocations=tuple(sorted((*self.revocations, *revocations), key=_revocation_order)),
        )

    @property
    def digest(self) -> str:
        """SHA-256 in hex over all that is known: two that know the same have the same."""
        texts = [s.text for s in self.certificates] + [s.text for s in self.revocations]
        return hashlib.sha256("\n".join(sorted(texts)).encode()).hexdigest()

    def certificates_of(self, seat_id: str) -> tuple[SignedCertificate, ...]:
        """Return every certificate that the seat was ever given."""
        return tuple(
            signed for signed in self.certificates if signed.certificate.seat_id == seat_id
        )

    def recipients_of(self, office_id: str, on: date) -> tuple[str, ...]:
        """Return the keys of the office's seats that are valid on that day and not revoked."""
        found = {
            certificate.recipient
            for certificate in (signed.certificate for signed in self.certificates)
            if certificate.office_id == office_id
            and certificate.valid_on(on)
            and not self.revoked(certificate.seat_id)
        }
        return tuple(sorted(found))

    def revoked(self, seat_id: str) -> bool:
        """Tell whether the seat was sent away; none comes back under its number."""
        return any(signed.revocation.seat_id == seat_id for signed in self.revocations)

    def counts(self, seat_id: str, to_office: str, number: int, created_on: str) -> bool:
        """Tell whether no revocation cuts this bundle off; of two, the stricter counts.

        Args:
            seat_id: the seat that made it, under whichever of its certificates.
            to_office: the receiving office.
            number: the bundle's number in its stream.
            created_on: the day on which it was made, ``YYYY-MM-DD``.
        """
        return all(
            revocation.spares(to_office, number, created_on)
            for revocation in (signed.revocation for signed in self.revocations)
            if revocation.seat_id == seat_id
        )

    def _require_ours(
        self, certificates: list[SignedCertificate], revocations: list[SignedRevocation]
    ) -> None:
        codes = {signed.certificate.school_code for signed in certificates}
        codes |= {signed.revocation.school_code for signed in revocations}
        if codes - {self.school_code}:
            raise OtherSchool(
                "文件里有另一所学校的席位证书，没有采用。",
                "请核对学校代码，并向学籍科重新索取文件。",
            )
        if any(signed.certificate.training != self.training for signed in certificates):
            raise CertificateInvalid(
                "文件里混有练习用和正式用的席位证书，没有采用。", "请向学籍科重新索取文件。"
            )


def _certificate(body: dict[str, object]) -> Certificate:
    read = Fields.of(body, [field.name for field in fields(Certificate)])
    try:
        kind = OfficeKind(read.text("office_kind"))
    except ValueError as error:
        raise Malformed("office_kind") from error
    if read.text("office_id").partition("-")[0] != kind:
        raise Malformed("office_id")  # what an office may say is found by its id later on
    certificate = Certificate(
        school_code=read.text("school_code"),
        serial=read.text("serial"),
        seat_id=read.text("seat_id"),
        seat_name=read.name("seat_name"),
        office_id=read.text("office_id"),
        office_kind=kind,
        office_name=read.name("office_name"),
        signing_key=read.hexadecimal("signing_key"),
        recipient=read.text("recipient", longest=LONGEST_NAME),
        valid_from=read.day("valid_from"),
        valid_until=read.day("valid_until"),
        training=read.flag("training"),
    )
    if certificate.valid_from > certificate.valid_until:
        raise Malformed("valid_until")
    require_recipient(certificate.recipient)
    return certificate


def _revocation(body: dict[str, object]) -> Revocation:
    read = Fields.of(body, [field.name for field in fields(Revocation)])
    last_numbers = tuple(_last_number(pair) for pair in read.objects("last_numbers"))
    offices = [office for office, _ in last_numbers]
    if offices != sorted(set(offices)):
        raise Malformed("last_numbers")
    return Revocation(
        school_code=read.text("school_code"),
        seat_id=read.text("seat_id"),
        serial=read.text("serial"),
        last_numbers=last_numbers,
        reason=read.text("reason", shortest=0, longest=LONGEST_NAME),
        revoked_on=read.day("revoked_on"),
    )


def _last_number(pair: object) -> tuple[str, int]:
    if not isinstance(pair, list) or len(pair) != _PAIR:
        raise Malformed("last_numbers")
    read = Fields({"office": pair[0], "number": pair[1]})
    return read.text("office", longest=LONGEST_ID), read.number("number", most=LARGEST_NUMBER)


def _certificate_order(signed: SignedCertificate) -> tuple[str, str, str]:
    return signed.certificate.seat_id, signed.certificate.serial, signed.text


def _revocation_order(signed: SignedRevocation) -> tuple[str, str, str]:
    return signed.revocation.seat_id, signed.revocation.serial, signed.text


def _invalid() -> CertificateInvalid:
    return CertificateInvalid(
        "席位证书或吊销通知已经损坏，或者不是本校签发的，没有采用。", "请向学籍科重新索取文件。"
    )


def unusable_field(field: str) -> TrustError:
    """Return the sentence for a field that can not be signed as it was filled in."""
    return TrustError(
        f"“{_FIELD_TITLES.get(field, '填写的内容')}”是空的、太长、含有不能使用的字符，或者不合理。",
        "请改正后再试一次。",
    )
