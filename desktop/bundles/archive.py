"""The ZIP inside a bundle: written in one way, and read only if written in that way.

Ordinary ZIP readers are forgiving: they skip what they do not know, believe one of two headers
that contradict each other, and inflate first and count afterwards. This one accepts exactly what
its writer produces, so that no byte can hide and nothing is inflated beyond what it declared.
"""

import re
import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from desktop.bundles.refusals import CONTENT_TOO_LARGE, DAMAGED, MEMBERS, refusal

LARGEST_TOTAL = 512 * 2**20
MOST_MEMBERS = 20_000
LARGEST_RATIO = 200
_RATIO_FREE = 64 * 1024  # small files may be as repetitive as they like

MANIFEST = "manifest.json"
SIGNATURE = "manifest.sig"
CERTIFICATE = "certificate.json"
TRUST = "trust.json"
STATEMENTS = "statements.jsonl"
RECEIPTS = "receipts.jsonl"
ATTACHMENTS = "attachments/"
FORWARDED = "forwarded/"
FORWARDED_PARTS = (MANIFEST, SIGNATURE, STATEMENTS)
REQUIRED = frozenset({MANIFEST, SIGNATURE, CERTIFICATE, TRUST, STATEMENTS, RECEIPTS})
_ATTACHMENT = re.compile(re.escape(ATTACHMENTS) + "[0-9a-f]{64}")
_FORWARDED = re.compile(
    re.escape(FORWARDED) + "([0-9a-f-]{36})/(?:" + "|".join(map(re.escape, FORWARDED_PARTS)) + ")"
)

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_LOCAL_MARK, _CENTRAL_MARK, _END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_VERSION = 20
_UNIX = 3 << 8
_DEFLATED = 8
_MIDNIGHT, _FIRST_OF_1980 = 0, 0x21  # one date for all, so that equal content is equal bytes
_PLAIN_FILE = 0o100600 << 16
_FILE_TYPES = {0, 0o100000}  # unknown, and plain file; links, devices and folders are others
_FOLDER_BIT = 0x10
_BEST_RATIO_LEVEL, _STORED_LEVEL = 6, 0


class TooLargeToPack(ValueError):
    """The members are more or larger than a reader accepts."""


class Packer:
    """Writes an archive, member by member."""

    __slots__ = ("_central", "_data", "_members", "_total")

    def __init__(self) -> None:
        self._data = bytearray()
        self._central = bytearray()
        self._members = 0
        self._total = 0

    def add(self, name: str, content: bytes) -> None:
        """Add a member.

        Raises:
            TooLargeToPack: no reader would accept it.
        """
        self._members += 1
        self._total += len(content)
        if self._members > MOST_MEMBERS or self._total > LARGEST_TOTAL:
            raise TooLargeToPack(name)
        deflated = _deflate(content, _BEST_RATIO_LEVEL)
        if _suspicious(len(content), len(deflated)):
            deflated = _deflate(content, _STORED_LEVEL)
        raw_name = name.encode("ascii")
        shared = (_VERSION, 0, _DEFLATED, _MIDNIGHT, _FIRST_OF_1980, zlib.crc32(content))
        sizes = (len(deflated), len(content), len(raw_name), 0)
        self._central += _CENTRAL.pack(
            _CENTRAL_MARK, _VERSION | _UNIX, *shared, *sizes, 0, 0, 0, _PLAIN_FILE, len(self._data)
        )
        self._central += raw_name
        self._data += _LOCAL.pack(_LOCAL_MARK, *shared, *sizes) + raw_name
        self._data += deflated

    def finish(self) -> bytes:
        """Return the archive; the packer is used up."""
        end = _END.pack(
            _END_MARK, 0, 0, self._members, self._members, len(self._central), len(self._data), 0
        )
        self._data += self._central
        self._data += end
        return bytes(self._data)


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a member's deflated bytes lie, and how long it says to be."""

    start: int
    deflated: int
    size: int


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive whose structure and limits were checked; its members' contents were not."""

    entries: dict[str, Entry]
    _data: memoryview = field(repr=False, compare=False)

    @property
    def attachments(self) -> tuple[str, ...]:
        """The digests by which the attachments are named, in order."""
        found = (name for name in self.entries if name.startswith(ATTACHMENTS))
        return tuple(sorted(name.removeprefix(ATTACHMENTS) for name in found))

    @property
    def forwarded(self) -> tuple[str, ...]:
        """The ids of the bundles that are handed on, in order."""
        found = map(_FORWARDED.fullmatch, self.entries)
        return tuple(sorted({match[1] for match in found if match}))

    def read(self, name: str, *, longest: int = LARGEST_TOTAL) -> bytes:
        """Return a member's content.

        Raises:
            BundleTooLarge: it declares more than ``longest`` bytes.
            BundleDamaged: it does not inflate to exactly the size that it declares.
        """
        entry = self.entries[name]
        if entry.size > longest:
            raise refusal(CONTENT_TOO_LARGE)
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            content = inflater.decompress(
                self._data[entry.start : entry.start + entry.deflated], entry.size + 1
            )
        except zlib.error as error:
            raise refusal(DAMAGED) from error
        if len(content) != entry.size or not inflater.eof or inflater.unused_data:
            raise refusal(DAMAGED)
        return content


