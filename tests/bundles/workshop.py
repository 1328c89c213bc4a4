"""A small school, and a forge that makes bundles with exactly one thing wrong."""

import hashlib
import struct
import zlib
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path

from desktop.bundles.canonical import canonical_bytes
from desktop.bundles.certificates import (
    Certificate,
    Revocation,
    SignedCertificate,
    Trust,
    sign_certificate,
    sign_revocation,
)
from desktop.bundles.envelope import BundleDraft, SealedBundle, seal_bundle
from desktop.bundles.keys import SeatKeys
from desktop.bundles.sealing import seal
from desktop.bundles.signed_texts import signing_bytes
from desktop.bundles.verification import VerifiedBundle, verify_bundle
from desktop.domain.offices import OfficeKind

TODAY = date(2026, 9, 10)
CREATED = "2026-09-09T10:00:00+08:00"
SCHOOL = "10001"
STATEMENTS = tuple(b'{"id":%d,"name":"\xe5\xbc\xa0\xe4\xb8\x89"}' % n for n in range(1, 6))
RECEIPTS = (b'{"bundle":"b0"}',)
PHOTO = b"\x89PNG and so on" * 50
PHOTO_DIGEST = hashlib.sha256(PHOTO).hexdigest()


@dataclass(frozen=True, slots=True)
class Desk:
    """A seat with its keys and certificate."""

    keys: SeatKeys
    signed: SignedCertificate


@dataclass(frozen=True, slots=True)
class School:
    """A root seat at the registrar's and two colleges."""

    root: Desk
    college: Desk
    other_college: Desk
    trust: Trust


def certificate(keys: SeatKeys, seat: str, office: str, kind: OfficeKind) -> Certificate:
    return Certificate(
        school_code=SCHOOL,
        serial=f"C{seat}",
        seat_id=seat,
        seat_name=f"电脑{seat}",
        office_id=office,
        office_kind=kind,
        office_name=f"部门{office}",
        signing_key=keys.public.signing,
        recipient=keys.public.recipient,
        valid_from="2026-01-01",
        valid_until="2029-12-31",
        training=False,
    )


@cache
def school() -> School:
    """Return one school for all tests; it is frozen."""
    root_keys = SeatKeys.generate()

    def desk(keys: SeatKeys, seat: str, office: str, kind: OfficeKind) -> Desk:
        return Desk(keys, sign_certificate(root_keys, certificate(keys, seat, office, kind)))

    root = desk(root_keys, "001", "registrar", OfficeKind.REGISTRAR)
    college = desk(SeatKeys.generate(), "002", "college-01", OfficeKind.COLLEGE)
    other = desk(SeatKeys.generate(), "003", "college-02", OfficeKind.COLLEGE)
    trust = Trust(SCHOOL, root_keys.public.signing, training=False)
    return School(root, college, other, trust.learn([root.signed.text, other.signed.text]))


def revocation(seat: str, *last_numbers: tuple[str, int]) -> Revocation:
    return Revocation(SCHOOL, seat, f"C{seat}", last_numbers, "电脑丢失", "2026-09-08")


def revoke(seat: str, *last_numbers: tuple[str, int]) -> str:
    """Return the root's signed word that the seat's bundles no longer count."""
    return sign_revocation(school().root.keys, revocation(seat, *last_numbers)).text


