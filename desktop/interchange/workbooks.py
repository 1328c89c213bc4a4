"""Reading workbooks with calamine, those that could bring the program down in a process apart.

The library believes what a file says about its own sizes. Where a damaged one says four thousand
million, and the memory for that can not be had, its process ends at once, without an error. So the
binary formats are read by a child: if it dies or takes too long, the file is damaged, and nothing
else has happened. An xlsx file, which is checked for such claims before, is read here, because
a child would cost a third of the time.
"""

import io
import multiprocessing
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.connection import Connection
from operator import itemgetter
from types import MappingProxyType
from typing import Final, NamedTuple

from python_calamine import CalamineWorkbook, PasswordError, SheetMetadata, SheetVisibleEnum

from desktop.interchange.cells import Cell, Merge
from desktop.interchange.shared_reading import Hands
from desktop.interchange.xlsx_slices import NotSliceable, sliced

_LONGEST = 60.0  # seconds; the largest list takes three
_MEMORY = 2 << 30  # bytes of addresses; a list of 200,000 students takes a third
_REPEATED = 4  # times that a column's text stands in it, on average, for it to be kept once
_SEEN = (SheetVisibleEnum.Visible, None)
NONE_LARGE: Final[Mapping[str, str]] = MappingProxyType({})
_PROTECTED, _DAMAGED, _READ = "protected", "damaged", "read"


class Table(NamedTuple):
    """One sheet: its name, its rows, its merged cells where they are told, whether it is hidden."""

    name: str
    rows: list[list[Cell]]
    merges: list[Merge]
    hidden: bool


class WorkbookProtected(Exception):
    """The workbook opens with a password only."""


class WorkbookDamaged(Exception):
    """The workbook can not be read."""


def read_workbook(
    data: bytes, large: Mapping[str, str] = NONE_LARGE, hands: Hands | None = None
) -> list[Table]:
    """Return every sheet of a workbook.

    Args:
        data: the workbook.
        large: the sheets that are too large to be read at once, each with the name of its XML in
            the archive; all rows and cells there say where they are.
        hands: those who read its long sheets already.

    Raises:
        WorkbookProtected, WorkbookDamaged: nothing was read.
    """
    try:
        tables, sheets = _read_by_hands(data, hands) if hands else ({}, [])
        for name in large.keys() - tables.keys():
            tables[name], told = _large_sheet(data, name, large[name])
            sheets = sheets or told
        if not sheets or len(tables) < len(sheets):
            with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
                sheets = workbook.sheets_metadata
                for name in workbook.sheet_names:
                    if name not in tables:
                        tables[name] = _table_of(workbook, name)
        return [tables[one.name]._replace(hidden=one.visible not in _SEEN) for one in sheets]
    except PasswordError as error:
        raise WorkbookProtected from error
    except BaseException as error:  # a panic of the native reader is no Exception
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise WorkbookDamaged from error


def read_workbook_apart(data: bytes, longest: float = _LONGEST) -> list[Table]:
    """Return every sheet of a workbook as ``read_workbook`` does, whatever becomes of the reader.

    Args:
        data: the workbook.
        longest: seconds after which the reader is stopped.

    Raises:
        WorkbookProtected, WorkbookDamaged: nothing was read.
    """
    context = multiprocessing.get_context("spawn")  # the same on every system
    here, there = context.Pipe()
    child = context.Process(target=_answer, args=(there,), daemon=True)
    child.start()
    there.close()
    try:
        here.send_bytes(data)
        if not here.poll(longest):
            raise WorkbookDamaged
        outcome, tables = here.recv()
    except (EOFError, OSError) as error:  # it died
        raise WorkbookDamaged from error
    finally:
        here.close()
        child.kill()
        child.join()
    if outcome == _PROTECTED:
        raise WorkbookProtected
    if outcome == _DAMAGED:
        raise WorkbookDamaged
    read: list[Table] = tables
    return read


def _answer(connection: Connection) -> None:
    """Read the workbook that comes, in the child, and send what it holds."""
    _limit_memory()
    data = connection.recv_bytes()
    try:
        connection.send((_READ, read_workbook(data)))
    except WorkbookProtected:
        connection.send((_PROTECTED, []))
    except WorkbookDamaged:
        connection.send((_DAMAGED, []))


