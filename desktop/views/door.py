"""The door of a data folder: it opens while somebody says who they are (ADR 37)."""

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.garbage import loading
from desktop.procedures.seat_facts import SeatFacts

if TYPE_CHECKING:  # a start loads them once the window asks who is there
    from desktop.procedures.overview.entrance import Entrance
    from desktop.procedures.school.waiting import WaitingPlace
    from desktop.procedures.session import Progress, Reader, Session


class Door:
    """The way into a data folder, in the words of the runner: each of these runs on its thread.

    What they need is imported there, too: the window stands and asks who is there meanwhile.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made: Entrance | None = None
        self._waiting: WaitingPlace | None = None

    def look(self, _progress: "Progress") -> SeatFacts:
        """Open the store, and return whose it is.

        While its seat waits for an answer, the folder is kept instead: there is one window in each.
        """
        entrance = self._entrance()
        facts = entrance.look()
        if facts.home and not facts.home.enrolled:
            entrance.close()
            self.waiting.hold(self.folder)
        return facts

    def read_ahead(self, round_id: str) -> "Reader | None":
        """Load the workbench, and count what it shows first; see ``Entrance.read_ahead``."""
        with loading():
            import desktop.views.frame.shell
            import desktop.views.pages.workbench.page  # noqa: F401 - whoever signs in needs it
        return self._entrance().read_ahead(round_id)

    def sign_in(self, operator: str, passphrase: str) -> "Session":
        """Let an operator in."""
        return self._entrance().sign_in(operator, passphrase)

    def close_store(self) -> None:
        """Give the store back, unless it is a session's."""
        if self._made:
            self._made.close()

    def close(self) -> None:
        """Give the store back, and keep the folder no longer."""
        self.close_store()
        if self._waiting:
            self._waiting.release()

    @property
    def waiting(self) -> "WaitingPlace":
        """What keeps the folder while its seat waits; the first start lets go of it, too."""
        if self._waiting is None:
            from desktop.procedures.school.waiting import WaitingPlace

            self._waiting = WaitingPlace()
        return self._waiting

    def _entrance(self) -> "Entrance":
        if self._made is None:
            with loading():
                from desktop.procedures.overview.entrance import Entrance
            self._made = Entrance(self.folder)
        return self._made
