"""Problem rows go out as a workbook and come back, whatever an office does to it meanwhile."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from desktop.errors import AnswerToAnotherList, ImportRefused, NoProblemRows, NotAnAnswer
from desktop.interchange.list_reading import read_list
from desktop.interchange.problem_rows import PROBLEM, ROW_NUMBER
from desktop.procedures.imports.mending import Mending, begin_mending
from desktop.procedures.imports.mending_exchange import export_problem_rows, read_back
from desktop.procedures.imports.mending_rows import Standing
from tests.conftest import School
from tests.interchange.conftest import TITLES, student
from tests.lists import SHEET, faulty_list

FAULTS = {
    (3, "民族"): "某族",
    (5, "身份证号"): "420624200807240040",
    (6, "姓名"): "",
    (9, "姓名"): "=张?",
}
MENDED = {
    3: ("民族", "汉族"),
    5: ("身份证号", ""),
    6: ("姓名", "李四"),
    9: ("姓名", "张𠮷"),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A list of twelve in which four rows have a problem."""
    return faulty_list(tmp_path / "名单.xlsx", FAULTS)


@pytest.fixture
def mending(school: School, path: Path) -> Mending:
    """The list, ready to be mended."""
    return begin_mending(school.registrar, read_list(path))


@pytest.fixture
def sent(school: School, mending: Mending, path: Path, tmp_path: Path) -> Path:
    """The problem rows as the office gets them."""
    sent = export_problem_rows(school.registrar, mending, path, tmp_path)
    assert (sent.path.name, sent.rows) == ("名单-请改正4行.xlsx", 4)
    return sent.path


def rows_of(sheet: Worksheet) -> dict[int, int]:
    """Return the row of the sheet for every row of the list."""
    return {int(str(sheet.cell(n, 1).value)): n for n in range(3, sheet.max_row + 1)}


def column(sheet: Worksheet, title: str) -> int:
    return next(n for n in range(1, sheet.max_column + 1) if sheet.cell(2, n).value == title)


def mend(sheet: Worksheet) -> None:
    """Write the right values, but for row 5."""
    for number, (title, text) in MENDED.items():
        if number != 5:
            sheet.cell(rows_of(sheet)[number], column(sheet, title)).value = text


def change(path: Path, act: Callable[[Workbook, Worksheet], None]) -> None:
    """Open a workbook as an office does, do something, save it."""
    workbook = load_workbook(path)
    sheet = workbook[SHEET]
    act(workbook, sheet)
    workbook.save(path)


def test_wrong_cells_are_coloured_and_say_why(sent: Path) -> None:
    workbook = load_workbook(sent)
    sheet = workbook[SHEET]
    assert [cell.value for cell in sheet[2]] == [ROW_NUMBER, *TITLES, PROBLEM]
    assert list(rows_of(sheet)) == [3, 5, 6, 9]
    wrong = {
        (sheet.cell(row, 1).value, sheet.cell(2, place).value): (comment.text, cell)
        for row in range(3, sheet.max_row + 1)
        for place in range(1, sheet.max_column + 1)
        if (comment := (cell := sheet.cell(row, place)).comment)
    }
    assert set(wrong) == {("3", "民族"), ("5", "身份证号"), ("6", "姓名"), ("9", "姓名")}
    question, error = wrong["3", "民族"], wrong["6", "姓名"]
    assert "不在" in question[0]
    assert question[1].fill.fgColor.rgb != error[1].fill.fgColor.rgb
    assert "没有填写" in str(sheet.cell(5, sheet.max_column).value)
    numbers = sheet.cell(3, column(sheet, "考生号"))
    assert (numbers.value, numbers.number_format) == ("26420601110002", "@")
    assert sheet.cell(6, column(sheet, "姓名")).data_type == "s"
    assert sheet.cell(3, column(sheet, "毕业中学")).value == "襄阳市第五中学"
    assert workbook["籍册"].sheet_state == "hidden"


def test_what_no_field_takes_goes_out_and_stays_with_its_row(
    school: School, tmp_path: Path
) -> None:
    source = tmp_path / "名单.csv"
    source.write_text("备用,考生号,姓名,性别,身份证号,宿舍\n甲,26420601110001,,男,,3栋\n", "utf-8")
    mending = begin_mending(school.registrar, read_list(source))
    target = export_problem_rows(school.registrar, mending, source, tmp_path).path
    sheet = load_workbook(target).worksheets[0]
    row = [cell.value or "" for cell in sheet[3]][:-1]
    assert row == ["2", "甲", "26420601110001", "", "男", "", "3栋"]
    source.unlink()
    again = export_problem_rows(school.registrar, mending, source, tmp_path).path
    assert again != target
    target = again
    sheet = load_workbook(target).worksheets[0]
    assert [cell.value or "" for cell in sheet[3]][:-1] == ["2", "", *row[2:6], ""]


