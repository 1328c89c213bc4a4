"""What python-calamine does not tell of an .xls file: error cells, hidden rows and columns.

The file is a container of streams; that of the workbook is a row of records, of which the few that
matter here are looked at. What is damaged was refused by the library before.
"""

import struct
from collections.abc import Iterator

from desktop.interchange.sheet_facts import SheetFacts

ERROR_TEXTS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_STREAMS = ("Workbook", "Book")
_ROOT = "Root Entry"
_SECTORS = {9: 512, 12: 4096}
_ENTRY = 128
_NO_SECTOR = 0xFFFFFFFA  # this and above are no sectors but marks
_SMALL_SECTOR = 64
_SHEET, BEGIN, _END, _ERROR, _FORMULA = 0x85, 0x809, 0x0A, 0x205, 0x06
_OLD_BEGIN = (0x09, 0x209, 0x409)
_ROW, _COLUMNS = 0x208, 0x7D
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x20, 0x01
_MOST_COLUMNS = 256
_IS_ERROR = b"\xff\xff"
_WIDE_NAMES = 0x0600  # of the version from which names have two kinds of letters


def xls_sheets(data: bytes) -> dict[str, SheetFacts]:
    """Return what is known of every sheet, by name; nothing where it can not tell.

    It can not where the container is not what it should be, which programs read in their own ways.
    """
    try:
        stream = workbook_stream(data)
        return {name: _facts(stream, start) for name, start in _sheets(stream)}
    except (ValueError, IndexError, KeyError, struct.error):
        return {}


def workbook_stream(data: bytes) -> bytes:
    """Return the stream of the workbook from its container."""
    size = _SECTORS[struct.unpack_from("<H", data, 30)[0]]
    first_directory, _, cutoff, first_small = struct.unpack_from("<IIII", data, 48)
    chain = _chains(data, size)
    entries = _join(data, size, chain, first_directory)
    streams: dict[str, tuple[int, int]] = {}
    for start in range(0, len(entries) - _ENTRY + 1, _ENTRY):
        length = int.from_bytes(entries[start + 64 : start + 66], "little")
        name = entries[start : start + max(length - 2, 0)].decode("utf-16-le", "replace")
        streams[name] = struct.unpack_from("<II", entries, start + 116)
    first, length = streams[next((name for name in _STREAMS if name in streams), "")]
    if length >= cutoff:
        return _join(data, size, chain, first)[:length]
    small = _join(data, size, chain, streams[_ROOT][0])
    table = _join(data, size, chain, first_small)
    small_chain = struct.unpack(f"<{len(table) // 4}I", table)
    return _join(small, _SMALL_SECTOR, small_chain, first, before=0)[:length]


def _chains(data: bytes, size: int) -> tuple[int, ...]:
    """Return which sector follows each sector."""
    listed = list(struct.unpack_from("<109I", data, 76))
    more, count = struct.unpack_from("<II", data, 68)
    for _ in range(min(count, len(data) // size)):
        if more >= _NO_SECTOR:
            break
        if len(listed) > len(data) // size:
            raise ValueError("more tables than sectors")
        sector = struct.unpack_from(f"<{size // 4}I", data, (more + 1) * size)
        listed += sector[:-1]
        more = sector[-1]
    chain: list[int] = []
    needed = len(data) // size // (size // 4) + 1
    for sector_number in listed[:needed]:
        if sector_number < _NO_SECTOR:
            chain += struct.unpack_from(f"<{size // 4}I", data, (sector_number + 1) * size)
    return tuple(chain)


def _join(data: bytes, size: int, chain: tuple[int, ...], first: int, before: int = 1) -> bytes:
    """Return the sectors of a chain; one that goes in circles is broken off."""
    parts: list[bytes] = []
    sector = first
    while sector < _NO_SECTOR and len(parts) <= len(chain):
        start = (sector + before) * size
        parts.append(data[start : start + size])
        sector = chain[sector]
    return b"".join(parts)


def records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records from a place on."""
    while start + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, start)
        yield kind, stream[start + 4 : start + 4 + length]
        start += 4 + length


def _sheets(stream: bytes) -> Iterator[tuple[str, int]]:
    """Yield the name of every sheet, and where its records begin."""
    wide = False
    for kind, content in records(stream, 0):
        if kind == BEGIN:
            wide = struct.unpack_from("<H", content)[0] >= _WIDE_NAMES
        elif kind == _SHEET:
            yield _name(content[6:], wide=wide), struct.unpack_from("<I", content)[0]
        elif kind == _END:
            return


def _name(content: bytes, *, wide: bool) -> str:
    length = content[0]
    if not wide:
        return content[1 : 1 + length].decode("gb18030", "replace")
    if content[1] & 1:
        return content[2 : 2 + 2 * length].decode("utf-16-le", "replace")
    return content[2 : 2 + length].decode("latin-1")


def _facts(stream: bytes, start: int) -> SheetFacts:
    """Return what the records that begin there say of their sheet."""
    facts = SheetFacts()
    depth = 0
    for kind, content in records(stream, start):
        if kind == BEGIN or kind in _OLD_BEGIN:
            depth += 1
        elif kind == _END:
            depth -= 1
            if depth <= 0:
                break
        elif depth == 1:
            _take(facts, kind, content)
    return facts


def _take(facts: SheetFacts, kind: int, content: bytes) -> None:
    """Note what one record says."""
    if (code := _error_code(kind, content)) is not None:
        row, column = struct.unpack_from("<HH", content)
        facts.errors[row, column] = ERROR_TEXTS.get(code, "#N/A")
    elif kind == _ROW and len(content) >= 14 and content[12] & _HIDDEN_ROW:  # noqa: PLR2004
        facts.hide_rows(struct.unpack_from("<H", content)[0], 1)
    elif kind == _COLUMNS and len(content) >= 9 and content[8] & _HIDDEN_COLUMN:  # noqa: PLR2004
        first, last = struct.unpack_from("<HH", content)
        facts.hide_columns(first, min(last + 1, _MOST_COLUMNS) - first)


def _error_code(kind: int, content: bytes) -> int | None:
    if kind == _ERROR and len(content) >= 8 and content[7]:  # noqa: PLR2004 - it is no truth
        return content[6]
    if kind == _FORMULA and content[12:14] == _IS_ERROR and content[6] == 2:  # noqa: PLR2004
        return content[8]
    return None
