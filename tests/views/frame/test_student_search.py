"""The search box in the header: results while typing, arrows and Enter open the student."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.domain.import_problems import RosterRow
from desktop.procedures.imports.rosters import admit_rows
from desktop.procedures.overview.overview import student_lines
from desktop.procedures.session import Progress, Session
from desktop.views.frame.student_search import StudentSearch
from desktop.views.frame.window import MainWindow
from desktop.views.pages.student.page import StudentDetailPage
from desktop.views.runner import Runner
from tests.conftest import ROUND, identity
from tests.views.conftest import idle


@pytest.fixture
def box(window: MainWindow) -> StudentSearch:
    """The box of the registrar's window, with the focus."""
    assert window.shell
    window.activateWindow()
    window.shell.header.search.setFocus()
    return window.shell.header.search


def rows(box: StudentSearch) -> list[str]:
    """Return the results in sight."""
    assert box.results.isVisible()
    return [box.results.item(row).text() for row in range(box.results.count())]


@pytest.mark.parametrize(
    "words",
    [identity(5).name, "wxjj", identity(5).student_number, identity(5).exam_number],
    ids=["name", "initials", "student number", "exam number"],
)
def test_a_student_is_found_while_typing(
    box: StudentSearch, qtbot: QtBot, runner: Runner, words: str
) -> None:
    QTest.keyClicks(box, words) if words.isascii() else box.setText(words)
    qtbot.waitUntil(box.results.isVisible)
    idle(qtbot, runner)
    assert any(row.startswith(f"{identity(5).name}，") for row in rows(box)[:-1])
    assert identity(5).id_number not in "".join(rows(box))


def test_enter_opens_the_student(
    box: StudentSearch, window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    QTest.keyClicks(box, identity(5).student_number)
    QTest.keyClick(box, Qt.Key.Key_Return)  # before the answer is there
    idle(qtbot, runner)
    assert window.shell
    assert isinstance(window.shell.page, StudentDetailPage)
    assert window.shell.page.title == identity(5).name
    assert not box.results.isVisible()


def test_arrows_choose_and_escape_puts_away(
    box: StudentSearch, window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    box.setText("王小")
    qtbot.waitUntil(box.results.isVisible)
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert not box.results.isVisible()
    box.setText("王")
    qtbot.waitUntil(box.results.isVisible)
    second = rows(box)[1]
    QTest.keyClick(box, Qt.Key.Key_Down)
    QTest.keyClick(box, Qt.Key.Key_Return)
    idle(qtbot, runner)
    assert window.shell
    assert second.startswith(f"{window.shell.page.title}，")


def test_nobody_found_says_so(box: StudentSearch, qtbot: QtBot) -> None:
    box.setText("没有这个人")
    qtbot.waitUntil(box.results.isVisible)
    assert rows(box) == ["没有找到“没有这个人”，到“学生”里看看"]


def admit_another(session: Session, _progress: Progress) -> None:
    """Let one more student in."""
    before = student_lines(session, ROUND)[0]
    new = identity(77)
    admit_rows(
        session, ROUND, [RosterRow("", 0, new, before.college_name, before.class_name)], "补录"
    )


def test_the_index_is_renewed_when_something_was_said(
    box: StudentSearch, window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    new = identity(77).student_number
    box.setText(new)
    qtbot.waitUntil(box.results.isVisible)
    assert len(rows(box)) == 1
    assert window.shell
    window.shell.desk.change(admit_another, owner=window.shell, title="准备")
    idle(qtbot, runner)
    box.clear()
    box.setText(new)
    qtbot.waitUntil(lambda: box.results.isVisible() and len(rows(box)) == 2)


def test_while_other_work_runs_the_known_index_answers(
    box: StudentSearch, qtbot: QtBot, runner: Runner
) -> None:
    box.setText("王")
    qtbot.waitUntil(box.results.isVisible)
    gate = threading.Event()
    runner.run(lambda _progress: gate.wait(), owner=box, title="正在收入")
    box.setText(identity(5).student_number)
    assert len(rows(box)) == 2
    gate.set()
    idle(qtbot, runner)


def test_leaving_the_box_puts_the_results_away(
    box: StudentSearch, window: MainWindow, qtbot: QtBot
) -> None:
    box.setText("王")
    qtbot.waitUntil(box.results.isVisible)
    window.lock()
    assert not box.results.isVisible()
