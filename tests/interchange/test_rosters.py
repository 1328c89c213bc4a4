"""Every fault of a roster is found, at its row and column, and nothing else is called one."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from desktop.domain.import_problems import ImportProblem, RosterFile, Severity
from desktop.errors import Cancelled, HeaderMissing
from desktop.interchange.rosters import read_roster

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
Check = Callable[[Sequence[Sequence[str]]], RosterFile]
Make = Callable[[int], list[str]]
Place = tuple[int, str, str]

# The fields of this DBF are 24 bytes wide: an ID number in full-width digits is cut there after
# twelve. The list of planted faults knows only of the full-width digits.
CUT_IN_THE_FILE = {
    "T_XSXX.DBF": Counter({(341, "SFZH", "id-length"): 1, (521, "SFZH", "id-length"): 1})
}


def places(problems: Sequence[ImportProblem]) -> Counter[Place]:
    return Counter((p.row, p.column, p.code) for p in problems)


def expected(name: str, part: str) -> Counter[Place]:
    entries = json.loads((SAMPLES / f"{name}.expected.json").read_text(encoding="utf-8"))[part]
    return Counter((entry["row"], entry["column"], entry["code"]) for entry in entries)


def encodable(text: str) -> bool:
    try:
        text.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


@pytest.mark.parametrize(
    ("name", "students"),
    [
        ("2026级新生录取名单-招生工作处.xlsx", 1857),
        ("2026级新生信息汇总表-医学院.xls", 204),
        ("新生名单-单招.csv", 300),
        ("T_XSXX.DBF", 600),
    ],
)
def test_the_samples_have_their_planted_faults_and_no_other(name: str, students: int) -> None:
    roster = read_roster(SAMPLES / name)
    faults = [p for p in roster.problems if p.severity is not Severity.NOTE]
    notes = [p for p in roster.problems if p.severity is Severity.NOTE]
    # characters beyond GBK are no fault and not planted; they are true where they are noted
    beyond_gbk = [p for p in notes if p.code == "gbk-unencodable"]
    assert roster.students == students
    assert places(faults) == expected(name, "problems") + CUT_IN_THE_FILE.get(name, Counter())
    assert places(notes) - places(beyond_gbk) == expected(name, "notes")
    assert not any(encodable(p.value) for p in beyond_gbk)
    assert {row.row for row in roster.held_back} == {p.row for p in faults}
    assert all(p.message.endswith("。") for p in roster.problems)


def test_what_was_set_right_is_in_the_rows() -> None:
    roster = read_roster(SAMPLES / "2026级新生录取名单-招生工作处.xlsx")
    rows = {row.row: row for row in roster.rows}
    assert rows[1659].identity.id_number == "420682200801150714"
    assert rows[1446].identity.name == "陈强梓"
    assert rows[614].identity.name == "姚\u4dae"
    assert rows[1141].identity.name == "阿卜杜拉·买买提"
    assert rows[4].class_name == "计算机应2601班"
    assert rows[4].college == "信息技术学院"
    assert rows[4].identity.expected_graduation_date == "20290630"


def test_a_good_list_has_no_problems(
    check_rows: Check, titles: list[str], make_student: Make
) -> None:
    roster = check_rows([titles, *map(make_student, range(40))])
    assert roster.problems == ()
    assert len(roster.rows) == 40
    assert roster.held_back == ()


FAULTS: list[tuple[str, str, str]] = [
    ("考生号", "", "required-missing"),
    ("考生号", "2.64206E+13", "id-digits-lost"),
    ("姓名", "", "required-missing"),
    ("姓名", "张？", "name-placeholder"),
    ("姓名", "张\ue123", "name-character"),
    ("姓名", "张\ue863", "name-mapped"),
    ("姓名", "张•三", "name-separator"),
    ("姓名", "张 三", "name-space"),
    ("姓名", "张\u200b三", "normalised"),
    ("姓名", "张𬱖", "gbk-unencodable"),
    ("姓名", "买" * 21, "width-exceeded"),
    ("性别", "未知", "code-unknown"),
    ("性别", "", "required-missing"),
    ("民族", "火星族", "code-unknown"),
    ("民族", "1", "code-unknown"),
    ("民族", "汉", "normalised"),
    ("民族", "崩龙族", "normalised"),
    ("政治面貌", "团员", "normalised"),
    ("政治面貌", "党外人士", "code-unknown"),
    ("层次", "专科（高职）", "normalised"),
    ("层次", "中专", "code-unknown"),
    ("学制", "三年", "normalised"),
    ("学制", "9", "code-unknown"),
    ("学习形式", "在家", "code-unknown"),
    ("身份证号", "4.20624E+17", "id-digits-lost"),
    ("身份证号", "42062420080724", "id-length"),
    ("出生日期", "20080231", "date-invalid"),
    ("出生日期", "20080725", "id-birth-mismatch"),
    ("入学日期", "2026年9月", "date-invalid"),
    ("预计毕业日期", "20280630", "study-dates"),
    ("班级", "#REF!", "formula-error"),
    ("班级", "", "required-missing"),
    ("班级", "临床２６０１班", "normalised"),
    ("联系电话", "1.38E+15", "id-digits-lost"),
    ("备注", "字" * 21, "width-exceeded"),
    ("专业代码", "520101k", "normalised"),
    ("专业代码", "520101KK", "width-exceeded"),
]


@pytest.mark.parametrize(("column", "value", "code"), FAULTS)
def test_each_planted_fault_is_found_alone(
    fault_rows: tuple[Check, list[str], list[list[str]]], column: str, value: str, code: str
) -> None:
    check, titles, rows = fault_rows
    spoiled = [list(row) for row in rows]
    spoiled[7][titles.index(column)] = value
    roster = check([titles, *spoiled])
    assert places(roster.problems) == Counter({(9, column, code): 1})
    held = roster.problems[0].severity is not Severity.NOTE
    assert [row.row for row in roster.held_back] == ([9] if held else [])


@pytest.fixture(scope="module")
def fault_rows(
    check_rows: Check, titles: list[str], make_student: Make
) -> tuple[Check, list[str], list[list[str]]]:
    """A checker, the header and twelve faultless students."""
    return check_rows, titles, [make_student(number) for number in range(12)]


@settings(max_examples=15, deadline=None)
@given(plan=st.dictionaries(st.integers(0, 11), st.sampled_from(FAULTS), max_size=12))
def test_any_mixture_of_faults_is_found_whole(
    fault_rows: tuple[Check, list[str], list[list[str]]], plan: dict[int, tuple[str, str, str]]
) -> None:
    check, titles, rows = fault_rows
    spoiled = [list(row) for row in rows]
    for index, (column, value, _) in plan.items():
        spoiled[index][titles.index(column)] = value
    roster = check([titles, *spoiled])
    wanted = {(index + 2, column, code) for index, (column, _, code) in plan.items()}
    assert wanted <= set(places(roster.problems))
    assert {row for row, _, code in places(roster.problems) if code != "duplicate-key"} == {
        index + 2 for index in plan
    }
    assert roster.students == 12


def test_old_spellings_and_dates_become_the_names_of_the_platform(
    fault_rows: tuple[Check, list[str], list[list[str]]],
) -> None:
    check, titles, rows = fault_rows
    row = list(rows[1])
    for column, value in (
        ("性别", "1"),
        ("民族", "汉"),
        ("政治面貌", "团员"),
        ("层次", "专科（高职）"),
        ("学制", "三年"),
        ("出生日期", "2008年7月24日"),
        ("入学日期", "2026-9-1"),
    ):
        row[titles.index(column)] = value
    identity = check([titles, row]).rows[0].identity
    assert (identity.sex, identity.ethnicity, identity.political_status) == (
        "男",
        "汉族",
        "共青团员",
    )
    assert (identity.level, identity.schooling_length) == ("专科(高职)", "3")
    assert (identity.birth_date, identity.entry_date) == ("20080724", "20260901")


def test_every_row_of_a_group_of_duplicates_is_named(
    check_rows: Check, titles: list[str], make_student: Make
) -> None:
    rows = [make_student(number) for number in (1, 2, 1, 3)]
    roster = check_rows([titles, *rows])
    keys = ("考生号", "学号", "身份证号")
    assert set(places(roster.problems)) == {
        (row, key, "duplicate-key") for row in (2, 4) for key in keys
    }
    assert [row.row for row in roster.rows] == [3, 5]


def test_titles_blank_rows_totals_and_notes_are_skipped_and_told(
    check_rows: Check, titles: list[str], make_student: Make
) -> None:
    empty = [""] * len(titles)
    rows = [
        ["2026级新生名单", *empty[1:]],
        titles,
        make_student(1),
        empty,
        ["小计", "", "1人", *empty[3:]],
        titles,
        make_student(2),
        ["共2人", *empty[1:]],
        ["注：本表一式两份", *empty[1:]],
        ["审核人：", "", "", "日期：", *empty[4:]],
    ]
    roster = check_rows([titles_of_width(titles), *rows])
    assert [row.row for row in roster.rows] == [4, 8]
    assert [(p.row, p.code) for p in roster.problems] == [
        (5, "blank-row"),
        (6, "total-row"),
        (7, "note-row"),
        (9, "total-row"),
        (10, "note-row"),
        (11, "note-row"),
    ]


def titles_of_width(titles: list[str]) -> list[str]:
    return ["附件1", *[""] * (len(titles) - 1)]


def test_a_student_is_never_taken_for_a_remark(
    check_rows: Check, titles: list[str], make_student: Make
) -> None:
    only_name = [""] * len(titles)
    only_name[titles.index("姓名")] = "李四"
    only_number = [""] * len(titles)
    only_number[titles.index("考生号")] = "26420601110099"
    roster = check_rows([titles, make_student(1), only_name, only_number])
    assert roster.students == 3
    assert [row.row for row in roster.held_back] == [3, 4]


def test_field_codes_and_other_words_are_headers_too(check_rows: Check) -> None:
    row = ["26420601110001", "张三", "男", "420624200807245171", "医学院", "临床2601班"]
    for header in (
        ["KSH", "XM", "XB", "SFZH", "FY", "BH"],
        ["考生号码", "学生姓名", "性 别", "身份证号码(必填)", "二级学院", "所在班级"],
    ):
        roster = check_rows([header, row])
        assert roster.problems == ()
        assert (roster.rows[0].identity.name, roster.rows[0].class_name) == ("张三", "临床2601班")


def test_a_missing_column_holds_every_row_back(
    check_rows: Check, titles: list[str], make_student: Make
) -> None:
    at = titles.index("身份证号")
    rows = [[*row[:at], *row[at + 1 :]] for row in (titles, make_student(1))]
    roster = check_rows(rows)
    assert [(p.row, p.code, p.value) for p in roster.problems] == [
        (1, "header-missing", "身份证号")
    ]
    assert len(roster.held_back) == 1


def test_two_columns_for_one_field_ask(
    check_rows: Check, titles: list[str], make_student: Make
) -> None:
    roster = check_rows([["学生姓名", *titles], ["李四", *make_student(1)]])
    assert [(p.row, p.column, p.code) for p in roster.problems] == [
        (1, "学生姓名", "header-ambiguous")
    ]
    assert roster.held_back[0].identity.name == "张三"


def test_another_kind_of_list_is_named(check_rows: Check) -> None:
    roster = check_rows(
        [["学号", "姓名", "班级", "应缴金额", "实缴金额"], ["1", "张三", "一班", "1", "1"]]
    )
    assert [(p.row, p.code) for p in roster.problems] == [(1, "wrong-kind")]
    assert "缴费" in roster.problems[0].message
    assert roster.students == 0


def test_a_workbook_without_a_header_is_refused(check_rows: Check) -> None:
    with pytest.raises(HeaderMissing, match="没有找到表头"):
        check_rows([["通知", "请各院部", "尽快报送"], ["一", "二", "三"]])


def test_numbers_are_texts_unless_their_digits_are_lost(
    tmp_path: Path, titles: list[str], make_student: Make
) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(titles)
    rows: list[list[object]] = [list(make_student(number)) for number in range(1, 6)]
    for row in rows:
        row[titles.index("学制")] = 3.0
        row[titles.index("考生号")] = int(str(row[titles.index("考生号")]))
        row[titles.index("学号")] = "0" + str(row[titles.index("学号")])[1:]
    rows[2][titles.index("学号")] = int(str(rows[2][titles.index("学号")]))
    rows[3][titles.index("身份证号")] = 420624200807245171
    for row in rows:
        sheet.append(row)
    book.save(tmp_path / "名单.xls")
    roster = read_roster(tmp_path / "名单.xls")
    assert places(roster.problems) == Counter(
        {
            (0, "", "file-type-mismatch"): 1,
            (4, "学号", "leading-zero-lost"): 1,
            (5, "身份证号", "id-digits-lost"): 1,
        }
    )
    assert roster.rows[0].identity.schooling_length == "3"
    assert roster.rows[0].identity.exam_number == "26420601110001"


def test_sheets_of_one_workbook_are_one_list(
    tmp_path: Path, titles: list[str], make_student: Make
) -> None:
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "一班"
    second, notes, lost = (book.create_sheet(name) for name in ("二班", "填表说明", "三班"))
    book.create_sheet("Sheet5")
    for sheet, numbers in ((first, (1, 2)), (second, (2, 3))):
        sheet.append(titles)
        for number in numbers:
            sheet.append(make_student(number))
    notes.append(["请认真填写"])
    lost.append(make_student(9))
    book.save(tmp_path / "名单.xlsx")
    roster = read_roster(tmp_path / "名单.xlsx")
    assert {(p.sheet, p.row, p.code) for p in roster.problems} == {
        ("一班", 3, "duplicate-key"),
        ("二班", 2, "duplicate-key"),
        ("填表说明", 0, "note-row"),
        ("三班", 0, "header-missing"),
    }
    assert [(row.sheet, row.row) for row in roster.rows] == [("一班", 2), ("二班", 3)]


def test_reading_tells_how_far_it_is_and_can_be_stopped() -> None:
    path = SAMPLES / "2026级新生录取名单-招生工作处.xlsx"
    steps: list[tuple[int, int]] = []
    read_roster(path, lambda done, total: steps.append((done, total)))
    assert steps[0] == (500, 1865)
    assert steps[-1] == (1865, 1865)

    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        read_roster(path, stop)
