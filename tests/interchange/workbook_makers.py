"""Files in formats that no library of the tests writes, as small as can be."""

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


@dataclass(frozen=True, slots=True)
class Hidden:
    """What of the first sheet is hidden: rows and columns by index."""

    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()


NOTHING_HIDDEN = Hidden()


def make_xls(
    sheets: Sheets,
    merges: Merged = (),
    cut: Hidden = NOTHING_HIDDEN,
    *,
    hidden: frozenset[str] = frozenset(),
) -> bytes:
    """Return an .xls file; merged and hidden cells are those of its first sheet."""
    bodies = [
        _sheet(rows, merges if place == 0 else (), cut if place == 0 else NOTHING_HIDDEN)
        for place, rows in enumerate(sheets.values())
    ]
    names = list(sheets)
    head = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6))
    listing = sum(len(_listed(name, 0, hidden=False)) for name in names)
    start = len(head) + listing + len(_record(0x0A, b""))
    for name, body in zip(names, bodies, strict=True):
        head += _listed(name, start, hidden=name in hidden)
        start += len(body)
    return _container(head + _record(0x0A, b"") + b"".join(bodies))


def make_old_xls(
    sheets: Sheets, cut: Hidden = NOTHING_HIDDEN, *, page: int | None = 936, encoding: str = "gbk"
) -> bytes:
    """Return a workbook of Excel 5 and 95, whose texts are bytes of a code page.

    Args:
        sheets: the rows by the sheets' names.
        cut: what is hidden in the first.
        page: the code page that it says it has, None for none.
        encoding: the one that it has.
    """
    head = _record(0x809, struct.pack("<HHHH", 0x500, 5, 0, 0))
    if page is not None:
        head += _record(0x42, struct.pack("<H", page))
    names = [name.encode(encoding) for name in sheets]
    bodies = []
    for place, rows in enumerate(sheets.values()):
        hidden = cut if place == 0 else NOTHING_HIDDEN
        begin = _record(0x809, struct.pack("<HHHH", 0x500, 0x10, 0, 0))
        cells = [
            _old_cell(row, column, value, encoding)
            for row, values in enumerate(rows)
            for column, value in enumerate(values)
            if value != ""
        ]
        bodies.append(b"".join([begin, *_shapes(len(rows), hidden), *cells, _record(0x0A, b"")]))
    start = len(head) + sum(4 + 7 + len(name) for name in names) + 4
    for name, body in zip(names, bodies, strict=True):
        head += _record(0x85, struct.pack("<IBBB", start, 0, 0, len(name)) + name)
        start += len(body)
    return _container(head + _record(0x0A, b"") + b"".join(bodies), "Book")


def _old_cell(row: int, column: int, value: Value, encoding: str) -> bytes:
    if not isinstance(value, str):
        return _cell(row, column, value)
    text = value.encode(encoding)
    return _record(0x204, struct.pack("<HHHH", row, column, 0, len(text)) + text)


def _listed(name: str, start: int, *, hidden: bool) -> bytes:
    content = struct.pack("<IBBBB", start, int(hidden), 0, len(name), 1)
    return _record(0x85, content + name.encode("utf-16-le"))


def _sheet(rows: Sequence[Sequence[Value]], merges: Merged, cut: Hidden) -> bytes:
    parts = [_record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6))]
    parts += _shapes(len(rows), cut)
    for row, values in enumerate(rows):
        parts += [_cell(row, column, value) for column, value in enumerate(values) if value != ""]
    if merges:
        ranges = b"".join(
            struct.pack("<4H", top, low, left, right) for top, left, low, right in merges
        )
        parts.append(_record(0xE5, struct.pack("<H", len(merges)) + ranges))
    parts.append(_record(0x0A, b""))
    return b"".join(parts)


def _shapes(rows: int, cut: Hidden) -> list[bytes]:
    """Return what is said of columns and rows."""
    columns = [
        _record(0x7D, struct.pack("<HHHHHH", column, column, 2048, 0, 1, 0))
        for column in sorted(cut.columns)
    ]
    flags = [0x120 if row in cut.rows else 0x100 for row in range(rows)]
    return columns + [
        _record(0x208, struct.pack("<HHHHHHI", row, 0, 9, 255, 0, 0, flag))
        for row, flag in enumerate(flags)
    ]


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


def _container(stream: bytes, name: str = "Workbook") -> bytes:
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
        _entry(name, 2, _FREE, first, len(stream)),
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


