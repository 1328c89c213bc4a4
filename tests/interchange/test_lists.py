"""Lists are text through and through, and the same list is the same file."""

import io
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from desktop.interchange.lists import ListColumn, ListSheet, write_list, write_lists

COLUMNS = (ListColumn("姓名", 12), ListColumn("号码", 24))
TRICKY = [["=1+1", "007"], ["+1", "-1"], ["@x", "420624200807245171"], [" 甲 ", "1E5"], ["𬱖", ""]]
_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=12)


def read_by_calamine(data: bytes) -> list[list[object]]:
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        return [list(row) for row in book.get_sheet_by_index(0).to_python(skip_empty_area=False)]


def test_every_cell_is_read_back_as_text_by_both_readers() -> None:
    data = write_list("名单", COLUMNS, TRICKY)
    assert read_by_calamine(data) == [["姓名", "号码"], *TRICKY]
    sheet = load_workbook(io.BytesIO(data))["名单"]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert [cell.value for cell in cells[2:]] == [text for row in TRICKY for text in row if text]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}


def test_the_header_is_frozen_and_bold_and_columns_have_their_width() -> None:
    sheet = load_workbook(io.BytesIO(write_list("名单", COLUMNS, TRICKY)))["名单"]
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold
    assert not sheet["A2"].font.bold
    assert sheet.column_dimensions["B"].width == 24


def _is_readable(text: str) -> bool:
    """Tell whether calamine reads a text as it stands: of white space alone it makes nothing."""
    return bool(text.strip(" \t\n"))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(_TEXT.filter(_is_readable), st.just("") | _TEXT.filter(_is_readable)),
        min_size=1,
        max_size=5,
    )
)
def test_any_text_comes_back_as_it_was(rows: list[tuple[str, str]]) -> None:
    data = write_list("名单", COLUMNS, rows)
    assert read_by_calamine(data)[1:] == [list(row) for row in rows]


def test_the_same_list_is_the_same_file(monkeypatch: pytest.MonkeyPatch) -> None:
    first = write_list("名单", COLUMNS, TRICKY)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 90_000)
    assert write_list("名单", COLUMNS, TRICKY) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("docProps/core.xml").count(b"2000-01-01T00:00:00Z") == 2


def test_sheets_get_names_that_every_program_accepts() -> None:
    titles = ["甲/乙[1]", "甲/乙[1]", "", "长" * 40, "长" * 40]
    data = write_lists([ListSheet(title, COLUMNS, TRICKY) for title in titles])
    names = load_workbook(io.BytesIO(data)).sheetnames
    assert names == ["甲_乙_1_", "甲_乙_1_(2)", "名单", "长" * 31, "长" * 28 + "(2)"]
