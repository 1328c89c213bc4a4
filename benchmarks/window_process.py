"""What the processes with a window share: each prints lines of JSON for the one that measures.

Times are of the monotonic clock, which all processes share.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from desktop.app import Application, the_application


def tell(**values: object) -> None:
    """Print one line for the process that measures."""
    print(json.dumps(values, ensure_ascii=False), flush=True)


def end() -> None:
    """End at once: how long Python takes to clean up is not what is measured."""
    sys.stdout.flush()
    os._exit(0)


def megabytes() -> float:
    """Return how much memory this process holds now."""
    import psutil  # not a part of what a start loads

    return float(psutil.Process().memory_info().rss) / 1e6


def until(ready: Callable[[], bool]) -> None:
    """Let the window live until something is so."""
    loop = QEventLoop()
    timer = QTimer()
    timer.timeout.connect(lambda: loop.quit() if ready() else None)
    timer.start(1)
    loop.exec()


def chinese_application() -> QApplication:
    """Return the application as the program makes it; the caller holds it."""
    return the_application()


def start(
    folder: Path, operator: str, passphrase: str, typing: float = 0.0
) -> tuple[Application, float, float]:
    """Start the program, sign in, and wait until the workbench shows its board.

    Args:
        folder: of the seat.
        operator: who signs in.
        passphrase: theirs.
        typing: how many seconds they take for it.

    Returns:
        The program, when it asked who is there, and when it had the answer.
    """
    program = Application(folder, folder)
    program.start()
    until(lambda: program.window is not None and program.window.isVisible())
    assert program.window is not None  # noqa: S101 - just seen
    program.window.repaint()
    asked = time.monotonic()
    until(lambda: time.monotonic() - asked >= typing)
    answered = time.monotonic()
    program.window.sign_in_wanted.emit(operator, passphrase)
    until(lambda: _workbench_is_there(program))
    program.window.repaint()
    return program, asked, answered


def _workbench_is_there(program: Application) -> bool:
    shell = program.window.shell if program.window else None
    if shell is None or shell.page.CARD.id != "workbench":
        return False
    # the page's class is imported by then; what it shows is asked without importing it sooner
    board = shell.page.board.board  # type: ignore[attr-defined]
    return bool(board.rows) or program.runner.running is None
