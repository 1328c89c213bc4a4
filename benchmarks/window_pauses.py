"""Long jobs beside the window: ``python -m benchmarks.window_pauses FOLDER BUNDLE …``."""

import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer

from benchmarks.school import OPERATOR, PASSPHRASE
from benchmarks.window_jobs import jobs
from benchmarks.window_process import chinese_application, end, start, tell, until
from desktop.views.runner import Failure

_TICK = 5  # milliseconds between two beats of the heart


def main(folder: str, *bundles: str) -> None:
    """Measure the longest pause of the window's thread while each of three jobs runs."""
    application = chinese_application()
    for title, seat, operation in jobs(Path(folder), [Path(bundle) for bundle in bundles]):
        program, *_ = start(seat, OPERATOR, PASSPHRASE)
        until(lambda program=program: program.runner.running is None)  # type: ignore[misc]
        desk, window = program.desk, program.window
        assert desk is not None  # noqa: S101 - somebody is signed in
        assert window is not None  # noqa: S101
        heart, ended = Heart(), list[float]()
        started = time.monotonic()
        desk.change(
            operation,
            lambda _result, ended=ended: ended.append(time.monotonic()),  # type: ignore[misc]
            _give_up,
            owner=window,
            title=title,
        )
        until(lambda ended=ended: bool(ended))  # type: ignore[misc]
        tell(job=title, longest=max(heart.stop()), seconds=ended[0] - started)
        until(lambda program=program: program.runner.running is None)  # type: ignore[misc]
        program.stop()
        window.deleteLater()
    del application  # held until here


class Heart(QObject):
    """Beats every few milliseconds, and knows how long it paused in between."""

    def __init__(self) -> None:
        super().__init__()
        self._pauses: list[float] = []
        self._last = time.monotonic()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(_TICK)

    def stop(self) -> list[float]:
        """Stop beating; return the pauses in seconds."""
        self._beat()
        self._timer.stop()
        return self._pauses

    def _beat(self) -> None:
        now = time.monotonic()
        self._pauses.append(now - self._last)
        self._last = now


def _give_up(failure: Failure) -> None:
    tell(failed=f"{failure.what}{failure.details}")
    os._exit(1)


if __name__ == "__main__":
    main(*sys.argv[1:])
    end()
