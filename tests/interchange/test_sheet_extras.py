"""Failed formulas and merged cells are seen in every format of workbooks."""

import io
import random
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from openpyxl import Workbook

from desktop.domain.id_numbers import check_character
from desktop.interchange.file_types import FileKind
from desktop.interchange.list_reading import read_list
from desktop.interchange.ods_parts import ods_sheets
from desktop.interchange.sheet_facts import SheetFacts
from desktop.interchange.spreadsheets import read_spreadsheet
from desktop.interchange.xls_parts import xls_sheets
from desktop.interchange.xlsb_parts import xlsb_sheets

from .conftest import SAMPLES
from .workbook_makers import Failed, Hidden, Value, make_ods, make_xls, make_xlsb

Make = Callable[..., bytes]
FIRST = "11010120080101001"
IDENTITY = FIRST + check_character(FIRST)
HEAD = ["院部", "考生号", "姓名", "性别", "身份证号", "联系电话"]
BINARY = ("xl/workbook.bin", "xl/worksheets/sheet1.bin")
EVERY = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")


@pytest.mark.parametrize("make", [make_xls, make_ods, make_xlsb])
@pytest.mark.parametrize("shown", EVERY)
def test_a_failed_formula_is_told(tmp_path: Path, make: Make, shown: str) -> None:
    rows: list[list[Value]] = [
        [*HEAD],
        ["医学院", "26420601110001", Failed(shown), "男", IDENTITY, Failed("#N/A", formula=False)],
    ]
    path = tmp_path / "名单.xls"
    path.write_bytes(make({"说明": [["见下一页"]], "新生": rows}, ()))
    read = read_list(path)
    assert [
        (p.sheet, p.row, p.column, p.value) for p in read.problems if p.code == "formula-error"
    ] == [
        ("新生", 2, "姓名", shown),
        ("新生", 2, "联系电话", "#N/A"),
    ]
    assert "required-missing" not in {p.code for p in read.problems}


@pytest.mark.parametrize("make", [make_xls, make_ods])
def test_merged_cells_are_known_in_every_format(tmp_path: Path, make: Make) -> None:
    rows = [
        ["院部", "考生号", "学生", "", "", "联系电话"],
        ["", "", "姓名", "性别", "身份证号", ""],
        ["医学院", "26420601110001", "张三", "男", IDENTITY, "13800000000"],
        ["", "26420601110002", "李四", "男", "", "13800000000"],
    ]
    merges = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 4), (0, 5, 1, 5), (2, 0, 3, 0)]
    path = tmp_path / "名单"
    path.write_bytes(make({"新生": rows}, merges))
    (sheet,) = read_spreadsheet(path).sheets
    assert sorted(sheet.merges) == sorted(merges)
    read = read_list(path)
    assert read.sheets[0].header_row == 2
    assert [row.values["college"] for row in read.rows] == ["医学院", "医学院"]


@pytest.mark.parametrize("make", [make_xls, make_ods, make_xlsb])
def test_hidden_rows_and_columns_are_told_and_read(tmp_path: Path, make: Make) -> None:
    rows = [HEAD, *(["医学院", f"2642060111000{n}", "张三", "男", IDENTITY, ""] for n in range(4))]
    cut = Hidden(rows=frozenset({2, 4, 9}), columns=frozenset({0, 3, 8}))
    path = tmp_path / "名单"
    path.write_bytes(make({"新生": [*rows, [], []], "另一张": rows}, (), cut))
    first, second = read_spreadsheet(path).sheets
    assert [(note.row, note.code, note.message) for note in first.notes] == [
        (
            0,
            "note-row",
            "第3行、第5行，第A栏、第D栏是隐藏的，已照常读取；不要的，请在表格里取消隐藏后删去。",
        )
    ]
    assert second.notes == ()
    assert len(first.rows) >= len(rows)


