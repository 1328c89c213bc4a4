"""Lists of every kind are told by their columns, and read by the fields of their kind."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.import_problems import ListFile, Severity
from desktop.interchange.columns import recognise
from desktop.interchange.list_reading import read_list
from desktop.interchange.lists import ListColumn, write_list
from desktop.interchange.tables import list_kinds

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
FEES = ["学号", "姓名", "班级", "应缴金额", "实缴金额", "欠费金额", "缴费状态"]


@pytest.mark.parametrize(
    ("name", "kind", "header_row", "rows"),
    [
        ("2026级新生录取名单-招生工作处.xlsx", "new-students", 3, 1857),
        ("2026级新生信息汇总表-医学院.xls", "new-students", 4, 204),
        ("T_XSXX.DBF", "new-students", 0, 600),
        ("新生名单-单招.csv", "new-students", 1, 300),
        ("2026-2027学年缴费情况-计划财务处.xlsx", "fees", 2, 1388),
        ("2027届毕业资格审核-教务科.xlsx", "credit-audit", 2, 1302),
        ("人像比对核查结果.xlsx", "face-check", 1, 1857),
        ("学信网-预计毕业生下载.xlsx", "expected-graduates", 1, 1302),
    ],
)
def test_the_samples_are_told_by_their_columns(
    name: str, kind: str, header_row: int, rows: int
) -> None:
    read = read_list(SAMPLES / name)
    assert read.kind == kind
    assert [(sheet.header_row, sheet.rows) for sheet in read.sheets] == [(header_row, rows)]
    assert len(read.rows) == rows


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2026-2027学年缴费情况-计划财务处.xlsx", {}),
        ("2027届毕业资格审核-教务科.xlsx", {}),
        ("人像比对核查结果.xlsx", {}),
        # a few whose graduation was put off by a year
        ("学信网-预计毕业生下载.xlsx", {"study-dates": 10}),
    ],
)
def test_nothing_else_is_asked_about_the_samples(name: str, expected: dict[str, int]) -> None:
    problems = read_list(SAMPLES / name).problems
    asked = Counter(p.code for p in problems if p.severity is not Severity.NOTE)
    assert asked == expected


def test_what_a_fee_list_says_is_read_as_it_is_meant() -> None:
    first = read_list(SAMPLES / "2026-2027学年缴费情况-计划财务处.xlsx").rows[0]
    assert (first.row, first.held_back) == (3, False)
    assert first.values == {
        "student_number": "202401010001",
        "name": "胡慧雪",
        "class_name": "计算机应2401班",
        "amount_due": "5000",
        "amount_paid": "5000",
        "amount_owed": "0",
        "fee_state": "已缴费",
    }


def test_the_twenty_eight_columns_of_the_platform_are_all_known() -> None:
    first = read_list(SAMPLES / "学信网-预计毕业生下载.xlsx").rows[0]
    assert len(first.values) == 28
    assert first.values["registration_state"] == "注册学籍"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "名单.xlsx"


def read_rows(file: Path, rows: Sequence[Sequence[str]], kind: str = "") -> ListFile:
    columns = [ListColumn(title, 10) for title in rows[0]]
    file.write_bytes(write_list("名单", columns, rows[1:]))
    return read_list(file, kind)


def asked(read: ListFile) -> list[tuple[int, str, str]]:
    return [(p.row, p.column, p.code) for p in read.problems if p.severity is not Severity.NOTE]


def test_amounts_are_numbers_however_they_are_written(file: Path) -> None:
    row = ["202401010001", "张三", "一班", "5,000.00元", "￥3000", "２０００", "部分缴纳"]
    (read,) = read_rows(file, [FEES, row]).rows
    amounts = [read.values[name] for name in ("amount_due", "amount_paid", "amount_owed")]
    assert amounts == ["5000.00", "3000", "2000"]
    assert read.values["fee_state"] == "部分缴费"


def test_what_is_no_amount_and_no_known_state_is_asked(file: Path) -> None:
    row = ["202401010001", "张三", "一班", "五千", "", "", "快了"]
    read = read_rows(file, [FEES, row])
    assert asked(read) == [(2, "应缴金额", "code-unknown"), (2, "缴费状态", "code-unknown")]
    assert read.rows[0].held_back


@pytest.mark.parametrize("amount", ["12,50", "5000元2000", "3次5", "1,,200", "%5", "元"])
def test_an_amount_that_could_be_two_is_asked_and_never_put_together(
    file: Path, amount: str
) -> None:
    row = ["202401010001", "张三", "一班", amount, "1,234,567.8元", "¥2，000", "已缴费"]
    read = read_rows(file, [FEES, row])
    assert asked(read) == [(2, "应缴金额", "code-unknown")]
    amounts = [read.rows[0].values[name] for name in ("amount_due", "amount_paid", "amount_owed")]
    assert amounts == [amount, "1234567.8", "2000"]


def test_the_same_student_twice_in_a_fee_list_is_an_error(file: Path) -> None:
    row = ["202401010001", "张三", "一班", "1", "1", "0", "已缴费"]
    read = read_rows(file, [FEES, row, row])
    assert asked(read) == [(2, "学号", "duplicate-key"), (3, "学号", "duplicate-key")]


def test_a_list_of_another_kind_than_the_wanted_one_is_named(file: Path) -> None:
    row = ["202401010001", "张三", "一班", "1", "1", "0", "已缴费"]
    read = read_rows(file, [FEES, row], "credit-audit")
    assert asked(read) == [(1, "", "wrong-kind")]
    assert read.problems[0].value == "缴费情况表"
    assert "缴费情况表，不是毕业资格（学分）审核表" in read.problems[0].message
    assert not read.rows


def test_a_plain_list_is_read_as_what_is_wanted(file: Path) -> None:
    rows = [["学号", "姓名", "班级"], ["202401010001", "张三", "一班"]]
    read = read_rows(file, rows, "continuing-students")
    assert read.kind == "continuing-students"
    assert not asked(read)
    assert read.rows[0].values["name"] == "张三"


def test_what_the_platform_gives_out_may_be_meant_as_either_of_its_lists() -> None:
    read = read_list(SAMPLES / "学信网-预计毕业生下载.xlsx", "continuing-students")
    assert read.kind == "continuing-students"
    assert len(read.rows) == 1302
    assert "wrong-kind" not in {problem.code for problem in read.problems}


@pytest.mark.parametrize("kind", list(list_kinds()))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_spelling_of_a_header_means_its_field(kind: str, data: st.DataObject) -> None:
    for field in list_kinds()[kind].fields.values():
        synonym = data.draw(st.sampled_from([word for word in field.synonyms if word]))
        decorated = data.draw(st.sampled_from(["{}", " {} ", "{}：", "＊{}", "{}（必填）"]))
        assert recognise(decorated.format(synonym), kind) == field.name


@pytest.mark.parametrize("kind", list(list_kinds()))
def test_no_header_means_two_fields_of_a_kind(kind: str) -> None:
    words = [w for f in list_kinds()[kind].fields.values() for w in set(f.synonyms) if w]
    assert [word for word, count in Counter(words).items() if count > 1] == []
