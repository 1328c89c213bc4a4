"""The page of one student: opened from the list, filtered, revealed, copied, papers opened."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.procedures.evidence_files import Evidence
from desktop.procedures.overview.overview import student_lines
from desktop.procedures.session import Progress, Session
from desktop.procedures.signing.recording import ProposedCorrection, propose_correction
from desktop.views.dialogs import asking
from desktop.views.frame.window import MainWindow
from desktop.views.pages.student.page import StudentDetailPage
from desktop.views.pages.students import StudentsPage
from desktop.views.runner import Runner
from tests.conftest import ROUND, identity
from tests.views.conftest import idle
from tests.views.desks import come_to_front

SCAN = b"%PDF-1.4 scan"


def propose(session: Session, _progress: Progress) -> str:
    """Propose a correction for the first student, and return the student."""
    student = student_lines(session, ROUND)[0]
    proposed = ProposedCorrection(student.subject, "ethnicity", "土家族", "户口簿为准")
    propose_correction(session, ROUND, proposed, [Evidence("户口簿.pdf", SCAN)])
    return student.subject


@pytest.fixture
def page(college_window: MainWindow, qtbot: QtBot, runner: Runner) -> StudentDetailPage:
    """The page of a student of whom a correction was proposed."""
    shell = college_window.shell
    assert shell
    shell.desk.change(
        propose, lambda subject: shell.open("student", subject), owner=shell, title="准备"
    )
    qtbot.waitUntil(lambda: shell.page.CARD.id == "student")
    idle(qtbot, runner)
    assert isinstance(shell.page, StudentDetailPage)
    return shell.page


def texts(page: StudentDetailPage) -> str:
    """Return everything that can be read on the page."""
    return "\n".join(found.text() for found in page.findChildren(QLabel) if found.isVisible())


def test_it_opens_from_the_list(window: MainWindow, qtbot: QtBot, runner: Runner) -> None:
    assert window.shell
    window.shell.open("students")
    idle(qtbot, runner)
    students = window.shell.page
    assert isinstance(students, StudentsPage)
    students.table.view.setCurrentIndex(students.table.model.index(4, 0))
    students.table.view.activated.emit(students.table.view.currentIndex())
    idle(qtbot, runner)
    assert isinstance(window.shell.page, StudentDetailPage)
    assert window.shell.page.title == students.table.model.record(4).name
    window.shell.header.back.emit()
    assert window.shell.page.title == "学生"
    idle(qtbot, runner)


def test_it_says_who_stands_how_and_why(page: StudentDetailPage) -> None:
    shown = texts(page)
    assert page.state_sentence.startswith(f"学号 {identity(1).student_number}，信息技术学院")
    assert "2026级新生学籍注册：暂未注册" in page.state_sentence
    assert page.page
    for reason in page.page.standings[0].judged.verdict.reasons:
        assert reason.sentence in shown
        assert reason.article in shown


def test_the_number_is_shown_only_when_asked(page: StudentDetailPage, qtbot: QtBot) -> None:
    number = identity(1).id_number
    assert number not in texts(page).replace(" ", "")
    page.facts.number.findChildren(QPushButton)[0].click()
    assert number in page.facts.number.text.replace(" ", "")
    qtbot.waitUntil(lambda: f"身份证号：{number}" in texts(page))


def test_the_timeline_filters(page: StudentDetailPage) -> None:
    everything = len(page.timeline.cards)
    page.chips.choose("decision")
    (card,) = page.timeline.cards
    assert card.entry.title == "提出更正"
    page.chips.choose("all")
    assert len(page.timeline.cards) == everything > 1


def test_arrows_move_and_the_key_copies(
    page: StudentDetailPage, college_window: MainWindow, qtbot: QtBot
) -> None:
    come_to_front(college_window, qtbot)  # keys go to the window in front alone
    first, second = page.timeline.cards[:2]
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()
    QTest.keyClick(second, Qt.Key.Key_Up)
    QTest.keyClick(first, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "原因：户口簿为准" in QGuiApplication.clipboard().text()


def test_copying_gives_everything_as_a_table(page: StudentDetailPage) -> None:
    page.copy_history()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:3] == ["时间", "事项", "内容"]
    assert len(lines) == 1 + len(page.timeline.cards)
    page.copy_identity()
    assert f"身份证号\t{identity(1).id_number}" in QGuiApplication.clipboard().text()


def test_a_paper_opens_from_a_copy(
    page: StudentDetailPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Path] = []
    monkeypatch.setattr(asking, "show_in_viewer", shown.append)
    page.chips.choose("decision")
    page.timeline.cards[0].findChildren(QPushButton)[0].click()
    qtbot.waitUntil(lambda: bool(shown))
    assert shown[0].read_bytes() == SCAN
    assert shown[0].name == "户口簿.pdf"


def test_without_a_student_it_says_where_to_find_one(
    window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    assert window.shell
    window.shell.open("student")
    idle(qtbot, runner)
    assert "请在上方查找" in window.shell.page.state_sentence
    window.shell.open("student", "student:nobody")
    idle(qtbot, runner)
    assert window.shell.page.errors.failure
    assert window.shell.page.errors.failure.code == "JC-601"
