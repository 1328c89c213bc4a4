"""Files in formats that no library of the tests writes: .xls, .ods and .dbf, as small as can be."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

_SECTOR = 512
_END_OF_CHAIN, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_CODES = {"#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 15, "#REF!": 23, "#NAME?": 29, "#NUM!": 36}
_NOT_AVAILABLE = 42


@dataclass(frozen=True, slots=True)
class Failed:
    """A cell with an error: a constant, or what a formula came to."""

    shown: str
    formula: bool = True


Value = str | int | float | Failed
Sheets = Mapping[str, Sequence[Sequence[Value]]]
Merged = Sequence[tuple[int, int, int, int]]


def make_xls(sheets: Sheets, merges: Merged = (), *, hidden: frozenset[str] = frozenset()) -> bytes:
    """Return an .xls file; the merged cells are those of its first sheet."""
    bodies = [
        _sheet(rows, merges if place == 0 else ()) for place, rows in enumerate(sheets.values())
    ]
    names = list(sheets)
    head = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6))
    listing = sum(len(_listed(name, 0, hidden=False)) for name in names)
    start = len(head) + listing + len(_record(0x0A, b""))
    for name, body in zip(names, bodies, strict=True):
        head += _listed(name, start, hidden=name in hidden)
        start += len(body)
    return _container(head + _record(0x0A, b"") + b"".join(bodies))


def _listed(name: str, start: int, *, hidden: bool) -> bytes:
    content = struct.pack("<IBBBB", start, int(hidden), 0, len(name), 1)
    return _record(0x85, content + name.encode("utf-16-le"))


def _sheet(rows: Sequence[Sequence[Value]], merges: Merged) -> bytes:
    parts = [_record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6))]
    for row, values in enumerate(rows):
        parts += [_cell(row, column, value) for column, value in enumerate(values) if value != ""]
    if merges:
        ranges = b"".join(
            struct.pack("<4H", top, low, left, right) for top, left, low, right in merges
        )
        parts.append(_record(0xE5, struct.pack("<H", len(merges)) + ranges))
    parts.append(_record(0x0A, b""))
    return b"".join(parts)


def _cell(row: int, column: int, value: Value) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str):
        text = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
        return _record(0x204, place + text)
    if isinstance(value, Failed):
        code = _CODES.get(value.shown, _NOT_AVAILABLE)
        if not value.formula:
            return _record(0x205, place + bytes([code, 1]))
        came_to = struct.pack("<BBB3xH", 2, 0, code, 0xFFFF)
        return _record(
            0x06, place + came_to + struct.pack("<HIH", 0, 0, 2) + b"\x1c" + bytes([code])
        )
    return _record(0x203, place + struct.pack("<d", value))


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _container(stream: bytes) -> bytes:
    """Return a compound file with the stream of a workbook."""
    stream = stream.ljust(max(len(stream), 4096), b"\0")
    stream += bytes(-len(stream) % _SECTOR)
    count = len(stream) // _SECTOR
    tables = (count + 2) // (_SECTOR // 4 - 1) + 1
    chain = [_TABLE] * tables + [_END_OF_CHAIN]
    first = len(chain)
    chain += [*range(first + 1, first + count), _END_OF_CHAIN]
    chain += [_FREE] * (tables * (_SECTOR // 4) - len(chain))
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        *(0x3E, 3, 0xFFFE, 9, 6),
        *(0, tables, tables, 0, 4096, _END_OF_CHAIN, 0, _END_OF_CHAIN, 0),
    )
    header += struct.pack("<109I", *range(tables), *[_FREE] * (109 - tables))
    entries = [
        _entry("Root Entry", 5, 1, _END_OF_CHAIN, 0),
        _entry("Workbook", 2, _FREE, first, len(stream)),
        bytes(128),
        bytes(128),
    ]
    return header + struct.pack(f"<{len(chain)}I", *chain) + b"".join(entries) + stream


def _entry(name: str, kind: int, child: int, first: int, length: int) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    return (
        written.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(written), kind, 1, _FREE, _FREE, child)
        + bytes(36)
        + struct.pack("<III", first, length, 0)
    )


def make_dbf(
    fields: Sequence[tuple[str, str, int]],
    records: Sequence[Sequence[bytes]],
    version: int = 0x03,
    page: int = 0x4D,
) -> bytes:
    """Return a table with fields of any type (name, type, width) and the bytes of its records."""
    header_length = 33 + 32 * len(fields)
    record_length = 1 + sum(width for _, _, width in fields)
    start = struct.pack(
        "<4BIHH17xB2x", version, 126, 8, 20, len(records), header_length, record_length, page
    )
    descriptors = b"".join(
        struct.pack("<11sc4xBB14x", name.encode(), kind.encode(), width, 0)
        for name, kind, width in fields
    )
    body = b"".join(
        b" " + b"".join(v.ljust(f[2]) for v, f in zip(record, fields, strict=True))
        for record in records
    )
    return start + descriptors + b"\r" + body + b"\x1a"


def make_ods(sheets: Sheets, merges: Merged = ()) -> bytes:
    """Return an .ods file; the merged cells are those of its first sheet."""
    tables = "".join(
        _table(name, rows, merges if place == 0 else ())
        for place, (name, rows) in enumerate(sheets.items())
    )
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{kind}:1.0"'
        for prefix, kind in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    extension = (
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} {extension}>'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return written.getvalue()


def _table(name: str, rows: Sequence[Sequence[Value]], merges: Merged) -> str:
    spans = {(top, left): (low - top + 1, right - left + 1) for top, left, low, right in merges}
    covered = {
        (row, column)
        for top, left, low, right in merges
        for row in range(top, low + 1)
        for column in range(left, right + 1)
    } - set(spans)
    lines = []
    for row, values in enumerate(rows):
        cells = "".join(
            "<table:covered-table-cell/>"
            if (row, column) in covered
            else _ods_cell(value, spans.get((row, column), (1, 1)))
            for column, value in enumerate(values)
        )
        lines.append(f"<table:table-row>{cells}</table:table-row>")
    return f"<table:table table:name={quoteattr(name)}>{''.join(lines)}</table:table>"


def _ods_cell(value: Value, span: tuple[int, int]) -> str:
    spanned = ""
    if span != (1, 1):
        spanned = f' table:number-rows-spanned="{span[0]}" table:number-columns-spanned="{span[1]}"'
    if value == "":
        return f"<table:table-cell{spanned}/>"
    if isinstance(value, Failed):
        return (
            f'<table:table-cell{spanned} table:formula="of:=NA()" office:value-type="string" '
            f'office:string-value="" calcext:value-type="error"><text:p>{value.shown}</text:p>'
            "</table:table-cell>"
        )
    if isinstance(value, str):
        return (
            f'<table:table-cell{spanned} office:value-type="string" calcext:value-type="string">'
            f"<text:p>{escape(value)}</text:p></table:table-cell>"
        )
    return (
        f'<table:table-cell{spanned} office:value-type="float" office:value="{value}">'
        f"<text:p>{value}</text:p></table:table-cell>"
    )
