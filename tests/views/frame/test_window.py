"""The main window: who sees what, the way from page to page, locking, closing while work runs."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.errors import NotFound
from desktop.procedures.session import Progress
from desktop.views.frame.history import History, Place
from desktop.views.frame.jump import Jump
from desktop.views.frame.shell import Shell
from desktop.views.frame.window import MainWindow
from desktop.views.memory import Memory
from desktop.views.pages.exchange.page import ExchangePage
from desktop.views.pages.help.window import HelpWindow
from desktop.views.pages.students import StudentsPage
from desktop.views.runner import Runner
from desktop.views.wizards.export.draft import CONTENT
from tests.views.conftest import OpenWindow, delete_later, idle


def shell_of(window: MainWindow) -> Shell:
    """Return the shell of a window where somebody is signed in."""
    assert window.shell
    return window.shell


def test_the_window_says_whose_seat_it_is(window: MainWindow) -> None:
    texts = [found.text() for found in shell_of(window).header.findChildren(QLabel)]
    assert "教务处学籍科" in texts
    assert "学籍科一号机 · 席位 001 · 张老师" in texts


def test_searching_opens_the_students(window: MainWindow, qtbot: QtBot, runner: Runner) -> None:
    shell = shell_of(window)
    shell.header.search.setText("软件2601班")
    QTest.keyClick(shell.header.search, Qt.Key.Key_Return)
    idle(qtbot, runner)
    assert isinstance(shell.page, StudentsPage)
    assert shell.page.table.count_text == "共 9 人，筛选出 3 人"


def test_back_returns_to_the_page_before(window: MainWindow, qtbot: QtBot, runner: Runner) -> None:
    shell = shell_of(window)
    shell.open("students")
    shell.header.back.emit()
    assert shell.page.CARD.id == "workbench"
    shell.header.forward.emit()
    assert shell.page.CARD.id == "students"
    idle(qtbot, runner)


def test_jumping_leads_to_a_page(window: MainWindow, qtbot: QtBot, runner: Runner) -> None:
    shell = shell_of(window)
    shell.jump()
    jump = shell.findChild(Jump)
    assert jump
    jump.line.setText("学生")
    QTest.keyClick(jump.line, Qt.Key.Key_Return)
    idle(qtbot, runner)
    assert shell.page.CARD.id == "students"
    delete_later()


def test_locking_hides_everything_until_the_passphrase(window: MainWindow) -> None:
    shell = shell_of(window)
    asked: list[tuple[str, str]] = []
    window.unlock_wanted.connect(lambda name, word: asked.append((name, word)))
    shell.header.locked.emit()
    assert window.is_locked
    assert not shell.isVisible()
    window.sign_in.passphrase.setText("demo")
    window.sign_in.passphrase.returnPressed.emit()
    assert asked == [("张老师", "demo")]


def test_the_page_says_why_one_is_asked(
    window: MainWindow, qtbot: QtBot, runner: Runner, memory: Memory
) -> None:
    page = window.sign_in
    assert (page.why, page.verb) == ("", "登录")
    shell_of(window).header.locked.emit()
    assert page.why.startswith("已手工锁定。")
    assert page.verb == "解锁"
    page.passphrase.setText("demo")
    page.passphrase.returnPressed.emit()
    assert page.verb == "正在解锁…"
    window.unlock()
    idle(qtbot, runner)
    memory.keep("lock/minutes", 3)
    window._idle.idle.emit()
    assert page.why.startswith("3 分钟没有人操作，已自动锁定。")
    assert page.verb == "解锁"


def test_whoever_signs_in_can_read_what_a_seat_is(window: MainWindow, qtbot: QtBot) -> None:
    page = window.sign_in
    window._floors.setCurrentWidget(page)
    assert page.meaning.isVisible()
    page.meaning.click()
    (opened,) = page.findChildren(HelpWindow)
    text = opened.guide.text
    qtbot.waitUntil(lambda: text.textCursor().selectedText() == "席位是什么")
    opened.close()
    shell_of(window).header.locked.emit()
    assert not page.meaning.isVisible()  # who unlocks has seen it


def test_locking_covers_a_wizard_and_unlocking_brings_it_back_as_it_was(
    window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    shell = shell_of(window)
    shell.open("exchange")
    idle(qtbot, runner)
    page = shell.page
    assert isinstance(page, ExchangePage)
    wizard = page.export()
    wizard.go_on()
    idle(qtbot, runner)
    ended: list[int] = []
    wizard.finished.connect(ended.append)
    window._idle.idle.emit()
    assert not wizard.isVisible()
    window.activateWindow()
    qtbot.waitUntil(window.sign_in.passphrase.hasFocus)  # a modal wizard would not let anybody in
    window.unlock()
    idle(qtbot, runner)
    assert wizard.isVisible()
    assert wizard.isModal()
    assert wizard.step == CONTENT
    assert not ended
    wizard.close()
    assert ended


def test_nobody_is_locked_out_while_work_runs(
    window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    gate = threading.Event()
    runner.run(lambda _progress: gate.wait(), owner=window, title="正在收入")
    window._idle.idle.emit()
    assert not window.is_locked
    gate.set()
    idle(qtbot, runner)
    window._idle.idle.emit()
    assert window.is_locked


def test_closing_waits_until_the_running_work_has_ended(
    window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    started = threading.Event()

    def endless(progress: Progress) -> None:
        while True:
            progress(0, 0)
            started.set()

    runner.run(endless, owner=window, title="正在收入")
    qtbot.waitUntil(started.is_set)
    assert not window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert runner.running is None


def test_the_status_line_follows_the_work(window: MainWindow, qtbot: QtBot, runner: Runner) -> None:
    gate = threading.Event()
    status = shell_of(window).status
    runner.run(lambda _progress: gate.wait(), owner=window, title="正在收入")
    runner.run(lambda _progress: None, owner=window, title="再看一遍")
    assert status.text == "正在收入，后面还有 1 项"
    gate.set()
    idle(qtbot, runner)
    assert status.text == "就绪"


def test_a_failure_that_nobody_takes_is_shown_above_the_page(
    window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    def operation(_progress: Progress) -> None:
        raise NotFound("没有这个班级。", "请重新选择。")

    runner.run(operation, owner=window, title="找班级")
    idle(qtbot, runner)
    failure = shell_of(window).errors.failure
    assert failure
    assert failure.code == "JC-601"


def test_the_last_page_is_remembered(open_window: OpenWindow, memory: Memory) -> None:
    memory.keep("page", "students")
    assert shell_of(open_window("first")).page.CARD.id == "students"


def test_real_data_have_no_training_banner(window: MainWindow) -> None:
    banners = [w for w in window.findChildren(QLabel) if w.property("role") == "practice"]
    assert not banners


@given(st.lists(st.sampled_from(["a", "b", "back", "forward"])))
def test_history_never_leads_astray(moves: list[str]) -> None:
    history = History()
    history.visit(Place("start"))
    here = Place("start")
    for move in moves:
        if move in ("a", "b"):
            here = Place(move)
            history.visit(here)
            assert not history.can_go_forward or history._places[history._at] == here
        elif move == "back" and history.can_go_back:
            before = history.back()
            assert history.forward() == here
            here = history.back()
            assert here == before
        elif move == "forward" and history.can_go_forward:
            here = history.forward()
        assert history._places[history._at] == here


@pytest.mark.parametrize("keys", [Qt.Key.Key_K])
def test_the_keyboard_opens_the_jump(window: MainWindow, qtbot: QtBot, keys: Qt.Key) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, keys, Qt.KeyboardModifier.ControlModifier)
    jump = shell_of(window).findChild(Jump)
    assert jump
    jump.close()
    delete_later()
