"""The desk: what every page has at hand, and all that a page knows of the window."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.domain.offices import HomeSeat, OfficeKind
from desktop.procedures.session import Progress, Session
from desktop.views.memory import Memory
from desktop.views.runner import Failure, Runner

T = TypeVar("T")


class Desk(QObject):
    """Given to every page and wizard; they know nothing else of the window.

    ``wanted`` asks the window to open a page (id, argument); ``data_changed`` says that something
    was saved, so pages in sight refresh themselves.
    """

    wanted = Signal(str, str)
    data_changed = Signal()

    def __init__(self, session: Session, runner: Runner, memory: Memory) -> None:
        super().__init__()
        self._session = session
        self.runner = runner
        self.memory = memory

    @property
    def home(self) -> HomeSeat:
        """The seat: school, office, training or real."""
        return self._session.home

    @property
    def kind(self) -> OfficeKind:
        """The kind of this seat's office."""
        return self._session.home.seat.office.kind

    @property
    def operator(self) -> str:
        """Who is signed in."""
        return self._session.operator

    def replace_session(self, session: Session) -> None:
        """Let another person, or the same one again, work at the same seat."""
        self._session = session

    def run(
        self,
        operation: Callable[[Session, Progress], T],
        on_success: Callable[[T], None] | None = None,
        on_failure: Callable[[Failure], None] | None = None,
        *,
        owner: QObject,
        title: str,
    ) -> None:
        """Run a use case in the background; see ``Runner.run``.

        The operation gets the session: only there, on the worker thread, may it be used.
        """
        session = self._session
        self.runner.run(
            lambda progress: operation(session, progress),
            on_success,
            on_failure,
            owner=owner,
            title=title,
        )

    def change(
        self,
        operation: Callable[[Session, Progress], T],
        on_success: Callable[[T], None] | None = None,
        on_failure: Callable[[Failure], None] | None = None,
        *,
        owner: QObject,
        title: str,
    ) -> None:
        """Run a use case that saves something: afterwards pages in sight refresh themselves."""

        def done(result: T) -> None:
            if on_success:
                on_success(result)
            self.data_changed.emit()

        self.run(operation, done, on_failure, owner=owner, title=title)

    def act(self, use_case: Callable[[Session, T, Progress], T]) -> Callable[[T, Progress], T]:
        """Return what a wizard's step does when it is left: a use case of this session."""
        return lambda draft, progress: use_case(self._session, draft, progress)

    def open(self, page: str, argument: str = "") -> None:
        """Ask the window to open a page."""
        self.wanted.emit(page, argument)
