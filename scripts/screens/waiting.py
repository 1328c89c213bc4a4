"""Letting Qt work until something is so."""

import faulthandler
from collections.abc import Callable

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QTimer

_EVERY = 15  # milliseconds
_LONGEST = 120_000


def until(reached: Callable[[], bool]) -> None:
    """Let Qt work until something is so, and a moment longer, for layouts.

    Raises:
        TimeoutError: it did not come to be.
    """
    deadline = QDeadlineTimer(_LONGEST)
    loop = QEventLoop()
    timer = QTimer()
    timer.timeout.connect(lambda: loop.quit() if reached() or deadline.hasExpired() else None)
    timer.start(_EVERY)
    loop.exec()
    while not reached() and not deadline.hasExpired():  # a late timer has begun something more
        loop.exec()
    if not reached():
        faulthandler.dump_traceback()  # what keeps whom waiting can not be seen afterwards
        raise TimeoutError("the window does not come to rest")
