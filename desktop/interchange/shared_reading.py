"""A long sheet is read by several threads, each a part of its rows.

The reading library holds no lock of Python's while it reads, so two threads take half the time of
one. The first part is read while the guard, which looks at each piece of the XML before the
library does, still looks at the rest.
"""

import io
import zipfile
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final, NamedTuple, Self

from python_calamine import CalamineWorkbook, SheetMetadata

from desktop.interchange.cells import Cell, Merge
from desktop.interchange.xlsx_parts import LARGE, Seen
from desktop.interchange.xlsx_rows import all_placed
from desktop.interchange.xlsx_slices import DEALT, Dealing, NotSliceable

_HANDS: Final = 2  # threads: old computers have no more cores
_WORTH: Final = range(3 << 20, 48 << 20)  # bytes of XML; larger ones are read in slices


class Part(NamedTuple):
    """A part of a sheet: where it begins, its rows, and all sheets of the workbook it is from."""

    start: tuple[int, int]
    rows: list[list[Cell]]
    sheets: list[SheetMetadata]


@dataclass(slots=True)
class _Sheet:
    """A sheet that is being dealt out: how many bytes of it so far, and who reads which part."""

    dealing: Dealing
    done: int = 0
    parts: list[Future[Part]] = field(default_factory=list)
    whole: bool = False  # it is to be read as a whole


class Hands:
    """The threads that read the long sheets of one workbook; used in a ``with`` block."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._pool = ThreadPoolExecutor(_HANDS, "jice-reading")
        self._sheets: dict[str, _Sheet] = {}
        self._left = _WORTH.stop  # bytes of XML: what is dealt out waits in memory to be read

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def see(self, piece: Seen) -> None:
        """Take the next piece of a sheet's XML; the guard has looked at it."""
        if piece.size not in _WORTH:
            return
        if piece.sheet not in self._sheets:
            dealing = Dealing(zipfile.ZipFile(io.BytesIO(self._data)))
            self._sheets[piece.sheet] = _Sheet(dealing, whole=piece.size > self._left)
            self._left -= piece.size
        sheet = self._sheets[piece.sheet]
        if sheet.whole:
            return
        try:
            self._take(sheet, piece)
        except NotSliceable:
            sheet.whole = True

    @property
    def begun(self) -> set[str]:
        """The names of the sheets all of whose parts are being read."""
        return {name for name, sheet in self._sheets.items() if _is_complete(sheet)}

    def parts_of(self, name: str) -> tuple[list[Part], list[Merge]]:
        """Wait for the parts of a sheet; return them and its merged cells, which no part tells.

        Raises:
            whatever the library raises.
        """
        sheet = self._sheets[name]
        return [part.result() for part in sheet.parts], sheet.dealing.merges

    def _take(self, sheet: _Sheet, piece: Seen) -> None:
        if piece.cells > LARGE or not all_placed(piece.shapes):
            raise NotSliceable
        sheet.dealing.add(piece.xml)
        sheet.done += len(piece.xml)
        if sheet.done * _HANDS >= piece.size * (len(sheet.parts) + 1):
            sheet.parts.append(self._pool.submit(_rows_of, sheet.dealing.part()))


def _is_complete(sheet: _Sheet) -> bool:
    return not sheet.whole and len(sheet.parts) == _HANDS and sheet.dealing.is_closed


def _rows_of(workbook: io.BytesIO) -> Part:
    with CalamineWorkbook.from_filelike(workbook) as opened:
        workbook.close()  # the library has a copy
        read = opened.get_sheet_by_name(DEALT)
        rows: list[list[Cell]] = read.to_python() if read.start else []
        sheets = [sheet for sheet in opened.sheets_metadata if sheet.name != DEALT]
        return Part(read.start or (0, 0), rows, sheets)
