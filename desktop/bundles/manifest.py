"""The manifest: what a bundle is, where it stands in its stream, and the list of its members."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime

from desktop.bundles.canonical import Fields, Malformed, canonical_bytes, read_canonical
from desktop.bundles.refusals import DAMAGED, NEWER, refusal

FORMAT = 1
DIGEST_DIGITS = 64


@dataclass(frozen=True, slots=True)
class Member:
    """One file inside the bundle; ``size`` in bytes, ``sha256`` in hex."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the bundle says that it holds."""

    statements: int
    receipts: int
    attachments: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the sender signs.

    Attributes:
        number: the bundle's place in the stream from this seat to this office, from 1.
        previous: digest of the manifest before it in the stream; "" for number 1.
        created: ISO date and time with offset.
        members: every file of the bundle except the manifest and its signature, by name.
    """

    bundle_id: str
    school_code: str
    from_office: str
    from_seat: str
    certificate_serial: str
    to_office: str
    round_id: str
    round_name: str
    training: bool
    number: int
    previous: str
    created: str
    counts: Counts
    members: tuple[Member, ...]

    @property
    def created_on(self) -> date:
        """The day on which it was made, by the sender's clock and offset."""
        return datetime.fromisoformat(self.created).date()


def manifest_bytes(manifest: Manifest) -> bytes:
    """Return the one spelling of ``manifest``, which is what is signed and stored.

    Raises:
        ValueError: a field is not what the format demands, so that nobody could read it back.
    """
    data = canonical_bytes({"format": FORMAT} | asdict(manifest))
    _manifest(read_canonical(data))
    return data


def manifest_digest(data: bytes) -> str:
    """Return the digest (hex) by which the next bundle of the stream names this one."""
    return hashlib.sha256(data).hexdigest()


def read_manifest(data: bytes) -> Manifest:
    """Return the manifest that is spelled in ``data``.

    Raises:
        BundleNewer: its format is of a later version of the program.
        BundleDamaged: it is no manifest.
    """
    try:
        body = read_canonical(data)
        version = Fields({"format": body.get("format")}).number("format", least=1)
        if version > FORMAT:
            raise refusal(NEWER)
        return _manifest(body)
    except Malformed as error:
        raise refusal(DAMAGED) from error


def _manifest(body: dict[str, object]) -> Manifest:
    read = Fields.of(body, {field.name for field in fields(Manifest)} | {"format"})
    manifest = Manifest(
        bundle_id=read.text("bundle_id"),
        school_code=read.text("school_code"),
        from_office=read.text("from_office"),
        from_seat=read.text("from_seat"),
        certificate_serial=read.text("certificate_serial"),
        to_office=read.text("to_office"),
        round_id=read.text("round_id", shortest=0),  # "": about no round in particular
        round_name=read.name("round_name"),
        training=read.flag("training"),
        number=read.number("number", least=1),
        previous=_previous(read),
        created=_moment(read),
        counts=_counts(read.values["counts"]),
        members=tuple(_member(value) for value in read.objects("members")),
    )
    _require_order(manifest.members)
    return manifest


def _previous(read: Fields) -> str:
    if read.number("number") == 1:
        return read.text("previous", shortest=0, longest=0)
    return read.hexadecimal("previous")


def _moment(read: Fields) -> str:
    text = read.text("created")
    try:
        moment = datetime.fromisoformat(text)
        same = moment.isoformat() == text
    except ValueError as error:
        raise Malformed("created") from error
    if moment.tzinfo is None or not same:
        raise Malformed("created")
    return text


def _counts(value: object) -> Counts:
    read = Fields.of(value, [field.name for field in fields(Counts)])
    return Counts(read.number("statements"), read.number("receipts"), read.number("attachments"))


def _member(value: object) -> Member:
    read = Fields.of(value, [field.name for field in fields(Member)])
    return Member(read.name("name"), read.number("size"), read.hexadecimal("sha256"))


def _require_order(members: Sequence[Member]) -> None:
    """One list has one order, and no name twice."""
    names = [member.name for member in members]
    if names != sorted(set(names)):
        raise Malformed("members")
