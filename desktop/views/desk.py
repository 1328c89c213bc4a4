"""The desk: what every page has at hand, and all that a page knows of the window."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.domain.offices import HomeSeat, OfficeKind
from desktop.views.memory import Memory
from desktop.views.runner import Failure, Runner

if TYPE_CHECKING:  # the window is there before the use cases are loaded
    from desktop.procedures.session import Progress, Reader, Session

T = TypeVar("T")


class Desk(QObject):
    """Given to every page and wizard; they know nothing else of the window.

    ``wanted`` asks the window to open a page (id, argument); ``data_changed`` says that something
    was saved, so pages in sight refresh themselves.
    """

    wanted = Signal(str, str)
    data_changed = Signal()

    def __init__(
        self,
        session: "Session | None",
        runner: Runner,
        memory: Memory,
        *,
        reader: "Reader | None" = None,
    ) -> None:
        """Make a desk for whoever is signed in; with a reader alone, for somebody who will."""
        super().__init__()
        seen = session or reader
        if seen is None:
            raise ValueError("a desk needs a session or a reader")
        self._session, self._reader = session, seen
        self.runner = runner
        self.memory = memory

    @property
    def home(self) -> HomeSeat:
        """The seat: school, office, training or real."""
        return self._reader.home

    @property
    def kind(self) -> OfficeKind:
        """The kind of this seat's office."""
        return self._reader.home.seat.office.kind

    @property
    def signed_in(self) -> bool:
        """Whether somebody has signed in since the program began."""
        return self._session is not None

    @property
    def operator(self) -> str:
        """Who is signed in, "" for nobody."""
        return self._session.operator if self._session else ""

    def replace_session(self, session: "Session") -> None:
        """Let a person work at the seat, the first one, another one, or the same one again."""
        self._session = self._reader = session

    def read(
        self,
        operation: Callable[["Reader", "Progress"], T],
        on_success: Callable[[T], None] | None = None,
        on_failure: Callable[[Failure], None] | None = None,
        *,
        owner: QObject,
        title: str,
    ) -> None:
        """Read in the background what may be read before anybody has signed in."""
        reader = self._reader
        self.runner.run(
            lambda progress: operation(reader, progress),
            on_success,
            on_failure,
            owner=owner,
            title=title,
        )

    def run(
        self,
        operation: Callable[["Session", "Progress"], T],
        on_success: Callable[[T], None] | None = None,
        on_failure: Callable[[Failure], None] | None = None,
        *,
        owner: QObject,
        title: str,
    ) -> None:
        """Run a use case in the background; see ``Runner.run``.

        The operation gets the session: only there, on the worker thread, may it be used.
        """
        session = self._speaker()
        self.runner.run(
            lambda progress: operation(session, progress),
            on_success,
            on_failure,
            owner=owner,
            title=title,
        )

    def change(
        self,
        operation: Callable[["Session", "Progress"], T],
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

    def act(
        self, use_case: Callable[["Session", T, "Progress"], T]
    ) -> Callable[[T, "Progress"], T]:
        """Return what a wizard's step does when it is left: a use case of this session."""
        return lambda draft, progress: use_case(self._speaker(), draft, progress)

    def _speaker(self) -> "Session":
        """Return the session of whoever is signed in: pages are not in sight before."""
        if self._session is None:
            raise RuntimeError("nobody has signed in yet")
        return self._session

    def open(self, page: str, argument: str = "") -> None:
        """Ask the window to open a page."""
        self.wanted.emit(page, argument)
