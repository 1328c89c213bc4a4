"""A seat that waits for the registrar's answer has one window, as one that works has.

Its store is opened only for a moment, so the store's own lock does not keep a second window out.
"""

from pathlib import Path

from desktop.store.locks import StoreLock


class WaitingPlace:
    """Keeps a data folder for one window while its seat waits; used on one thread alone."""

    def __init__(self) -> None:
        self._lock: StoreLock | None = None

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