def draft(**changes: object) -> BundleDraft:
    plain = BundleDraft(
        bundle_id="b1",
        to_office="registrar",
        round_id="r1",
        round_name="2026级新生学籍注册",
        number=1,
        previous="",
        created=CREATED,
        statements=STATEMENTS,
        receipts=RECEIPTS,
        attachments={PHOTO_DIGEST: PHOTO},
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # tests name the fields


def sealed(**changes: object) -> SealedBundle:
    """Return a good bundle from the college to the registrar."""
    here = school()
    recipients = [here.root.keys.public.recipient]
    return seal_bundle(
        draft(**changes), here.college.keys, here.college.signed, here.trust, recipients
    )


def verify(path: Path, trust: Trust | None = None, today: date = TODAY) -> VerifiedBundle:
    """Read a bundle at the registrar's."""
    here = school()
    return verify_bundle(
        path,
        here.root.keys,
        trust or here.trust,
        own_office="registrar",
        own_seat="001",
        today=today,
    )


@dataclass(slots=True)
class Entry:
    """A member as the forge writes it; whatever is changed here is wrong in the file."""

    name: bytes
    content: bytes
    flags: int = 0
    method: int = 8
    attributes: int = 0o100600 << 16
    declared: int | None = None
    local_name: bytes | None = None
    extra: bytes = b""
    before: bytes = b""
    tail: bytes = b""


def zip_bytes(entries: list[Entry], *, prefix: bytes = b"", comment: bytes = b"") -> bytes:
    """Write entries as a ZIP, right or wrong, as they say."""
    data, central = bytearray(prefix), bytearray()
    for entry in entries:
        data += entry.before
        deflater = zlib.compressobj(6, zlib.DEFLATED, -15)
        deflated = deflater.compress(entry.content) + deflater.flush() + entry.tail
        size = len(entry.content) if entry.declared is None else entry.declared
        common = struct.pack("<5H", 20, entry.flags, entry.method, 0, 0x21)
        common += struct.pack("<3I", zlib.crc32(entry.content), len(deflated), size)
        central += b"PK\x01\x02\x14\x03" + common
        central += struct.pack("<2H", len(entry.name), len(entry.extra)) + bytes(6)
        central += struct.pack("<2I", entry.attributes, len(data)) + entry.name + entry.extra
        name = entry.name if entry.local_name is None else entry.local_name
        data += b"PK\x03\x04" + common + struct.pack("<2H", len(name), len(entry.extra))
        data += name + entry.extra + deflated
    end = struct.pack("<2I", len(central), len(data))
    count = struct.pack("<2H", len(entries), len(entries))
    comment = struct.pack("<H", len(comment)) + comment
    return bytes(data + central) + b"PK\x05\x06" + bytes(4) + count + end + comment


def _same(data: bytes) -> bytes:
    return data


@dataclass(slots=True)
class Forge:
    """A good bundle in pieces. Spoil one, and ``build`` puts the rest together rightly."""

    content: dict[str, bytes]
    manifest: dict[str, object]
    signer: SeatKeys
    recipients: list[str]
    listed: bool = False
    edit_manifest: Callable[[bytes], bytes] = _same
    edit_signed_manifest: Callable[[bytes], bytes] = _same
    edit_signature: Callable[[bytes], bytes] = _same
    edit_entries: Callable[[list[Entry]], list[Entry]] | None = None
    edit_zip: Callable[[bytes], bytes] = _same
    edit_payload: Callable[[bytes], bytes] = _same
    edit_file: Callable[[bytes], bytes] = _same
    zip_options: dict[str, bytes] = field(default_factory=dict)
    claims: dict[str, object] = field(default_factory=dict)
    magic: bytes = b"JICE-BUNDLE 1 "

    def relist(self) -> None:
        """Fix the list of members, so that later changes of the content do not show in it."""
        self.manifest["members"] = [
            {"name": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in sorted(self.content.items())
        ]
        self.listed = True

    def build(self) -> bytes:
        """Return the bundle's file."""
        if not self.listed:
            self.relist()
        signed = self.edit_manifest(canonical_bytes(self.manifest))
        signature = self.signer.sign(signing_bytes("manifest", signed)).hex().encode()
        files = {
            **self.content,
            "manifest.json": self.edit_signed_manifest(signed),
            "manifest.sig": self.edit_signature(signature),
        }
        entries = [Entry(name.encode(), data) for name, data in files.items()]
        if self.edit_entries:
            entries = self.edit_entries(entries)
        plain = self.edit_zip(zip_bytes(entries, **self.zip_options))
        payload = self.edit_payload(seal(plain, self.recipients))
        return self.edit_file(self._header(payload) + payload)

    def _header(self, payload: bytes) -> bytes:
        names = (
            *("bundle_id", "school_code", "from_office", "from_seat", "to_office"),
            *("round_id", "round_name", "number", "training", "created"),
        )
        claims = {name: self.manifest.get(name) for name in names}
        claims |= {"length": len(payload), "sha256": hashlib.sha256(payload).hexdigest()}
        return self.magic + canonical_bytes(claims | self.claims) + b"\n"


def forge() -> Forge:
    """Return a good bundle in pieces, the same as ``sealed()`` makes."""
    here = school()
    bundle = sealed()
    known = {
        "certificates": [signed.text for signed in here.trust.certificates],
        "revocations": [],
    }
    content = {
        "certificate.json": here.college.signed.text.encode(),
        "trust.json": canonical_bytes(known),
        "statements.jsonl": b"".join(line + b"\n" for line in STATEMENTS),
        "receipts.jsonl": b"".join(line + b"\n" for line in RECEIPTS),
        f"attachments/{PHOTO_DIGEST}": PHOTO,
    }
    manifest = {"format": 1} | asdict(bundle.manifest)
    return Forge(content, manifest, here.college.keys, [here.root.keys.public.recipient])