def test_what_comes_back_replaces_the_problem_rows(
    school: School, mending: Mending, sent: Path
) -> None:
    change(sent, lambda _, sheet: mend(sheet))
    back = read_back(school.registrar, mending, sent)
    assert (back.rows, back.changed, back.warnings) == (4, 3, ())
    assert {row.place[1]: row.standing for row in back.mending.rows} == {
        3: Standing.MENDED,
        5: Standing.ERROR,
        6: Standing.MENDED,
        9: Standing.MENDED,
    }
    values = {row.row: row.values for row in back.mending.mended.file.rows}
    assert values[9]["name"] == "张𠮷"
    assert back.mending.undo().file == mending.file


def test_an_answer_without_a_change_changes_nothing(
    school: School, mending: Mending, sent: Path
) -> None:
    back = read_back(school.registrar, mending, sent)
    assert back.mending is mending
    assert (back.rows, back.changed) == (4, 0)


def _sorted_backwards(_: Workbook, sheet: Worksheet) -> None:
    mend(sheet)
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    for number, row in enumerate(reversed(rows), start=3):
        for place, value in enumerate(row, start=1):
            sheet.cell(number, place).value = value


def _widened(_: Workbook, sheet: Worksheet) -> None:
    mend(sheet)
    sheet.insert_cols(1)
    sheet.insert_cols(6)
    sheet.cell(2, 6).value = "新加的"
    sheet.cell(3, 6).value = "随便"


def _headed(workbook: Workbook, sheet: Worksheet) -> None:
    mend(sheet)
    sheet.insert_rows(1, 2)
    sheet.cell(1, 1).value = "已全部改好"
    workbook.create_sheet("说明")


def _renumbered(_: Workbook, sheet: Worksheet) -> None:
    mend(sheet)
    for row in range(3, sheet.max_row + 1):  # as an office program does with “转换为数字”
        sheet.cell(row, 1).value = int(str(sheet.cell(row, 1).value))


@pytest.mark.parametrize("act", [_sorted_backwards, _widened, _headed, _renumbered])
def test_it_may_be_sorted_widened_and_headed(
    school: School, mending: Mending, sent: Path, act: Callable[[Workbook, Worksheet], None]
) -> None:
    change(sent, act)
    back = read_back(school.registrar, mending, sent)
    assert (back.rows, back.changed, back.warnings) == (4, 3, ())


def test_deleted_rows_stay_as_they_were(school: School, mending: Mending, sent: Path) -> None:
    def act(_: Workbook, sheet: Worksheet) -> None:
        mend(sheet)
        sheet.delete_rows(rows_of(sheet)[3])

    change(sent, act)
    back = read_back(school.registrar, mending, sent)
    assert back.changed == 2
    assert back.warnings == ("还有1行有问题的，这个文件里没有，保持原样。",)
    assert back.mending.rows[0].standing is Standing.QUESTION


def test_deleted_columns_leave_their_values(school: School, mending: Mending, sent: Path) -> None:
    def act(_: Workbook, sheet: Worksheet) -> None:
        mend(sheet)
        sheet.delete_cols(column(sheet, "民族"))

    change(sent, act)
    back = read_back(school.registrar, mending, sent)
    assert back.changed == 2
    assert back.mending.rows[0].cells["ethnicity"] == "某族"


def test_without_the_hidden_sheet_rows_go_by_their_numbers(
    school: School, mending: Mending, sent: Path
) -> None:
    def act(workbook: Workbook, sheet: Worksheet) -> None:
        mend(sheet)
        workbook.remove(workbook["籍册"])
        sheet.title = "Sheet1"

    change(sent, act)
    back = read_back(school.registrar, mending, sent)
    assert back.changed == 3
    assert len(back.warnings) == 1
    assert "按“原表行号”对上" in back.warnings[0]


def test_saved_as_text_it_is_read_as_well(
    school: School, mending: Mending, sent: Path, tmp_path: Path
) -> None:
    change(sent, lambda _, sheet: mend(sheet))
    sheet = load_workbook(sent)[SHEET]
    lines = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows(min_row=2)]
    answer = tmp_path / "交回.csv"
    answer.write_text("\n".join(",".join(f'"{text}"' for text in row) for row in lines), "gb18030")
    back = read_back(school.registrar, mending, answer)
    assert back.changed == 3