def read_archive(data: bytes | memoryview) -> Archive:
    """Return the archive that fills ``data`` from its first to its last byte.

    Nothing is inflated yet.

    Raises:
        BundleDamaged: it is no archive, or bytes lie outside its members.
        BundleMembers: a name is not allowed, doubled or missing, or a member is no plain file.
        BundleTooLarge: members, sizes or ratios are beyond the limits.
    """
    view = memoryview(data)
    try:
        entries = _entries(view)
    except struct.error as error:
        raise refusal(DAMAGED) from error
    archive = Archive(entries, view)
    parts = {f"{FORWARDED}{id_}/{part}" for id_ in archive.forwarded for part in FORWARDED_PARTS}
    if not entries.keys() >= REQUIRED | parts:
        raise refusal(MEMBERS)
    return archive


def _entries(view: memoryview) -> dict[str, Entry]:
    end = len(view) - _END.size
    if end < 0:
        raise refusal(DAMAGED)
    mark, disk, first, here, count, length, start, comment = _END.unpack_from(view, end)
    if (mark, disk, first, here, comment) != (_END_MARK, 0, 0, count, 0) or start + length != end:
        raise refusal(DAMAGED)
    if count > MOST_MEMBERS:
        raise refusal(CONTENT_TOO_LARGE)
    directory = list(_directory(view, start, count))
    if sum(line.length for line in directory) != length:
        raise refusal(DAMAGED)
    _require_limits(directory)
    entries: dict[str, Entry] = {}
    position = 0
    for line in directory:
        entry = _entry(view, line, position)
        if entries.setdefault(line.name, entry) is not entry:
            raise refusal(MEMBERS)
        position = entry.start + entry.deflated
    if position != start:
        raise refusal(DAMAGED)
    return entries


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the directory; ``local`` is the local header that must go with it."""

    name: str
    length: int
    offset: int
    deflated: int
    size: int
    local: bytes
    plain: bool


def _directory(view: memoryview, position: int, count: int) -> Iterable[_Line]:
    for _ in range(count):
        mark, _, *shared, extra, comment, disk, _, attributes, offset = _CENTRAL.unpack_from(
            view, position
        )
        version, flags, method, time, day, checksum, deflated, size, name_length = shared
        raw_name = bytes(view[position + _CENTRAL.size : position + _CENTRAL.size + name_length])
        local = _LOCAL.pack(
            _LOCAL_MARK, version, flags, method, time, day, checksum, deflated, size, name_length, 0
        )
        if mark != _CENTRAL_MARK:
            raise refusal(DAMAGED)
        yield _Line(
            name=raw_name.decode("ascii", "replace"),
            length=_CENTRAL.size + name_length + extra + comment,
            offset=offset,
            deflated=deflated,
            size=size,
            local=local + raw_name,
            plain=not (flags or extra or comment or disk)
            and method == _DEFLATED
            and _is_plain_file(attributes),
        )
        position += _CENTRAL.size + name_length + extra + comment


def _is_plain_file(attributes: int) -> bool:
    return (attributes >> 16) & 0o170000 in _FILE_TYPES and not attributes & _FOLDER_BIT


def _require_limits(directory: Iterable[_Line]) -> None:
    """Refuse by what is declared, before anything is inflated."""
    total = 0
    for line in directory:
        total += line.size
        if total > LARGEST_TOTAL or _suspicious(line.size, line.deflated):
            raise refusal(CONTENT_TOO_LARGE)


def _entry(view: memoryview, line: _Line, position: int) -> Entry:
    """Return the member that ``line`` describes and that must begin at ``position``."""
    if not _may_be_called(line.name):
        raise refusal(MEMBERS)
    start = position + len(line.local)
    if not line.plain or line.offset != position or view[position:start] != line.local:
        raise refusal(MEMBERS)
    return Entry(start, line.deflated, line.size)


def _may_be_called(name: str) -> bool:
    return name in REQUIRED or bool(_ATTACHMENT.fullmatch(name) or _FORWARDED.fullmatch(name))


def _suspicious(size: int, deflated: int) -> bool:
    return size > _RATIO_FREE and size > LARGEST_RATIO * deflated


def _deflate(content: bytes, level: int) -> bytes:
    deflater = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return deflater.compress(content) + deflater.flush()
