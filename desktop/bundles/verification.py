"""Reading a bundle: nothing inside is believed before everything about it was checked.

The order is fixed, from what costs nothing to what costs most, and every step has its own named
refusal. Whether the signer's office may *say* what the statements say is not decided here.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import InitVar, dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import BinaryIO

from desktop.bundles.archive import (
    ATTACHMENTS,
    CERTIFICATE,
    FORWARDED,
    MANIFEST,
    RECEIPTS,
    SIGNATURE,
    STATEMENTS,
    TRUST,
    Archive,
    read_archive,
)
from desktop.bundles.canonical import Fields, Malformed, read_canonical
from desktop.bundles.certificates import Certificate, SignedCertificate, Trust, read_certificate
from desktop.bundles.envelope import SIGNED_AS
from desktop.bundles.header import Claims, claims_of, read_header, require_size, require_whole
from desktop.bundles.keys import SeatKeys, signature_fits
from desktop.bundles.manifest import Counts, Manifest, manifest_digest, read_manifest
from desktop.bundles.refusals import (
    CLAIMS,
    COUNTS,
    DAMAGED,
    ENCLOSED_TRUST,
    EXPIRED,
    FOR_ANOTHER_OFFICE,
    FOR_OTHER_SEAT,
    FORGED,
    FORWARDED_WRONG,
    FROM_THE_FUTURE,
    LINES,
    MEMBERS,
    OTHER_SCHOOL,
    OTHER_SIGNER,
    OWN,
    REAL_HERE_TRAINING,
    REVOKED,
    SIGNATURE_WRONG,
    TRAINING_HERE_REAL,
    UNREADABLE,
    refusal,
)
from desktop.bundles.sealing import NotOpened, unseal
from desktop.bundles.signed_texts import signing_bytes, signing_bytes_of_digest, unverified_body
from desktop.errors import CertificateInvalid, OtherSchool

_CLOCK_TOLERANCE = timedelta(days=2)  # a clock that is wrong by more is worth a question
_LONGEST_MANIFEST = 8 * 2**20
_LONGEST_CERTIFICATE = 64 * 2**10
_LONGEST_TRUST = 16 * 2**20
_SIGNATURE_LENGTH = 128
_UNLISTED = frozenset({MANIFEST, SIGNATURE})  # the manifest can not list itself
_VERIFIED = object()  # only this module holds it


@dataclass(frozen=True, slots=True)
class VerifiedBundle:
    """A bundle of which everything that can be checked without its meaning was checked.

    It can be made only by ``verify_bundle``.

    Attributes:
        signature: hex, over the manifest.
        digest: of the manifest; the next bundle of the stream names it.
        trust: what the reader believes after learning from this bundle.
        statements: lines without their ends.
        receipts: lines without their ends.
        attachments: SHA-256 in hex, in order.
        forwarded: bundles of other seats that this one carries, each verified as its own seat
            signed it. They carry none themselves.
    """

    manifest: Manifest
    manifest_bytes: bytes = field(repr=False)
    signature: str
    digest: str
    certificate: SignedCertificate
    trust: Trust = field(repr=False)
    statements: tuple[bytes, ...] = field(repr=False)
    receipts: tuple[bytes, ...] = field(repr=False)
    attachments: tuple[str, ...] = field(repr=False)
    forwarded: tuple["VerifiedBundle", ...] = field(repr=False)
    _archive: Archive = field(repr=False, compare=False)
    token: InitVar[object]

    def __post_init__(self, token: object) -> None:
        if token is not _VERIFIED:
            raise TypeError("a verified bundle can be made only by verify_bundle")

    def attachment(self, sha256: str) -> bytes:
        """Return an attachment's content, which has exactly this digest.

        Raises:
            KeyError: the bundle has no such attachment.
        """
        content = self._archive.read(ATTACHMENTS + sha256)
        if hashlib.sha256(content).hexdigest() != sha256:
            raise refusal(DAMAGED)
        return content


@dataclass(frozen=True, slots=True)
class _Reader:
    """Who reads, and when."""

    trust: Trust
    office: str
    seat: str
    today: date


def peek_bundle(path: Path) -> Claims:
    """Return what a file claims to be, without keys and without belief.

    Raises:
        BundleError: it is no bundle, of a newer format, or can not be read.
    """
    with _opened(path) as file:
        return read_header(file, path.name)


def verify_bundle(
    path: Path, keys: SeatKeys, trust: Trust, *, own_office: str, own_seat: str, today: date
) -> VerifiedBundle:
    """Return the bundle in ``path`` after checking all of it.

    Args:
        path: the file.
        keys: of this seat.
        trust: what this seat believes; it does not change, see ``VerifiedBundle.trust``.
        own_office: id of this seat's office.
        own_seat: id of this seat.
        today: by this PC's clock.

    Raises:
        BundleError: the one of its children that names what is wrong. Nothing was written.
    """
    reader = _Reader(trust, own_office, own_seat, today)
    claims, archive = _archive(path, keys, reader)
    signed = archive.read(MANIFEST, longest=_LONGEST_MANIFEST)
    manifest = read_manifest(signed)
    _require_for_reader(manifest, claims, reader)
    certificate = _certificate(archive, trust)
    learned = _learned(archive, certificate, trust)
    _require_signer(certificate.certificate, manifest, learned, today)
    signature = _signature(archive.read(SIGNATURE, longest=_SIGNATURE_LENGTH), signed, certificate)
    statements, receipts = _content(archive, manifest)
    forwarded = tuple(
        _forwarded(archive, bundle_id, manifest.from_office, learned, reader)
        for bundle_id in archive.forwarded
    )
    return VerifiedBundle(
        manifest=manifest,
        manifest_bytes=signed,
        signature=signature,
        digest=manifest_digest(signed),
        certificate=certificate,
        trust=learned,
        statements=statements,
        receipts=receipts,
        attachments=archive.attachments,
        forwarded=forwarded,
        _archive=archive,
        token=_VERIFIED,
    )


def manifest_signed(signing_key: str, digest: str, signature: str) -> bool:
    """Tell whether a key (hex) signed the manifest of this digest (hex)."""
    try:
        signed = signing_bytes_of_digest(SIGNED_AS, bytes.fromhex(digest))
        return signature_fits(signing_key, signed, bytes.fromhex(signature))
    except ValueError:
        return False


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file that may be on a stick which is pulled at any moment."""
    try:
        require_size(path)
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise refusal(UNREADABLE, name=path.name) from error


