"""A very large xlsx sheet as a workbook of several sheets, which are read one after another.

python-calamine holds every cell of a sheet at once, two hundred thousand students in half a
gigabyte. Here its rows are dealt out to sheets of some thousand rows each, in a workbook with the
same texts and styles; what a cell says, the library still tells. The texts are read but once.
"""

import io
import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import NamedTuple

from desktop.interchange.cells import Merge
from desktop.interchange.xlsx_parts import pieces_of, shapes_of
from desktop.interchange.xlsx_rows import all_placed, column_index

ROWS_AT_ONCE = 6_000
_COPIED_AT_ONCE = 1 << 20
_SHARED = frozenset({"[content_types].xml", "_rels/.rels", "xl/styles.xml", "xl/sharedstrings.xml"})
_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_SLICE = "jice-slice-"
DEALT = f"{_SLICE}1"
_SHEET = '<sheet name="{0}" sheetId="{1}" r:id="{0}"/>'
_RELATION = (
    '<Relationship Id="{0}" Target="worksheets/{0}.xml" Type="'
    'http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/>'
)
_START = re.compile(rb"<sheetData(?:\s[^>]*)?>")
_DIMENSION = re.compile(rb"<dimension\s[^>]*/>")
_MERGE = re.compile(rb"<mergeCell\s[^>]*?\bref=[\"']([A-Za-z]+)([0-9]+):([A-Za-z]+)([0-9]+)[\"']")
_END = b"</sheetData>"
_TAIL = b"</sheetData></worksheet>"


class NotSliceable(Exception):
    """The sheet's XML is built otherwise than office programs do it: read it as a whole."""


class Sliced(NamedTuple):
    """A sheet in slices.

    Attributes:
        workbook: has each slice as a sheet; a row stands where it stands in the whole.
        names: of these sheets, from above.
        merges: the sheet's merged cells, which no slice tells.
    """

    workbook: io.BytesIO
    names: list[str]
    merges: list[Merge]


def sliced(data: bytes, member: str, rows: int = ROWS_AT_ONCE, *, placed: bool = False) -> Sliced:
    """Return a sheet in slices.

    Args:
        data: the workbook.
        member: the name of the sheet's XML in the archive.
        rows: how many are dealt out at least at a time, but for the last.
        placed: whether it is known that all rows and cells say where they are.

    Raises:
        NotSliceable: it is to be read as a whole.
    """
    buffer = io.BytesIO()
    names: list[str] = []
    merges: list[Merge] = []
    # as quick as possible: it is only for the library, which reads it at once
    packed = zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
    with (
        zipfile.ZipFile(io.BytesIO(data)) as archive,
        packed as target,
        ThreadPoolExecutor(1, "jice-packing") as other,  # while the next is looked at
    ):
        packing: Future[None] | None = None
        for part in _parts(archive, member, rows, merges, placed=placed):
            if packing:
                packing.result()
            names.append(f"{_SLICE}{len(names) + 1}")
            packing = other.submit(_pack, target, names[-1], part)
        if packing:
            packing.result()
        _share(archive, target, names)
    buffer.seek(0)
    return Sliced(buffer, names, merges)


def _pack(target: zipfile.ZipFile, name: str, xml: Iterable[bytes]) -> None:
    with target.open(f"xl/worksheets/{name}.xml", "w") as sheet:
        sheet.writelines(xml)


class Dealing:
    """A sheet that is dealt out to several readers, which need not wait for one another.

    Its XML is added piece by piece, as ``pieces_of`` yields it; all rows and cells must say where
    they are.
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._head = b""
        self._waiting: list[bytes] = []
        self._rest: list[bytes] = []  # behind the last row

    def add(self, xml: bytes) -> None:
        """Add the next piece.

        Raises:
            NotSliceable: the sheet is to be read as a whole.
        """
        if self._rest:
            self._rest.append(xml)
            return
        body = xml
        if not self._head:
            self._head, body = _opened(xml)
        body, end, rest = body.partition(_END)
        self._waiting.append(body)
        if end:
            self._rest.append(end + rest)

    def xml(self) -> tuple[bytes, ...]:
        """Return what was added since the last time, as the XML of a sheet."""
        xml = (self._head, *self._waiting, _TAIL)
        self._waiting.clear()
        return xml

    def part(self) -> io.BytesIO:
        """Return a workbook of what was added since the last: its rows are the sheet ``DEALT``.

        They stand where they stand in the whole.

        Raises:
            NotSliceable: the sheet is to be read as a whole.
        """
        return _workbook(self._archive, self.xml())

    @property
    def is_closed(self) -> bool:
        """Whether the last row has come."""
        return bool(self._rest)

    @property
    def merges(self) -> list[Merge]:
        """The sheet's merged cells, which no part tells."""
        return _merges(b"".join(self._rest))


def _workbook(archive: zipfile.ZipFile, xml: Iterable[bytes]) -> io.BytesIO:
    """Return a workbook with what all sheets share and a sheet of the name ``DEALT``."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:  # packing it would take longer than reading it
        _pack(target, DEALT, xml)
        _share(archive, target, [DEALT])
    buffer.seek(0)
    return buffer


def _parts(
    archive: zipfile.ZipFile, member: str, rows: int, merges: list[Merge], *, placed: bool
) -> Iterator[Iterable[bytes]]:
    """Yield the XML of each slice; the merged cells are told after the last."""
    dealing = Dealing(archive)
    count = 0
    for piece in pieces_of(archive, member):
        if not (placed or all_placed(shapes_of(piece)[1])):
            raise NotSliceable
        was_closed = dealing.is_closed
        dealing.add(piece)
        count += piece.count(b"<row")
        del piece
        if not was_closed and (count >= rows or dealing.is_closed):
            yield dealing.xml()
            count = 0
    if not dealing.is_closed:
        raise NotSliceable
    merges += dealing.merges


def _merges(tail: bytes) -> list[Merge]:
    """Return the merged cells that stand behind a sheet's rows."""
    return [
        (int(top) - 1, column_index(left), int(bottom) - 1, column_index(right))
        for left, top, right, bottom in _MERGE.findall(tail)
    ]


def _opened(piece: bytes) -> tuple[bytes, bytes]:
    """Return the beginning of the XML up to the first row, and the rest."""
    start = _START.search(piece)
    if not start or start[0].endswith(b"/>") or b"<worksheet" not in piece[: start.start()]:
        raise NotSliceable
    return _DIMENSION.sub(b"", piece[: start.end()]), piece[start.end() :]


def _share(archive: zipfile.ZipFile, target: zipfile.ZipFile, names: list[str]) -> None:
    """Write what all sheets share, with these sheets after those that are there, now empty."""
    sheets = "".join(_SHEET.format(name, 900_000 + n) for n, name in enumerate(names))
    relations = "".join(map(_RELATION.format, names))
    for name in archive.namelist():
        plain = name.replace("\\", "/").lower()
        if plain in _SHARED:
            with archive.open(name) as source, target.open(name, "w") as copy:
                shutil.copyfileobj(source, copy, _COPIED_AT_ONCE)
        elif plain == _WORKBOOK:
            target.writestr(name, _before(archive.read(name), b"</sheets>", sheets))
        elif plain == _RELATIONS:
            target.writestr(name, _before(archive.read(name), b"</Relationships>", relations))


def _before(xml: bytes, end: bytes, more: str) -> bytes:
    """Return XML with something more before an end that stands in it once."""
    if xml.count(end) != 1 or b"<!" in xml or _SLICE.encode() in xml:
        raise NotSliceable
    return xml.replace(end, more.encode() + end)
