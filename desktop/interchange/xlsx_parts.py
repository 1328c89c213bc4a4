"""What python-calamine does not tell of an xlsx file: error cells, and how far a sheet reaches.

calamine hands over #N/A as an empty text, and sets aside memory for the whole rectangle that one
stray cell at the sheet's far corner spans. Both are seen in the sheet's XML by plain search, which
costs a tenth of a second where openpyxl would take ten.
"""

import html
import io
import re
import zipfile
from collections.abc import Iterator, Set
from dataclasses import dataclass

from desktop.interchange.xlsx_rows import column_index, error_cells, hidden_rows

_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(rb'([\w:]+)\s*=\s*(?:"([^"]*)"|\'([^\']*)\')')
# the library takes small letters, too, and numbers beyond what a sheet can have
_REFERENCE = re.compile(
    rb"<(?:\w+:)?c(?:\s+[\w:]+=(?:\"[^\"]*\"|'[^']*'))*?\s+r=[\"']([A-Za-z]+)([0-9]+)[\"']"
)
# patterns that begin with plain letters are searched several times as fast as that; they also
# find rows without cells
_COLUMNS = (re.compile(rb'r="([A-Za-z]+)[0-9]'), re.compile(rb"r='([A-Za-z]+)[0-9]"))
_ROWS = (re.compile(rb'r="[A-Za-z]*([0-9]+)"'), re.compile(rb"r='[A-Za-z]*([0-9]+)'"))
_LOOSE = re.compile(rb"=(?:(?<=\s=)|(?=\s))")
_SPACE_AFTER = re.compile(rb"=\s{1,99}(?=[\"'])")
_SPACE_BEFORE = re.compile(rb"\s{1,99}=(?=[\"'])")
_TEXTS = "xl/sharedStrings.xml"
_CLAIMED = re.compile(rb"\buniqueCount\s*=\s*[\"']([0-9]{1,18})[\"']")
_HEAD = 4096
_LARGE = 2_000_000  # cells; no list of students comes near


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One worksheet: its rectangle, its error cells by row and column (both from 0), hidden rows.

    The rectangle is at most a little too large, and exact where it is a very large one.
    """

    name: str
    height: int
    width: int
    errors: dict[tuple[int, int], str]
    hidden: tuple[int, ...]


def read_parts(data: bytes) -> tuple[SheetPart, ...]:
    """Return what the XML of every worksheet tells; a sheet without a part is left out.

    Raises:
        zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, KeyError: the
            archive is damaged.
        ValueError: it claims to hold more texts than it can.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        # the library does not mind capitals and backslashes in names, either
        members = {_plain(name): name for name in archive.namelist()}
        if texts := members.get(_plain(_TEXTS)):
            _require_honest_count(archive.read(texts))
        return tuple(
            _read_sheet(name, _tight(archive.read(member)))
            for name, path in _sheet_paths(archive)
            if (member := members.get(_plain(path)))
        )


def _plain(path: str) -> str:
    return path.replace("\\", "/").lower()


def _tight(xml: bytes) -> bytes:
    """Return XML without spaces around the signs of equality, which hardly any program writes."""
    if not _LOOSE.search(xml):
        return xml
    return _SPACE_BEFORE.sub(b"=", _SPACE_AFTER.sub(b"=", xml))


def _require_honest_count(texts: bytes) -> None:
    """Raise when the table of texts claims to hold more than it has bytes.

    The library sets aside memory for what it claims, before it looks.
    """
    claimed = _CLAIMED.search(texts[:_HEAD])
    if claimed and int(claimed[1]) > len(texts):
        raise ValueError("more texts than bytes")


def _sheet_paths(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    relations = archive.read("xl/_rels/workbook.xml.rels")
    targets = {
        attributes.get("Id", ""): attributes.get("Target", "")
        for attributes in map(_attributes, _RELATION.findall(relations))
    }
    for attributes in map(_attributes, _SHEET.findall(archive.read("xl/workbook.xml"))):
        identifier = next((v for k, v in attributes.items() if k.endswith(":id")), "")
        target = targets.get(identifier, "")
        path = target.lstrip("/") if target.startswith(("/", "xl/")) else f"xl/{target}"
        yield attributes.get("name", ""), path


def _attributes(tag: bytes) -> dict[str, str]:
    return {
        match[1].decode("utf-8", "replace"): html.unescape(
            (match[2] or match[3] or b"").decode("utf-8", "replace")
        )
        for match in _ATTRIBUTE.finditer(tag)
    }


def _read_sheet(name: str, xml: bytes) -> SheetPart:
    height, width = _rectangle(xml)
    return SheetPart(name, height, width, error_cells(xml), tuple(hidden_rows(xml)))


def _rectangle(xml: bytes) -> tuple[int, int]:
    """Return how many rows and columns the cells span."""
    columns = {letters for pattern in _COLUMNS for letters in pattern.findall(xml)}
    rows = {number for pattern in _ROWS for number in pattern.findall(xml)}
    height, width = _span(rows, columns)
    if height * width > _LARGE:
        cells = set(_REFERENCE.findall(xml))
        return _span({row for _, row in cells}, {letters for letters, _ in cells})
    return height, width


def _span(rows: Set[bytes], columns: Set[bytes]) -> tuple[int, int]:
    return max(map(int, rows), default=0), max(map(column_index, columns), default=-1) + 1
