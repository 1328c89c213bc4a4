"""The store of one seat: one SQLite file, its attachments and its lock, in one folder."""

import os
from collections.abc import Callable, Hashable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar, cast

from sqlalchemy import Connection, Engine

from desktop.errors import StoreDamaged, StoreExists, StoreMissing, StoreReadOnly
from desktop.files import explain_write_error, rename_durably
from desktop.paths import STORE_FILE
from desktop.store.attachments import Attachments
from desktop.store.engine import copy_database, explained, is_blank, open_engine
from desktop.store.journal import Author, Journal
from desktop.store.locks import StoreLock
from desktop.store.medium import medium_of, warning_for
from desktop.store.migration import bring_up_to_date

T = TypeVar("T")
_SQLITE_MAGIC = b"SQLite format 3\x00"


def local_now() -> datetime:
    """Return the time on the wall, with its offset."""
    return datetime.now(UTC).astimezone()


class UnitOfWork:
    """One transaction: everything in it is saved together, or nothing is.

    Not committing is the default: leaving the block without ``commit`` rolls back.
    """

    def __init__(
        self,
        connection: Connection,
        author: Author | None,
        now: Callable[[], datetime],
        committed: Callable[[], None],
    ) -> None:
        self.connection = connection
        self.journal = Journal(connection, author, now)
        self.author = author
        self.now = now
        self._committed = committed
        self._transaction = connection.begin()

    def commit(self) -> None:
        """Save everything since the beginning; on the disk before this returns."""
        self.journal.save_head()
        self._transaction.commit()
        self._committed()

    def roll_back(self) -> None:
        """Forget everything since the beginning, if it was not committed."""
        if self._transaction.is_active:
            self._transaction.rollback()


class Store:
    """An open store. Only one process has it; only one thread uses it.

    Attributes:
        folder: the data folder.
        attachments: the files beside the database.
        warning: a sentence when the folder lies where data get lost, else empty.
    """

    def __init__(self, folder: Path, engine: Engine, lock: StoreLock) -> None:
        self.folder = folder
        self.attachments = Attachments(folder / "attachments")
        self.warning = warning_for(medium_of(folder))
        self.now: Callable[[], datetime] = local_now
        self._engine = engine
        self._lock = lock
        self._worked_out: dict[object, object] = {}

    @classmethod
    def create(cls, folder: Path) -> Self:
        """Make a new store in a folder, which is made too.

        A store that belongs to no seat yet counts as not made: whoever was making it was stopped
        half-way, and goes on in it.

        Raises:
            StoreExists: there is one already.
            StoreReadOnly, StoreFull, StoreLocked: nothing was made.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise explain_write_error(folder / STORE_FILE, error) from error
        _require_unmade(folder)
        store = cls._open(folder)
        try:
            _require_unmade(folder)  # nobody else can have made it from now on
        except StoreExists:
            store.close()
            raise
        return store

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the store of a folder, bringing an older one up to date.

        Raises:
            StoreMissing: there is none.
            StoreLocked: another process holds it.
            StoreNewer, StoreDamaged, StoreReadOnly: it was not changed.
        """
        file = folder / STORE_FILE
        if not file.exists():
            raise StoreMissing(
                f"文件夹“{folder}”里没有籍册的数据。", "请检查文件夹，或者先新建学校或申请加入。"
            )
        with file.open("rb") as opened:
            start = opened.read(len(_SQLITE_MAGIC))
        if start != _SQLITE_MAGIC:
            raise StoreDamaged(
                f"数据文件“{file}”已损坏，无法读取。",
                "请不要继续使用，保留这个文件，用最近的备份恢复。",
            )
        return cls._open(folder)

    @classmethod
    def _open(cls, folder: Path) -> Self:
        _check_writable(folder)
        lock = StoreLock(folder)
        lock.acquire()
        with ExitStack() as undo:
            undo.callback(lock.release)
            file = folder / STORE_FILE
            if not file.exists():
                _make_blank(file)
            engine = open_engine(file)
            undo.callback(engine.dispose)  # an open file could not be replaced by a backup
            with explained(file):
                bring_up_to_date(engine, file)
            store = cls(folder, engine, lock)
            undo.pop_all()
        return store

    @contextmanager
    def unit_of_work(self, author: Author | None = None) -> Iterator[UnitOfWork]:
        """Open a transaction; leaving the block without ``commit`` rolls it back.

        Raises:
            StoreFull, StoreReadOnly, StoreDamaged: whatever the block wrote is not saved.
        """
        with explained(self.folder / STORE_FILE), self._engine.connect() as connection:
            unit = UnitOfWork(connection, author, self.now, self._worked_out.clear)
            try:
                yield unit
            finally:
                unit.roll_back()

    def copy_to(self, file: Path, progress: Callable[[int, int], None]) -> None:
        """Copy the whole database to a new file, by SQLite itself: also what is in its log.

        Args:
            file: must not exist; it lies on the disk before this returns, but may be unfinished
                when something is raised.
            progress: called now and then with (done, total).

        Raises:
            StoreFull, StoreReadOnly: of the target.
            StoreDamaged: this database can not be read.
        """
        copy_database(self._engine, file, progress)

    def worked_out(self, key: Hashable, work_out: Callable[[], T]) -> T:
        """Return what was worked out from the store under a key, again only after a commit.

        One process has the store and one thread uses it, so nothing changes it in between. Only
        for transactions that write nothing.

        Args:
            key: says what is worked out, and its type.
            work_out: does it.
        """
        if key not in self._worked_out:
            self._worked_out[key] = work_out()
        return cast("T", self._worked_out[key])

    def close(self) -> None:
        """Close the database and give the lock back."""
        self._engine.dispose()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _make_blank(file: Path) -> None:
    """Make a database with empty tables: under its name it is whole from the beginning.

    Raises:
        StoreFull, StoreReadOnly, StoreError: there is none under its name.
    """
    unfinished = file.with_name(f"{file.name}.new")
    try:
        for left_over in unfinished.parent.glob(f"{unfinished.name}*"):
            left_over.unlink()
        with explained(file), ExitStack() as last:
            engine = open_engine(unfinished)
            last.callback(engine.dispose)
            bring_up_to_date(engine, unfinished)
        rename_durably(unfinished, file)
    except OSError as error:
        raise explain_write_error(file, error) from error


def _require_unmade(folder: Path) -> None:
    """Raise when a folder has a store, unless that belongs to nobody and holds nothing yet."""
    file = folder / STORE_FILE
    if file.exists() and not is_blank(file):
        raise StoreExists(
            f"文件夹“{folder}”里已经有籍册的数据。", "请直接打开它，或者另选一个空文件夹。"
        )


def _check_writable(folder: Path) -> None:
    """Raise when the folder can not be written."""
    file = folder / STORE_FILE
    if not os.access(folder, os.W_OK) or (file.exists() and not os.access(file, os.W_OK)):
        raise StoreReadOnly(
            f"数据文件夹“{folder}”不能写入。",
            "请检查文件夹权限，或请技术人员换一个能写入的数据文件夹。",
        )
