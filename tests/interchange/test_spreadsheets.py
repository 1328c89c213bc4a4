"""Whatever an office brings is read as what it is, or refused in a sentence."""

import contextlib
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from desktop.errors import FileEncrypted, FileUnreadable, UserError
from desktop.interchange.file_types import FileKind
from desktop.interchange.lists import ListColumn, write_list
from desktop.interchange.rosters import read_roster
from desktop.interchange.spreadsheets import read_spreadsheet

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
XLSX = SAMPLES / "2026级新生录取名单-招生工作处.xlsx"
XLS = SAMPLES / "2026级新生信息汇总表-医学院.xls"


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A path that is written anew for every example."""
    return tmp_path_factory.mktemp("files") / "名单.xlsx"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        (XLSX.name, FileKind.XLSX),
        (XLS.name, FileKind.XLS),
        ("新生名单-单招.csv", FileKind.CSV),
        ("T_XSXX.DBF", FileKind.DBF),
    ],
)
def test_the_content_tells_the_kind(name: str, kind: FileKind, scratch: Path) -> None:
    scratch.write_bytes((SAMPLES / name).read_bytes())
    source = read_spreadsheet(scratch)
    assert source.kind is kind
    assert source.ending_fits == (kind is FileKind.XLSX)


def test_formula_errors_are_seen() -> None:
    (sheet,) = read_spreadsheet(XLSX).sheets
    assert set(sheet.errors.values()) == {"#N/A"}
    assert sorted(row + 1 for row, _ in sheet.errors) == [85, 94, 485, 790, 1216, 1419]


def rewritten(data: bytes, change: Callable[[str, bytes], tuple[str, bytes]]) -> bytes:
    """Return a zip whose members were changed, name and content."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(written, "w") as target:
        for name in source.namelist():
            target.writestr(*change(name, source.read(name)))
    return written.getvalue()


_SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    "change",
    [
        lambda name, xml: (name.replace("sheet1.xml", "Sheet1.xml"), xml),
        lambda name, xml: (name.replace(_SHEET, _SHEET.replace("/", "\\")), xml),
        lambda name, xml: (name, xml.replace(b't="e"', b't = "e"') if name == _SHEET else xml),
        lambda name, xml: (name, xml.replace(b'r="', b'r= "') if name == _SHEET else xml),
    ],
    ids=["other letters", "backslashes", "space around", "space after"],
)
def test_formula_errors_are_seen_however_a_workbook_is_put_together(
    change: Callable[[str, bytes], tuple[str, bytes]], scratch: Path
) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["姓名", "学号"])
    sheet.append(["张三", "#N/A"])
    book.save(scratch)
    scratch.write_bytes(rewritten(scratch.read_bytes(), change))
    (read,) = read_spreadsheet(scratch).sheets
    assert [list(row) for row in read.rows] == [["姓名", "学号"], ["张三", ""]]
    assert read.errors == {(1, 1): "#N/A"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_csv_is_read_in_every_encoding(encoding: str, scratch: Path) -> None:
    scratch.write_bytes('姓名,号码\r\n"张\n三","=""007"""\r\n李四,1\r\n'.encode(encoding))
    (sheet,) = read_spreadsheet(scratch).sheets
    assert [list(row) for row in sheet.rows] == [["姓名", "号码"], ["张\n三", "007"], ["李四", "1"]]
    assert list(sheet.numbers) == [1, 2, 4]


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_the_separator_is_found(separator: str, scratch: Path) -> None:
    scratch.write_text(separator.join("甲乙丙"), encoding="utf-8")
    assert list(read_spreadsheet(scratch).sheets[0].rows[0]) == ["甲", "乙", "丙"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空文件"),
        (b"\r\n  ", "空文件"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"<html><table></table></html>", "网页"),
        (b"<?xml version='1.0'?><Workbook/>", "XML"),
        (OLE + bytes(600), "不是电子表格"),
        (OLE + bytes(100) + "Workbook".encode("utf-16-le") + bytes(600), "已损坏"),
        (b"PK\x03\x04 cut off", "已损坏"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "不是电子表格"),
    ],
)
def test_what_is_no_spreadsheet_is_refused_by_name(data: bytes, words: str, scratch: Path) -> None:
    scratch.write_bytes(data)
    with pytest.raises(FileUnreadable, match=words):
        read_spreadsheet(scratch)


def test_an_encrypted_workbook_is_told_from_a_damaged_one(scratch: Path) -> None:
    scratch.write_bytes(OLE + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(99))
    with pytest.raises(FileEncrypted, match="密码"):
        read_spreadsheet(scratch)


def test_a_zip_that_is_no_workbook_is_refused(scratch: Path) -> None:
    with zipfile.ZipFile(scratch, "w") as archive:
        archive.writestr("名单.txt", "x")
    with pytest.raises(FileUnreadable, match="压缩包"):
        read_spreadsheet(scratch)


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match="找不到"):
        read_spreadsheet(tmp_path / "没有.xlsx")
    with pytest.raises(FileUnreadable, match="无法打开"):
        read_spreadsheet(tmp_path)


def test_one_stray_cell_far_away_is_refused_before_memory_runs_out(scratch: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "姓名"
    sheet["XFD1048576"] = "x"
    book.save(scratch)
    with pytest.raises(FileUnreadable, match="大得不正常"):
        read_spreadsheet(scratch)


def test_a_row_far_away_that_has_only_a_height_is_no_reason_to_refuse(scratch: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([f"第{number}栏" for number in range(20)])
    sheet.row_dimensions[1_048_576].height = 30
    book.save(scratch)
    (read,) = read_spreadsheet(scratch).sheets
    assert len(read.rows) == 1


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=600), st.sampled_from([b"", b"PK\x03\x04", OLE, b"\x03\x7e\x0b\x17"]))
def test_random_bytes_end_in_a_sentence(scratch: Path, data: bytes, start: bytes) -> None:
    scratch.write_bytes(start + data)
    with pytest.raises(UserError):
        read_roster(scratch)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_spoiled_workbook_is_read_or_refused(scratch: Path, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([XLS.name, "T_XSXX.DBF", "small.xlsx"]))
    content = bytearray(
        _small_workbook() if name == "small.xlsx" else (SAMPLES / name).read_bytes()
    )
    for place in data.draw(st.lists(st.integers(0, min(len(content), 6000) - 1), max_size=8)):
        content[place] = data.draw(st.integers(0, 255))
    scratch.write_bytes(content[: data.draw(st.integers(1, len(content)))])
    with contextlib.suppress(UserError):  # whatever else is raised is a bug
        read_roster(scratch)


def _small_workbook() -> bytes:
    columns = [ListColumn(title, 10) for title in ("姓名", "考生号", "性别")]
    return write_list("名单", columns, [["张三", "1", "男"]])
