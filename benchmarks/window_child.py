"""One process with the program's window: ``python -m benchmarks.window_child WHAT [FOLDER …]``.

Each prints lines of JSON for the process that measures; times are of the monotonic clock, which
all processes share.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import psutil
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.school import OPERATOR, PASSPHRASE, made_up_row
from benchmarks.window_jobs import jobs
from desktop.app import Application, speak_chinese
from desktop.domain.students import Identity
from desktop.procedures.overview import StudentLine
from desktop.views.look.appearance import Scheme, current_appearance
from desktop.views.memory import Memory
from desktop.views.pages.students import COLUMNS, searched_text
from desktop.views.pages.workbench.page import WorkbenchPage
from desktop.views.runner import Failure
from desktop.views.table_models.records import Index, RecordModel
from desktop.views.widgets.record_table import RecordTable

ROWS = 100_000
_TICK = 5  # milliseconds between two beats of the heart
_WORDS = ("张伟", "20260100", "计算机26", "0021", "王", "计算机 李", "没有")
_SCROLLS = 60


def tell(**values: object) -> None:
    """Print one line for the process that measures."""
    print(json.dumps(values, ensure_ascii=False), flush=True)


def megabytes() -> float:
    """Return how much memory this process holds now."""
    return float(psutil.Process().memory_info().rss) / 1e6


def until(ready: Callable[[], bool]) -> None:
    """Let the window live until something is so."""
    loop = QEventLoop()
    timer = QTimer()
    timer.timeout.connect(lambda: loop.quit() if ready() else None)
    timer.start(1)
    loop.exec()


def home(folder: str) -> None:
    """Start the program on a data folder, sign in, and wait for the workbench."""
    application = QApplication(["benchmark"])
    speak_chinese(application)
    program = _started(Path(folder))
    tell(ready=time.monotonic(), megabytes=megabytes())
    program.stop()


def table() -> None:
    """Type into the filter of a table of 100,000 students, and scroll it."""
    application = QApplication(["benchmark"])
    current_appearance().choose(Scheme.LIGHT, 1.0)
    with tempfile.TemporaryDirectory() as folder:
        fetched = _count_fetched_rows()
        shown = RecordTable("学生名单", COLUMNS, Memory(Path(folder)), searched=searched_text)
        shown.resize(1280, 720)
        shown.set_records(list(_students(ROWS)))
        shown.show()
        application.processEvents()
        typed = [word[: end + 1] for word in _WORDS for end in range(len(word))]
        keys = [_timed(partial(_type, shown, text)) for text in typed]
        _type(shown, "")
        most, in_sight = _asked_while_scrolling(shown, application, fetched)
        tell(keys=keys, asked=most, in_sight=in_sight, megabytes=megabytes())


def heartbeat(folder: str, *bundles: str) -> None:
    """Measure the longest pause of the window's thread while each of three jobs runs."""
    application = QApplication(["benchmark"])
    speak_chinese(application)
    for title, seat, operation in jobs(Path(folder), [Path(bundle) for bundle in bundles]):
        program = _started(seat)
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


def _started(folder: Path) -> Application:
    """Start the program, sign in, and wait until the workbench has its board."""
    program = Application(folder, folder)
    program.start()
    until(lambda: program.window is not None and program.window.isVisible())
    assert program.window is not None  # noqa: S101 - just seen
    program.window.sign_in_wanted.emit(OPERATOR, PASSPHRASE)
    until(lambda: _workbench_is_there(program))
    program.window.repaint()
    return program


def _workbench_is_there(program: Application) -> bool:
    shell = program.window.shell if program.window else None
    page = shell.page if shell else None
    if not isinstance(page, WorkbenchPage):
        return False
    return bool(page.board.board.rows) or program.runner.running is None


def _students(count: int) -> Iterator[StudentLine]:
    """Make up students as a list shows them."""
    for place in range(count):
        row = made_up_row(place, count, 1)
        identity = Identity(*row[:8], *row[9:11], *row[12:])
        yield StudentLine(f"student:{place}", identity, row[11], row[8], None, "还没有签字")


def _type(shown: RecordTable[StudentLine], text: str) -> None:
    shown.search(text)
    shown.view.viewport().repaint()


def _timed(act: Callable[[], None]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def _count_fetched_rows() -> set[int]:
    """Let the model note the rows whose cells are fetched; before the first one is made."""
    fetched: set[int] = set()
    plain = RecordModel.data

    def counting(
        model: RecordModel[StudentLine], index: Index, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        fetched.add(index.row())
        return plain(model, index, role)

    RecordModel.data = counting  # type: ignore[method-assign, assignment]
    return fetched


def _asked_while_scrolling(
    shown: RecordTable[StudentLine], application: QApplication, fetched: set[int]
) -> tuple[int, int]:
    """Scroll; return the most rows that were fetched for one picture, and how many it shows."""
    view, most = shown.view, 0
    bar = view.verticalScrollBar()
    for step in range(_SCROLLS):
        fetched.clear()
        bar.setValue(bar.maximum() * step // _SCROLLS)
        application.processEvents()
        view.viewport().repaint()
        most = max(most, len(fetched))
    if not most:
        raise RuntimeError("nothing was fetched: what is counted is not what is shown")
    return most, -(-view.viewport().height() // view.rowHeight(0)) + 1


def _give_up(failure: Failure) -> None:
    tell(failed=f"{failure.what}{failure.details}")
    os._exit(1)


if __name__ == "__main__":
    known: dict[str, Callable[..., None]] = {"home": home, "table": table, "heartbeat": heartbeat}
    known[sys.argv[1]](*sys.argv[2:])
    sys.stdout.flush()
    os._exit(0)  # how long Python takes to clean up is not what is measured
