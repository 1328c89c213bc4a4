"""What a file's columns are taken for, and what a person says that they are."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from desktop.domain.import_problems import ListFile, Severity
from desktop.domain.list_shapes import ColumnChoice, ColumnMapping, ListShape, SeenColumn
from desktop.interchange.list_reading import read_list
from desktop.interchange.list_shapes import look_at_columns
from desktop.interchange.lists import ListColumn, ListSheet, write_lists

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
FEES = "fees"
HEAD = ["代号", "谁", "班级", "交了没有"]
ROW = ["202401010001", "张三", "一班", "已缴费"]
CHOICES = (
    ColumnChoice(0, "代号", "student_number"),
    ColumnChoice(1, "谁", "name"),
    ColumnChoice(3, "交了没有", "fee_state"),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "名单.xlsx"


def write(file: Path, *sheets: Sequence[Sequence[str]]) -> Path:
    """Write sheets, the first row of each at the top."""
    file.write_bytes(
        write_lists(
            [
                ListSheet(f"{n}班", [ListColumn(title, 10) for title in rows[0]], rows[1:])
                for n, rows in enumerate(sheets, start=1)
            ]
        )
    )
    return file


def columns(shape: ListShape) -> list[tuple[str, str, bool]]:
    return [(c.title, c.field, c.ambiguous) for c in shape.sheets[0].columns]


def asked(read: ListFile) -> list[tuple[str, int, str, str]]:
    return [
        (p.sheet, p.row, p.column, p.code) for p in read.problems if p.severity is not Severity.NOTE
    ]


def test_every_column_is_shown_with_what_it_is_taken_for(file: Path) -> None:
    head = ["学号", "姓名", "缴费状态", "是否缴费", "宿舍", ""]
    write(file, [head, ["202401010001", "张三", "已缴费", "是", "一栋", "x"], ["2", "李四"]])
    shape = look_at_columns(file)
    assert shape.kind == FEES
    assert [sheet.header_rows for sheet in shape.sheets] == [(1,)]
    assert columns(shape) == [
        ("学号", "student_number", False),
        ("姓名", "name", False),
        ("缴费状态", "fee_state", True),
        ("是否缴费", "fee_state", True),
        ("宿舍", "", False),
        ("第6栏", "", False),
    ]
    assert [c.samples for c in shape.sheets[0].columns][:2] == [
        ("202401010001", "2"),
        ("张三", "李四"),
    ]
    assert not shape.missing


@pytest.mark.parametrize("name", ["T_XSXX.DBF", "新生名单-单招.csv"])
def test_the_samples_lack_no_column(name: str) -> None:
    shape = look_at_columns(SAMPLES / name)
    assert shape.kind == "new-students"
    assert not shape.missing
    named = next(column for column in shape.sheets[0].columns if column.field == "name")
    assert len(named.samples) == 3


def test_what_is_headed_by_words_that_nobody_knows_can_be_mapped(file: Path) -> None:
    write(file, [["缴费情况"], HEAD, ROW], [["缴费情况"], HEAD, ["202401010001", *ROW[1:]]])
    shape = look_at_columns(file, FEES)
    assert [sheet.header_rows for sheet in shape.sheets] == [(2,), (2,)]
    assert {field.title for field in shape.missing} == {"学号", "姓名", "缴费状态"}
    read = read_list(file, mapping=ColumnMapping(FEES, CHOICES))
    assert (read.kind, [(s.header_row, s.rows) for s in read.sheets]) == (FEES, [(2, 1), (2, 1)])
    assert read.rows[0].values == {
        "student_number": "202401010001",
        "name": "张三",
        "class_name": "一班",
        "fee_state": "已缴费",
    }
    assert asked(read) == [
        ("1班", 3, "代号", "duplicate-key"),
        ("2班", 3, "代号", "duplicate-key"),
    ]


def test_a_mapping_decides_between_two_columns_and_takes_one_away(file: Path) -> None:
    head = ["学号", "姓名", "缴费状态", "是否缴费", "班级"]
    write(file, [head, ["202401010001", "张三", "已缴费", "未缴费", "一班"]])
    assert asked(read_list(file)) == [("1班", 1, "是否缴费", "header-ambiguous")]
    chosen = (ColumnChoice(3, "是否缴费", "fee_state"), ColumnChoice(4, "班级", ""))
    read = read_list(file, mapping=ColumnMapping(FEES, chosen))
    assert not asked(read)
    assert (read.rows[0].values["fee_state"], "class_name" in read.rows[0].values) == (
        "未缴费",
        False,
    )
    shape = look_at_columns(file, mapping=ColumnMapping(FEES, chosen))
    assert columns(shape)[2:] == [
        ("缴费状态", "", False),
        ("是否缴费", "fee_state", False),
        ("班级", "", False),
    ]


def test_a_mapping_of_another_place_or_title_says_nothing(file: Path) -> None:
    write(file, [["学号", "姓名", "缴费状态", "应缴金额"], ["202401010001", "张三", "已缴费", "1"]])
    elsewhere = (ColumnChoice(1, "学号", "remark"), ColumnChoice(0, "号码", "remark"))
    assert read_list(file, FEES, mapping=ColumnMapping(FEES, elsewhere)) == read_list(file)


def test_a_list_without_a_header_is_mapped_by_place(tmp_path: Path) -> None:
    file = tmp_path / "名单.csv"
    file.write_text("202401010001,张三,已缴费\n202401010002,李四,x\n", encoding="utf-8")
    shape = look_at_columns(file, FEES)
    assert shape.sheets[0].header_rows == ()
    assert [c.title for c in shape.sheets[0].columns] == ["第1栏", "第2栏", "第3栏"]
    choices = zip(shape.sheets[0].columns, ["student_number", "name", "fee_state"], strict=True)
    mapping = ColumnMapping(FEES, tuple(ColumnChoice(c.place, c.title, f) for c, f in choices))
    read = read_list(file, mapping=mapping)
    assert [row.values["name"] for row in read.rows] == ["张三", "李四"]
    assert [(s.header_row, s.rows) for s in read.sheets] == [(0, 2)]
    assert asked(read) == [("名单.csv", 2, "第3栏", "code-unknown")]
    assert columns(look_at_columns(file, mapping=mapping))[0] == ("第1栏", "student_number", False)


def test_the_fingerprint_is_that_of_the_kind_of_file_and_its_titles(file: Path) -> None:
    first = look_at_columns(write(file, [HEAD, ROW]), FEES).fingerprint
    other = ["202401010002", "李四", "二班", "x"]
    assert look_at_columns(write(file, [HEAD, other]), FEES).fingerprint == first
    assert look_at_columns(write(file, [["题"], HEAD, ROW]), FEES).fingerprint == first
    assert look_at_columns(write(file, [HEAD, ROW], [HEAD, other]), FEES).fingerprint == first
    spaced = [f" {title[0]} {title[1:]}：" for title in HEAD]
    assert look_at_columns(write(file, [spaced, ROW]), FEES).fingerprint == first
    for head in (HEAD[::-1], [*HEAD[:3], "交没交"], HEAD[:3]):
        assert look_at_columns(write(file, [head, ROW]), FEES).fingerprint != first
    csv = file.with_suffix(".csv")
    csv.write_text("\n".join(",".join(row) for row in (HEAD, ROW)), encoding="utf-8")
    assert look_at_columns(csv, FEES).fingerprint != first


def test_a_mapping_made_of_what_was_seen_changes_nothing() -> None:
    path = SAMPLES / "2026级新生信息汇总表-医学院.xls"
    shape = look_at_columns(path)
    seen: tuple[SeenColumn, ...] = shape.sheets[0].columns
    mapping = ColumnMapping(
        shape.kind, tuple(ColumnChoice(c.place, c.title, c.field) for c in seen)
    )
    assert read_list(path, mapping=mapping) == read_list(path)
