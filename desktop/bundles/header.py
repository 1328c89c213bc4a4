"""The first line of a bundle's file: what it claims to be, in plain text, believed by nobody.

It is there so that a cut, damaged, misdirected or newer file can be told apart without keys. What
it claims is compared with the signed manifest once that is open.
"""

import hashlib
import re
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import BinaryIO

from desktop.bundles.canonical import Fields, Malformed, canonical_bytes, read_canonical
from desktop.bundles.manifest import Manifest
from desktop.bundles.refusals import (
    DAMAGED,
    FILE_TOO_LARGE,
    LONGER,
    NEWER,
    NOT_A_BUNDLE,
    TRUNCATED,
    refusal,
)

FORMAT = 1
LARGEST_FILE = 528 * 2**20  # the largest content, and what sealing adds where nothing deflates
LONGEST_HEADER = 4096
MAGIC = b"JICE-BUNDLE "
_START = re.compile(re.escape(MAGIC) + rb"([1-9][0-9]{0,5}) ")
_CUT_START = re.compile(re.escape(MAGIC) + rb"[1-9][0-9]{0,5}")
_CHUNK = 2**20


@dataclass(frozen=True, slots=True)
class Claims:
    """What a bundle's file claims; ``length`` and ``sha256`` are those of its sealed part."""

    bundle_id: str
    school_code: str
    from_office: str
    from_seat: str
    to_office: str
    round_id: str
    round_name: str
    number: int
    training: bool
    created: str
    length: int
    sha256: str


def claims_of(manifest: Manifest, length: int, sha256: str) -> Claims:
    """Return what the file of ``manifest`` with this sealed part has to claim."""
    return Claims(
        bundle_id=manifest.bundle_id,
        school_code=manifest.school_code,
        from_office=manifest.from_office,
        from_seat=manifest.from_seat,
        to_office=manifest.to_office,
        round_id=manifest.round_id,
        round_name=manifest.round_name,
        number=manifest.number,
        training=manifest.training,
        created=manifest.created,
        length=length,
        sha256=sha256,
    )


def header_bytes(claims: Claims) -> bytes:
    """Return the first line of a bundle's file, with its end.

    Raises:
        ValueError: it is longer than a reader accepts.
    """
    line = MAGIC + f"{FORMAT} ".encode() + canonical_bytes(asdict(claims)) + b"\n"
    if len(line) > LONGEST_HEADER:
        raise ValueError("the header is too long")
    return line


def read_header(file: BinaryIO, name: str) -> Claims:
    """Return what ``file`` claims, and leave it where the sealed part begins.

    Raises:
        NotABundle, BundleNewer, BundleTruncated, BundleDamaged, BundleTooLarge
    """
    line = file.readline(LONGEST_HEADER)
    start = _START.match(line)
    if not start:
        cut = MAGIC.startswith(line) or _CUT_START.fullmatch(line)
        raise refusal(TRUNCATED if cut else NOT_A_BUNDLE, name=name)
    if int(start[1]) > FORMAT:
        raise refusal(NEWER)
    if not line.endswith(b"\n"):
        raise refusal(TRUNCATED if len(line) < LONGEST_HEADER else DAMAGED)
    try:
        return _claims(read_canonical(line[start.end() : -1]))
    except Malformed as error:
        raise refusal(DAMAGED) from error


def require_whole(file: BinaryIO, claims: Claims) -> None:
    """Make sure that the sealed part is as long and has the digest that the header claims.

    Raises:
        BundleTruncated, BundleDamaged, BundleTooLarge
    """
    start = file.tell()
    length = file.seek(0, 2) - start
    if max(length, claims.length) > LARGEST_FILE:
        raise refusal(FILE_TOO_LARGE)
    if length < claims.length:
        raise refusal(TRUNCATED)
    if length > claims.length:
        raise refusal(LONGER)
    file.seek(start)
    digest = hashlib.sha256()
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
    if digest.hexdigest() != claims.sha256:
        raise refusal(DAMAGED)
    file.seek(start)


def require_size(path: Path, *, largest: int = LARGEST_FILE) -> None:
    """Refuse a file by its size before a byte of it is read.

    Raises:
        BundleTooLarge: it is larger than any bundle may be.
    """
    if path.stat().st_size > largest:
        raise refusal(FILE_TOO_LARGE)


def _claims(body: dict[str, object]) -> Claims:
    read = Fields.of(body, [field.name for field in fields(Claims)])
    return Claims(
        bundle_id=read.text("bundle_id"),
        school_code=read.text("school_code"),
        from_office=read.text("from_office"),
        from_seat=read.text("from_seat"),
        to_office=read.text("to_office"),
        round_id=read.text("round_id", shortest=0),
        round_name=read.name("round_name"),
        number=read.number("number", least=1),
        training=read.flag("training"),
        created=read.text("created"),
        length=read.number("length"),
        sha256=read.hexadecimal("sha256"),
    )
