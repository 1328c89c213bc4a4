"""What a person lets in is checked as a file is: no error comes in by hand, a question may."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.import_problems import ImportProblem, RosterRow, Severity
from desktop.domain.imports import Fate
from desktop.errors import RowNotAdmissible
from desktop.interchange.rosters import read_roster
from desktop.procedures.imports.admissible_rows import check_row
from desktop.procedures.imports.held_rows import HeldRow, held_rows
from desktop.procedures.imports.rosters import admit_rows, import_roster
from tests.conftest import ROUND, School, identity, roster_rows

from .acts import everybody_named, roster_file, snapshot

ROW = RosterRow("新生名单", 2, identity(50), "信息技术学院", "软件2601班")
GOOD = ROW.texts
WRONG_END = "0" if GOOD["id_number"][-1] != "0" else "1"
ERRORS = {
    "id-checksum": ("id_number", "身份证号", GOOD["id_number"][:-1] + WRONG_END),
    "id-length": ("id_number", "身份证号", GOOD["id_number"][:-1]),
    "id-digits-lost": ("id_number", "身份证号", "4.20602E+17"),
    "required-missing": ("sex", "性别", ""),
    "date-invalid": ("birth_date", "出生日期", "20080832"),
    "formula-error": ("ethnicity", "民族", "#N/A"),
}
QUESTIONS = {
    "code-unknown": ("ethnicity", "火星族"),
    "id-sex-mismatch": ("sex", "男" if GOOD["sex"] == "女" else "女"),
    "id-birth-mismatch": ("birth_date", "20080102"),
    "name-placeholder": ("name", "王小?"),
}


def held_of(school: School, folder: Path, texts: Mapping[str, str]) -> HeldRow:
    """Bring a file with one row in, and return the row as it is held back."""
    path = roster_file(folder / "名单.xlsx", [ROW.with_texts(texts)])
    assert import_roster(school.registrar, ROUND, path).new == ()
    (held,) = held_rows(school.registrar, ROUND)
    return held


@pytest.mark.parametrize("code", ERRORS)
def test_no_error_comes_in_as_it_stands(school: School, tmp_path: Path, code: str) -> None:
    field, title, text = ERRORS[code]
    held = held_of(school, tmp_path, {field: text})
    assert code in {one.code for one in held.problems}
    assert held.row.texts[field] == text  # as it stands in the file
    before = snapshot(school.store_folder("registrar"))
    with pytest.raises(RowNotAdmissible) as told:
        admit_rows(school.registrar, ROUND, [held.row], "已核对", source=held.source)
    assert f"新生名单 第2行（{GOOD['name']}）的“{title}”：" in told.value.what
    assert next(one.message for one in held.problems if one.code == code) in told.value.what
    assert snapshot(school.store_folder("registrar")) == before
    mended = held.row.with_texts({field: GOOD[field]})
    admit_rows(school.registrar, ROUND, [mended], "已核对", source=held.source)
    assert held_rows(school.registrar, ROUND) == []
    assert GOOD["name"] in everybody_named(school.registrar)


@pytest.mark.parametrize("code", QUESTIONS)
def test_a_question_comes_in_with_its_reason(school: School, tmp_path: Path, code: str) -> None:
    field, text = QUESTIONS[code]
    held = held_of(school, tmp_path, {field: text})
    check = check_row(held.row, held)
    assert (check.errors, [one.code for _, one in check.questions]) == ((), [code])
    assert [named for named, _ in check.questions] == [field]
    admit_rows(school.registrar, ROUND, [held.row], "已与本人核对", source=held.source)
    assert held_rows(school.registrar, ROUND) == []


def test_an_error_that_was_mended_by_another_is_refused(school: School, tmp_path: Path) -> None:
    held = held_of(school, tmp_path, {"sex": ""})
    wrong = held.row.with_texts({"sex": GOOD["sex"], "id_number": GOOD["id_number"][:-2]})
    with pytest.raises(RowNotAdmissible, match="位"):
        admit_rows(school.registrar, ROUND, [wrong], "已核对", source=held.source)
    assert held_rows(school.registrar, ROUND) == [held]


def test_one_wrong_row_among_several_keeps_all_of_them_out(school: School) -> None:
    rows = [ROW._replace(row=n, identity=identity(50 + n)) for n in range(6)]
    rows = [rows[0], *(row.with_texts({"sex": ""}) for row in rows[1:])]
    with pytest.raises(RowNotAdmissible) as told:
        admit_rows(school.registrar, ROUND, rows, "一起")
    assert told.value.what.count("性别没有填写") == 3
    assert "另外还有 2 处错误" in told.value.what
    assert identity(50).name not in everybody_named(school.registrar)


def test_what_is_typed_is_set_right_as_a_file_is() -> None:
    typed = ROW.with_texts({"birth_date": "2008-03-23", "sex": "女 ", "name": "王 小 明"})
    check = check_row(typed)
    assert check.row.identity.birth_date == "20080323"
    assert (check.row.identity.sex, check.row.identity.name) == ("女", "王小明")


def test_a_cell_that_could_not_be_read_may_be_left_empty(school: School, tmp_path: Path) -> None:
    held = held_of(school, tmp_path, {"ethnicity": "#N/A"})
    emptied = held.row.with_texts({"ethnicity": ""})
    admit_rows(school.registrar, ROUND, [emptied], "已核对", source=held.source)
    assert held_rows(school.registrar, ROUND) == []


def test_lost_digits_stay_lost_until_they_are_typed() -> None:
    rounded = ROW.with_texts({"exam_number": "2642060000000000000"})  # a number in its cell
    lost = ImportProblem(
        ROW.sheet, 2, "KSH", "2642060000000000000", "id-digits-lost", Severity.ERROR, "丢了。"
    )
    held = HeldRow("f" * 64, "名单.xlsx", rounded, (lost,))
    assert [(field, one.code) for field, one in check_row(rounded, held).errors] == [
        ("exam_number", "id-digits-lost")
    ]
    assert check_row(rounded).errors == ()  # nothing in the text itself tells
    assert check_row(ROW, held).errors == ()


def test_of_two_rows_with_one_number_one_comes_in(school: School, tmp_path: Path) -> None:
    other = ROW._replace(identity=identity(61)._replace(exam_number=GOOD["exam_number"]))
    path = roster_file(tmp_path / "名单.xlsx", [ROW, other])
    import_roster(school.registrar, ROUND, path)
    one, two = held_rows(school.registrar, ROUND)
    assert not one.can_stay
    admit_rows(school.registrar, ROUND, [one.row], "这一行是对的", source=one.source)
    assert held_rows(school.registrar, ROUND) == [two]
    with pytest.raises(RowNotAdmissible, match=f"已属于名单上的{GOOD['name']}"):
        admit_rows(school.registrar, ROUND, [two.row], "也收入", source=two.source)
    mended = two.row.with_texts({"exam_number": identity(61).exam_number})
    admit_rows(school.registrar, ROUND, [mended], "号码已更正", source=two.source)
    names = everybody_named(school.registrar)
    assert Counter(names)[GOOD["name"]] == Counter(names)[identity(61).name] == 1


def test_a_student_of_another_name_comes_in_where_that_was_the_question() -> None:
    known = roster_rows()[0]
    row = known._replace(sheet="新生名单", row=2, identity=known.identity._replace(name="王改名"))
    asked = ImportProblem("新生名单", 2, "", "王改名", Fate.NAME, Severity.QUESTION, "姓名不同。")
    held = HeldRow("f" * 64, "名单.xlsx", row, (asked,))
    assert check_row(row, held).questions == (("", asked),)
    assert check_row(row, held).errors == ()


def test_it_is_asked_for_when_it_was_asked_in_the_list(school: School, tmp_path: Path) -> None:
    held = held_of(school, tmp_path, {"sex": "", "major_name": ""})
    assert {field for field, _ in check_row(held.row, held).errors} == {"sex", "major_name"}
    assert check_row(ROW.with_texts({"major_name": ""})).errors == ()  # no list said it had any


# what offices write into cells, and worse
DATES = ["20080832", "2008-08-02", "2008.8.2"]
NAMES = ["王小明", "王 小 明", "王?明", "é", "𠮷"]
WORDS = ["", "男", "女", "未知", "汉族", "汉", "火星族", "专科(高职)", "#N/A", "4.2E+17", "１２３"]
CELLS = st.one_of(
    st.sampled_from([*DATES, *NAMES, *WORDS]),
    st.text("0123456789Xx 　-/.王小明汉族男女", max_size=20),
)


@settings(max_examples=60)
@given(field=st.sampled_from(sorted(set(GOOD) - {"remark"})), text=CELLS)
def test_it_is_what_reading_a_file_would_say(
    field: str, text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    row = ROW.with_texts({field: text})
    file = read_roster(roster_file(tmp_path_factory.mktemp("read") / "名单.xlsx", [row]))
    (read,) = (*file.rows, *file.held_back)
    check = check_row(row, HeldRow("f" * 64, "名单.xlsx", row, ()))
    said = {(one.code, one.message) for one in file.problems if one.severity is not Severity.NOTE}
    assert {(one.code, one.message) for _, one in check.problems} == said
    if not said:
        assert check.row == read
