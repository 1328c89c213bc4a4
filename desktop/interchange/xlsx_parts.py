"""What python-calamine does not tell of an xlsx file: error cells, and how far a sheet reaches.

calamine hands over #N/A as an empty text, and sets aside memory for the whole rectangle that one
stray cell at the sheet's far corner spans. Both are seen in the sheet's XML by plain search, which
costs a tenth of a second where openpyxl would take ten.
"""

import html
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from typing import NamedTuple

from desktop.interchange.xlsx_rows import (
    column_index,
    error_cells,
    errors_have_places,
    has_unknown_values,
    hidden_columns,
    hidden_rows,
    unknown_values,
)

_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(rb'([\w:]+)\s*=\s*(?:"([^"]*)"|\'([^\']*)\')')
# the library takes small letters, too, and numbers beyond what a sheet can have
_REFERENCE = re.compile(
    rb"<(?:\w+:)?c(?:\s+[\w:]+=(?:\"[^\"]*\"|'[^']*'))*?\s+r=[\"']([A-Za-z]+)([0-9]+)[\"']"
)
# patterns that begin with plain letters are searched several times as fast as that; they also
# find rows without cells
_COLUMNS = (re.compile(rb'r="([A-Za-z]+)["\s]'), re.compile(rb"r='([A-Za-z]+)['\s]"))  # no digits
_MANY_ROWS = (
    re.compile(rb'r="[A-Za-z]*0*[1-9][0-9]{5}'),
    re.compile(rb"r='[A-Za-z]*0*[1-9][0-9]{5}"),
)
_FEW_ROWS = b"99999"  # no row of a sheet has a longer number than this
_ROWS = (re.compile(rb'r="[A-Za-z]*([0-9]+)"'), re.compile(rb"r='[A-Za-z]*([0-9]+)'"))
_LOOSE = re.compile(rb"=(?:(?<=\s=)|(?=\s))")
_SPACE_AFTER = re.compile(rb"=\s{1,99}(?=[\"'])")
_SPACE_BEFORE = re.compile(rb"\s{1,99}=(?=[\"'])")
_TEXTS = "xl/sharedStrings.xml"
_CLAIMED = re.compile(rb"\buniqueCount\s*=\s*[\"']([0-9]{1,18})[\"']")
_HEAD = 4096
_ROW = b"<row"
_AT_ONCE = 1 << 20
LARGE = 10_000_000
"""Cells, from which on a sheet is too large; 20,000 students with 21 columns are 420,000."""
_DIGITS = b"0123456789"
_ZEROS = bytes.maketrans(_DIGITS, b"0" * len(_DIGITS))


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One worksheet: its rectangle, its error cells, its hidden rows and columns (all from 0).

    The rectangle may be somewhat too large, and is exact where it is a very large one.
    """

    name: str
    height: int
    width: int
    errors: dict[tuple[int, int], str]
    hidden_rows: tuple[int, ...]
    hidden_columns: tuple[int, ...]


class Seen(NamedTuple):
    """A piece of a worksheet's XML that was looked at.

    Attributes:
        sheet: its name.
        size: of all its XML, in bytes.
        xml: the piece, as ``_pieces_of`` yields it.
        shapes: its rows without their digits, equal ones once.
        cells: how many are in the rectangle from the sheet's corner to its end, or somewhat more.
    """

    sheet: str
    size: int
    xml: bytes
    shapes: bytes
    cells: int


def _nobody(_piece: Seen) -> None:
    """Do nothing with a piece."""


def read_parts(data: bytes, see: Callable[[Seen], None] = _nobody) -> tuple[SheetPart, ...]:
    """Return what the XML of every worksheet tells; a sheet without a part is left out.

    Args:
        data: the workbook.
        see: is told of each piece once it was looked at, while the rest still waits.

    Raises:
        zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, KeyError: the
            archive is damaged.
        ValueError: it claims to hold more texts than it can.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        # the library does not mind capitals and backslashes in names, either
        members = {_plain(name): name for name in archive.namelist()}
        if texts := members.get(_plain(_TEXTS)):
            _require_honest_count(archive, texts)
        return tuple(
            _read_sheet(archive, name, member, see)
            for name, path in _sheet_paths(archive)
            if (member := members.get(_plain(path)))
        )


def _plain(path: str) -> str:
    return path.replace("\\", "/").lower()


def _tight(xml: bytes) -> bytes:
    """Return XML without spaces around the signs of equality, which few programs write."""
    return _SPACE_BEFORE.sub(b"=", _SPACE_AFTER.sub(b"=", xml))


def _require_honest_count(archive: zipfile.ZipFile, member: str) -> None:
    """Raise when the table of texts claims to hold more than it has bytes.

    The library sets aside memory for what it claims, before it looks.
    """
    with archive.open(member) as texts:
        claimed = _CLAIMED.search(texts.read(_HEAD))
        size = _HEAD
        while claimed and int(claimed[1]) > size:
            read = len(texts.read(_AT_ONCE))
            if not read:
                raise ValueError("more texts than bytes")
            size += read