def test_a_number_that_lost_its_digits_is_found_when_it_comes_back(
    school: School, mending: Mending, sent: Path
) -> None:
    def act(_: Workbook, sheet: Worksheet) -> None:
        cell = sheet.cell(rows_of(sheet)[5], column(sheet, "身份证号"))
        cell.value, cell.number_format = 420624200807240049, "0"

    change(sent, act)
    back = read_back(school.registrar, mending, sent)
    row = next(row for row in back.mending.rows if row.place[1] == 5)
    assert [one.problem.code for one in row.open_problems] == ["id-digits-lost"]


def _with_numbers(sheet: Worksheet, numbers: Sequence[str]) -> None:
    for row, number in enumerate(numbers, start=3):
        sheet.cell(row, 1).value = number


def test_rows_that_belong_nowhere_are_told_and_not_taken(
    school: School, mending: Mending, sent: Path
) -> None:
    def act(_: Workbook, sheet: Worksheet) -> None:
        mend(sheet)
        _with_numbers(sheet, ["3", "3", "", "77"])

    change(sent, act)
    back = read_back(school.registrar, mending, sent)
    assert (back.rows, back.changed, back.mending) == (0, 0, mending)
    assert back.warnings == (
        "有1行没有“原表行号”，对不上原名单，没有读取。",
        "第77行不在有问题的行里，没有读取。",
        "第3行的原表行号出现了两次，不知道哪一行是对的，没有读取。",
        "还有4行有问题的，这个文件里没有，保持原样。",
    )


def test_a_row_that_slipped_to_another_student_is_not_taken(
    school: School, mending: Mending, sent: Path
) -> None:
    def act(_: Workbook, sheet: Worksheet) -> None:
        for title in ("考生号", "学号", "身份证号", "姓名"):
            sheet.cell(3, column(sheet, title)).value = "别人"

    change(sent, act)
    back = read_back(school.registrar, mending, sent)
    assert back.rows == 3
    assert "像是别的学生" in back.warnings[0]


def test_an_answer_to_another_list_is_refused(school: School, sent: Path, tmp_path: Path) -> None:
    other = faulty_list(tmp_path / "另一份.xlsx", {(4, "姓名"): ""})
    with pytest.raises(AnswerToAnotherList, match="名单"):
        read_back(school.registrar, begin_mending(school.registrar, read_list(other)), sent)


def test_what_is_no_answer_is_refused(school: School, mending: Mending, path: Path) -> None:
    with pytest.raises(NotAnAnswer):
        read_back(school.registrar, mending, path)


def test_without_problems_nothing_goes_out(school: School, tmp_path: Path) -> None:
    path = faulty_list(tmp_path / "全对.xlsx", {})
    mending = begin_mending(school.registrar, read_list(path))
    with pytest.raises(NoProblemRows):
        export_problem_rows(school.registrar, mending, path, tmp_path)
    assert len(list(tmp_path.glob("*.xlsx"))) == 1


def test_only_the_registrar_sends_and_reads_back(
    school: School, mending: Mending, path: Path, sent: Path
) -> None:
    with pytest.raises(ImportRefused):
        export_problem_rows(school.first, mending, path, sent.parent)
    with pytest.raises(ImportRefused):
        read_back(school.first, mending, sent)


def test_each_of_several_lists_on_a_sheet_goes_out_and_comes_back(
    school: School, tmp_path: Path
) -> None:
    one, two = student(1), student(2)
    source = tmp_path / "两班.csv"
    lines = [
        "考生号,姓名,性别,身份证号,宿舍",
        f"{one[0]},,{one[3]},{one[5]},3栋",
        "床位,身份证号,考生号,姓名,性别",
        f"8号,{two[5]},{two[0]},,{two[3]}",
    ]
    source.write_text("\n".join(lines), "utf-8")
    mending = begin_mending(school.registrar, read_list(source))
    assert len(mending.read.sheets) == 2
    sent = export_problem_rows(school.registrar, mending, source, tmp_path).path
    workbook = load_workbook(sent)
    first, second = workbook.worksheets[:2]
    assert [cell.value or "" for cell in first[3]][:-1] == ["2", one[0], "", *one[3:6:2], "3栋"]
    assert [cell.value or "" for cell in second[3]][:4] == ["4", "8号", two[5], two[0]]
    first.cell(3, 3).value = "李四"
    second.cell(3, 5).value = "王五"
    workbook.save(sent)
    back = read_back(school.registrar, mending, sent)
    assert (back.rows, back.changed, back.warnings) == (2, 2, ())
    assert [row.values["name"] for row in back.mending.mended.file.rows] == ["李四", "王五"]
    assert not any(row.held_back for row in back.mending.mended.file.rows)
