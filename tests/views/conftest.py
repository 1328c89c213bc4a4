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
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import Application, SignIn
from desktop.procedures.overview.entrance import Entrance
from desktop.procedures.seat_facts import SeatFacts
from desktop.procedures.session import Session, open_and_sign_in
from desktop.views.desk import Desk
from desktop.views.dialogs import asking
from desktop.views.frame.window import MainWindow
from desktop.views.look.appearance import Scheme, current_appearance
from desktop.views.memory import Memory
from desktop.views.runner import Runner
from tests.conftest import OPERATOR, PASSPHRASE, SEATS, School
from tests.reviewing import SEATED, begin_review

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # a run of tests needs no screen
OpenWindow = Callable[[str], MainWindow]


class Start:
    """Starts the program on a folder; what a test does not close is closed after it."""

    def __init__(self, qtbot: QtBot, practice: Path) -> None:
        self._qtbot, self._practice = qtbot, practice
        self._started: list[Application] = []

    def __call__(self, folder: Path, sign_in: SignIn | None = None) -> Application:
        """Return the program, once nothing runs."""
        program = Application(folder, self._practice, sign_in)
        self._started.append(program)
        program.start()
        idle(self._qtbot, program.runner)
        return program

    def end_later(self, program: Application) -> None:
        """Let a program that a test has started itself be closed after it."""
        self._started.append(program)

    def close(self, program: Application) -> None:
        """End a program, as closing its window does."""
        self._started.remove(program)
        idle(self._qtbot, program.runner)
        program.stop()
        if program.window:
            program.window.close()
            program.window.deleteLater()
        if program.wizard:
            program.wizard.close()
        delete_later()

    def close_all(self) -> None:
        """End whatever still runs."""
        for program in tuple(self._started):
            self.close(program)


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


def look_at(folder: Path) -> SeatFacts:
    """Return what a folder holds, and close its store again."""
    entrance = Entrance(folder)
    facts = entrance.look()
    entrance.close()
    return facts


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


@pytest.fixture(scope="session")
def review_template(founded_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The closed stores of a school in the days of check-in; copy, do not open."""
    folder = tmp_path_factory.mktemp("reviewing") / "school"
    shutil.copytree(founded_template, folder)
    school = School.open(folder)
    begin_review(school)
    school.close()
    return folder


@pytest.fixture
def reviewing(review_template: Path, tmp_path: Path) -> Iterator[School]:
    """A school in the days of check-in, open; a test closes it before it opens a window."""
    folder = tmp_path / "school"
    shutil.copytree(review_template, folder)
    school = School.open(folder, (*SEATS, *SEATED))
    yield school
    school.close()


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
    starter = Start(qtbot, tmp_path / "practice")
    yield starter
    starter.close_all()


def idle(qtbot: QtBot, runner: Runner) -> None:
    """Wait until the runner has nothing left to do."""
    qtbot.waitUntil(lambda: runner.running is None, timeout=20_000)


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the person will choose in the system's next dialog for files or folders."""
    answers: list[Any] = []

    def choose(_parent: object, _title: str, *rest: Any) -> None:  # noqa: ANN401
        then: Callable[[Any], None] = next(one for one in rest if callable(one))
        then(answers.pop(0))

    for name in ("ask_for_file", "ask_for_files", "ask_for_folder"):
        monkeypatch.setattr(asking, name, choose)
    return answers
