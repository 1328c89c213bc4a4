"""A long sheet is read by several threads, each a part of its rows.

The reading library holds no lock of Python's while it reads, so two threads take half the time of
one. The first part is read while the guard, which looks at each piece of the XML before the
library does, still looks at the rest.

The library holds every cell of a sheet at once, two hundred thousand students in half a gigabyte.
So of a very large sheet each part is read some thousand rows at a time, and its XML waits packed.
"""

import zipfile
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from io import BytesIO
from operator import itemgetter
from typing import Final, NamedTuple, Self, TypeVar

from python_calamine import CalamineWorkbook, SheetMetadata

from desktop.interchange.cells import Cell, Merge
from desktop.interchange.xlsx_parts import LARGE, Seen
from desktop.interchange.xlsx_rows import all_placed
from desktop.interchange.xlsx_slices import Dealing, NotSliceable, Slices, is_slice

_SHARES: Final = (0.57, 1.0)  # how far of a sheet each reads: more by whom may begin sooner
_WORTH: Final = 3 << 20  # bytes of XML: a shorter sheet is read sooner than it is dealt out
_UNPACKED: Final = 48 << 20  # bytes of XML in all that may wait in memory as they are
_SLICE: Final = 5 << 20  # bytes of XML: some six thousand students
_REPEATED: Final = 4  # times that a column's text stands in it, on average, for it to be kept once
_T = TypeVar("_T")


class Part(NamedTuple):
    """A part of a sheet: its rows, slice by slice, and all sheets of the workbook it is from.

    Of each slice it says in which row and column it begins.
    """

    slices: Sequence[tuple[tuple[int, int], list[list[Cell]]]]
    sheets: list[SheetMetadata]


@dataclass(slots=True)
class _Sheet:
    """A sheet that is being dealt out.

    Attributes:
        dealing: its XML.
        packed: whether it waits packed.
        slices: of the part that is in the making; None once all parts are made.
        come: bytes of XML that have come so far.
        waiting: those among them that are in no slice yet.
        packing: what becomes of the last slice.
        parts: those who read which part.
    """

    dealing: Dealing
    packed: bool
    slices: Slices | None
    come: int = 0
    waiting: int = 0
    packing: Future[None] | None = None
    parts: list[Future[Part]] = field(default_factory=list)


class Hands:
    """The threads that read the long sheets of one workbook; used in a ``with`` block."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._readers = ThreadPoolExecutor(len(_SHARES), "jice-reading")
        self._packer = ThreadPoolExecutor(1, "jice-packing")
        self._sheets: dict[str, _Sheet | None] = {}  # None: it is read as a whole
        self._made: list[Slices] = []
        self._left = _UNPACKED

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._packer.shutdown(cancel_futures=True)
        self._readers.shutdown(cancel_futures=True)
        for slices in self._made:
            slices.close()

    def see(self, piece: Seen) -> None:
        """Take the next piece of a sheet's XML; the guard has looked at it."""
        if piece.size < _WORTH:
            return
        try:
            if piece.sheet not in self._sheets:
                self._sheets[piece.sheet] = self._begun(piece.size)
            if sheet := self._sheets[piece.sheet]:
                self._take(sheet, piece)
        except NotSliceable:
            self._sheets[piece.sheet] = None

    @property
    def begun(self) -> set[str]:
        """The names of the sheets all of whose parts are being read."""
        return {name for name, sheet in self._sheets.items() if sheet and _is_complete(sheet)}

    def parts_of(self, name: str) -> tuple[list[Part], list[Merge]]:
        """Wait for the parts of a sheet; return them and its merged cells, which no part tells.

        Raises:
            LookupError: it is none of those that were begun.
            whatever the library raises.
        """
        sheet = self._sheets.pop(name)
        if sheet is None or sheet.packing is None:
            raise LookupError(name)
        sheet.packing.result()
        return [part.result() for part in sheet.parts], sheet.dealing.merges

    def _begun(self, size: int) -> _Sheet:
        packed = size > self._left
        self._left -= 0 if packed else size
        slices = Slices(zipfile.ZipFile(BytesIO(self._data)), packed=packed)
        self._made.append(slices)
        return _Sheet(Dealing(), packed, slices)

    def _take(self, sheet: _Sheet, piece: Seen) -> None:
        if not sheet.slices or piece.cells > LARGE or not all_placed(piece.shapes):
            raise NotSliceable
        sheet.dealing.add(piece.xml)
        sheet.come += len(piece.xml)
        sheet.waiting += len(piece.xml)
        is_full = sheet.come >= piece.size * _SHARES[len(sheet.parts)]
        if is_full or (sheet.packed and sheet.waiting >= _SLICE):
            if sheet.packing:
                sheet.packing.result()  # no more than one slice waits for it
            sheet.packing = self._put(sheet, sheet.slices.add, sheet.dealing.xml())
            sheet.waiting = 0
        if is_full:
            part = self._put(sheet, sheet.slices.finish)
            sheet.parts.append(self._readers.submit(_rows_of, part, packed=sheet.packed))
            sheet.slices = sheet.slices.another() if len(sheet.parts) < len(_SHARES) else None
            self._made += [sheet.slices] if sheet.slices else []

    def _put(self, sheet: _Sheet, act: Callable[..., _T], *args: object) -> Future[_T]:
        """Let another thread do something where much is to be packed, and do it here where not."""
        if sheet.packed:
            return self._packer.submit(act, *args)
        done: Future[_T] = Future()
        done.set_result(act(*args))
        return done


def _is_complete(sheet: _Sheet) -> bool:
    return len(sheet.parts) == len(_SHARES) and sheet.dealing.is_closed


def _rows_of(coming: Future[BytesIO], *, packed: bool) -> Part:
    """Read a part once it has come; of a very large sheet, memory matters more than time."""
    slices: list[tuple[tuple[int, int], list[list[Cell]]]] = []
    once = _Once()
    workbook = coming.result()
    with CalamineWorkbook.from_filelike(workbook) as opened:
        workbook.close()  # the library has a copy
        for name in filter(is_slice, opened.sheet_names):
            read = opened.get_sheet_by_name(name)
            if read.start:
                rows: list[list[Cell]] = read.to_python()
                if packed:
                    once.keep(rows)
                slices.append((read.start, rows))
        sheets = [sheet for sheet in opened.sheets_metadata if not is_slice(sheet.name)]
        return Part(slices, sheets)


class _Once:
    """Keeps texts that are seen often only once, as the first slice shows where such stand."""

    def __init__(self) -> None:
        self._columns: list[int] | None = None
        self._known: dict[str, str] = {}

    def keep(self, rows: list[list[Cell]]) -> None:
        """Let equal texts of the columns in which few texts stand be the same object."""
        if self._columns is None:
            cells = (set(map(itemgetter(column), rows)) for column in range(len(rows[0])))
            few = [len(texts) * _REPEATED <= len(rows) for texts in cells]
            self._columns = [column for column, is_few in enumerate(few) if is_few]
        known, columns = self._known.setdefault, [c for c in self._columns if c < len(rows[0])]
        for row in rows:
            for column in columns:
                cell = row[column]
                if isinstance(cell, str):
                    row[column] = known(cell, cell)
