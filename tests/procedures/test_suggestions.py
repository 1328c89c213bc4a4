"""Suggestions: shown where exactly one answer is right, and never for an ID number."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from desktop.domain.slips import one_slip_apart, only_class_like, only_college_like, only_like
from desktop.interchange.list_reading import read_list
from desktop.interchange.tables import code_table
from desktop.procedures.imports.mending import Mending, begin_mending, mending_of
from desktop.procedures.imports.mending_rows import Standing
from desktop.procedures.imports.suggestions import KnownNames, Suggestion
from tests.conftest import School, identity
from tests.interchange.conftest import TITLES, student
from tests.lists import SHEET, faulty_list

NOTHING = KnownNames()


@pytest.mark.parametrize(
    ("first", "second", "near"),
    [
        ("土家族", "士家族", True),
        ("土家", "土家族", True),
        ("土家族族", "土家族", True),
        ("家土族", "土家族", True),
        ("土家族", "土家族", False),
        ("汉族", "回族", True),
        ("汉族", "土家族", False),
        ("", "汉", True),
        ("abcd", "badc", False),
    ],
)
def test_one_slip(first: str, second: str, near: bool) -> None:
    assert one_slip_apart(first, second) is one_slip_apart(second, first) is near


def test_what_is_like_two_is_like_none() -> None:
    nations = code_table("ethnicity").values
    assert only_like("士家族", nations) == "土家族"
    assert only_like("维吾尔", nations) == "维吾尔族"
    assert only_like("某族", nations) == ""
    assert only_like("土", nations) == ""
    assert only_like("4", ("3", "5")) == ""


def test_a_class_with_another_number_is_another_class() -> None:
    assert only_class_like("软件2601", ["软件2601班", "软件2602班"]) == "软件2601班"
    assert only_class_like("软件2603班", ["软件2601班", "软件2602班"]) == ""


def test_a_college_may_end_otherwise() -> None:
    known = ("信息技术学院", "医学院", "生物工程学院")
    assert only_college_like("信息技术系", known) == "信息技术学院"
    assert only_college_like("信息枝术学院", known) == "信息技术学院"
    assert only_college_like("医学部", known) == ""
    assert only_college_like("医院", known) == ""


def suggested(
    tmp_path: Path, faults: Mapping[tuple[int, str], str], known: KnownNames = NOTHING
) -> dict[tuple[int, str], str | None]:
    """Return what is suggested for the problems of a list, by row and code."""
    mending = mending_of(read_list(faulty_list(tmp_path / "名单.xlsx", faults)), known)
    return {
        (row.place[1], one.problem.code): one.suggestion.value if one.suggestion else None
        for row in mending.rows
        for one in row.problems
    }


def test_birth_date_and_sex_are_what_a_valid_number_says(tmp_path: Path) -> None:
    faults = {
        (2, "出生日期"): "20080725",
        (3, "性别"): "男",
        (4, "性别"): "",
        (5, "出生日期"): "某日",
        (6, "性别"): "不详",
    }
    assert suggested(tmp_path, faults) == {
        (2, "id-birth-mismatch"): "20080724",
        (3, "id-sex-mismatch"): "女",
        (4, "required-missing"): "男",
        (5, "date-invalid"): "20080724",
        (6, "code-unknown"): "男",
    }


def test_a_number_that_is_wrong_or_doubled_says_nothing(tmp_path: Path) -> None:
    faults = {
        (2, "性别"): "",
        (2, "身份证号"): "420624200807240010",
        (4, "性别"): "",
        (4, "身份证号"): "420624200807240032",
        (5, "身份证号"): "420624200807240032",
    }
    told = suggested(tmp_path, faults)
    assert told[2, "required-missing"] is told[4, "required-missing"] is None
    assert told[2, "id-checksum"] is None


def test_no_number_of_a_student_is_ever_guessed(tmp_path: Path) -> None:
    faults = {
        (2, "身份证号"): "42062420080724001",
        (3, "身份证号"): "420624200807240020",
        (4, "身份证号"): "4.2062E+17",
        (5, "身份证号"): "",
        (6, "考生号"): "",
    }
    assert set(suggested(tmp_path, faults).values()) == {None}


def test_codes_are_completed_where_all_others_have_one_length(tmp_path: Path) -> None:
    rows = ["考生号,姓名,性别,身份证号,专业代码"]
    rows += [f"2642060111{n:04d},张三,男,,{'051010' if n > 1 else '51010'}" for n in range(1, 10)]
    path = tmp_path / "名单.csv"
    path.write_text("\n".join(rows), "utf-8")
    mending = mending_of(read_list(path), KnownNames())
    found = [
        p for row in mending.rows for p in row.problems if p.problem.code == "leading-zero-lost"
    ]
    assert [one.suggestion and one.suggestion.value for one in found] == ["051010"]
    path.write_text("\n".join([*rows, "26420601110019,张三,男,,0510101"]), "utf-8")
    mending = mending_of(read_list(path), KnownNames())
    found = [
        p for row in mending.rows for p in row.problems if p.problem.code == "leading-zero-lost"
    ]
    assert [one.suggestion for one in found] == [None]


def test_the_store_knows_the_name_that_lost_a_character(school: School, tmp_path: Path) -> None:
    known, other = identity(1), identity(2)
    faults = {
        (2, "考生号"): known.exam_number,
        (2, "姓名"): known.name[:-1] + "?",
        (3, "考生号"): other.exam_number,
        (3, "姓名"): "李?",
        (4, "姓名"): "张?",
    }
    mending = begin_mending(
        school.registrar, read_list(faulty_list(tmp_path / "名单.xlsx", faults))
    )
    told = {row.place[1]: row.problems[0].suggestion for row in mending.rows}
    assert told[2] is not None
    assert told[2].value == known.name
    assert told[3] is told[4] is None


def test_of_rows_that_say_the_same_the_later_are_left_out(tmp_path: Path) -> None:
    same = dict(zip(TITLES, student(1), strict=True))
    faults = {(4, title): text for title, text in same.items()}
    mending = mending_of(read_list(faulty_list(tmp_path / "名单.xlsx", faults)), KnownNames())
    (first, second) = mending.rows
    assert all(one.suggestion is None for one in first.problems)
    assert second.problems[0].suggestion == Suggestion(
        "", "", "这一行和第2行完全相同，可以不收入。", leave_out=True
    )
    taken = mending.take(second.problems)
    assert [row.standing for row in taken.rows] == [Standing.MENDED, Standing.SET_ASIDE]


def test_all_alike_are_taken_at_once(tmp_path: Path) -> None:
    faults = {(2, "民族"): "士家族", (3, "民族"): "士家族", (4, "民族"): "某族", (5, "性别"): ""}
    mending = mending_of(read_list(faulty_list(tmp_path / "名单.xlsx", faults)), KnownNames())
    alike = mending.alike(mending.rows[0].problems[0])
    assert [one.problem.row for one in alike] == [2, 3]
    mended = mending.take(alike)
    assert [row.standing for row in mended.rows][:2] == [Standing.MENDED, Standing.MENDED]
    assert mended.undo().file == mending.read


def test_colleges_and_classes_that_are_nearly_known_are_hints(tmp_path: Path) -> None:
    known = KnownNames(colleges=("医学院", "信息技术学院"), classes={})
    faults = {(2, "院部"): "信息技术系", (3, "班级"): "临床2601"}
    mending = mending_of(read_list(faulty_list(tmp_path / "名单.xlsx", faults, rows=14)), known)
    hints = {row.place[1]: row for row in mending.rows}
    assert {row: one.standing for row, one in hints.items()} == {
        2: Standing.HINT,
        3: Standing.HINT,
    }
    assert not any(row.held_back for row in mending.mended.file.rows)
    mended = mending.take(one for row in mending.rows for one in row.problems)
    values = {row.row: row.values for row in mended.mended.file.rows}
    assert values[2]["college"] == "信息技术学院"
    assert values[3]["class_name"] == "临床2601班"
    assert isinstance(mended, Mending)
    assert not any(one.problem.code == "name-similar" for r in mended.rows for one in r.problems)
    assert mended.rows[0].place[0] == SHEET
