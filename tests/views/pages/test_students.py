"""The list of students: found by name, number and tail of the ID number; copied whole."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.views.frame.window import MainWindow
from desktop.views.pages.catalogue import PAGES
from desktop.views.pages.students import StudentsPage
from desktop.views.runner import Runner
from tests.conftest import identity
from tests.views.conftest import idle


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot, runner: Runner) -> StudentsPage:
    assert window.shell
    window.shell.open("students")
    idle(qtbot, runner)
    assert isinstance(window.shell.page, StudentsPage)
    return window.shell.page


def test_everybody_is_there(page: StudentsPage) -> None:
    assert page.state_sentence == "共 9 人，0 人已有注册结论，9 人暂未注册。"
    assert page.table.count_text == "共 9 人"


@pytest.mark.parametrize("field", ["name", "student_number", "exam_number", "id_number"])
def test_a_student_is_found_by(page: StudentsPage, field: str) -> None:
    page.search.setText(getattr(identity(5), field))
    found = [page.table.model.record(n) for n in range(page.table.model.rowCount())]
    assert [student.identity for student in found] == [identity(5)]


def test_the_tail_of_an_id_number_finds(page: StudentsPage) -> None:
    page.search.setText(identity(5).id_number[-4:])
    found = [page.table.model.record(n) for n in range(page.table.model.rowCount())]
    assert identity(5) in [student.identity for student in found]


def test_initials_find_and_enter_leads_into_the_table(page: StudentsPage) -> None:
    page.window().activateWindow()
    page.search.setFocus()
    QTest.keyClicks(page.search, "wxj")  # 王小己甲
    assert identity(5) in [student.identity for student in page.table.records]
    assert page.table.count_text != "共 9 人"
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    assert page.table.view.hasFocus()
    assert page.table.current == page.table.records[0]


def test_a_chip_filters(page: StudentsPage) -> None:
    page.chips.choose("registered")
    assert page.table.count_text == "共 9 人，筛选出 0 人"
    page.chips.choose("held_back")
    assert page.table.count_text == "共 9 人"


def test_screens_mask_what_the_clipboard_gets_whole(page: StudentsPage) -> None:
    page.search.setText(identity(5).student_number)
    page.table.copy()
    assert identity(5).id_number in QGuiApplication.clipboard().text()
    model = page.table.model
    shown = [model.data(model.index(0, column)) for column in range(model.columnCount())]
    assert identity(5).id_number not in shown


def test_pages_are_told_apart() -> None:
    ids = [page.ID for page in PAGES]
    assert len(set(ids)) == len(ids)
