"""Mending the problem rows of a list: checked again, let in, set aside, undone."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.import_problems import Severity
from desktop.errors import ImportRefused, RowNotAdmissible
from desktop.interchange.list_reading import read_list
from desktop.interchange.rechecking import Rechecking
from desktop.procedures.imports.mending import Mending, begin_mending, mending_of
from desktop.procedures.imports.mending_rows import Standing
from desktop.procedures.imports.suggestions import KnownNames
from tests.conftest import School
from tests.interchange.conftest import SAMPLES, student
from tests.lists import SHEET, faulty_list

FAULTS = {
    (3, "民族"): "士家族",
    (4, "出生日期"): "20080725",
    (5, "身份证号"): "420624200807240040",
    (6, "姓名"): "",
    (7, "考生号"): "26420601110007",
    (8, "考生号"): "26420601110007",
}


@pytest.fixture
def mending(tmp_path: Path) -> Mending:
    """A list of twelve; of rows 3 to 8 something is wrong."""
    return mending_of(read_list(faulty_list(tmp_path / "名单.xlsx", FAULTS)), KnownNames())


def standings(mending: Mending) -> dict[int, Standing]:
    return {row.place[1]: row.standing for row in mending.rows}


def held(mending: Mending) -> list[int]:
    return [row.row for row in mending.mended.file.rows if row.held_back]


def test_only_the_problem_rows_are_shown_and_the_others_come_in(mending: Mending) -> None:
    assert standings(mending) == {
        3: Standing.QUESTION,
        4: Standing.QUESTION,
        5: Standing.ERROR,
        6: Standing.ERROR,
        7: Standing.ERROR,
        8: Standing.ERROR,
    }
    counts = mending.counts
    assert (counts.rows, counts.fine, counts.errors, counts.questions) == (12, 6, 4, 2)
    assert counts.waiting == 6
    assert held(mending) == [3, 4, 5, 6, 7, 8]


def test_a_typed_value_is_checked_as_a_file_is(mending: Mending) -> None:
    mended = mending.type_in({(SHEET, 6): {"name": "张 三"}})
    assert standings(mended)[6] is Standing.MENDED
    row = next(row for row in mended.mended.file.rows if row.row == 6)
    assert (row.values["name"], row.held_back) == ("张三", False)
    assert [p.code for p in mended.file.problems if p.row == 6] == ["name-space"]
    worse = mended.type_in({(SHEET, 6): {"id_number": "1"}})
    assert standings(worse)[6] is Standing.ERROR
    assert worse.rows[3].cells["id_number"] == "1"


def test_mending_one_of_two_doubles_mends_the_other(mending: Mending) -> None:
    mended = mending.type_in({(SHEET, 7): {"exam_number": "26420601110006"}})
    assert standings(mended)[7] is standings(mended)[8] is Standing.MENDED


def test_setting_one_of_two_doubles_aside_mends_the_other(mending: Mending) -> None:
    mended = mending.set_aside([(SHEET, 8)])
    assert standings(mended)[8] is Standing.SET_ASIDE
    assert standings(mended)[7] is Standing.MENDED
    assert 7 not in held(mended)
    assert 8 in held(mended)
    assert mended.mended.set_aside == {(SHEET, 8)}
    assert standings(mended.ask_again([(SHEET, 8)])) == standings(mending)


def test_a_row_with_questions_is_let_in_with_a_reason(mending: Mending) -> None:
    mended = mending.let_in([(SHEET, 4)], " 已与本人核对 ")
    assert standings(mended)[4] is Standing.LET_IN
    assert mended.mended.let_in == {(SHEET, 4): "已与本人核对"}
    assert 4 not in held(mended)
    assert any(p.row == 4 and p.severity is Severity.QUESTION for p in mended.mended.file.problems)


def test_another_question_asks_anew(mending: Mending) -> None:
    mended = mending.let_in([(SHEET, 4)], "已与本人核对")
    asked = mended.type_in({(SHEET, 4): {"birth_date": "20080726"}})
    assert standings(asked)[4] is Standing.QUESTION
    assert 4 in held(asked)


@pytest.mark.parametrize(
    ("row", "reason"), [(4, " "), (5, "没有办法"), (2, "没有问题"), (99, "没有")]
)
def test_what_can_not_be_let_in_is_refused(mending: Mending, row: int, reason: str) -> None:
    with pytest.raises(RowNotAdmissible):
        mending.let_in([(SHEET, row)], reason)


def test_all_of_one_question_leave_out_rows_with_another(tmp_path: Path) -> None:
    faults = {(3, "民族"): "士家族", (4, "民族"): "某族", (4, "性别"): "女", (5, "民族"): "汉人"}
    mending = mending_of(read_list(faulty_list(tmp_path / "名单.xlsx", faults)), KnownNames())
    assert mending.only_asked("code-unknown") == ((SHEET, 3), (SHEET, 5))


def test_undo_and_redo_lead_through_every_mend(mending: Mending) -> None:
    once = mending.type_in({(SHEET, 6): {"name": "李四"}})
    twice = once.let_in([(SHEET, 4)], "已核对")
    assert twice.undo().file == once.file
    assert twice.undo().undo().file == mending.read
    assert twice.undo().undo().undo().mends == mending.mends
    again = twice.undo().undo().redo().redo()
    assert (again.mends, again.file) == (twice.mends, twice.file)
    assert again.redo() is again
    assert twice.undo().set_aside([(SHEET, 3)]).after == ()


def test_the_same_value_typed_again_is_no_mend(mending: Mending) -> None:
    assert (
        mending.type_in({(SHEET, 3): {"ethnicity": "士家族"}, (SHEET, 99): {"name": "无"}})
        is mending
    )


def test_a_row_can_be_taken_back_to_what_the_file_says(mending: Mending) -> None:
    mended = mending.type_in({(SHEET, 6): {"name": "李四"}, (SHEET, 3): {"ethnicity": "汉族"}})
    back = mended.as_in_file([(SHEET, 6)])
    assert standings(back)[6] is Standing.ERROR
    assert standings(back)[3] is Standing.MENDED


def test_a_question_about_the_header_holds_its_sheet_until_it_is_answered(tmp_path: Path) -> None:
    number = student(1)[5]
    csv = tmp_path / "名单.csv"
    csv.write_text(
        f"考生号,姓名,姓名,性别,身份证号\n26420601110001,张三,李四,男,{number}\n", "utf-8"
    )
    mending = mending_of(read_list(csv), KnownNames())
    (row, *_) = mending.rows
    assert (row.is_student, row.place, row.standing) == (False, ("名单.csv", 1), Standing.QUESTION)
    assert all(one.held_back for one in mending.mended.file.rows)
    answered = mending.let_in([row.place], "第一列是姓名")
    assert not any(one.held_back for one in answered.mended.file.rows)


def test_what_was_mended_is_what_a_mended_file_would_say() -> None:
    mending = mending_of(read_list(SAMPLES / "新生名单-单招.csv"), KnownNames())
    typed = {row.place: {"name": "张三", "ethnicity": "汉族"} for row in mending.rows}
    mended = mending.type_in(typed)
    assert mended.file == Rechecking(mending.read).with_typed(mended.mends.typed)


def test_only_the_registrar_mends(school: School, tmp_path: Path) -> None:
    read = read_list(faulty_list(tmp_path / "名单.xlsx", FAULTS))
    with pytest.raises(ImportRefused):
        begin_mending(school.first, read)
    assert begin_mending(school.registrar, read).known.colleges == ("信息技术学院", "医学院")


_DEEDS = st.lists(
    st.one_of(
        st.tuples(
            st.just("type"),
            st.integers(2, 13),
            st.sampled_from(["name", "ethnicity", "id_number", "exam_number"]),
            st.sampled_from(["", "张三", "汉族", "420624200807240016", "26420601110007"]),
        ),
        st.tuples(st.just("let"), st.integers(2, 13), st.just(""), st.just("")),
        st.tuples(st.just("aside"), st.integers(2, 13), st.just(""), st.just("")),
        st.tuples(st.just("again"), st.integers(2, 13), st.just(""), st.just("")),
    ),
    max_size=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=_DEEDS)
def test_whatever_is_done_nothing_wrong_comes_in_and_nobody_is_lost(
    mending: Mending, deeds: list[tuple[str, int, str, str]]
) -> None:
    states = [mending]
    for deed, row, field, text in deeds:
        now, place = states[-1], (SHEET, row)
        if deed == "type":
            now = now.type_in({place: {field: text}})
        elif deed == "let":
            if standings(now).get(row) is Standing.QUESTION:
                now = now.let_in([place], "核对过")
        elif deed == "aside":
            now = now.set_aside([place])
        else:
            now = now.ask_again([place])
        if now is not states[-1]:
            states.append(now)
    now = states[-1]
    assert len(now.mended.file.rows) == 12
    errors = {p.row for p in now.file.problems if p.severity is Severity.ERROR}
    questions = {p.row for p in now.file.problems if p.severity is Severity.QUESTION}
    coming = {row.row for row in now.mended.file.rows if not row.held_back}
    assert coming.isdisjoint(errors)
    assert coming & questions <= {row for _, row in now.mended.let_in}
    assert coming.isdisjoint(row for _, row in now.mended.set_aside)
    assert now.counts.fine == len(coming)
    for state in reversed(states[:-1]):
        now = now.undo()
        assert (now.mends, now.file) == (state.mends, state.file)
