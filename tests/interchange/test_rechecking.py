"""A list checked again with typed cells is the list that a file with these cells would be."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.import_problems import ListFile
from desktop.interchange.list_reading import read_list
from desktop.interchange.rechecking import Rechecking
from tests.interchange.conftest import SAMPLES, TITLES, student

_ROWS = 6
_FIELDS = {
    "考生号": "exam_number",
    "姓名": "name",
    "性别": "sex",
    "出生日期": "birth_date",
    "身份证号": "id_number",
    "民族": "ethnicity",
    "专业代码": "major_code",
    "学制": "schooling_length",
    "入学日期": "entry_date",
    "预计毕业日期": "expected_graduation_date",
}
_TEXTS = st.sampled_from(
    [
        *("", "张?三", "张 三", "阿卜杜拉•买买提", "男", "女", "2", "汉", "漢族", "20080724"),
        *("2008-7-25", "20081345", "420624200807240017", "42062420080724001X", "4.2E+17"),
        *(
            "26420601110001",
            "2642060111",
            "520101K",
            "52010",
            "3",
            "5",
            "#N/A",
            "２６４",
            "H12345678",
        ),
    ]
)
_CELLS = st.dictionaries(
    st.tuples(st.integers(0, _ROWS - 1), st.sampled_from(list(_FIELDS))), _TEXTS, max_size=6
)


def _written(path: Path, rows: Sequence[Sequence[str]]) -> ListFile:
    with path.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows([TITLES, *rows])
    return replace(read_list(path, "new-students"), sha256="")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(planted=_CELLS, typed=_CELLS)
def test_checking_again_is_reading_the_mended_file(
    tmp_path: Path,
    planted: dict[tuple[int, str], str],
    typed: dict[tuple[int, str], str],
) -> None:
    rows = [student(number) for number in range(1, _ROWS + 1)]
    for (row, title), text in planted.items():
        rows[row][TITLES.index(title)] = text
    path = tmp_path / "list.csv"
    before = _written(path, rows)
    given_cells: dict[tuple[str, int], dict[str, str]] = {}
    for (row, title), text in typed.items():
        rows[row][TITLES.index(title)] = text
        given_cells.setdefault((path.name, row + 2), {})[_FIELDS[title]] = text
    assert Rechecking(before).with_typed(given_cells) == _written(path, rows)


def test_nothing_typed_leaves_every_sample_as_it_was_read() -> None:
    for name in (
        "2026级新生录取名单-招生工作处.xlsx",
        "2026级新生信息汇总表-医学院.xls",
        "T_XSXX.DBF",
        "新生名单-单招.csv",
        "学信网-预计毕业生下载.xlsx",
    ):
        read = read_list(SAMPLES / name)
        assert Rechecking(read).with_typed({}) == read


def test_what_the_list_does_not_have_is_passed_over() -> None:
    read = read_list(SAMPLES / "新生名单-单招.csv")
    sheet = read.sheets[0].name
    typed = {(sheet, 9_999): {"name": "张三"}, (sheet, 2): {"no_such_field": "x"}}
    assert Rechecking(read).with_typed(typed) == read


def _pasted(path: Path, typed: Mapping[int, str] | None = None) -> ListFile:
    """Read three lists on one sheet, each headed otherwise, the last without 性别."""
    one, two, three = student(1), student(2), student(3)
    lines = [
        ["考生号", "姓名", "性别", "身份证号", "班级"],
        [one[0], one[2], one[3], one[5], "临床2601班"],
        ["身份证号", "性别", "姓名", "考生号", "民族"],
        [three[5], three[3], three[2], three[0], "士家族"],
        [one[5], one[3], one[2], one[0], "汉族"],
        ["三班"],
        ["考生号", "姓名", "联系电话", "身份证号"],
        [two[0], two[2], "13800000000", two[5]],
    ]
    for line, text in (typed or {}).items():
        lines[line - 1][2] = text
    with path.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows(lines)
    return replace(read_list(path, "new-students"), sha256="")


def test_each_of_several_lists_on_a_sheet_keeps_its_own_columns(tmp_path: Path) -> None:
    path = tmp_path / "三班.csv"
    read = _pasted(path)
    assert len(read.sheets) == 3
    assert Rechecking(read).with_typed({}) == read
    typed = {(path.name, 4): {"name": "张?"}, (path.name, 8): {"phone": "1"}}
    assert Rechecking(read).with_typed(typed) == _pasted(path, {4: "张?", 8: "1"})
