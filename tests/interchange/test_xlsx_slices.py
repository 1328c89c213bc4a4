"""A sheet that is read in slices, or dealt out to two readers, says what it says as a whole."""

import io
import re
import zipfile

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.pagebreak import Break

from desktop.interchange import shared_reading, spreadsheets, workbooks, xlsx_parts
from desktop.interchange.list_reading import read_list
from desktop.interchange.shared_reading import Hands
from desktop.interchange.workbooks import read_workbook
from desktop.interchange.xlsx_slices import NotSliceable, Sliced, sliced

from .conftest import SAMPLES

ROSTER = SAMPLES / "2026级新生录取名单-招生工作处.xlsx"
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a piece be a few rows, so that small files have many."""
    monkeypatch.setattr(xlsx_parts, "_AT_ONCE", 3000)
    monkeypatch.setattr(shared_reading, "_WORTH", range(1 << 30))
    monkeypatch.setattr(sliced, "__defaults__", (7,))


def spoilt(data: bytes, pattern: bytes, by: bytes, member: str = SHEET) -> bytes:
    """Return a workbook in one part of which, the first sheet's XML, all such places are others."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(result, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, re.sub(pattern, by, content) if name == member else content)
    return result.getvalue()


def in_slices(data: bytes) -> list[workbooks.Table]:
    [table] = read_workbook(data)
    (part,) = xlsx_parts.read_parts(data)
    return read_workbook(data, {table.name: SHEET} if part.placed else {})


def by_two(data: bytes, *, begun: bool = True) -> list[workbooks.Table]:
    with Hands(data) as hands:
        xlsx_parts.read_parts(data, hands.see)
        assert bool(hands.begun) is begun
        return read_workbook(data, hands=hands)


def test_a_sheet_in_slices_says_the_same() -> None:
    data = ROSTER.read_bytes()
    assert len(sliced(data, SHEET).names) > 20
    assert in_slices(data) == read_workbook(data)


def test_a_sheet_read_by_two_says_the_same() -> None:
    data = ROSTER.read_bytes()
    with Hands(data) as hands:
        xlsx_parts.read_parts(data, hands.see)
        (name,) = hands.begun
        (first, rows, _), (second, more, _) = hands.parts_of(name)[0]
    assert abs(len(rows) - len(more)) < 50
    assert second == (first[0] + len(rows), first[1])
    assert by_two(data) == read_workbook(data)
    empty = spoilt(data, rb"<row .*</row>", b"")
    assert by_two(empty, begun=False) == read_workbook(empty)


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
    sheet.row_breaks.append(Break(50))  # its XML begins like a row's
    sheet.merge_cells("C5:D6")
    sheet.merge_cells("C100:C101")
    book.save(buffer)
    whole = read_workbook(buffer.getvalue())
    assert whole[0].merges == [(4, 2, 5, 3), (99, 2, 100, 2)]
    assert in_slices(buffer.getvalue()) == whole
    assert by_two(buffer.getvalue()) == whole


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
        sliced(data, SHEET)
    assert in_slices(data) == read_workbook(data)
    assert by_two(data, begun=False) == read_workbook(data)


def test_rows_in_no_order_are_read_as_a_whole() -> None:
    rows = re.search(rb"<row r=\"2\".*?</row>", zipfile.ZipFile(ROSTER).read(SHEET))
    assert rows
    data = spoilt(
        spoilt(ROSTER.read_bytes(), re.escape(rows[0]), b""),
        rb"</sheetData>",
        rows[0] + b"</sheetData>",
    )
    assert by_two(data) == read_workbook(data)


@pytest.mark.parametrize(
    ("member", "pattern", "by"),
    [
        ("xl/workbook.xml", rb"</sheets>", rb"</sheets><!-- </sheets> -->"),
        ("xl/workbook.xml", rb"<sheet name=\"[^\"]*\"", rb'<sheet name="jice-slice-1"'),
        ("xl/_rels/workbook.xml.rels", rb"<(/?)Relationship", rb"<\1x:Relationship"),
    ],
)
def test_where_no_sheet_can_be_added_it_is_not_cut(member: str, pattern: bytes, by: bytes) -> None:
    data = spoilt(ROSTER.read_bytes(), pattern, by, member)
    with pytest.raises(NotSliceable):
        sliced(data, SHEET)
    assert by_two(data, begun=False) == read_workbook(data)


def test_the_other_sheets_of_the_workbook_stay_what_they_are() -> None:
    book = Workbook()
    for name in ("甲", "乙", "丙"):
        sheet = book.create_sheet(name)
        for row in range(30):
            sheet.append([name, row, f"第{row}行"])
    del book["Sheet"]
    buffer = io.BytesIO()
    book.save(buffer)
    tables = read_workbook(buffer.getvalue())
    member = "xl/worksheets/sheet2.xml"
    assert len(sliced(buffer.getvalue(), member).names) > 1
    assert read_workbook(buffer.getvalue(), {"乙": member}) == tables
    assert by_two(buffer.getvalue()) == tables


def test_of_many_long_sheets_only_so_much_waits_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    book = Workbook()
    for number in range(4):
        sheet = book.create_sheet(f"第{number}班")
        for row in range(200):
            sheet.append([number, row, f"第{row}行"])
    del book["Sheet"]
    buffer = io.BytesIO()
    book.save(buffer)
    data = buffer.getvalue()
    with zipfile.ZipFile(buffer) as archive:
        sizes = [archive.getinfo(f"xl/worksheets/sheet{n}.xml").file_size for n in (1, 2)]
    monkeypatch.setattr(shared_reading, "_WORTH", range(sum(sizes) + 1))
    with Hands(data) as hands:
        xlsx_parts.read_parts(data, hands.see)
        assert hands.begun == {"第0班", "第1班"}
        assert read_workbook(data, hands=hands) == read_workbook(data)


def test_a_large_list_is_read_as_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read_list(ROSTER)
    watched: list[int] = []

    def watch(data: bytes, member: str, *, placed: bool) -> Sliced:
        parts = sliced(data, member, placed=placed)
        watched.append(len(parts.names))
        return parts

    monkeypatch.setattr(shared_reading, "_WORTH", range(0))
    monkeypatch.setattr(workbooks, "sliced", watch)
    monkeypatch.setattr(spreadsheets, "_MANY_CELLS", 100)
    assert read_list(ROSTER) == whole
    assert len(watched) == 1
    assert watched[0] > 20


def test_the_guard_sees_the_same_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    (piecemeal,) = xlsx_parts.read_parts(ROSTER.read_bytes())
    monkeypatch.setattr(xlsx_parts, "_AT_ONCE", 8 << 20)
    (whole,) = xlsx_parts.read_parts(ROSTER.read_bytes())
    assert piecemeal == whole
    with zipfile.ZipFile(ROSTER) as archive:
        assert whole.rows == archive.read(SHEET).count(b"<row ")
