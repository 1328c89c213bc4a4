"""Upload files for 学信网 hold what was decided, or say whom they leave out."""

import io
import warnings
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from desktop.domain.chsi import ChsiAction, ChsiTable
from desktop.interchange.chsi import check_chsi, chsi_dbf, chsi_fields, chsi_table, chsi_xlsx
from desktop.interchange.dbase import write_dbf
from desktop.interchange.dbase_reading import read_dbf

DAY = date(2026, 10, 1)
RECORD = {
    "KSH": "26420601110001",
    "XH": "202601010001",
    "XM": "阿卜杜拉·买买提",
    "XB": "男",
    "CSRQ": "20080724",
    "SFZH": "420624200807245171",
    "ZYDM": "520101K",
    "ZYMC": "临床医学",
    "CC": "专科(高职)",
    "XZ": "3",
}


def table_of(*names: str) -> ChsiTable:
    return chsi_table(ChsiAction.REGISTER, [{**RECORD, "XM": name} for name in names])


def read_with_dbf(path: Path, data: bytes) -> list[list[str]]:
    """Read a table with a library that is not ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import dbf  # noqa: PLC0415 - its import warns of what later Pythons will do
    path.write_bytes(data)
    table = dbf.Table(str(path), codepage="cp936")
    table.open(dbf.READ_ONLY)
    rows = [[str(value).rstrip() for value in record] for record in table]
    table.close()
    return rows


@pytest.mark.parametrize(
    ("action", "codes"),
    [
        (
            ChsiAction.REGISTER,
            "KSH XH XM XB CSRQ SFZH ZZMM MZ ZYDM ZYMC FY XSH BH CC XXXS XZ RXRQ YJBYRQ",
        ),
        (ChsiAction.KEEP_PLACE, "KSH XM YDYY"),
        (ChsiAction.GIVE_UP_PLACE, "KSH XM BZ"),
    ],
)
def test_the_fields_stand_in_the_platforms_order(action: ChsiAction, codes: str) -> None:
    assert [field.code for field in chsi_fields(action)] == codes.split()


def test_the_widths_are_the_platforms() -> None:
    widths = {field.code: field.width for field in chsi_fields(ChsiAction.REGISTER)}
    assert (widths["XM"], widths["ZYMC"], widths["KSH"], widths["XH"]) == (40, 50, 18, 15)
    assert widths["ZYDM"] == 7


def test_a_field_that_the_table_does_not_have_is_a_bug() -> None:
    with pytest.raises(ValueError, match="YDYY"):
        chsi_table(ChsiAction.REGISTER, [{"YDYY": "x"}])


def test_good_rows_are_read_back_by_another_library(tmp_path: Path) -> None:
    table = table_of("张三", "阿卜杜拉·买买提", "堃喆")
    result = chsi_dbf(table, DAY)
    assert result.left_out == ()
    assert read_with_dbf(tmp_path / "t.dbf", result.data) == [list(row) for row in table.rows]


def test_what_a_dbf_can_not_hold_is_left_out_and_listed(tmp_path: Path) -> None:
    table = table_of("张三", "林平䶮", "买" * 21, "李四")
    result = chsi_dbf(table, DAY)
    assert [(p.row, p.field.code, p.code) for p in result.left_out] == [
        (1, "XM", "gbk-unencodable"),
        (2, "XM", "width-exceeded"),
    ]
    assert result.left_out == check_chsi(table)
    assert [row[2] for row in read_with_dbf(tmp_path / "t.dbf", result.data)] == ["张三", "李四"]


def test_the_workbook_holds_every_row_as_text() -> None:
    table = table_of("张三", "林平䶮", "买" * 21)
    with CalamineWorkbook.from_filelike(io.BytesIO(chsi_xlsx(table))) as book:
        rows = book.get_sheet_by_name("学籍注册").to_python()
    assert rows == [[field.code for field in table.fields], *map(list, table.rows)]


def test_the_same_table_is_the_same_file() -> None:
    table = table_of("张三", "林平䶮")
    assert chsi_dbf(table, DAY) == chsi_dbf(table, DAY)
    assert chsi_xlsx(table) == chsi_xlsx(table)
    assert chsi_dbf(table, DAY).data[:4] == bytes([3, 126, 10, 1])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text(st.characters(exclude_categories=["Cc", "Cs", "Z"]), max_size=30), max_size=6)
)
def test_every_row_is_in_the_file_or_on_the_list(names: list[str]) -> None:
    result = chsi_dbf(table_of(*names), DAY)
    rows = read_dbf(result.data).rows
    out = {problem.row for problem in result.left_out}
    assert [row[2] for row in rows] == [n for i, n in enumerate(names) if i not in out]


def test_the_writer_itself_refuses_to_cut_or_replace() -> None:
    with pytest.raises(ValueError, match="longer"):
        write_dbf([("XM", 4)], [["张三丰"]], DAY)
    with pytest.raises(UnicodeEncodeError):
        write_dbf([("XM", 4)], [["䶮"]], DAY)


def test_a_deleted_record_is_no_record_but_keeps_its_number() -> None:
    data = bytearray(write_dbf([("XM", 4)], [["张三"], ["李四"]], DAY))
    data[32 + 32 + 1] = ord("*")
    table = read_dbf(bytes(data))
    assert (table.names, table.rows, table.numbers) == (["XM"], [["李四"]], [2])
    assert table.deleted == [1]