def test_a_hidden_sheet_of_an_old_workbook_is_left_out(tmp_path: Path) -> None:
    rows = [HEAD, ["医学院", "26420601110001", "张三", "男", IDENTITY, ""]]
    path = tmp_path / "名单.xls"
    path.write_bytes(make_xls({"旧": rows, "新": rows}, hidden=frozenset({"旧"})))
    read = read_list(path)
    assert [sheet.name for sheet in read.sheets] == ["新"]
    assert [(p.sheet, p.code) for p in read.problems] == [("旧", "note-row")]


def test_a_real_old_workbook_is_followed_to_its_end() -> None:
    data = (SAMPLES / "2026级新生信息汇总表-医学院.xls").read_bytes()
    assert xls_sheets(data) == {"新生名单": SheetFacts()}


def test_repeated_cells_and_rows_are_counted() -> None:
    content = """<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"
      xmlns:calcext="c"><table:table table:name="甲">
      <table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>
      <table:table-row table:number-rows-repeated="2">
      <table:table-cell table:number-columns-repeated="4"/>
      <table:table-cell calcext:value-type="error" table:number-columns-repeated="2">
      <text:p>#REF!</text:p></table:table-cell></table:table-row></table:table>
      </office:document-content>"""
    assert ods_sheets(zipped(content))["甲"].errors == {
        (row, column): "#REF!" for row in (3, 4) for column in (4, 5)
    }


def zipped(content: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.xml", content)
    return written.getvalue()


def test_entities_are_not_expanded() -> None:
    lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE x [<!ENTITY e0 "a">{lines}]><x calcext:value-type="error">&e11;</x>'
    assert ods_sheets(zipped(bomb)) == {}


def packed(parts: Mapping[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return written.getvalue()


def spoil(chance: random.Random, part: bytes) -> bytes:
    """Return bytes of which a few are others, or which end early."""
    spoilt = bytearray(part)
    for _ in range(chance.randrange(1, 5)):
        spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    return bytes(spoilt[: chance.randrange(len(spoilt) // 2, len(spoilt) + 1)])


def test_damage_is_never_an_error_of_ours() -> None:
    chance = random.Random(4)
    rows: list[list[Value]] = [["a", Failed("#N/A"), 3.5]] * 40
    old = make_xls({"甲": rows})
    with zipfile.ZipFile(io.BytesIO(make_ods({"甲": rows}))) as archive:
        content = archive.read("content.xml").decode()
    cut = Hidden(frozenset({3}), frozenset({1}))
    with zipfile.ZipFile(io.BytesIO(make_xlsb({"甲": rows}, (), cut))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(300):
        spoilt = bytearray(old)
        for _ in range(chance.randrange(1, 8)):
            spoilt[chance.randrange(2048)] = chance.randrange(256)
        assert isinstance(xls_sheets(bytes(spoilt)), dict)
        place = chance.randrange(len(content))
        assert isinstance(ods_sheets(zipped(content[:place] + content[place + 3 :])), dict)
        damaged = {name: spoil(chance, parts[name]) for name in BINARY}
        assert isinstance(xlsb_sheets(packed({**parts, **damaged})), dict)


@pytest.mark.parametrize("without", [r'(<c) r="[A-Z]+[0-9]+"', r'(<(?:c|row)) r="[A-Z]*[0-9]+"'])
def test_cells_that_do_not_say_where_they_stand_are_counted(tmp_path: Path, without: str) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEAD, ["医学院", "26420601110001", "#N/A", "男", IDENTITY, "#REF!"]):
        sheet.append(row)
    path = tmp_path / "名单.xlsx"
    book.save(path)
    written = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(written, "w") as target:
        for name in source.namelist():
            content = source.read(name).decode()
            if name.endswith("sheet1.xml"):
                content = re.sub(without, r"\1", content)
            target.writestr(name, content)
    path.write_bytes(written.getvalue())
    source_file = read_spreadsheet(path)
    assert source_file.kind is FileKind.XLSX
    assert source_file.sheets[0].errors == {(1, 2): "#N/A", (1, 5): "#REF!"}