def make_ods(sheets: Sheets, merges: Merged = (), cut: Hidden = NOTHING_HIDDEN) -> bytes:
    """Return an .ods file; merged and hidden cells are those of its first sheet."""
    tables = "".join(
        _table(name, rows, merges if place == 0 else (), cut if place == 0 else NOTHING_HIDDEN)
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


def _table(name: str, rows: Sequence[Sequence[Value]], merges: Merged, cut: Hidden) -> str:
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
        visibility = ' table:visibility="filter"' if row in cut.rows else ""
        lines.append(f"<table:table-row{visibility}>{cells}</table:table-row>")
    collapsed = ' table:visibility="collapse"'
    columns = "".join(
        f"<table:table-column{collapsed if column in cut.columns else ''}/>"
        for column in range(max(map(len, rows), default=0))
    )
    body = columns + "".join(lines)
    return f"<table:table table:name={quoteattr(name)}>{body}</table:table>"


def make_xlsb(sheets: Sheets, _merges: Merged = (), cut: Hidden = NOTHING_HIDDEN) -> bytes:
    """Return an .xlsb file; what is hidden is in its first sheet."""
    listed, related, types = b"", "", ""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, (name, rows) in enumerate(sheets.items(), start=1):
            archive.writestr(
                f"xl/worksheets/sheet{place}.bin",
                _binary_sheet(rows, cut if place == 1 else NOTHING_HIDDEN),
            )
            bundle = struct.pack("<II", 0, place) + _binary_text(f"rId{place}")
            listed += _binary(156, bundle + _binary_text(name))
            related += (
                f'<Relationship Id="rId{place}" Type="{_OFFICE}/2006/relationships/worksheet" '
                f'Target="worksheets/sheet{place}.bin"/>'
            )
            types += (
                f'<Override PartName="/xl/worksheets/sheet{place}.bin" '
                'ContentType="application/vnd.ms-excel.worksheet"/>'
            )
        book = _binary(131, b"") + _binary(143, b"") + listed + _binary(144, b"")
        archive.writestr("xl/workbook.bin", book + _binary(132, b""))
        archive.writestr("xl/_rels/workbook.bin.rels", _RELATED.format(related))
        archive.writestr("_rels/.rels", _RELATED.format(_THE_BOOK))
        archive.writestr("[Content_Types].xml", _TYPES.format(types))
    return written.getvalue()


_OFFICE = "http://schemas.openxmlformats.org/officeDocument"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_RELATED = (
    f'<?xml version="1.0"?><Relationships xmlns="{_PACKAGE}/relationships">{{}}</Relationships>'
)
_THE_BOOK = (
    f'<Relationship Id="rId1" Type="{_OFFICE}/2006/relationships/officeDocument" '
    'Target="xl/workbook.bin"/>'
)
_TYPES = (
    f'<?xml version="1.0"?><Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="bin" '
    'ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>{}</Types>'
)


def _binary_sheet(rows: Sequence[Sequence[Value]], cut: Hidden) -> bytes:
    width = max(map(len, rows), default=1)
    parts = [
        _binary(129, b""),
        _binary(148, struct.pack("<4I", 0, max(len(rows) - 1, 0), 0, width - 1)),
    ]
    if cut.columns:
        described = (
            _binary(60, struct.pack("<4IH", column, column, 2048, 0, 1))
            for column in sorted(cut.columns)
        )
        parts += [_binary(390, b""), *described, _binary(391, b"")]
    parts.append(_binary(145, b""))
    for row, values in enumerate(rows):
        flags = 0x10 if row in cut.rows else 0
        head = struct.pack("<IIHBBBI", row, 0, 255, 0, flags, 0, 1)
        parts.append(_binary(0, head + struct.pack("<II", 0, width - 1)))
        parts += [_binary_cell(column, value) for column, value in enumerate(values) if value != ""]
    return b"".join([*parts, _binary(146, b""), _binary(130, b"")])


def _binary_cell(column: int, value: Value) -> bytes:
    place = struct.pack("<II", column, 0)
    if isinstance(value, str):
        return _binary(6, place + _binary_text(value))
    if isinstance(value, Failed):
        code = bytes([_CODES.get(value.shown, _NOT_AVAILABLE)])
        if not value.formula:
            return _binary(3, place + code)
        formula = b"\x1c" + code
        return _binary(
            11, place + code + b"\0\0" + struct.pack("<I", len(formula)) + formula + bytes(4)
        )
    return _binary(5, place + struct.pack("<d", value))


def _binary_text(text: str) -> bytes:
    written = text.encode("utf-16-le")
    return struct.pack("<I", len(written) // 2) + written


def _binary(kind: int, content: bytes) -> bytes:
    """Return a record: its kind and its length in sevens of bits, then what it holds."""
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length = len(content)
    while length > 0x7F:
        head += bytes([length & 0x7F | 0x80])
        length >>= 7
    return head + bytes([length]) + content


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
