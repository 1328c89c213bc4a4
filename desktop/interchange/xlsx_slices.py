"""A very large xlsx sheet as several small workbooks, which are read one after another.

python-calamine holds every cell of a sheet at once, two hundred thousand students in half a
gigabyte. Here its rows are dealt out to workbooks of some thousand rows each, with the same texts
and styles; what a cell says, the library still tells.
"""

import io
import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator

from desktop.interchange.cells import Merge
from desktop.interchange.xlsx_parts import pieces_of, shapes_of
from desktop.interchange.xlsx_rows import column_index

ROWS_AT_ONCE = 6_000
_COPIED_AT_ONCE = 1 << 20
_SHARED = frozenset(
    {
        "[content_types].xml",
        "_rels/.rels",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/sharedstrings.xml",
    }
)
_START = re.compile(rb"<sheetData(?:\s[^>]*)?>")
_DIMENSION = re.compile(rb"<dimension\s[^>]*/>")
_MERGE = re.compile(rb"<mergeCell\s[^>]*?\bref=[\"']([A-Za-z]+)([0-9]+):([A-Za-z]+)([0-9]+)[\"']")
_END = b"</sheetData>"
_TAIL = b"</sheetData></worksheet>"
_ROW = re.compile(rb"<row[\s>/]")
_NUMBERED_ROW = re.compile(rb"<row\s(?:[^>]*\s)?r=[\"'][\"']")  # without digits
_CELL = re.compile(rb"<c[\s>/]")
_PLACED_CELL = re.compile(rb"<c\s(?:[^>]*\s)?r=[\"'][A-Za-z]+[\"']")


class NotSliceable(Exception):
    """The sheet's XML is built otherwise than office programs do it: read it as a whole."""


def slices(
    data: bytes, member: str, merges: list[Merge], rows: int = ROWS_AT_ONCE
) -> Iterator[io.BytesIO]:
    """Yield workbooks that have some rows of a sheet each, in the place that they have in it.

    Args:
        data: the workbook.
        member: the name of the sheet's XML in the archive.
        merges: takes the sheet's merged cells, which no slice tells, once the last is yielded.
        rows: how many are dealt out at least at a time, but for the last.

    Raises:
        NotSliceable: nothing is lost, but what was yielded so far is not to be used.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        head = b""
        waiting: list[bytes] = []
        count = 0
        for piece in pieces_of(archive, member):
            body, found = piece, bool(head)
            if not found:
                head, body = _opened(piece)
            _require_places(body)
            body, end, rest = body.partition(_END)
            merges += _merges(rest)
            waiting.append(body)
            count += body.count(b"<row")
            del piece, body
            if count >= rows or end:
                part = _workbook(archive, member, (head, *waiting, _TAIL))
                waiting.clear()
                count = 0
                yield part
                part.close()
            if end:
                return
    raise NotSliceable


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


def _require_places(body: bytes) -> None:
    """Raise unless every row and cell says where it is, and nothing can hide a row's beginning."""
    _, kinds = shapes_of(body)
    if (
        b"<!" in kinds
        or len(_ROW.findall(kinds)) != len(_NUMBERED_ROW.findall(kinds))
        or len(_CELL.findall(kinds)) != len(_PLACED_CELL.findall(kinds))
    ):
        raise NotSliceable


def _workbook(archive: zipfile.ZipFile, member: str, xml: Iterable[bytes]) -> io.BytesIO:
    """Return a workbook with this XML for a sheet and what all sheets share; others are empty."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name in archive.namelist():
            if name.replace("\\", "/").lower() in _SHARED:
                with archive.open(name) as source, target.open(name, "w") as copy:
                    shutil.copyfileobj(source, copy, _COPIED_AT_ONCE)
        with target.open(member, "w") as sheet:
            for part in xml:
                sheet.write(part)
    buffer.seek(0)
    return buffer
