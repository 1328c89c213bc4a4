"""Windows for tests, and what fails every test: Qt warnings, log records, leaks.

``window`` is the registrar's main window on the small school, signed in, idle, showing the
workbench; ``college_window`` is the first college's. ``start`` starts the whole program.
"""

import gc
import logging
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import Application, SignIn
from desktop.procedures.seats import look_at
from desktop.procedures.session import Session, open_and_sign_in
from desktop.views.desk import Desk
from desktop.views.frame.window import MainWindow
from desktop.views.look.appearance import Scheme, current_appearance
from desktop.views.memory import Memory
from desktop.views.runner import Runner
from tests.conftest import OPERATOR, PASSPHRASE

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # a run of tests needs no screen
OpenWindow = Callable[[str], MainWindow]


class Start(Protocol):
    """Starts the program on a folder, and waits until nothing runs."""

    def __call__(self, folder: Path, sign_in: SignIn | None = None) -> Application:
        """Return the program."""


class Records(logging.Handler):
    """Keeps every warning and error; a test that expects some takes them out."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.kept: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record."""
        self.kept.append(record)

    def take(self) -> list[logging.LogRecord]:
        """Return what was logged so far, and expect it."""
        taken, self.kept = self.kept, []
        return taken


@pytest.fixture(autouse=True)
def records() -> Iterator[Records]:
    """Fail a test that leaves log records behind."""
    handler = Records()
    logging.getLogger().addHandler(handler)
    yield handler
    logging.getLogger().removeHandler(handler)
    assert not [record.getMessage() for record in handler.kept]


@pytest.fixture(autouse=True)
def nothing_leaks(qapp: QApplication) -> Iterator[None]:
    """Fail a test that leaves windows or threads behind."""
    current_appearance().choose(Scheme.LIGHT, 1.0)
    threads = set(threading.enumerate())
    yield
    delete_later()
    gc.collect()
    left = [widget for widget in qapp.topLevelWidgets() if widget.parent() is None]
    assert not left, left
    assert set(threading.enumerate()) <= threads


def delete_later() -> None:
    """Do now what Qt would do when the event loop comes round."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[Runner]:
    """A runner that is shut down after the test."""
    made = Runner(qapp)
    yield made
    made.shut_down()
    made.setParent(None)


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    """What the window remembers, empty."""
    return Memory(tmp_path)


@pytest.fixture
def open_window(
    school_template: Path, tmp_path: Path, qtbot: QtBot, runner: Runner, memory: Memory
) -> Iterator[OpenWindow]:
    """Open the window of a seat of the small school, signed in.

    A test that asks for ``school`` first, lets things happen and closes it, sees that school.
    """
    folder = tmp_path / "school"
    if not folder.exists():
        shutil.copytree(school_template, folder)
    opened: list[MainWindow] = []
    sessions: list[Session] = []

    def open_seat(seat: str) -> MainWindow:
        window = MainWindow(runner, memory)
        window.ask_who(look_at(folder / seat))
        runner.run(
            lambda _progress: open_and_sign_in(folder / seat, OPERATOR, PASSPHRASE),
            sessions.append,
            owner=window,
            title="正在登录",
        )
        idle(qtbot, runner)
        window.enter(Desk(sessions[-1], runner, memory))
        window.show()
        opened.append(window)
        idle(qtbot, runner)
        return window

    yield open_seat
    idle(qtbot, runner)
    for session in sessions:
        runner.run(lambda _progress, s=session: s.store.close(), owner=None, title="")  # type: ignore[misc]
    idle(qtbot, runner)
    for window in opened:
        window.close()
        window.deleteLater()
    delete_later()


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    """The registrar's window."""
    return open_window("registrar")


@pytest.fixture
def college_window(open_window: OpenWindow) -> MainWindow:
    """The first college's window."""
    return open_window("first")


@pytest.fixture
def start(qtbot: QtBot, tmp_path: Path) -> Iterator[Start]:
    """Start the program on a folder."""
    started: list[Application] = []

    def begin(folder: Path, sign_in: SignIn | None = None) -> Application:
        program = Application(folder, tmp_path / "practice", sign_in)
        started.append(program)
        program.start()
        idle(qtbot, program.runner)
        return program

    yield begin
    for program in started:
        close(program, qtbot)


def close(program: Application, qtbot: QtBot) -> None:
    """End a program, as closing its window does; doing it twice does no harm."""
    idle(qtbot, program.runner)
    program.stop()
    if program.window:
        program.window.close()
        program.window.deleteLater()
        program.window = None
    if program.wizard:
        program.wizard.close()
    delete_later()


def idle(qtbot: QtBot, runner: Runner) -> None:
    """Wait until the runner has nothing left to do."""
    qtbot.waitUntil(lambda: runner.running is None, timeout=20_000)
