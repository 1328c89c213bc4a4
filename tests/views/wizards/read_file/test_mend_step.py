"""改问题: typed in the grid, led by Enter, decided beside it, sent out and read back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop.procedures.imports.mending_rows import Standing
from desktop.views.dialogs.character_finder import CharacterFinder
from desktop.views.wizards.read_file.mending.draft import MEND
from desktop.views.wizards.read_file.mending.grid_model import PROBLEM_ROLE, STATE
from desktop.views.wizards.read_file.mending.mend_step import MendStep
from desktop.views.wizards.read_file.mending.reason import ReasonDialog
from tests.lists import SHEET, faulty_list
from tests.views.conftest import idle
from tests.views.wizards.read_file.conftest import Reading

FAULTS = {
    (3, "民族"): "士家族",
    (4, "出生日期"): "20080725",
    (6, "姓名"): "",
    (7, "民族"): "士家族",
    (9, "姓名"): "张?",
    (12, "性别"): "女",
    (13, "性别"): "男",
}


class Desk:
    """The step in sight, worked at as a person would."""

    def __init__(self, reading: Reading, path: Path) -> None:
        self.reading, self.qtbot = reading, reading.qtbot
        reading.choose(path)
        assert reading.go_on() == MEND
        page = reading.wizard.page
        assert isinstance(page, MendStep)
        self.page, self.grid, self.model = page, page.grid, page.model

    def standing(self, row: int) -> Standing:
        """Return how a row stands."""
        return next(one.standing for one in self.page.mending.rows if one.place[1] == row)

    def go_to(self, row: int, field: str) -> None:
        """Make a cell the one in hand."""
        self.grid.go_to((SHEET, row), field)
        assert [one.place[1] for one in self.grid.selected_rows] == [row]

    def type_text(self, text: str) -> None:
        """Type into the cell in hand and press Enter."""
        QTest.keyClick(self.grid, Qt.Key.Key_F2)
        editor = self.grid.viewport().findChild(QLineEdit)
        assert editor is not None
        editor.setText(text)
        QTest.keyClick(editor, Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: not isValid(editor) or not editor.isVisible())
        self.settle()

    def settle(self) -> None:
        """Wait until nothing runs."""
        idle(self.qtbot, self.reading.runner)

    def here(self) -> tuple[int, str]:
        """Return the row and the field in hand."""
        row = self.grid.current_row
        assert row is not None
        return row.place[1], self.grid.current_field

    def press(self, text: str) -> None:
        """Press a button beside the grid."""
        next(one for one in self.page.details.buttons if text in one.text()).click()
        self.settle()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A list of twelve; of seven rows something is wrong."""
    return faulty_list(tmp_path / "名单.xlsx", FAULTS)


@pytest.fixture
def desk(reading: Callable[[], Reading], path: Path) -> Desk:
    """The step, at the first problem."""
    return Desk(reading(), path)


def dialog(kind: type[Any]) -> Any:  # noqa: ANN401 - the kind that is asked for
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible())


def test_it_begins_at_the_first_problem_and_says_what_is_wrong(desk: Desk) -> None:
    assert desk.here() == (3, "ethnicity")
    assert desk.page.sentence == "共 12 行，可以收入 5 行，有错误 1 行，有疑问 6 行。"
    texts = "".join(desk.page.details.texts)
    assert "第3行 张三" in texts
    assert "士家族" in texts
    assert desk.model.rowCount() == 7


def test_a_wrong_cell_is_marked_for_eyes_and_ears(desk: Desk) -> None:
    desk.go_to(6, "name")
    index = desk.grid.currentIndex()
    assert index.data(PROBLEM_ROLE) is not None
    assert index.data(Qt.ItemDataRole.BackgroundRole) is not None
    assert not index.data(Qt.ItemDataRole.DecorationRole).isNull()
    assert "没有填写" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).startswith("姓名：（空），姓名没有填写")
    assert index.siblingAtColumn(STATE).data() == "有错误"
    assert desk.grid.accessibleName() == "有问题的行"


def test_enter_leads_from_problem_to_problem_and_round(desk: Desk) -> None:
    seen = [desk.here()]
    for _ in range(7):
        QTest.keyClick(desk.grid, Qt.Key.Key_Return)
        seen.append(desk.here())
    assert [row for row, _ in seen] == [3, 4, 6, 7, 9, 12, 13, 3]
    assert desk.reading.wizard.step == MEND


def test_what_is_typed_is_checked_and_leads_on(desk: Desk) -> None:
    desk.go_to(6, "name")
    desk.type_text("李四")
    assert desk.standing(6) is Standing.MENDED
    assert desk.here() == (7, "ethnicity")
    assert "其中已改好 1 行" in desk.page.sentence
    assert desk.model.line_of((SHEET, 6)) >= 0  # it stays below the hands
    desk.page.chips.chosen.emit(desk.page.chips.current)
    assert desk.model.line_of((SHEET, 6)) < 0


