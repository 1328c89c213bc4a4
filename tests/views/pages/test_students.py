"""The list of students: found by name, number and tail of the ID number; copied whole."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.domain.import_problems import RosterRow
from desktop.procedures.imports.rosters import admit_rows
from desktop.views.frame.window import MainWindow
from desktop.views.pages.students import StudentsPage
from desktop.views.runner import Runner
from tests.conftest import ROUND, identity
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
    assert [student.student_number for student in found] == [identity(5).student_number]


def test_the_tail_of_an_id_number_finds(page: StudentsPage) -> None:
    page.search.setText(identity(5).id_number[-4:])
    found = [page.table.model.record(n) for n in range(page.table.model.rowCount())]
    assert identity(5).id_number in [student.id_number for student in found]


def test_initials_find_and_enter_leads_into_the_table(
    page: StudentsPage, qtbot: QtBot, runner: Runner
) -> None:
    page.window().activateWindow()
    page.search.setFocus()
    QTest.keyClicks(page.search, "wxjj")
    idle(qtbot, runner)
    found = {student.name for student in page.table.records}
    assert found == {identity(5).name, identity(1).name}  # 乙 is read with a j, too, if rarely
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    assert page.table.view.hasFocus()
    assert page.table.current == page.table.records[0]
    page.chips.choose("registered")
    assert page.table.records == []
    page.chips.choose("all")
    page.search.setText(identity(4).name)
    assert [student.name for student in page.table.records] == [identity(4).name]


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


def test_initials_find_a_student_who_has_come_since_they_were_typed(
    page: StudentsPage, qtbot: QtBot, runner: Runner
) -> None:
    page.search.setText("wxjj")
    idle(qtbot, runner)
    before = len(page.table.records)
    late = identity(50)._replace(name=identity(5).name)
    row = RosterRow("", 0, late, "信息技术学院", "软件2601班")
    page.desk.change(
        lambda session, _progress: admit_rows(session, ROUND, [row], "补录"),
        owner=page,
        title="正在补录",
    )
    idle(qtbot, runner)
    assert page.table.model.total == 10
    assert len(page.table.records) == before + 1
