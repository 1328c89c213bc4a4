"""A window in a process of its own, which is killed while sign-offs are ticked and not saved.

Usage: ``python -m tests.views.pages.recording.victim STORE SHEET_NUMBER``; it writes one line when
the page has nothing left to do, and then waits.
"""

import os
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from desktop.procedures.session import Session, open_and_sign_in
from desktop.views.desk import Desk
from desktop.views.frame.window import MainWindow
from desktop.views.memory import Memory
from desktop.views.pages.recording.page import RecordingPage
from desktop.views.runner import Runner
from tests.conftest import OPERATOR, PASSPHRASE
from tests.views.conftest import look_at


def main(folder: Path, number: str, kept: Path) -> None:
    """Sign in, open the sheet, tick two boxes, say so, and wait to be killed."""
    application = QApplication([""])
    runner, memory = Runner(application), Memory(kept)
    window = MainWindow(runner, memory)
    window.ask_who(look_at(folder))
    sessions: list[Session] = []
    runner.run(
        lambda _progress: open_and_sign_in(folder, OPERATOR, PASSPHRASE),
        sessions.append,
        owner=window,
        title="",
    )
    _until_idle(runner)
    window.enter(Desk(sessions[0], runner, memory))
    window.show()
    _until_idle(runner)
    assert window.shell
    window.shell.open(RecordingPage.CARD.id, number)
    _until_idle(runner)
    page = window.shell.page
    assert isinstance(page, RecordingPage)
    page.place.sign_offs.fill("head", "刘院长", "2026-09-20")
    page.place.sign_offs.fill("seal", day="2026-09-2")
    _until_idle(runner)
    sys.stdout.write("kept\n")
    sys.stdout.flush()
    sys.stdin.read()


def _until_idle(runner: Runner) -> None:
    """Let Qt work until nothing is running nor about to."""
    QCoreApplication.processEvents()
    while runner.running is not None:
        QCoreApplication.processEvents()


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as remembered:
        main(Path(sys.argv[1]), sys.argv[2], Path(remembered))
