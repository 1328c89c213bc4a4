"""Lists as workbooks: every cell is text, and the same rows give the same bytes.

A number as text keeps its zeros and its last digits; a text that begins with "=" stays a text and
never becomes a formula on somebody's PC.
"""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

_TEXT_FORMAT = "@"
_LONGEST_SHEET_NAME = 31
_FORBIDDEN_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_ESCAPED = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]|_(?=x[0-9A-Fa-f]{4}_)")
_MADE = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a mark in the file, not a moment
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_MADE_TEXT = rb"\g<1>2000-01-01T00:00:00Z\g<2>"


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column: its title and its width in characters."""

    title: str
    width: float


@dataclass(frozen=True, slots=True)
class ListSheet:
    """One sheet of a workbook; every row has one text per column."""

    title: str
    columns: Sequence[ListColumn]
    rows: Sequence[Sequence[str]]


def write_list(title: str, columns: Sequence[ListColumn], rows: Sequence[Sequence[str]]) -> bytes:
    """Return an xlsx file with one sheet named ``title``: a frozen, bold header, then the rows."""
    return write_lists([ListSheet(title, columns, rows)])


def write_lists(sheets: Sequence[ListSheet]) -> bytes:
    """Return an xlsx file with one or more sheets; the same sheets give the same bytes.

    A character that XML can not hold (a control character) is written as _x0001_, which office
    programs read as that character; a text that looks like it by itself is kept apart from it.
    """
    workbook = new_workbook()
    for sheet, name in zip(sheets, sheet_names(s.title for s in sheets), strict=True):
        worksheet = workbook.create_sheet(name)
        _write_sheet(worksheet, sheet)
    return saved(workbook)


def new_workbook() -> Workbook:
    """Return a workbook into which rows are written one after another."""
    workbook = Workbook(write_only=True)
    workbook.properties.creator = "籍册"
    workbook.properties.created = _MADE
    return workbook


def saved(workbook: Workbook) -> bytes:
    """Return the file of a workbook, the same for the same cells."""
    buffer = io.BytesIO()
    workbook.save(buffer)
    return _without_clock(buffer.getvalue())


def _write_sheet(worksheet: WriteOnlyWorksheet, sheet: ListSheet) -> None:
    worksheet.freeze_panes = "A2"
    dimensions = worksheet.column_dimensions  # type: ignore[attr-defined] # stubs leave it out
    for index, column in enumerate(sheet.columns, start=1):
        dimensions[get_column_letter(index)].width = column.width
    bold, centre = Font(bold=True), Alignment(horizontal="center", vertical="center")
    header = [text_cell(worksheet, column.title) for column in sheet.columns]
    for cell in header:
        cell.font, cell.alignment = bold, centre
    worksheet.append(header)
    for row in sheet.rows:
        worksheet.append([text_cell(worksheet, text) for text in row])


def text_cell(worksheet: WriteOnlyWorksheet, text: str) -> Cell:
    """Return a cell of a worksheet that holds a text, whatever it looks like."""
    cell = Cell(worksheet, row=1, column=1, value=_ESCAPED.sub(_escape, text))
    cell.data_type = "s"  # after the value: a text that begins with "=" was taken for a formula
    cell.number_format = _TEXT_FORMAT
    return cell


def _escape(match: re.Match[str]) -> str:
    return f"_x{ord(match.group()):04X}_"


def sheet_names(titles: Iterable[str]) -> Iterator[str]:
    """Yield names that every office program accepts, no two alike."""
    used: set[str] = set()
    for title in titles:
        base = _FORBIDDEN_IN_SHEET_NAME.sub("_", title).strip(" '") or "名单"
        name, number = base[:_LONGEST_SHEET_NAME], 1
        while name.casefold() in used:
            number += 1
            ending = f"({number})"
            name = base[: _LONGEST_SHEET_NAME - len(ending)] + ending
        used.add(name.casefold())
        yield name


def _without_clock(data: bytes) -> bytes:
    """Return the workbook without the moment of its making: it is in the ZIP and in docProps."""
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(_MADE_TEXT, content)
            member = zipfile.ZipInfo(name, _ZIP_TIME)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0  # the same file on Windows and Linux
            target.writestr(member, content)
    return result.getvalue()
