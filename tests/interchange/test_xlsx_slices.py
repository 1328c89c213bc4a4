"""A large sheet that is read in slices says what it says as a whole."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from desktop.interchange import spreadsheets, workbooks, xlsx_parts
from desktop.interchange.cells import Merge
from desktop.interchange.list_reading import read_list
from desktop.interchange.workbooks import read_workbook
from desktop.interchange.xlsx_slices import NotSliceable, slices

from .conftest import SAMPLES

ROSTER = SAMPLES / "2026级新生录取名单-招生工作处.xlsx"
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a piece be a few rows, so that small files have many."""
    monkeypatch.setattr(xlsx_parts, "_AT_ONCE", 3000)
    monkeypatch.setattr(slices, "__defaults__", (7,))


def spoilt(data: bytes, pattern: bytes, by: bytes) -> bytes:
    """Return a workbook whose first sheet's XML has something else in every place."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(result, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, re.sub(pattern, by, content) if name == SHEET else content)
    return result.getvalue()


def in_slices(data: bytes) -> list[workbooks.Table]:
    [table] = read_workbook(data)
    return read_workbook(data, {table.name: SHEET})


def test_a_sheet_in_slices_says_the_same() -> None:
    data = ROSTER.read_bytes()
    assert len(list(slices(data, SHEET, []))) > 20
    assert in_slices(data) == read_workbook(data)


def test_gaps_numbers_days_and_a_list_that_begins_further_down_say_the_same() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (5, 6, 7, *range(40, 120), 300):
        sheet.cell(row, 3, row)
        sheet.cell(row, 4, f"文字{row % 3} & <b>")
        if row % 2:
            sheet.cell(row, 5 + row % 4, 1.5)
    sheet.cell(60, 2).font = Font(bold=True)
    buffer = io.BytesIO()
    book.save(buffer)
    assert in_slices(buffer.getvalue()) == read_workbook(buffer.getvalue())


@pytest.mark.parametrize(
    ("pattern", "by"),
    [
        (rb"<row r=\"[0-9]+\"", rb"<row"),
        (rb"<c r=\"[A-Z]+[0-9]+\"", rb"<c"),
        (rb"</row>", rb"</row><!-- -->"),
        (rb"<sheetData>", rb"<sheetData ><!-- <row> -->"),
    ],
)
def test_what_no_office_program_writes_is_read_as_a_whole(pattern: bytes, by: bytes) -> None:
    data = spoilt(ROSTER.read_bytes(), pattern, by)
    with pytest.raises(NotSliceable):
        list(slices(data, SHEET, []))
    assert in_slices(data) == read_workbook(data)


def test_a_large_list_is_read_as_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read_list(ROSTER)
    sliced: list[Path] = []

    def watched(data: bytes, member: str, merges: list[Merge]) -> Iterator[io.BytesIO]:
        sliced.append(ROSTER)
        return slices(data, member, merges)

    monkeypatch.setattr(workbooks, "slices", watched)
    monkeypatch.setattr(spreadsheets, "_MANY_CELLS", 100)
    assert read_list(ROSTER) == whole
    assert sliced == [ROSTER]


def test_the_guard_sees_the_same_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    (piecemeal,) = xlsx_parts.read_parts(ROSTER.read_bytes())
    monkeypatch.setattr(xlsx_parts, "_AT_ONCE", 8 << 20)
    (whole,) = xlsx_parts.read_parts(ROSTER.read_bytes())
    assert piecemeal == whole
    with zipfile.ZipFile(ROSTER) as archive:
        assert whole.rows == archive.read(SHEET).count(b"<row ")
