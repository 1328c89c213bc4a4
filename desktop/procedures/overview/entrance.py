"""The way in: a store is opened while a person still types, and kept for whoever signs in."""

from pathlib import Path

from desktop.bundles.enrolment import fingerprint
from desktop.domain.duties import DUTIES
from desktop.domain.offices import OfficeKind
from desktop.errors import StoreMissing
from desktop.procedures.overview.list_progress import list_desk
from desktop.procedures.overview.overview import known_rounds
from desktop.procedures.registration.boards import arrival_board, class_progress, outcome_counts
from desktop.procedures.seat_facts import SeatFacts
from desktop.procedures.session import Reader, Session, sign_in
from desktop.store import seats
from desktop.store.store import Store


class Entrance:
    """The door of one data folder. Only one thread uses it, the one that uses the store.

    Until somebody signs in, the store is held open: nobody else can open it, and nobody can say
    anything in it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._store: Store | None = None

    def look(self) -> SeatFacts:
        """Open the store, unless it is open, and return whose it is.

        A folder without a store has nothing to be opened; it is told by ``home``.

        Raises:
            StoreLocked, StoreNewer, StoreDamaged, StoreReadOnly: it can not be opened.
        """
        try:
            store = self._opened()
        except StoreMissing:
            return SeatFacts(None)
        try:
            with store.unit_of_work() as unit:
                home = seats.home_seat(unit.connection)
                names = seats.operators(unit.connection)
        except BaseException:
            self.close()
            raise
        digits = "" if home.enrolled else fingerprint(home.request)
        return SeatFacts(home, names, digits, store.warning)

    def read_ahead(self, round_id: str) -> Reader | None:
        """Count what the workbench shows first, so that it is there when somebody has signed in.

        Once somebody has, this is left to the workbench.

        Args:
            round_id: the round that was looked at last; where it is not known, the first.

        Returns:
            The store to be read, None once somebody has signed in.
        """
        store = self._store
        if store is None:
            return None
        with store.unit_of_work() as unit:
            reader = Reader(store, seats.home_seat(unit.connection))
        rounds = [round_.id for round_ in known_rounds(reader)]
        if DUTIES[reader.home.seat.office.kind].told:
            list_desk(reader)
        elif rounds:
            _count(reader, round_id if round_id in rounds else rounds[0])
        return reader

    def sign_in(self, operator: str, passphrase: str) -> Session:
        """Let an operator in; the store is the session's from then on.

        Raises:
            NoSuchOperator, WrongPassphrase, NotEnrolled: the store stays open for the next try.
            StoreMissing, StoreLocked, StoreNewer, StoreDamaged, StoreReadOnly: it was not open,
                and can not be opened.
        """
        session = sign_in(self._opened(), operator, passphrase)
        self._store = None
        return session

    def close(self) -> None:
        """Give the store back, if it is open and nobody has signed in."""
        if self._store:
            self._store.close()
            self._store = None

    def _opened(self) -> Store:
        if self._store is None:
            self._store = Store.open(self._folder)
        return self._store


def _count(reader: Reader, round_id: str) -> None:
    """Count how far a round is; the store remembers it until something is saved."""
    outcome_counts(reader, round_id)
    if reader.home.seat.office.kind is OfficeKind.REGISTRAR:
        arrival_board(reader, round_id, judged=False)
    else:
        class_progress(reader, round_id, judged=False)
