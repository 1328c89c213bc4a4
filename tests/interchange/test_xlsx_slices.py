"""A sheet that is dealt out to two readers, in slices or not, says what it says as a whole."""

import gc
import io
import re
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.pagebreak import Break

from desktop.errors import FileUnreadable
from desktop.interchange import shared_reading, workbooks, xlsx_parts
from desktop.interchange.list_reading import read_list
from desktop.interchange.shared_reading import Hands
from desktop.interchange.spreadsheets import read_spreadsheet
from desktop.interchange.workbooks import read_workbook
from desktop.interchange.xlsx_slices import Slices

from .conftest import SAMPLES

ROSTER = SAMPLES / "2026级新生录取名单-招生工作处.xlsx"
SHEET, WORKBOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
ByTwo = Callable[..., list[workbooks.Table]]


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a piece be a few rows, so that small files have many."""
    monkeypatch.setattr(xlsx_parts, "_AT_ONCE", 3000)
    monkeypatch.setattr(shared_reading, "_WORTH", 0)
    monkeypatch.setattr(shared_reading, "_SLICE", 6000)


@pytest.fixture(params=[False, True], ids=["unpacked", "in slices"])
def by_two(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> ByTwo:
    """Return how two read a workbook: each its half at once, or slice by slice."""
    if request.param:
        monkeypatch.setattr(shared_reading, "_UNPACKED", 0)

    def read(data: bytes, *, begun: bool = True) -> list[workbooks.Table]:
        with Hands(data) as hands:
            xlsx_parts.read_parts(data, hands.see)
            assert bool(hands.begun) is begun
            return read_workbook(data, hands)

    return read


def spoilt(data: bytes, pattern: bytes, by: bytes, member: str = SHEET) -> bytes:
    """Return a workbook in one part of which, the first sheet's XML, all such places are others."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(result, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, re.sub(pattern, by, content) if name == member else content)
    return result.getvalue()


def test_a_sheet_read_by_two_says_the_same(by_two: ByTwo) -> None:
    data = ROSTER.read_bytes()
    assert by_two(data) == read_workbook(data)
    empty = spoilt(data, rb"<row .*</row>", b"")
    assert by_two(empty, begun=False) == read_workbook(empty)


@pytest.mark.parametrize("packed", [False, True])
def test_each_reads_about_half_of_it_a_very_large_sheet_in_slices(
    monkeypatch: pytest.MonkeyPatch, packed: bool
) -> None:
    if packed:
        monkeypatch.setattr(shared_reading, "_UNPACKED", 0)
    data = ROSTER.read_bytes()
    with Hands(data) as hands:
        xlsx_parts.read_parts(data, hands.see)
        (name,) = hands.begun
        parts, _ = hands.parts_of(name)
    halves = [sum(len(rows) for _, rows in part.slices) for part in parts]
    assert abs(halves[0] - shared_reading._SHARES[0] * sum(halves)) < 50
    assert all((len(part.slices) > 10) is packed for part in parts)
    ends = [(start + len(rows), left) for part in parts for (start, left), rows in part.slices]
    begins = [start for part in parts for start, _ in part.slices]
    assert ends[:-1] == begins[1:]


def test_in_slices_a_text_that_is_often_there_is_there_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shared_reading, "_UNPACKED", 0)
    monkeypatch.setattr(shared_reading, "_SLICE", 60_000)
    data = ROSTER.read_bytes()
    with Hands(data) as hands:
        xlsx_parts.read_parts(data, hands.see)
        parts, _ = hands.parts_of(*hands.begun)
    assert all(len(part.slices) > 1 for part in parts)
    for part in parts:
        cells = [cell for _, rows in part.slices for row in rows for cell in row]
        assert len({id(cell) for cell in cells if cell == "汉族"}) == 1


def test_gaps_numbers_days_and_a_list_that_begins_further_down_say_the_same(
    by_two: ByTwo,
) -> None:
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
def test_what_no_office_program_writes_is_read_as_a_whole(
    by_two: ByTwo, pattern: bytes, by: bytes
) -> None:
    data = spoilt(ROSTER.read_bytes(), pattern, by)
    assert by_two(data, begun=False) == read_workbook(data)


def test_rows_in_no_order_are_read_as_a_whole(by_two: ByTwo) -> None:
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
def test_where_no_sheet_can_be_added_it_is_not_cut(
    by_two: ByTwo, member: str, pattern: bytes, by: bytes
) -> None:
    data = spoilt(ROSTER.read_bytes(), pattern, by, member)
    assert by_two(data, begun=False) == read_workbook(data)