def _archive(path: Path, keys: SeatKeys, reader: _Reader) -> tuple[Claims, Archive]:
    """Return what the file claims and, opened, what it holds."""
    with _opened(path) as file:
        claims = read_header(file, path.name)
        require_whole(file, claims)
        return claims, read_archive(_unsealed(file, keys, claims, reader))


def _unsealed(file: BinaryIO, keys: SeatKeys, claims: Claims, reader: _Reader) -> memoryview:
    try:
        return unseal(file, keys)
    except NotOpened as error:
        if claims.school_code != reader.trust.school_code:
            raise refusal(OTHER_SCHOOL, school=claims.school_code) from error
        if claims.training != reader.trust.training:
            raise refusal(TRAINING_HERE_REAL if claims.training else REAL_HERE_TRAINING) from error
        if claims.from_seat == reader.seat:
            raise refusal(OWN) from error
        if claims.to_office != reader.office:
            raise refusal(FOR_ANOTHER_OFFICE) from error
        raise refusal(FOR_OTHER_SEAT if error.for_others else DAMAGED) from error


def _require_for_reader(manifest: Manifest, claims: Claims, reader: _Reader) -> None:
    if manifest.school_code != reader.trust.school_code:
        raise refusal(OTHER_SCHOOL, school=manifest.school_code)
    _require_training(manifest.training, reader.trust)
    if manifest.from_seat == reader.seat:
        raise refusal(OWN)
    if manifest.to_office != reader.office:
        raise refusal(FOR_ANOTHER_OFFICE)
    if claims_of(manifest, claims.length, claims.sha256) != claims:
        raise refusal(CLAIMS)


def _require_training(training: bool, trust: Trust) -> None:
    if training != trust.training:
        raise refusal(TRAINING_HERE_REAL if training else REAL_HERE_TRAINING)


def _certificate(archive: Archive, trust: Trust) -> SignedCertificate:
    """Return the enclosed certificate, which this school's root signed."""
    try:
        text = archive.read(CERTIFICATE, longest=_LONGEST_CERTIFICATE).decode("utf-8")
        school = unverified_body(text).get("school_code")
    except ValueError as error:
        raise refusal(FORGED) from error
    if isinstance(school, str) and school != trust.school_code:
        raise refusal(OTHER_SCHOOL, school=school)
    try:
        certificate = read_certificate(text, trust.root_key)
    except CertificateInvalid as error:
        raise refusal(FORGED) from error
    _require_training(certificate.certificate.training, trust)
    return certificate


def _learned(archive: Archive, certificate: SignedCertificate, trust: Trust) -> Trust:
    """Return the trust after learning what the bundle encloses."""
    try:
        known = Fields.of(
            read_canonical(archive.read(TRUST, longest=_LONGEST_TRUST)),
            ("certificates", "revocations"),
        )
        certificates, revocations = known.texts("certificates"), known.texts("revocations")
        return trust.learn((*certificates, certificate.text), revocations)
    except (Malformed, CertificateInvalid, OtherSchool) as error:
        raise refusal(ENCLOSED_TRUST) from error


