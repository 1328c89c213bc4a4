"""Workbooks of Excel 95, crafted by us as old systems write them: their texts are bytes."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.interchange.file_types import FileKind
from desktop.interchange.list_reading import read_list
from desktop.interchange.old_xls import as_single_bytes, put_together
from desktop.interchange.spreadsheets import read_spreadsheet
from desktop.interchange.workbooks import read_workbook

from .conftest import TITLES, student
from .workbook_makers import Failed, Hidden, Value, make_old_xls, make_xls

ROWS = [list(TITLES), *(student(number) for number in range(1, 4))]
GBK = st.text(st.characters(codec="gb18030", exclude_categories=["Cs", "Cc"]), max_size=12)


@pytest.mark.parametrize("page", [936, 20936, 54936, None, 0, 437, 1200, 1252, 0x8001])
def test_a_list_is_read_whatever_code_page_it_says_it_has(tmp_path: Path, page: int | None) -> None:
    path = tmp_path / "名单.et"
    path.write_bytes(make_old_xls({"二〇二六级": ROWS}, page=page))
    assert read_spreadsheet(path).kind is FileKind.XLS
    read = read_list(path)
    assert [sheet.name for sheet in read.sheets] == ["二〇二六级"]
    assert read.problems == ()
    assert [row.values["name"] for row in read.rows] == ["张三"] * 3
    assert read.rows[0].values["id_number"] == student(1)[5]


def test_what_failed_and_what_is_hidden_is_told_of_old_workbooks_too(tmp_path: Path) -> None:
    path = tmp_path / "名单.xls"
    cut = Hidden(frozenset({2}), frozenset({6}))
    failed: list[Value] = [*student(9)[:2], Failed("#REF!"), *student(9)[3:]]
    path.write_bytes(make_old_xls({"新生": [*ROWS, failed]}, cut))
    read = read_list(path)
    assert [(p.row, p.column, p.value, p.code) for p in read.problems] == [
        (0, "", "", "note-row"),
        (5, "姓名", "#REF!", "formula-error"),
    ]
    assert read.problems[0].message.startswith("第3行，第G栏是隐藏的")


def test_traditional_characters_of_their_own_code_page_are_read(tmp_path: Path) -> None:
    path = tmp_path / "名單.xls"
    path.write_bytes(make_old_xls({"名單": [["張學友"]]}, page=950, encoding="cp950"))
    (sheet,) = read_spreadsheet(path).sheets
    assert (sheet.name, sheet.rows) == ("名單", [["張學友"]])


def test_texts_that_are_no_chinese_bytes_stay_as_they_say_they_are(tmp_path: Path) -> None:
    path = tmp_path / "list.xls"
    path.write_bytes(make_old_xls({"a": [["é", "ü x"]]}, page=1252, encoding="cp1252"))
    (sheet,) = read_spreadsheet(path).sheets
    assert sheet.rows == [["é", "ü x"]]


def test_half_a_character_is_left_as_a_sign_that_one_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "名单.xls"
    data = make_old_xls({"新生": ROWS})
    whole, half = "张三".encode("gbk"), "张".encode("gbk") + b"\xc8 "
    path.write_bytes(data.replace(whole, half, 1))
    asked = [(p.row, p.column, p.code) for p in read_list(path).problems]
    assert (2, "姓名", "name-placeholder") in asked


@given(st.lists(GBK.filter(bool), min_size=1, max_size=4))
def test_every_text_is_put_together_again(texts: list[str]) -> None:
    legible, how = as_single_bytes(make_old_xls({"新生": [texts]}, encoding="gb18030"))
    assert how is not None
    (table,) = put_together(read_workbook(legible), how)
    assert (table.name, table.rows) == ("新生", [texts])


def test_a_newer_workbook_is_left_alone() -> None:
    data = make_xls({"新生": [["张三"]]})
    assert as_single_bytes(data) == (data, None)
    assert as_single_bytes(b"no workbook" * 100) == (b"no workbook" * 100, None)
