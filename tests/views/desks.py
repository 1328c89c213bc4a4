"""Using a window in tests: asking its session, opening a page, walking to the end of work."""

from collections.abc import Callable
from typing import TypeVar

from pytestqt.qtbot import QtBot

from desktop.procedures.session import Session
from desktop.views.frame.window import MainWindow
from desktop.views.pages.page import Page
from desktop.views.runner import Failure
from tests.views.conftest import idle

T = TypeVar("T")
P = TypeVar("P", bound=Page)


def ask(window: MainWindow, qtbot: QtBot, operation: Callable[[Session], T]) -> T:
    """Run something with the window's session, where alone it may be used; return the answer."""
    assert window.shell
    answers: list[T] = []
    failures: list[Failure] = []
    window.shell.desk.run(
        lambda session, _progress: operation(session),
        answers.append,
        failures.append,
        owner=window,
        title="",
    )
    settle(window, qtbot)
    assert not failures, failures[0].report()
    return answers[0]


def open_page(window: MainWindow, qtbot: QtBot, kind: type[P], argument: str = "") -> P:
    """Open a page and wait until it shows what it has read."""
    assert window.shell
    window.shell.open(kind.CARD.id, argument)
    settle(window, qtbot)
    come_to_front(window, qtbot)
    page = window.shell.page
    assert isinstance(page, kind)
    return page


def come_to_front(window: MainWindow, qtbot: QtBot) -> None:
    """Do what the system does when a dialog is closed: keys of the window work again."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def settle(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until nothing runs any more."""
    assert window.shell
    idle(qtbot, window.shell.desk.runner)
