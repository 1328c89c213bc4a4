"""Writing a bundle: packed, signed, sealed for the receiving office, and put on the stick."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop.bundles.archive import (
    ATTACHMENTS,
    CERTIFICATE,
    FORWARDED,
    MANIFEST,
    RECEIPTS,
    SIGNATURE,
    STATEMENTS,
    TRUST,
    Packer,
    TooLargeToPack,
)
from desktop.bundles.canonical import canonical_bytes
from desktop.bundles.certificates import Certificate, SignedCertificate, Trust
from desktop.bundles.header import claims_of, header_bytes
from desktop.bundles.keys import SeatKeys
from desktop.bundles.manifest import Counts, Manifest, Member, manifest_bytes, manifest_digest
from desktop.bundles.refusals import TOO_LARGE_TO_SEND, refusal
from desktop.bundles.sealing import seal
from desktop.bundles.signed_texts import signing_bytes
from desktop.errors import AttachmentDamaged, FileNotWritten, NotEnrolled
from desktop.files import explain_write_error, safe_name, write_durably

SIGNED_AS = "manifest"
EXTENSION = ".jice"
_OFFICE_LETTERS, _ROUND_LETTERS = 20, 40  # with both cut, a name fits into 255 bytes of UTF-8
_MOST_NAMES = 100


@dataclass(frozen=True, slots=True)
class Forwarded:
    """A bundle that came from elsewhere and is handed on, with what its own seat signed.

    Attributes:
        manifest: as it was signed.
        signature: hex, over the manifest.
        statements: lines without their ends, exactly those of that bundle.
        attachments: SHA-256 in hex; the bundle that carries it has them among its own.
    """

    bundle_id: str
    manifest: bytes
    signature: str
    statements: Sequence[bytes]
    attachments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BundleDraft:
    """What is to be sent.

    Attributes:
        number: the place in the stream from this seat to ``to_office``, from 1.
        previous: digest of the manifest before it in that stream; "" for number 1.
        created: ISO date and time with offset.
        statements: lines without their ends.
        receipts: lines without their ends.
        attachments: by SHA-256 in hex, the content or the file that holds it.
        forwarded: bundles of other seats that travel along.
    """

    bundle_id: str
    to_office: str
    round_id: str
    round_name: str
    number: int
    previous: str
    created: str
    statements: Sequence[bytes] = ()
    receipts: Sequence[bytes] = ()
    attachments: Mapping[str, bytes | Path] = field(default_factory=dict)
    forwarded: Sequence[Forwarded] = ()


@dataclass(frozen=True, slots=True)
class SealedBundle:
    """A bundle ready to be written; ``digest`` is what the next one of the stream names."""

    manifest: Manifest
    manifest_bytes: bytes
    digest: str
    file_name: str
    data: bytes = field(repr=False)


def seal_bundle(
    draft: BundleDraft,
    keys: SeatKeys,
    certificate: SignedCertificate,
    trust: Trust,
    recipients: Sequence[str],
) -> SealedBundle:
    """Return ``draft`` signed with ``keys`` and sealed for ``recipients``.

    Raises:
        NotEnrolled: there is no recipient.
        BundleTooLarge: no reader would accept so much.
        AttachmentDamaged: an attachment is missing or is not what its digest says.
        ValueError: the certificate is not for these keys, or a field or line of the draft is not
            what the format demands; a bug of the caller.
    """
    sender = certificate.certificate
    if sender.signing_key != keys.public.signing:
        raise ValueError("the certificate is for other keys")
    _require_recipients(recipients)
    packer = Packer()
    try:
        members = tuple(_pack_content(packer, draft, certificate, trust))
        manifest = _manifest(draft, sender, members)
        signed = manifest_bytes(manifest)
        packer.add(MANIFEST, signed)
        packer.add(SIGNATURE, keys.sign(signing_bytes(SIGNED_AS, signed)).hex().encode())
    except TooLargeToPack as error:
        raise refusal(TOO_LARGE_TO_SEND) from error
    payload = seal(packer.finish(), recipients)
    claims = claims_of(manifest, len(payload), hashlib.sha256(payload).hexdigest())
    return SealedBundle(
        manifest=manifest,
        manifest_bytes=signed,
        digest=manifest_digest(signed),
        file_name=bundle_file_name(manifest, sender.office_name),
        data=header_bytes(claims) + payload,
    )


def bundle_file_name(manifest: Manifest, office_name: str) -> str:
    """Return ``<学校代码>-<院部>-<批次>-第<n>号.jice`` as a name that every stick accepts."""
    office, round_name = office_name[:_OFFICE_LETTERS], manifest.round_name[:_ROUND_LETTERS]
    parts = (manifest.school_code, office, round_name, f"第{manifest.number}号")
    return safe_name("-".join(parts)) + EXTENSION


def write_bundle(sealed: SealedBundle, folder: Path) -> Path:
    """Write the bundle into ``folder``; see ``write_beside``."""
    return write_beside(sealed.file_name, sealed.data, folder)


def write_beside(file_name: str, data: bytes, folder: Path) -> Path:
    """Write a bundle's file into ``folder``, whole or not at all, and return its path.

    A file that stands there already is never replaced: the same bundle is left as it is, and
    beside another one the new one gets a number in brackets.

    Raises:
        TargetMissing, TargetFull, TargetReadOnly, TargetInUse, FileNotWritten
    """
    name = Path(file_name)
    for copy in range(1, _MOST_NAMES):
        suffix = f"（{copy}）" if copy > 1 else ""
        path = folder / f"{name.stem}{suffix}{name.suffix}"
        try:
            taken = path.exists()
            same = taken and _same_content(path, data)
        except OSError as error:
            raise explain_write_error(path, error) from error
        if not taken:
            write_durably(path, data)
        if same or not taken:
            return path
    raise FileNotWritten(
        f"“{folder}”里同名的报送包太多，没有写入。", "请清理这个文件夹或换一个文件夹，再导出一次。"
    )


def _require_recipients(recipients: Sequence[str]) -> None:
    if not recipients:
        raise NotEnrolled(
            "接收部门还没有可用的席位，报送包没有导出。",
            "请先让接收部门完成加入手续，或读取一份学籍科最新的报送包，再导出。",
        )


def _pack_content(
    packer: Packer, draft: BundleDraft, certificate: SignedCertificate, trust: Trust
) -> list[Member]:
    """Pack everything but the manifest and its signature, and return the list of it."""
    known = {
        "certificates": [signed.text for signed in trust.certificates],
        "revocations": [signed.text for signed in trust.revocations],
    }
    members = [
        _pack(packer, CERTIFICATE, certificate.text.encode()),
        _pack(packer, TRUST, canonical_bytes(known)),
        _pack(packer, STATEMENTS, _lines(draft.statements)),
        _pack(packer, RECEIPTS, _lines(draft.receipts)),
    ]
    for digest, source in sorted(draft.attachments.items()):
        member = _pack(packer, ATTACHMENTS + digest, _content(digest, source))
        if member.sha256 != digest:
            raise _attachment_damaged(digest)
        members.append(member)
    for bundle in draft.forwarded:
        folder = f"{FORWARDED}{bundle.bundle_id}/"
        members += [
            _pack(packer, folder + MANIFEST, bundle.manifest),
            _pack(packer, folder + SIGNATURE, bundle.signature.encode()),
            _pack(packer, folder + STATEMENTS, _lines(bundle.statements)),
        ]
    return sorted(members, key=lambda member: member.name)


def _pack(packer: Packer, name: str, content: bytes) -> Member:
    packer.add(name, content)
    return Member(name, len(content), hashlib.sha256(content).hexdigest())


def _lines(lines: Sequence[bytes]) -> bytes:
    if any(not line or b"\n" in line for line in lines):
        raise ValueError("a line is empty or has an end inside")
    return b"".join(line + b"\n" for line in lines)


def _content(digest: str, source: bytes | Path) -> bytes:
    if isinstance(source, bytes):
        return source
    try:
        return source.read_bytes()
    except OSError as error:
        raise _attachment_damaged(digest) from error


def _attachment_damaged(digest: str) -> AttachmentDamaged:
    return AttachmentDamaged(
        f"要报送的一个附件（编号{digest[:8]}）丢失或内容已经改变，报送包没有导出。",
        "请重新添加这个附件，再导出一次。",
    )


def _manifest(draft: BundleDraft, sender: Certificate, members: tuple[Member, ...]) -> Manifest:
    return Manifest(
        bundle_id=draft.bundle_id,
        school_code=sender.school_code,
        from_office=sender.office_id,
        from_seat=sender.seat_id,
        certificate_serial=sender.serial,
        to_office=draft.to_office,
        round_id=draft.round_id,
        round_name=draft.round_name,
        training=sender.training,
        number=draft.number,
        previous=draft.previous,
        created=draft.created,
        counts=Counts(len(draft.statements), len(draft.receipts), len(draft.attachments)),
        members=members,
    )


def _same_content(path: Path, data: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data
