"""A seat that waits for the registrar's answer has one window, as one that works has.

Its store is opened only for a moment, so the store's own lock does not keep a second window out.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from desktop.errors import StoreExists
from desktop.files import explain_write_error, rename_durably
from desktop.store import seats
from desktop.store.locks import StoreLock
from desktop.store.store import Store


class WaitingPlace:
    """Keeps a data folder for one window while its seat waits; used on one thread alone.

    Attributes:
        given_up: whether the seat was put aside, so that another request can be made.
    """

    def __init__(self) -> None:
        self._lock: StoreLock | None = None
        self.given_up = False

    def hold(self, folder: Path) -> None:
        """Keep a folder; one that is kept already stays so.

        Raises:
            StoreLocked: another window keeps it; the sentence says who.
            StoreReadOnly: the folder can not be written.
        """
        if self._lock:
            return
        lock = StoreLock(folder, "waiting")
        lock.acquire()
        self._lock = lock

    def release(self) -> None:
        """Give the folder back, if it is kept."""
        if self._lock:
            self._lock.release()
            self._lock = None

    @contextmanager
    def let_go(self, folder: Path) -> Iterator[None]:
        """Give a folder that is kept back for what happens within; keep it again if that fails."""
        kept = self._lock is not None
        self.release()
        try:
            yield
        except BaseException:
            if kept:
                self.hold(folder)
            raise

    def give_up(self, folder: Path) -> Path:
        """Put a seat that only waits aside under another name, and return the new path.

        Raises:
            StoreExists: the seat has joined; it is used, not asked for again.
            FileNotWritten: the folder could not be renamed; it is as it was.
        """
        with Store.open(folder) as store, store.unit_of_work() as unit:
            if seats.home_seat(unit.connection).enrolled:
                raise StoreExists(
                    "这台电脑已经加入学校，不能作废。", "请关闭窗口，重新打开籍册，登录后使用。"
                )
        self.release()  # or no system would rename what is held open
        names = (folder.with_name(f"{folder.name}-作废的申请{number}") for number in count(1))
        aside = next(name for name in names if not name.exists())
        try:
            rename_durably(folder, aside)
        except OSError as error:
            self.hold(folder)
            raise explain_write_error(folder, error) from error
        self.given_up = True
        return aside
