"""One large table in a process that has the program: ``python -m benchmarks.window_table``."""

import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from benchmarks.made_up import made_up_row
from benchmarks.window_process import end, megabytes, tell
from desktop.domain.rounds import ClassGroup
from desktop.domain.students import Identity
from desktop.procedures.overview.overview import StudentLine
from desktop.views.look.appearance import Scheme, current_appearance
from desktop.views.memory import Memory
from desktop.views.pages.student_lists import COLUMNS
from desktop.views.pages.students import searched_text
from desktop.views.table_models.records import Index, RecordModel
from desktop.views.widgets.record_table import RecordTable

ROWS = 100_000
_WORDS = ("张伟", "20260100", "计算机26", "0021", "王", "计算机 李", "没有")
_SCROLLS = 60


def main() -> None:
    """Type into the filter of a table of 100,000 students, and scroll it."""
    application = QApplication(["benchmark"])
    current_appearance().choose(Scheme.LIGHT, 1.0)
    with tempfile.TemporaryDirectory() as folder:
        fetched = _count_fetched_rows()
        shown = RecordTable("学生名单", COLUMNS, Memory(Path(folder)), searched=searched_text)
        shown.resize(1280, 720)
        before = megabytes()
        shown.set_records(list(_students(ROWS)))
        shown.show()
        application.processEvents()
        typed = [word[: end + 1] for word in _WORDS for end in range(len(word))]
        keys = [_timed(partial(_type, shown, text)) for text in typed]
        _type(shown, "")
        most, in_sight = _asked_while_scrolling(shown, application, fetched)
        tell(keys=keys, asked=most, in_sight=in_sight, before=before, megabytes=megabytes())


def _students(count: int) -> Iterator[StudentLine]:
    """Make up students as a list shows them, with subjects as long as real ones."""
    for place in range(count):
        row = made_up_row(place, count, 1)
        identity = Identity(*row[:8], *row[9:11], *row[12:])
        group = ClassGroup("", row[11], row[8], "", row[9], row[10], "2026", "")
        subject = f"student:{place:036d}"
        yield StudentLine.of(subject, identity, group, None, "还没有签字")


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


if __name__ == "__main__":
    main()
    end()
