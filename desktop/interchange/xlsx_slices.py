"""A long xlsx sheet as workbooks of slices, which can be read one after another or side by side.

Its rows are dealt out to sheets of some rows each, in workbooks with the same texts and styles;
what a cell says, the library still tells.
"""

import io
import re
import shutil
import zipfile
from collections.abc import Iterable
from typing import Final

from desktop.interchange.cells import Merge
from desktop.interchange.xlsx_rows import column_index

_COPIED_AT_ONCE = 1 << 20
_SHARED = frozenset({"[content_types].xml", "_rels/.rels", "xl/styles.xml", "xl/sharedstrings.xml"})
_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_ENDS: Final = {_WORKBOOK: b"</sheets>", _RELATIONS: b"</Relationships>"}
_SLICE = "jice-slice-"
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


def is_slice(name: str) -> bool:
    """Tell whether a sheet of a workbook of slices is one."""
    return name.startswith(_SLICE)


class Dealing:
    """A sheet that is dealt out to several readers, which need not wait for one another.

    Its XML is added piece by piece, each but the first beginning with a row; all rows and cells
    must say where they are.
    """

    def __init__(self) -> None:
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

    @property
    def is_closed(self) -> bool:
        """Whether the last row has come."""
        return bool(self._rest)

    @property
    def merges(self) -> list[Merge]:
        """The sheet's merged cells, which no part tells."""
        return _merges(b"".join(self._rest))


class Slices:
    """A workbook in the making: what all sheets share, and slices of one sheet.

    The rows stand where they stand in the whole; the sheets that were there are empty.
    """

    def __init__(self, archive: zipfile.ZipFile, *, packed: bool) -> None:
        """Begin a workbook.

        Args:
            archive: the workbook in which the sheet stands.
            packed: whether to pack what is put into it, as quickly as possible. That takes longer
                than reading it, but a tenth of the memory.

        Raises:
            NotSliceable: no sheet can be added to it.
        """
        self._archive = archive
        self._packed = packed
        self._parts = {name.replace("\\", "/").lower(): name for name in archive.namelist()}
        self._ended = {part: self._read(part, end) for part, end in _ENDS.items()}
        self._buffer = io.BytesIO()
        kind = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        self._target = zipfile.ZipFile(self._buffer, "w", kind, compresslevel=1)
        self._names: list[str] = []

    def another(self) -> "Slices":
        """Return a further workbook for the same sheet."""
        return Slices(self._archive, packed=self._packed)

    def add(self, xml: Iterable[bytes]) -> None:
        """Add the next slice."""
        name = f"{_SLICE}{len(self._names) + 1}"
        with self._target.open(f"xl/worksheets/{name}.xml", "w") as sheet:
            sheet.write(b"".join(xml))  # at once: each piece would wait for its turn
        self._names.append(name)

    def close(self) -> None:
        """Give up what was not finished."""
        self._target.close()

    def finish(self) -> io.BytesIO:
        """Return the workbook, whose slices are its last sheets."""
        more = {
            _WORKBOOK: "".join(_SHEET.format(n, 900_000 + i) for i, n in enumerate(self._names)),
            _RELATIONS: "".join(map(_RELATION.format, self._names)),
        }
        with self._target as target:
            for part, xml in self._ended.items():
                end = _ENDS[part]
                target.writestr(self._parts[part], xml.replace(end, more[part].encode() + end))
            for part in _SHARED & self._parts.keys():
                name = self._parts[part]
                with self._archive.open(name) as source, target.open(name, "w") as copy:
                    shutil.copyfileobj(source, copy, _COPIED_AT_ONCE)
        self._buffer.seek(0)
        return self._buffer

    def _read(self, part: str, end: bytes) -> bytes:
        """Return XML with an end that stands in it once, before which more can be put."""
        xml = self._archive.read(self._parts[part]) if part in self._parts else b""
        if xml.count(end) != 1 or b"<!" in xml or _SLICE.encode() in xml:
            raise NotSliceable
        return xml


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
