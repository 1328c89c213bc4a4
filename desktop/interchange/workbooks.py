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
from collections.abc import Iterable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import NamedTuple

from python_calamine import CalamineWorkbook, PasswordError, SheetMetadata, SheetVisibleEnum

from desktop.interchange.cells import Cell, Merge
from desktop.interchange.shared_reading import Hands, Part
from desktop.interchange.xlsx_slices import NotSliceable

_LONGEST = 60.0  # seconds; the largest list takes three
_MEMORY = 2 << 30  # bytes of addresses; a list of 200,000 students takes a third
_SEEN = (SheetVisibleEnum.Visible, None)
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


def read_workbook(data: bytes, hands: Hands | None = None) -> list[Table]:
    """Return every sheet of a workbook.

    Args:
        data: the workbook.
        hands: those who read its long sheets already.

    Raises:
        WorkbookProtected, WorkbookDamaged: nothing was read.
    """
    try:
        tables, sheets = _read_by_hands(data, hands) if hands else ({}, [])
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
        parts, merges = hands.parts_of(name)
        sheets = parts[0].sheets
        try:
            rows = _put_together(parts)
        except NotSliceable:
            tables[name] = _whole(data, name)
        else:
            tables[name] = Table(name, rows, merges, hidden=False)
    return tables, sheets


def _put_together(parts: Iterable[Part]) -> list[list[Cell]]:
    """Return the rows of all slices of a sheet, all of one length.

    Raises:
        NotSliceable: they are in no order.
    """
    rows: list[list[Cell]] = []
    for (first, left), more in (one for part in parts for one in part.slices):
        if first < len(rows):
            raise NotSliceable
        rows.extend([] for _ in range(first - len(rows)))
        empty: list[Cell] = [""] * left
        rows.extend([*empty, *row] if left else row for row in more)
        more.clear()
    width = max(map(len, rows), default=0)
    for row in rows:
        if len(row) < width:
            row.extend([""] * (width - len(row)))
    return rows
