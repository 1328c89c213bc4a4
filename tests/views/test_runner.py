"""The runner: order, cancelling, failures, owners that are gone, closing while work runs."""

import threading

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.errors import NotFound
from desktop.procedures.session import Progress
from desktop.views.runner import Failure, Runner
from tests.views.conftest import Records, delete_later, idle


@pytest.fixture
def owner() -> QObject:
    return QObject()


def test_operations_run_in_order_on_one_other_thread(
    qtbot: QtBot, runner: Runner, owner: QObject
) -> None:
    threads: list[int] = []
    results: list[int] = []
    for number in range(5):

        def operation(_progress: Progress, number: int = number) -> int:
            threads.append(threading.get_ident())
            return number

        runner.run(operation, results.append, owner=owner, title="数数")
    idle(qtbot, runner)
    assert results == [0, 1, 2, 3, 4]
    assert len(set(threads)) == 1
    assert threads[0] != threading.get_ident()


def test_callbacks_come_on_the_window_thread(qtbot: QtBot, runner: Runner, owner: QObject) -> None:
    heard: list[int] = []
    runner.run(
        lambda _progress: None,
        lambda _result: heard.append(threading.get_ident()),
        owner=owner,
        title="什么也不做",
    )
    idle(qtbot, runner)
    assert heard == [threading.get_ident()]


def test_progress_is_told(qtbot: QtBot, runner: Runner, owner: QObject) -> None:
    go_on = threading.Event()

    def operation(progress: Progress) -> None:
        progress(3, 10)
        go_on.wait()

    runner.run(operation, owner=owner, title="数学生")
    qtbot.waitUntil(lambda: bool(runner.running and runner.running.total))
    running = runner.running
    assert running
    assert (running.title, running.done, running.total) == ("数学生", 3, 10)
    go_on.set()
    idle(qtbot, runner)


def test_a_cancelled_operation_stops_at_its_next_step(
    qtbot: QtBot, runner: Runner, owner: QObject
) -> None:
    started = threading.Event()
    failures: list[Failure] = []
    results: list[object] = []

    def endless(progress: Progress) -> None:
        while True:
            progress(0, 0)
            started.set()

    runner.run(endless, results.append, failures.append, owner=owner, title="数星星")
    qtbot.waitUntil(started.is_set)
    runner.cancel()
    idle(qtbot, runner)
    assert [failure.cancelled for failure in failures] == [True]
    assert not results


def test_what_waits_is_cancelled_without_being_begun(
    qtbot: QtBot, runner: Runner, owner: QObject
) -> None:
    begun: list[str] = []
    gate = threading.Event()
    runner.run(lambda _progress: gate.wait(), owner=owner, title="第一件")
    runner.run(lambda _progress: begun.append("第二件"), owner=owner, title="第二件")
    runner.cancel_all()
    gate.set()
    idle(qtbot, runner)
    assert not begun


def test_a_user_error_is_told_in_its_own_words(
    qtbot: QtBot, runner: Runner, owner: QObject
) -> None:
    failures: list[Failure] = []

    def operation(_progress: Progress) -> None:
        raise NotFound("没有这个班级。", "请重新选择。")

    runner.run(operation, None, failures.append, owner=owner, title="找班级")
    idle(qtbot, runner)
    (failure,) = failures
    assert (failure.what, failure.todo, failure.code) == (
        "没有这个班级。",
        "请重新选择。",
        "JC-601",
    )
    assert not failure.is_bug


def test_a_bug_is_logged_whole_and_told_to_the_window(
    qtbot: QtBot, runner: Runner, owner: QObject, records: Records
) -> None:
    failures: list[Failure] = []
    runner.failed.connect(failures.append)

    def operation(_progress: Progress) -> None:
        raise ZeroDivisionError("here")

    runner.run(operation, owner=owner, title="算一算")
    idle(qtbot, runner)
    (failure,) = failures
    assert failure.is_bug
    assert "已保存的内容没有丢失" in failure.what
    assert "ZeroDivisionError: here" in failure.report()
    (record,) = records.take()
    assert "ZeroDivisionError: here" in record.getMessage()


def test_an_owner_that_is_gone_is_not_called(qtbot: QtBot, runner: Runner) -> None:
    owner, gate, heard = QWidget(), threading.Event(), list[object]()
    runner.run(lambda _progress: gate.wait(), heard.append, owner=owner, title="等一等")
    owner.deleteLater()
    delete_later()
    gate.set()
    idle(qtbot, runner)
    assert not heard


def test_a_failure_whose_owner_is_gone_is_still_told(qtbot: QtBot, runner: Runner) -> None:
    owner, gate = QWidget(), threading.Event()
    failures: list[Failure] = []
    told: list[Failure] = []
    runner.failed.connect(told.append)

    def operation(_progress: Progress) -> None:
        gate.wait()
        raise NotFound("没有保存。", "请再试。")

    runner.run(operation, None, failures.append, owner=owner, title="保存")
    owner.deleteLater()
    delete_later()
    gate.set()
    idle(qtbot, runner)
    assert not failures
    assert [failure.what for failure in told] == ["没有保存。"]


def test_shutting_down_does_the_last_thing_on_the_same_thread(qtbot: QtBot) -> None:
    runner, owner, threads = Runner(), QObject(), list[int]()
    runner.run(lambda _progress: threads.append(threading.get_ident()), owner=owner, title="一")
    idle(qtbot, runner)
    runner.shut_down(lambda: threads.append(threading.get_ident()))
    assert len(threads) == 2
    assert len(set(threads)) == 1
