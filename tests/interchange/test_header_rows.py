"""Headers of several rows, merged cells, and several lists on one sheet."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from desktop.domain.id_numbers import check_character
from desktop.domain.import_problems import ListFile, ListsByPlace, Severity
from desktop.interchange.list_reading import read_list
from desktop.interchange.list_shapes import look_at_columns

Rows = Sequence[Sequence[str | None]]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "名单.xlsx"


def fill(sheet: Worksheet, rows: Rows, merges: Sequence[str] = ()) -> None:
    """Write rows at the top of a sheet and merge cells."""
    for row in rows:
        sheet.append(list(row))
    for merge in merges:
        sheet.merge_cells(merge)


def read(file: Path, rows: Rows, merges: Sequence[str] = (), kind: str = "") -> ListFile:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    fill(sheet, rows, merges)
    book.save(file)
    return read_list(file, kind)


def told(read: ListFile) -> list[tuple[int, str, str]]:
    return [(p.row, p.column, p.code) for p in read.problems]


def person(number: int) -> tuple[str, str, str, str]:
    """Return 考生号, 姓名, 性别 and 身份证号 of somebody without a fault."""
    first = f"110101200801010{number}1"
    return f"264206011100{number:02d}", "张三", "男", first + check_character(first)


TWO_ROWS: Rows = [
    ["2026级新生名单"],
    ["序号", "考生号", "学生基本信息", None, None, "专业", None, "家长信息", None],
    [None, None, "姓名", "性别", "身份证号", "代码", "名称", "姓名", "联系电话"],
]
MERGED = ["A1:I1", "A2:A3", "B2:B3", "C2:E2", "F2:G2", "H2:I2"]


@pytest.mark.parametrize("merges", [MERGED, []], ids=["merged", "not merged"])
def test_a_header_of_two_rows_is_one(file: Path, merges: list[str]) -> None:
    number, name, sex, identity = person(0)
    body = ["1", number, name, sex, identity, "510201", "计算机应用技术", "张父", "13800000000"]
    done = read(file, [*TWO_ROWS, body], merges)
    assert [(s.header_row, s.rows) for s in done.sheets] == [(3, 1)]
    assert done.rows[0].values == {
        "exam_number": number,
        "name": "张三",
        "sex": "男",
        "id_number": identity,
        "major_code": "510201",
        "major_name": "计算机应用技术",
    }
    assert told(done) == []
    (seen,) = look_at_columns(file).sheets
    assert seen.header_rows == (2, 3)
    assert [(c.group, c.title) for c in seen.columns][4:8] == [
        ("学生基本信息", "身份证号"),
        ("专业", "代码"),
        ("专业", "名称"),
        ("家长信息", "姓名"),
    ]


def test_a_header_of_three_rows_is_one(file: Path) -> None:
    head: Rows = [
        ["学号", "姓名", "学分", None, None, None, None, None, "操行评定"],
        [None, None, "必修", None, "选修", None, "总学分", None, None],
        [None, None, "应修", "已修", "应修", "已修", "应修总学分", "已修总学分", None],
    ]
    merges = ["A1:A3", "B1:B3", "C1:H1", "C2:D2", "E2:F2", "G2:H2", "I1:I3"]
    body = ["202401010001", "张三", "100", "90", "20", "21", "120", "111", "良好"]
    done = read(file, [*head, body], merges)
    assert (done.kind, done.sheets[0].header_row) == ("credit-audit", 3)
    assert [done.rows[0].values[n] for n in ("required_earned", "elective_due", "conduct")] == [
        "90",
        "20",
        "良好",
    ]
    assert told(done) == []


def test_a_college_that_is_merged_down_belongs_to_every_student(file: Path) -> None:
    head = ["院部", "班级", "考生号", "姓名", "性别", "身份证号"]
    rows: Rows = [
        head,
        ["医学院", "一班", *person(0)],
        [None, None, *person(1)],
        [None, "小计：2人"],
        [None, "二班", *person(2)],
        ["合计", "3人"],
    ]
    done = read(file, rows, ["A2:A5", "B2:B3"])
    assert [(r.values["college"], r.values["class_name"]) for r in done.rows] == [
        ("医学院", "一班"),
        ("医学院", "一班"),
        ("医学院", "二班"),
    ]
    assert told(done) == [(4, "", "total-row"), (6, "", "total-row")]


def test_what_is_one_persons_own_is_not_taken_from_the_row_above(file: Path) -> None:
    rows: Rows = [
        ["考生号", "姓名", "性别", "身份证号"],
        person(0),
        [person(1)[0], None, "男", None],
    ]
    done = read(file, rows, ["B2:B3", "D2:D3"])
    assert told(done) == [(3, "姓名", "required-missing"), (3, "身份证号", "required-missing")]


def test_a_header_that_comes_again_is_skipped(file: Path) -> None:
    number, name, sex, identity = person(0)
    first = ["1", number, name, sex, identity, "510201", "计算机应用技术", "张父", "13800000000"]
    number, name, sex, identity = person(1)
    second = ["2", number, name, sex, identity, "510201", "计算机应用技术", "张父", "13800000000"]
    done = read(file, [*TWO_ROWS, first, *TWO_ROWS, second], MERGED)
    assert [(s.header_row, s.rows) for s in done.sheets] == [(3, 2)]
    assert told(done) == [(row, "", "note-row") for row in (5, 6, 7)]


def test_two_lists_on_one_sheet_have_their_own_headers(file: Path) -> None:
    a, b, c = person(0), person(1), person(2)
    rows: Rows = [
        ["一班"],
        ["考生号", "姓名", "性别", "身份证号"],
        a,
        [],
        ["二班"],
        ["姓名", "身份证号", "考生号", "性别", "班级"],
        [b[1], b[3], b[0], b[2], ""],
        ["三班"],
        ["考生号", "姓名", "身份证号", "联系电话"],
        [c[0], c[1], c[3], "13800000000"],
    ]
    done = read(file, rows)
    assert [(s.header_row, s.rows) for s in done.sheets] == [(2, 1), (6, 1), (9, 1)]
    assert [(r.row, r.values["exam_number"], r.held_back) for r in done.rows] == [
        (3, a[0], False),
        (7, b[0], True),
        (10, c[0], True),
    ]
    assert told(done) == [
        (5, "", "note-row"),
        (7, "班级", "required-missing"),
        (8, "", "note-row"),
        (9, "", "header-missing"),
    ]
    assert [s.header_rows for s in look_at_columns(file).sheets] == [(2,), (6,), (9,)]
    lists = ListsByPlace(done.sheets)
    found = [lists.at(row.place) for row in done.rows]
    assert [one.header_row for one in found if one] == [2, 6, 9]


def test_hints_below_the_header_are_no_student(file: Path) -> None:
    hints = ["必填", "必填", "必填", "选填"]
    done = read(file, [["考生号", "姓名", "性别", "身份证号"], hints, person(0)])
    assert told(done) == [(2, "", "note-row")]


def test_a_hidden_sheet_is_told_and_left_out(file: Path) -> None:
    book = Workbook()
    head = ["考生号", "姓名", "性别", "身份证号"]
    for name, number in (("新名单", 0), ("旧名单", 1)):
        sheet = book.create_sheet(name)
        fill(sheet, [head, person(number)])
    book.remove(book.worksheets[0])
    book["旧名单"].sheet_state = "hidden"
    book.save(file)
    done = read_list(file)
    assert [(s.name, s.rows) for s in done.sheets] == [("新名单", 1)]
    assert [(p.sheet, p.row, p.code) for p in done.problems] == [("旧名单", 0, "note-row")]
    assert [s.name for s in look_at_columns(file).sheets] == ["新名单"]


def test_hidden_rows_are_told_and_read(file: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    fill(sheet, [["考生号", "姓名", "性别", "身份证号"], person(0), person(1)])
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    book.save(file)
    done = read_list(file)
    assert len(done.rows) == 2
    assert told(done) == [(0, "", "note-row")]
    assert "第3行" in done.problems[0].message
    assert done.problems[0].severity is Severity.NOTE


FIELDS = ("考生号", "姓名", "性别", "身份证号", "院部", "班级")
Student = tuple[str, ...]


@st.composite
def pasted(draw: Callable[..., Any]) -> tuple[list[list[str | None]], list[str], list[Student]]:
    """Draw students below one another in lists of their own, the merged cells, and who they are."""
    rows: list[list[str | None]] = []
    merges: list[str] = []
    students: list[Student] = []
    for college in draw(st.lists(st.sampled_from(["医学院", "护理学院"]), min_size=1, max_size=3)):
        order: list[str] = draw(st.permutations(FIELDS))
        rows += draw(st.sampled_from([[], [[f"{college}名单"]], [[None], [college]]]))
        rows.append([*order])
        for name in draw(st.lists(st.sampled_from(["一班", "二班"]), min_size=1, max_size=3)):
            count = draw(st.integers(1, 3))
            first = len(rows) + 1
            for n in range(count):
                rest = person(0)[1:]
                exam, identity = f"26420601{len(students):06d}", unique_identity(len(students))
                student = (exam, rest[0], rest[1], identity, college, name)
                students.append(student)
                shown = dict(zip(FIELDS, student, strict=True))
                if n:
                    shown["班级"] = ""
                rows.append([shown[title] or None for title in order])
            letter = "ABCDEF"[order.index("班级")]
            if count > 1:
                merges.append(f"{letter}{first}:{letter}{first + count - 1}")
    return rows, merges, students


def unique_identity(number: int) -> str:
    first = f"110101200801{number % 28 + 1:02d}{number:02d}1"
    return first + check_character(first)


@given(drawn=pasted())
def test_lists_that_were_pasted_together_are_read_as_the_same_students(
    tmp_path_factory: pytest.TempPathFactory,
    drawn: tuple[list[list[str | None]], list[str], list[Student]],
) -> None:
    rows, merges, students = drawn
    done = read(tmp_path_factory.getbasetemp() / "贴在一起.xlsx", rows, merges)
    names = ("exam_number", "name", "sex", "id_number", "college", "class_name")
    assert [tuple(row.values[name] for name in names) for row in done.rows] == students
    assert {p.code for p in done.problems} <= {"note-row", "blank-row"}
    assert sum(sheet.rows for sheet in done.sheets) == len(students)
