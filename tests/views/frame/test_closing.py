"""Closing while a backup is made: it is seen how far it is, and nobody has to wait for it."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.procedures.session import Progress, Session
from desktop.views.backup_choice import keep_backup_choice
from desktop.views.frame.closing import ClosingDialog
from desktop.views.frame.window import MainWindow
from desktop.views.memory import Memory
from desktop.views.runner import Runner
from tests.views.conftest import idle


class SlowBackup:
    """A backup that goes on step by step until it is let go."""

    def __init__(self) -> None:
        self.begun = 0
        self.go_on = Event()

    def __call__(self, _session: Session, _folder: Path, progress: Progress) -> None:
        """Report 40 of 100 until the test lets it end; reporting is where it is cancelled."""
        self.begun += 1
        progress(40, 100)
        while not self.go_on.wait(0.01):
            progress(40, 100)


@pytest.fixture
def backup(memory: Memory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowBackup]:
    keep_backup_choice(memory, tmp_path, at_closing=True)
    slow = SlowBackup()
    monkeypatch.setattr("desktop.procedures.keeping.backups.back_up_if_needed", slow)
    yield slow
    slow.go_on.set()


def closing(window: MainWindow, qtbot: QtBot) -> ClosingDialog:
    """Close the window, and return the dialog once it is in sight."""
    assert not window.close()
    dialog = window.closing
    assert dialog
    assert not dialog.isVisible()  # not for a moment's work
    qtbot.waitUntil(dialog.isVisible)
    return dialog


def test_whoever_closes_sees_how_far_the_backup_is(
    window: MainWindow, qtbot: QtBot, backup: SlowBackup
) -> None:
    dialog = closing(window, qtbot)
    qtbot.waitUntil(lambda: dialog.how_far == 40)
    assert dialog.text.startswith("正在备份并核对这台电脑上的数据，完成后自动退出。")
    assert window.isVisible()
    backup.go_on.set()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert window.closing is None


def test_nobody_has_to_wait(
    window: MainWindow, qtbot: QtBot, runner: Runner, backup: SlowBackup
) -> None:
    dialog = closing(window, qtbot)
    dialog.leave.click()
    assert dialog.text == "正在停止备份……"
    qtbot.waitUntil(lambda: not window.isVisible())
    idle(qtbot, runner)
    assert backup.begun == 1


@pytest.mark.parametrize("by_key", [True, False])
def test_whoever_stays_is_backed_up_at_the_next_closing(
    window: MainWindow, qtbot: QtBot, runner: Runner, backup: SlowBackup, by_key: bool
) -> None:
    dialog = closing(window, qtbot)
    if by_key:
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    else:
        dialog.stay.click()
    idle(qtbot, runner)
    assert window.isVisible()
    assert window.closing is None
    assert window.shell
    assert window.shell.errors.failure is None
    backup.go_on.set()
    assert not window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert backup.begun == 2