def test_the_other_sheets_of_the_workbook_stay_what_they_are(by_two: ByTwo) -> None:
    book = Workbook()
    for name in ("甲", "乙", "丙"):
        sheet = book.create_sheet(name)
        for row in range(30):
            sheet.append([name, row, f"第{row}行"])
    del book["Sheet"]
    buffer = io.BytesIO()
    book.save(buffer)
    assert by_two(buffer.getvalue()) == read_workbook(buffer.getvalue())


def test_a_wide_sheet_is_dealt_out_like_any_other(by_two: ByTwo) -> None:
    book = Workbook()
    for row in range(60):
        book.worksheets[0].append([f"{row}/{column}" for column in range(120)])
    buffer = io.BytesIO()
    book.save(buffer)
    assert by_two(buffer.getvalue()) == read_workbook(buffer.getvalue())
    stray = spoilt(buffer.getvalue(), rb'r="A30"', b'r="A99999"')  # 99,999 rows of 120 cells
    assert by_two(stray, begun=False)[0].rows[99_998][0] == "29/0"


@pytest.mark.parametrize("long", [False, True], ids=["short", "dealt out"])
def test_of_two_sheets_of_one_name_none_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, long: bool
) -> None:
    monkeypatch.setattr(shared_reading, "_WORTH", 0 if long else 1 << 30)
    book = Workbook()
    for name in ("软件2601", "软件2602"):
        book.create_sheet(name).append(["姓名", name])
    buffer = io.BytesIO()
    book.save(buffer)
    file = tmp_path / "名单.xlsx"
    file.write_bytes(spoilt(buffer.getvalue(), "软件2602".encode(), "软件2601".encode(), WORKBOOK))
    with pytest.raises(FileUnreadable, match="2个工作表都叫“软件2601”"):
        read_spreadsheet(file)


def test_a_slice_that_can_not_be_put_away_is_not_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_reading, "_UNPACKED", 0)
    data = ROSTER.read_bytes()
    put, came, failing = Slices.add, 0, 0

    def add(self: Slices, xml: Iterable[bytes]) -> None:
        nonlocal came
        came += 1
        if came == failing:
            raise MemoryError
        put(self, xml)

    def read() -> None:
        nonlocal came
        came = 0
        with Hands(data) as hands:
            xlsx_parts.read_parts(data, hands.see)
            hands.parts_of(*hands.begun)

    monkeypatch.setattr(Slices, "add", add)
    read()
    for failing in (1, came // 2, came):  # noqa: B007 - the one that reads it is a closure
        with pytest.raises(MemoryError):
            read()


@pytest.mark.parametrize("unpacked", [0, 1 << 30])
def test_of_a_damaged_workbook_nothing_is_left_open(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, unpacked: int
) -> None:
    monkeypatch.setattr(shared_reading, "_UNPACKED", unpacked)
    file = tmp_path / "名单.xlsx"
    file.write_bytes(spoilt(ROSTER.read_bytes(), rb"</si>", b"<", "xl/sharedStrings.xml"))
    with pytest.raises(FileUnreadable, match="损坏"):
        read_spreadsheet(file)
    gc.collect()  # what was left open would complain, and the test would fail


def test_of_many_long_sheets_only_so_much_waits_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
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
    monkeypatch.setattr(shared_reading, "_UNPACKED", sum(sizes))
    with Hands(data) as hands:
        xlsx_parts.read_parts(data, hands.see)
        assert read_workbook(data, hands) == read_workbook(data)
    with Hands(data) as hands:
        xlsx_parts.read_parts(data, hands.see)
        slices = [len(hands.parts_of(f"第{n}班")[0][0].slices) for n in range(4)]
    assert slices[:2] == [1, 1]
    assert min(slices[2:]) > 1


def test_a_large_list_is_read_as_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_reading, "_UNPACKED", 0)
    in_slices = read_list(ROSTER)
    monkeypatch.setattr(shared_reading, "_WORTH", 1 << 30)
    assert in_slices == read_list(ROSTER)


def test_the_guard_sees_the_same_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    (piecemeal,) = xlsx_parts.read_parts(ROSTER.read_bytes())
    monkeypatch.setattr(xlsx_parts, "_AT_ONCE", 8 << 20)
    (whole,) = xlsx_parts.read_parts(ROSTER.read_bytes())
    assert piecemeal == whole