def test_a_suggestion_is_taken_by_alt_1_and_taken_back(desk: Desk) -> None:
    QTest.keyClick(desk.grid, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    desk.settle()
    assert desk.standing(3) is Standing.MENDED
    assert desk.here() == (4, "birth_date")
    QTest.keyClick(desk.grid, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.standing(3) is Standing.QUESTION
    QTest.keyClick(desk.grid, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert desk.standing(3) is Standing.MENDED


def test_all_alike_are_mended_at_once(desk: Desk) -> None:
    desk.press("同类的 2 处")
    assert desk.standing(3) is desk.standing(7) is Standing.MENDED
    desk.page.undo()
    assert desk.standing(3) is desk.standing(7) is Standing.QUESTION


def test_a_row_comes_in_as_it_stands_with_a_reason_only(desk: Desk) -> None:
    desk.go_to(4, "birth_date")
    desk.press("按原样收入")
    asking = dialog(ReasonDialog)
    button = asking.findChildren(QPushButton)[-1]
    button.click()
    assert asking.isVisible()
    asking.line.setText("已与本人核对")
    asking.findChildren(QPushButton)[-1].click()
    desk.settle()
    assert desk.standing(4) is Standing.LET_IN
    assert desk.reading.mend.mended is not None
    assert desk.page.mending.mended.let_in == {(SHEET, 4): "已与本人核对"}
    desk.go_to(4, "birth_date")
    assert "原因：已与本人核对" in desk.page.details.texts
    desk.press("重新办理")
    assert desk.standing(4) is Standing.QUESTION


def test_all_with_the_same_question_come_in_together(desk: Desk) -> None:
    desk.go_to(12, "sex")
    desk.page.let_in()
    asking = dialog(ReasonDialog)
    assert "2 行" in asking.all_alike.text()
    asking.all_alike.setChecked(True)
    asking.line.setText("学校已核对")
    asking.findChildren(QPushButton)[-1].click()
    desk.settle()
    assert desk.standing(12) is desk.standing(13) is Standing.LET_IN
    assert desk.standing(4) is Standing.QUESTION


def test_a_row_with_an_error_is_not_offered_to_come_in(desk: Desk) -> None:
    desk.go_to(6, "name")
    assert not any("按原样收入" in one.text() for one in desk.page.details.buttons)
    desk.page.let_in()
    assert not [w for w in QApplication.topLevelWidgets() if isinstance(w, ReasonDialog)]


def test_rows_are_left_out_and_stand_in_their_group(desk: Desk) -> None:
    desk.go_to(6, "name")
    QTest.keyClick(desk.grid, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    desk.settle()
    assert desk.standing(6) is Standing.SET_ASIDE
    assert "不收入 1 行" in desk.page.sentence
    desk.page.chips.choose("set_aside")
    assert desk.model.rowCount() == 1
    assert desk.here()[0] == 6


def test_only_one_kind_of_problem_may_be_looked_at(desk: Desk) -> None:
    kinds = desk.page.kinds
    kinds.setCurrentIndex(kinds.findData("id-sex-mismatch"))
    kinds.activated.emit(kinds.currentIndex())
    assert [desk.model.row(line).place[1] for line in range(desk.model.rowCount())] == [12, 13]
    assert desk.here() == (12, "sex")


def test_delete_empties_a_cell(desk: Desk) -> None:
    desk.go_to(3, "ethnicity")
    QTest.keyClick(desk.grid, Qt.Key.Key_Delete)
    desk.settle()
    assert desk.standing(3) is Standing.MENDED
    assert desk.page.mending.rows[0].cells["ethnicity"] == ""


def test_a_lost_character_is_found_and_put_in(desk: Desk) -> None:
    desk.go_to(9, "name")
    desk.press("查找缺的字")
    finder = dialog(CharacterFinder)
    finder.code.setText("U+20BB7")
    finder.code.textEdited.emit("U+20BB7")
    desk.qtbot.waitUntil(lambda: finder.list.current is not None)
    finder.put()
    assert finder.name.text() == "张𠮷"
    QTest.keyClick(finder.findChildren(QPushButton)[-1], Qt.Key.Key_Space)
    desk.settle()
    assert desk.standing(9) is Standing.MENDED
    assert desk.here()[0] == 12


def test_rows_go_out_and_come_back(
    desk: Desk, chosen: list[Any], tmp_path: Path, path: Path
) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    chosen.append(folder)
    desk.page.export()
    desk.settle()
    assert "已把 7 行写到“名单-请改正7行.xlsx”" in desk.page.told
    (sent,) = folder.iterdir()
    workbook = load_workbook(sent)
    sheet = workbook[SHEET]
    titles = [cell.value for cell in sheet[2]]
    sheet.cell(5, titles.index("姓名") + 1).value = "李四"
    sheet.delete_rows(3)
    workbook.save(sent)
    chosen.append(sent)
    desk.page.read_back()
    desk.settle()
    assert desk.standing(6) is Standing.MENDED
    assert "读回 6 行，其中 1 行有改动" in desk.page.told
    assert "还有1行有问题的" in desk.page.told
    chosen.append(path)
    desk.page.read_back()
    desk.settle()
    assert "不是导出去请对方改的表" in desk.page.told
    assert desk.page.isEnabled()


def test_what_was_mended_goes_on_with_the_wizard(desk: Desk, qtbot: QtBot) -> None:
    desk.go_to(6, "name")
    desk.type_text("李四")
    desk.reading.wizard.go_on()
    qtbot.waitUntil(lambda: not desk.reading.wizard.isVisible())
    mended = desk.reading.mend.mended
    assert mended is not None
    row = next(row for row in mended.file.rows if row.row == 6)
    assert (row.values["name"], row.held_back) == ("李四", False)


def test_many_rows_that_come_back_keep_their_order_and_the_cell_in_hand(
    reading: Callable[[], Reading], tmp_path: Path
) -> None:
    faults = {(row, "民族"): "士家族" for row in range(2, 82)} | {(90, "姓名"): ""}
    desk = Desk(reading(), faulty_list(tmp_path / "长.xlsx", faults, rows=100))
    desk.press("同类的 80 处")
    desk.page.chips.chosen.emit(desk.page.chips.current)
    assert desk.model.rowCount() == 1
    assert desk.here() == (90, "name")
    desk.page.undo()
    rows = [desk.model.row(line).place[1] for line in range(desk.model.rowCount())]
    assert rows == [*range(2, 82), 90]
    assert desk.here() == (90, "name")