def _sheet_paths(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    paths = related_paths(archive.read("xl/_rels/workbook.xml.rels"))
    for attributes in map(_attributes, _SHEET.findall(archive.read("xl/workbook.xml"))):
        identifier = next((v for k, v in attributes.items() if k.endswith(":id")), "")
        yield attributes.get("name", ""), paths.get(identifier, "xl/")


def related_paths(relations: bytes) -> dict[str, str]:
    """Return where in the archive the parts of a workbook are, by what the workbook calls them."""
    found = map(_attributes, _RELATION.findall(relations))
    return {one.get("Id", ""): _path(one.get("Target", "")) for one in found}


def _path(target: str) -> str:
    return target.lstrip("/") if target.startswith(("/", "xl/")) else f"xl/{target}"


def _attributes(tag: bytes) -> dict[str, str]:
    return {
        match[1].decode("utf-8", "replace"): html.unescape(
            (match[2] or match[3] or b"").decode("utf-8", "replace")
        )
        for match in _ATTRIBUTE.finditer(tag)
    }


def _read_sheet(
    archive: zipfile.ZipFile, name: str, member: str, see: Callable[[Seen], None]
) -> SheetPart:
    errors: dict[tuple[int, int], str] = {}
    unknown: dict[tuple[int, int], str] = {}
    rows_hidden: list[int] = []
    columns_hidden: list[int] = []
    height = width = 0
    placed = True
    size = archive.getinfo(member).file_size
    for xml in _pieces_of(archive, member):
        shapes = _shapes_of(xml)
        piece = Seen(name, size, xml, shapes, 0)
        if _LOOSE.search(shapes):
            xml = _tight(xml)  # noqa: PLW2901
            shapes = _shapes_of(xml)
        if b't="e"' in shapes or b"t='e'" in shapes:
            placed = placed and errors_have_places(xml)
            errors |= error_cells(xml)
        if has_unknown_values(shapes):
            unknown |= dict(unknown_values(xml))
        if b"hidden=" in shapes:
            rows_hidden.extend(hidden_rows(xml))
            columns_hidden.extend(hidden_columns(xml))
        rows, columns = _rectangle(xml, shapes)
        height, width = max(height, rows), max(width, columns)
        cells = height * width
        see(piece._replace(cells=cells if cells <= LARGE else _lowest(xml) * width))
    if not placed:  # they are counted from the first row on
        errors = error_cells(_tight(archive.read(member)))
    if height * width > LARGE:
        spans = [_exact_span(_tight(xml)) for xml in _pieces_of(archive, member)]
        height, width = max(h for h, _ in spans), max(w for _, w in spans)
    errors |= unknown
    return SheetPart(name, height, width, errors, tuple(rows_hidden), tuple(columns_hidden))


def _pieces_of(archive: zipfile.ZipFile, member: str) -> Iterator[bytes]:
    """Yield a worksheet's XML some rows at a time: each piece but the first begins with a row.

    A very large sheet is never in memory as a whole.
    """
    with archive.open(member) as stream:
        rest = b""
        while read := stream.read(_AT_ONCE):
            rest += read
            cut = rest.rfind(_ROW)
            if cut > 0:
                yield rest[:cut]
                rest = rest[cut:]
        yield rest


def _shapes_of(xml: bytes) -> bytes:
    """Return the rows without their digits, equal ones once.

    In a list nearly all rows are then the same. What is looked for is looked for in these few,
    which takes a quarter of the time; whatever is in the whole without its digits is in them too.
    """
    return _ROW.join(set(xml.translate(None, _DIGITS).split(_ROW)))


def _rectangle(xml: bytes, shapes: bytes) -> tuple[int, int]:
    """Return how many rows and columns the cells span, or somewhat more."""
    columns = {letters for pattern in _COLUMNS for letters in pattern.findall(shapes)}
    if _has_long_number(xml, shapes) and any(pattern.search(xml) for pattern in _MANY_ROWS):
        rows = {b"%d" % _lowest(xml)}
    else:
        rows = {_FEW_ROWS}
    return _span(rows, columns)


def _lowest(xml: bytes) -> int:
    """Return the number of the lowest row, or of the one that a cell claims to be in."""
    return _span({number for pattern in _ROWS for number in pattern.findall(xml)}, set())[0]


def _has_long_number(xml: bytes, shapes: bytes) -> bool:
    """Tell whether six digits end an attribute anywhere, by plain search, which is faster."""
    zeros = xml.translate(_ZEROS)
    return b'000000"' in zeros or (b"='" in shapes and b"000000'" in zeros)


def _exact_span(xml: bytes) -> tuple[int, int]:
    cells = set(_REFERENCE.findall(xml))
    return _span({row for _, row in cells}, {letters for letters, _ in cells})


def _span(rows: Set[bytes], columns: Set[bytes]) -> tuple[int, int]:
    return max(map(int, rows), default=0), max(map(column_index, columns), default=-1) + 1
