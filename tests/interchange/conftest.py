"""Rosters made for the tests: a good one, into which faults are planted."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from desktop.domain.id_numbers import check_character
from desktop.domain.import_problems import RosterFile
from desktop.interchange.lists import ListColumn, write_list
from desktop.interchange.rosters import read_roster

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
TITLES = (
    *("考生号", "学号", "姓名", "性别", "出生日期", "身份证号", "民族", "政治面貌", "院部"),
    *("专业代码", "专业名称", "班级", "层次", "学制", "学习形式", "入学日期", "预计毕业日期"),
    *("录取类型", "毕业中学", "联系电话", "备注"),
)


def student(number: int) -> list[str]:
    """Return the cells of a student without a fault."""
    first = f"42062420080724{number % 1000:03d}"
    sex = "男" if number % 2 else "女"
    return [
        f"2642060111{number:04d}",
        f"20260101{number:04d}",
        "张三",
        sex,
        "20080724",
        first + check_character(first),
        *("汉族", "共青团员", "医学院", "520101K", "临床医学", "临床2601班"),
        *("专科(高职)", "3", "普通全日制"),
        "20260901",
        "20290630",
        *["普通高考", "襄阳市第五中学", "13800000000"],
        "",
    ]


@pytest.fixture(scope="session")
def titles() -> list[str]:
    """The header of a roster."""
    return list(TITLES)


@pytest.fixture(scope="session")
def make_student() -> Callable[[int], list[str]]:
    """Make the cells of a faultless student."""
    return student


@pytest.fixture(scope="session")
def plain_workbook() -> bytes:
    """A workbook with a list of thirty faultless students."""
    rows = [student(number) for number in range(1, 31)]
    return write_list("名单", [ListColumn(title, 10) for title in TITLES], rows)


@pytest.fixture(scope="session")
def check_rows(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[Sequence[Sequence[str]]], RosterFile]:
    """Write rows (the header is one of them) as a workbook and read it as a roster."""
    path: Path = tmp_path_factory.mktemp("rosters") / "名单.xlsx"

    def check(rows: Sequence[Sequence[str]]) -> RosterFile:
        columns = [ListColumn(title, 10) for title in rows[0]]
        path.write_bytes(write_list("名单", columns, rows[1:]))
        return read_roster(path)

    return check