def _require_signer(signer: Certificate, manifest: Manifest, trust: Trust, today: date) -> None:
    """Make sure that the certificate is that of the named sender and counted at the time."""
    if (signer.serial, signer.seat_id, signer.office_id) != (
        manifest.certificate_serial,
        manifest.from_seat,
        manifest.from_office,
    ):
        raise refusal(OTHER_SIGNER)
    day = manifest.created_on
    if day > today + _CLOCK_TOLERANCE:
        raise refusal(FROM_THE_FUTURE, day=day, today=today)
    who = {"office": signer.office_name, "seat": signer.seat_name}
    if not signer.valid_on(day):
        raise refusal(EXPIRED, day=day, start=signer.valid_from, end=signer.valid_until, **who)
    if not trust.counts(signer.seat_id, manifest.to_office, manifest.number, day.isoformat()):
        raise refusal(REVOKED, **who)


def _forwarded(
    archive: Archive, bundle_id: str, carrier: str, trust: Trust, reader: _Reader
) -> VerifiedBundle:
    """Return a bundle that is handed on, after checking it like one that came by itself.

    Its seat has signed it for the office that hands it on (``carrier``). It comes to a seat of
    the office that had made it, or to another seat of the office that it was made for. The
    certificate of its seat is among those that the carrying bundle encloses.
    """
    folder = f"{FORWARDED}{bundle_id}/"
    signed = archive.read(folder + MANIFEST, longest=_LONGEST_MANIFEST)
    manifest = read_manifest(signed)
    _require_training(manifest.training, trust)
    if (
        (manifest.bundle_id, manifest.school_code) != (bundle_id, trust.school_code)
        or manifest.to_office != carrier
        or reader.office not in (manifest.from_office, manifest.to_office)
    ):
        raise refusal(FORWARDED_WRONG)
    for certificate in trust.certificates_of(manifest.from_seat):
        if certificate.certificate.serial == manifest.certificate_serial:
            break
    else:
        raise refusal(FORGED)
    _require_signer(certificate.certificate, manifest, trust, reader.today)
    signature = archive.read(folder + SIGNATURE, longest=_SIGNATURE_LENGTH)
    listed = {member.name: member for member in manifest.members}
    attachments = tuple(n.removeprefix(ATTACHMENTS) for n in listed if n.startswith(ATTACHMENTS))
    if not set(archive.attachments).issuperset(attachments):
        raise refusal(FORWARDED_WRONG)
    return VerifiedBundle(
        manifest=manifest,
        manifest_bytes=signed,
        signature=_signature(signature, signed, certificate),
        digest=manifest_digest(signed),
        certificate=certificate,
        trust=trust,
        statements=_forwarded_lines(archive.read(folder + STATEMENTS), manifest),
        receipts=(),
        attachments=attachments,
        forwarded=(),
        _archive=archive,
        token=_VERIFIED,
    )


def _forwarded_lines(content: bytes, manifest: Manifest) -> tuple[bytes, ...]:
    """Return the statements of a bundle that is handed on, which are the ones that were signed."""
    member = next((member for member in manifest.members if member.name == STATEMENTS), None)
    digest = hashlib.sha256(content).hexdigest()
    if member is None or (member.size, member.sha256) != (len(content), digest):
        raise refusal(FORWARDED_WRONG)
    lines = _lines(content)
    if manifest.counts.statements != len(lines):
        raise refusal(COUNTS)
    return lines


def _signature(content: bytes, signed: bytes, signer: SignedCertificate) -> str:
    try:
        text = content.decode("ascii")
        signature = bytes.fromhex(text)
    except ValueError as error:
        raise refusal(SIGNATURE_WRONG) from error
    same = signature.hex() == text
    if not same or not signature_fits(
        signer.certificate.signing_key, signing_bytes(SIGNED_AS, signed), signature
    ):
        raise refusal(SIGNATURE_WRONG)
    return text


def _content(archive: Archive, manifest: Manifest) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    """Return statements and receipts after comparing every member with the signed list.

    Attachments are inflated one by one and let go again, so that only the sealed part stays in
    memory.
    """
    if {member.name for member in manifest.members} != archive.entries.keys() - _UNLISTED:
        raise refusal(MEMBERS)
    lines: dict[str, tuple[bytes, ...]] = {}
    for member in manifest.members:
        content = archive.read(member.name)
        digest = hashlib.sha256(content).hexdigest()
        if (len(content), digest) != (member.size, member.sha256):
            raise refusal(DAMAGED)
        if member.name in (STATEMENTS, RECEIPTS):
            lines[member.name] = _lines(content)
        elif member.name.startswith(ATTACHMENTS) and member.name != ATTACHMENTS + digest:
            raise refusal(DAMAGED)
    statements, receipts = lines[STATEMENTS], lines[RECEIPTS]
    if manifest.counts != Counts(len(statements), len(receipts), len(archive.attachments)):
        raise refusal(COUNTS)
    return statements, receipts


def _lines(content: bytes) -> tuple[bytes, ...]:
    lines = content.split(b"\n")
    if lines.pop() or not all(lines):
        raise refusal(LINES)
    return tuple(lines)
