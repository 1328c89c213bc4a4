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
_ERROR_CELL = re.compile(
    rb'<(?:\w+:)?c\s(?=[^>]*\bt=["\']e["\'])[^>]*\br=["\']([A-Za-z]+)([0-9]+)["\'][^>]*>'
    rb"(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<",
    re.DOTALL,
)
_LOOSE = re.compile(rb"=(?:(?<=\s=)|(?=\s))")
_SPACE_AFTER = re.compile(rb"=\s{1,99}(?=[\"'])")
_SPACE_BEFORE = re.compile(rb"\s{1,99}=(?=[\"'])")
_TEXTS = "xl/sharedStrings.xml"
_CLAIMED = re.compile(rb"\buniqueCount\s*=\s*[\"']([0-9]{1,18})[\"']")
_HEAD = 4096
_LETTERS = 26
_LARGE = 4_000_000  # cells; from there on the rectangle is looked at closely
_DIGITS = b"0123456789"


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One worksheet: its rectangle, and its error cells by row and column (both from 0).

    The rectangle may be somewhat too large, and is exact where it is a very large one.
    """

    name: str
    height: int
    width: int
    errors: dict[tuple[int, int], str]


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
            _read_sheet(name, archive.read(member))
            for name, path in _sheet_paths(archive)
            if (member := members.get(_plain(path)))
        )


def _plain(path: str) -> str:
    return path.replace("\\", "/").lower()


def _tight(xml: bytes) -> bytes:
    """Return XML without spaces around the signs of equality, which hardly any program writes."""
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
    shapes = _shapes(xml)
    if _LOOSE.search(shapes):
        xml = _tight(xml)
        shapes = _shapes(xml)
    errors: dict[tuple[int, int], str] = {}
    if b't="e"' in shapes or b"t='e'" in shapes:
        for letters, row, value in _ERROR_CELL.findall(xml):
            position = int(row) - 1, _column_index(letters)
            errors[position] = html.unescape(value.decode("utf-8", "replace"))
    height, width = _rectangle(xml, shapes)
    return SheetPart(name, height, width, errors)


def _shapes(xml: bytes) -> bytes:
    """Return the rows without their digits, equal ones once.

    In a list nearly all rows are then the same. What is looked for is looked for in these few,
    which takes a quarter of the time; whatever is in the whole without its digits is in them too.
    """
    return b"<row".join(set(xml.translate(None, _DIGITS).split(b"<row")))


def _rectangle(xml: bytes, shapes: bytes) -> tuple[int, int]:
    """Return how many rows and columns the cells span."""
    columns = {letters for pattern in _COLUMNS for letters in pattern.findall(shapes)}
    if any(pattern.search(xml) for pattern in _MANY_ROWS):
        rows = {number for pattern in _ROWS for number in pattern.findall(xml)}
    else:
        rows = {_FEW_ROWS}
    height, width = _span(rows, columns)
    if height * width > _LARGE:
        cells = set(_REFERENCE.findall(xml))
        return _span({row for _, row in cells}, {letters for letters, _ in cells})
    return height, width


def _span(rows: Set[bytes], columns: Set[bytes]) -> tuple[int, int]:
    return max(map(int, rows), default=0), max(map(_column_index, columns), default=-1) + 1


def _column_index(letters: bytes) -> int:
    index = 0
    for letter in letters.upper():
        index = index * _LETTERS + letter - ord("A") + 1
    return index - 1