def _limit_memory() -> None:
    """Let this process have so much memory at most, or what it is already limited to."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not on Windows, where the child merely dies later

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        limit = _MEMORY if most == resource.RLIM_INFINITY else min(_MEMORY, most)
        with suppress(ValueError):  # macOS has no such limit: there, too, it dies later
            resource.setrlimit(resource.RLIMIT_AS, (limit, most))


def _whole(data: bytes, sheet: str) -> Table:
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
        return _table_of(workbook, sheet)


def _table_of(workbook: CalamineWorkbook, name: str) -> Table:
    sheet = workbook.get_sheet_by_name(name)
    rows: list[list[Cell]] = sheet.to_python(skip_empty_area=False)
    merges = [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
    return Table(name, rows, merges, hidden=False)


def _read_by_hands(data: bytes, hands: Hands) -> tuple[dict[str, Table], list[SheetMetadata]]:
    """Return the sheets that others have read, and what all sheets are called, if they tell."""
    tables: dict[str, Table] = {}
    sheets: list[SheetMetadata] = []
    for name in hands.begun:
        rows: list[list[Cell]] = []
        parts, merges = hands.parts_of(name)
        try:
            for part in parts:
                _append(rows, part.start, part.rows)
        except NotSliceable:
            tables[name] = _whole(data, name)
        else:
            tables[name] = _rectangle(name, rows, merges)
        sheets = parts[0].sheets
    return tables, sheets


def _large_sheet(data: bytes, sheet: str, member: str) -> tuple[Table, list[SheetMetadata]]:
    """Return a sheet that is read some thousand rows at a time, to need less memory.

    A sheet that can not be read so is read as a whole. What all sheets are called is told, too,
    where it is known.
    """
    try:
        rows, merges, sheets = _read_slices(data, member)
    except NotSliceable:
        return _whole(data, sheet), []
    return _rectangle(sheet, rows, merges), sheets


def _rectangle(sheet: str, rows: list[list[Cell]], merges: list[Merge]) -> Table:
    """Return a sheet whose rows are not all of one length."""
    width = max(map(len, rows), default=0)
    for row in rows:
        if len(row) < width:
            row.extend([""] * (width - len(row)))
    return Table(sheet, rows, merges, hidden=False)


def _read_slices(
    data: bytes, member: str
) -> tuple[list[list[Cell]], list[Merge], list[SheetMetadata]]:
    """Return the rows of a large sheet, not all of one length, its merged cells, and all sheets.

    While the rows of one slice are put with the others, the library reads the next.

    Raises:
        NotSliceable: it is to be read as a whole.
    """
    rows: list[list[Cell]] = []
    known: dict[str, str] = {}
    parts = sliced(data, member, placed=True)
    slices = frozenset(parts.names)
    with (
        CalamineWorkbook.from_filelike(parts.workbook) as workbook,
        ThreadPoolExecutor(1, "jice-reading") as other,
    ):
        parts.workbook.close()  # the library has a copy
        coming = other.submit(workbook.get_sheet_by_name, parts.names[0])
        for following in (*parts.names[1:], ""):
            read = coming.result()
            if following:
                coming = other.submit(workbook.get_sheet_by_name, following)
            if read.start:
                more: list[list[Cell]] = read.to_python()
                _keep_once(more, known)
                _append(rows, read.start, more)
        sheets = [sheet for sheet in workbook.sheets_metadata if sheet.name not in slices]
    return rows, parts.merges, sheets


def _append(rows: list[list[Cell]], start: tuple[int, int], more: list[list[Cell]]) -> None:
    """Append a part of a sheet that begins at a row and column."""
    if not more:
        return
    first, left = start
    if first < len(rows):
        raise NotSliceable  # the rows are in no order
    rows.extend([] for _ in range(first - len(rows)))
    empty: list[Cell] = [""] * left
    rows.extend([*empty, *row] if left else row for row in more)
    more.clear()


def _keep_once(more: list[list[Cell]], known: dict[str, str]) -> None:
    """Keep texts that are seen often only once."""
    for column in range(len(more[0])):
        cells = list(map(itemgetter(column), more))
        texts = [cell for cell in set(cells) if isinstance(cell, str)]
        if len(texts) * _REPEATED <= len(more):
            for row, cell in zip(more, cells, strict=True):
                if isinstance(cell, str):
                    row[column] = known.setdefault(cell, cell)
