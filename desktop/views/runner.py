"""The one runner: work on one thread, one thing after another; answers by one signal.

The store is opened, used and closed on that thread alone (ADR 10). Operations get a ``progress``
to call; calling it is also where cancelling happens. Callbacks run on the window's thread, and
only while the widget that asked still lives.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from desktop.errors import Cancelled, Unconfirmed, UserError
from desktop.garbage import garbage_left_alone
from desktop.views.language import tr

if TYPE_CHECKING:  # the window is there before the use cases are loaded
    from desktop.procedures.session import Progress

T = TypeVar("T")
Operation = Callable[["Progress"], T]
_log = logging.getLogger(__name__)
_REPORT_EVERY = 0.05  # seconds: more often nobody can read
_BUG_WHAT = tr("程序出了意料之外的问题，这一步没有完成。已保存的内容没有丢失。")
_BUG_TODO = tr("请复制问题报告交给技术人员，然后再试一次。")
_BUG_CODE = "JC-000"


@dataclass(frozen=True, slots=True)
class Failure:
    """What a failed operation tells its user; ``details`` are for whoever helps them.

    ``questions`` are codes of doubts that the user may confirm, and then try again.
    """

    title: str
    what: str
    todo: str
    code: str
    details: str
    is_bug: bool = False
    cancelled: bool = False
    questions: tuple[str, ...] = ()

    def report(self) -> str:
        """Return everything as text to be copied."""
        return "\n".join(filter(None, (self.title, self.what, self.todo, self.code, self.details)))


@dataclass(frozen=True, slots=True)
class Running:
    """The work that runs now: its title, how far it is (total 0: unknown), how much waits."""

    title: str
    done: int
    total: int
    waiting: int
    cancelling: bool


def failure_of(error: BaseException, title: str) -> Failure:
    """Return how an error is told: a ``UserError`` in its own words, anything else as a bug."""
    if isinstance(error, UserError):
        cancelled = isinstance(error, Cancelled)
        doubts = tuple(error.questions) if isinstance(error, Unconfirmed) else ()
        return Failure(
            title, error.what, error.todo, error.code, "", cancelled=cancelled, questions=doubts
        )
    import traceback

    details = "".join(traceback.format_exception(error))
    return Failure(title, _BUG_WHAT, _BUG_TODO, _BUG_CODE, details, is_bug=True)


@dataclass(eq=False, slots=True)
class _Job:
    """One operation in the queue."""

    title: str
    operation: Operation[Any]
    on_success: Callable[[Any], None] | None
    on_failure: Callable[[Failure], None] | None
    owner: QObject | None
    cancelled: threading.Event = field(default_factory=threading.Event)

    def wanted(self) -> bool:
        """Tell whether somebody still waits for the answer."""
        return self.owner is None or isValid(self.owner)


@dataclass(frozen=True, slots=True)
class _Report:
    """What the worker says: how far a job is, or how it ended."""

    job: _Job
    done: int = 0
    total: int = 0
    ended: bool = False
    result: object = None
    error: BaseException | None = None


class Runner(QObject):
    """Runs operations on one thread of its own, in the order in which they were asked for.

    ``changed`` says that ``running`` is new; ``failed`` carries a ``Failure`` that nobody else
    took; ``idle`` says that the queue is empty.
    """

    changed = Signal()
    failed = Signal(object)
    idle = Signal()
    _reported = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: SimpleQueue[_Job | None] = SimpleQueue()
        self._jobs: deque[_Job] = deque()
        self._progress = (0, 0)
        self._reported.connect(self._hear)  # told on another thread, it is heard on this one
        self._thread = threading.Thread(target=self._work, name="jice-runner", daemon=True)
        self._thread.start()

    @property
    def running(self) -> Running | None:
        """What runs now, or None."""
        if not self._jobs:
            return None
        job, (done, total) = self._jobs[0], self._progress
        return Running(job.title, done, total, len(self._jobs) - 1, job.cancelled.is_set())

    def run(
        self,
        operation: Operation[T],
        on_success: Callable[[T], None] | None = None,
        on_failure: Callable[[Failure], None] | None = None,
        *,
        owner: QObject | None,
        title: str,
    ) -> None:
        """Put an operation into the queue.

        Args:
            operation: runs on the worker thread; it must not touch widgets.
            on_success: told the result, on the window's thread.
            on_failure: told what went wrong; without it the window shows the failure.
            owner: whose callbacks these are; once it is gone they are not called.
            title: what is being done, as the status line says it ("正在读取学生名单").
        """
        job = _Job(title, operation, on_success, on_failure, owner)
        self._jobs.append(job)
        self._queue.put(job)
        self.changed.emit()

    def cancel(self) -> None:
        """Let the running operation stop at its next step."""
        if self._jobs:
            self._jobs[0].cancelled.set()
            self.changed.emit()

    def cancel_all(self) -> None:
        """Let everything stop that runs or waits."""
        for job in self._jobs:
            job.cancelled.set()
        self.changed.emit()

    def shut_down(self, last: Callable[[], None] | None = None) -> None:
        """Cancel what waits, do one last thing on the worker, and wait until the thread ended."""
        self.cancel_all()
        if last is not None:
            self._queue.put(_Job("", lambda _progress: last(), None, None, None))
        self._queue.put(None)
        self._thread.join()
        self._jobs.clear()

    # --- on the worker thread --------------------------------------------------------------------

    def _work(self) -> None:
        while (job := self._queue.get()) is not None:
            self._reported.emit(self._outcome(job))

    def _outcome(self, job: _Job) -> _Report:
        """Run a job; whatever it raises comes back as a value, for the window to tell."""
        try:
            if job.cancelled.is_set():
                raise Cancelled  # noqa: TRY301 - the same way as when it is cancelled later
            with garbage_left_alone():
                result = job.operation(self._progress_of(job))
            return _Report(job, ended=True, result=result)
        except Exception as error:  # noqa: BLE001 - one of the two places where bugs end
            return _Report(job, ended=True, error=error)

    def _progress_of(self, job: _Job) -> "Progress":
        """Return the ``progress`` of a job: it reports now and then, and raises when cancelled."""
        last = 0.0

        def progress(done: int, total: int) -> None:
            nonlocal last
            if job.cancelled.is_set():
                raise Cancelled
            if time.monotonic() - last >= _REPORT_EVERY:
                last = time.monotonic()
                self._reported.emit(_Report(job, done, total))

        return progress

    # --- on the window's thread ------------------------------------------------------------------

    def _hear(self, report: _Report) -> None:
        if not self._jobs or self._jobs[0] is not report.job:
            return  # the last act of shutting down
        if not report.ended:
            self._progress = (report.done, report.total)
            self.changed.emit()
            return
        self._jobs.popleft()
        self._progress = (0, 0)
        self.changed.emit()
        if report.error is None:
            if report.job.on_success and report.job.wanted():
                report.job.on_success(report.result)
        else:
            self._tell(report.job, report.error)
        if not self._jobs:
            self.idle.emit()

    def _tell(self, job: _Job, error: BaseException) -> None:
        """Tell a failure to whom it concerns: the asker, or else the window."""
        failure = failure_of(error, job.title)
        if failure.is_bug:
            _log.error("%s: %s", job.title, failure.details)
        if job.on_failure and job.wanted():
            job.on_failure(failure)
        elif not failure.cancelled:
            self.failed.emit(failure)
