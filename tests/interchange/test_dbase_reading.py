"""DBF tables of every maker: types, encodings, memo files, deleted records."""

import contextlib
import datetime as dt
import struct
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.errors import FileUnreadable
from desktop.interchange.dbase import write_dbf
from desktop.interchange.dbase_reading import read_dbf
from desktop.interchange.list_reading import read_list
from desktop.interchange.spreadsheets import read_spreadsheet

from .workbook_makers import make_dbf

DAY = dt.date(2026, 8, 20)
_GBK, _UNSAID = 0x4D, 0


def test_every_type_is_read_as_text() -> None:
    fields = [
        *(("XM", "C", 8), ("CJ", "N", 6), ("CSRQ", "D", 8), ("HG", "L", 1)),
        *(("N", "I", 4), ("F", "B", 8), ("SJ", "T", 8), ("G", "F", 6), ("_NullFlags", "0", 1)),
    ]
    record = [
        *("张三".encode("gbk"), b"   433", b"20080724", b"T", struct.pack("<i", -7)),
        *(struct.pack("<d", 433.5), struct.pack("<ii", 2_461_273, 0), b"  1.50", b"\0"),
    ]
    empty = [b"", b"", b"", b"?", bytes(4), bytes(8), bytes(8), b"", b"\0"]
    read = read_dbf(make_dbf(fields, [record, empty], version=0x30))
    assert read.names == ["XM", "CJ", "CSRQ", "HG", "N", "F", "SJ", "G"]
    assert read.rows == [
        ["张三", "433", "20080724", "是", "-7", "433.5", "20260820", "1.50"],
        ["", "", "", "", "0", "0", "", ""],
    ]


@pytest.mark.parametrize(
    ("encoding", "page"),
    [("gbk", _GBK), ("gbk", _UNSAID), ("gb18030", _GBK), ("gb18030", _UNSAID), ("utf-8", _UNSAID)],
)
def test_the_encoding_is_what_the_table_says_or_what_its_texts_are(
    encoding: str, page: int
) -> None:
    names = ["张三", "林平之"] + (["林平䶮"] if encoding != "gbk" else [])
    data = make_dbf([("XM", "C", 12)], [[name.encode(encoding)] for name in names], page=page)
    assert [row[0] for row in read_dbf(data).rows] == names


def test_a_character_that_was_cut_in_half_shows() -> None:
    cut = "张三丰".encode("gbk")[:5]
    assert read_dbf(make_dbf([("XM", "C", 5)], [[cut]])).rows == [["张三\ufffd"]]
    with pytest.raises(UnicodeDecodeError):
        read_dbf(make_dbf([("XM", "C", 6)], [[b"\xff\xff\xd5"]]))


def foxpro_memo(texts: Sequence[bytes], block: int = 64) -> tuple[bytes, list[int]]:
    """Return a .fpt file and the block where each text begins."""
    data, places = bytearray(struct.pack(">IHH", 0, 0, block).ljust(512, b"\0")), []
    for text in texts:
        places.append(len(data) // block)
        data += struct.pack(">II", 1, len(text)) + text
        data += bytes(-len(data) % block)
    return bytes(data), places


def test_a_foxpro_memo_is_read() -> None:
    memo, places = foxpro_memo(["少数民族".encode("gbk"), b"x" * 100])
    binary = [[struct.pack("<i", place)] for place in (*places, 0)]
    read = read_dbf(make_dbf([("BZ", "M", 4)], binary, version=0x30), memo)
    assert (read.rows, read.lost) == ([["少数民族"], ["x" * 100], [""]], [])
    written = [[str(place).rjust(10).encode()] for place in places]
    assert read_dbf(make_dbf([("BZ", "M", 10)], written, version=0xF5), memo).rows[0] == [
        "少数民族"
    ]


def test_a_dbase_memo_is_read() -> None:
    text = "少数民族".encode("gbk")
    third = bytes(512) + text + b"\x1a\x1a"
    fourth = bytes(512) + b"\xff\xff\x08\x00" + struct.pack("<I", len(text) + 8) + text
    for version, memo in ((0x83, third), (0x8B, fourth)):
        data = make_dbf([("BZ", "M", 10)], [[b"         1"]], version=version)
        assert read_dbf(data, memo).rows == [["少数民族"]]


def test_a_memo_that_lies_outside_its_file_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "T_TDD.DBF"
    path.write_bytes(make_dbf([("BZ", "M", 10)], [[b"        99"]], version=0xF5))
    path.with_suffix(".FPT").write_bytes(foxpro_memo([b"x"])[0])
    with pytest.raises(FileUnreadable, match="已损坏"):
        read_spreadsheet(path)


def test_a_memo_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    fields = [("KSH", "C", 14), ("XM", "C", 8), ("SFZH", "C", 18), ("XB", "C", 2), ("BZ", "M", 10)]
    number = b"110101200801010013"
    record = [b"26420601110001", "张三".encode("gbk"), number, "男".encode("gbk"), b"        8"]
    path = tmp_path / "T_TDD.DBF"
    path.write_bytes(make_dbf(fields, [record], version=0xF5))
    read = read_list(path)
    (lost,) = [p for p in read.problems if p.column == "BZ"]
    assert (lost.row, lost.code) == (0, "note-row")
    assert "T_TDD.FPT" in lost.message
    path.with_suffix(".fpt").write_bytes(foxpro_memo(["免试".encode("gbk")])[0])
    again = read_list(path)
    assert again.rows[0].values["remark"] == "免试"
    assert not [p for p in again.problems if p.column == "BZ"]


def test_deleted_records_are_told_once(tmp_path: Path) -> None:
    names = [("KSH", 14), ("XM", 8), ("SFZH", 18), ("XB", 2)]
    rows = [[f"2642060111000{n}", "张三", "110101200801010013", "男"] for n in range(3)]
    data = bytearray(write_dbf(names, rows, DAY))
    start = 32 + 32 * len(names) + 1
    for record in (0, 2):
        data[start + record * 43] = ord("*")
    path = tmp_path / "T_TDD.DBF"
    path.write_bytes(bytes(data))
    read = read_list(path)
    assert [row.row for row in read.rows] == [2]
    assert [(p.row, p.code) for p in read.problems if p.severity == "note"] == [(0, "note-row")]
    assert "第1条记录、第3条记录" in read.problems[0].message


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_a_spoiled_table_is_read_or_refused(data: st.DataObject) -> None:
    memo, places = foxpro_memo(["少数民族".encode("gbk")])
    fields = [("XM", "C", 8), ("N", "I", 4), ("SJ", "T", 8), ("F", "B", 8), ("BZ", "M", 4)]
    record = ["张三".encode("gbk"), bytes(4), bytes(8), bytes(8), struct.pack("<i", places[0])]
    content = bytearray(make_dbf(fields, [record], version=0x30))
    for place in data.draw(st.lists(st.integers(8, len(content) - 1), max_size=6)):
        content[place] = data.draw(st.integers(0, 255))
    spoiled = bytes(content[: data.draw(st.integers(33, len(content)))])
    with contextlib.suppress(ValueError, ArithmeticError, struct.error, IndexError):
        read_dbf(spoiled, memo)
