"""The connection to the store's database: how it is opened, and what its failures mean."""

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from sqlalchemy import URL, Connection, Dialect, Engine, create_engine, event
from sqlalchemy.dialects.sqlite import pysqlite  # noqa: F401 - so that a frozen program has it
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from desktop.errors import StoreDamaged, StoreError, StoreFull, StoreReadOnly, UserError
from desktop.models import Base

Row = tuple[Any, ...]
_NOTHING_THE_SAME: Mapping[str, str | None] = MappingProxyType({})
_MOST_PARAMETERS = 32_766  # of one statement: what SQLite takes unless it was built otherwise
_PAGE = 16 << 10  # bytes, of a new store; older ones have pages of 8 KB, the oldest of 4
_LOG = 96 << 20  # bytes
_CACHE, _SMALL_CACHE = 64 << 10, 32 << 10  # kilobytes
_COPIED_AT_ONCE = 16 << 20  # bytes: a few times a second somebody may look and cancel


def open_engine(file: Path) -> Engine:
    """Return an engine on the SQLite file with the settings that keep data safe.

    Every transaction begins with BEGIN IMMEDIATE: what is read in it can not change before it
    is written. The connection is kept between transactions: a new one would begin with an empty
    cache, and closing the last one copies the whole write-ahead log into the file each time.
    For the same reason the log may grow to 96 MB before it is copied: a merge writes about 10 MB
    a bundle, often to the same pages as the bundle before, and a roster of 20,000 students 75 MB,
    which are safe once they are in the log. Pages are large, because most of what is written are
    lines of half a kilobyte, many at a time (ADR 49).
    """
    engine = create_engine(
        URL.create("sqlite", database=str(file)), poolclass=QueuePool, pool_size=1
    )

    @event.listens_for(engine, "connect")
    def configure(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # the program begins transactions, not the driver
        cursor = connection.cursor()
        for setting in (
            f"page_size={_PAGE}",  # only before the first table is made
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "busy_timeout=5000",
            "temp_store=MEMORY",
            f"cache_size=-{_CACHE}",
        ):
            cursor.execute(f"PRAGMA {setting}")
        cursor.execute(f"PRAGMA wal_autocheckpoint={_LOG // _page_size(connection)}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


@contextlib.contextmanager
def little_kept(connection: Connection) -> Iterator[None]:
    """Let the database keep little in memory within the block, where much is written in order.

    It is not looked at again, and goes to the log piece by piece while other threads work, instead
    of all at once, and all of them waiting, when the transaction ends.
    """
    connection.exec_driver_sql(f"PRAGMA cache_size=-{_SMALL_CACHE}")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size=-{_CACHE}")


def copy_database(engine: Engine, file: Path, progress: Callable[[int, int], None]) -> None:
    """Copy an open database to a new file, page by page, whatever lies in its log.

    Raises:
        StoreFull, StoreReadOnly, StoreDamaged, StoreError: the file is unfinished.
    """
    with (
        explained(file),
        contextlib.closing(engine.raw_connection()) as source,
        contextlib.closing(sqlite3.connect(file)) as target,
    ):
        ours = cast("sqlite3.Connection", source.driver_connection)
        ours.backup(
            target,
            pages=_COPIED_AT_ONCE // _page_size(ours),
            progress=lambda _status, left, total: progress(total - left, total),
        )
    with file.open("rb+") as written:
        os.fsync(written.fileno())


def _page_size(connection: sqlite3.Connection) -> int:
    """Return how many bytes a page of a database has."""
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    return int(size)


def is_blank(file: Path) -> bool:
    """Tell whether a store belongs to no seat and nothing was ever said in it.

    It is looked at without a lock, and nothing that it holds is changed. What can not be read is
    not blank: it may be somebody's damaged store.
    """
    address = f"{file.resolve().as_uri()}?mode=rw"  # read only, a log would be left lying about
    try:
        with contextlib.closing(sqlite3.connect(address, uri=True)) as connection:
            (used,) = connection.execute(
                "SELECT EXISTS (SELECT 1 FROM seat) OR EXISTS (SELECT 1 FROM statement)"
            ).fetchone()
    except sqlite3.Error:
        return False
    return not used


@contextlib.contextmanager
def explained(file: Path) -> Iterator[None]:
    """Turn the database's failures inside the block into sentences.

    Raises:
        StoreFull, StoreReadOnly, StoreDamaged, StoreError: the transaction was rolled back.
    """
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        raise _explain(file, error) from error


def _explain(file: Path, error: Exception) -> UserError:
    """Return the sentence for a failure of the database."""
    text = str(error).lower()
    if "full" in text:
        return StoreFull(
            f"“{file.parent}”所在磁盘已满，这一步没有保存，之前保存的内容都在。",
            "请腾出磁盘空间，再做一次这一步。",
        )
    if "readonly" in text or "read-only" in text or "unable to open" in text:
        return StoreReadOnly(
            f"数据文件夹“{file.parent}”不能写入。",
            "请检查文件夹权限，或请技术人员换一个能写入的数据文件夹。",
        )
    if "malformed" in text or "not a database" in text or "corrupt" in text:
        return StoreDamaged(
            f"数据文件“{file.name}”已损坏，无法读取。",
            "请不要继续使用，保留这个文件，用最近的备份恢复。",
        )
    return StoreError(
        f"数据文件“{file.name}”读写失败：{text.splitlines()[0]}。",
        "这一步没有保存。请再试一次；仍然不行时，请把这段文字告诉技术人员。",
    )


def insert_rows(
    connection: Connection,
    model: type[Base],
    columns: Sequence[str],
    rows: Sequence[Row],
    *,
    again: bool = False,
) -> int:
    """Insert plain tuples, without the cost of a mapping per row; return how many were new.

    Args:
        connection: within a transaction.
        model: the mapped class of the table.
        columns: the names of the columns, in the tuples' order.
        rows: the tuples; none is fine.
        again: whether rows may be among them that are there already, and stay as they are.
    """
    return insert_values(connection, model, columns, list(chain.from_iterable(rows)), again=again)


def insert_values(
    connection: Connection,
    model: type[Base],
    columns: Sequence[str],
    values: list[Any],
    *,
    same: Mapping[str, str | None] = _NOTHING_THE_SAME,
    again: bool = False,
) -> int:
    """Insert rows whose values are given one after another; return how many were new.

    Many go in one statement: while the database works on it, other threads work too. One after
    another would be slower, and each would wait for its turn among the threads.

    Args:
        connection: within a transaction.
        model: the mapped class of the table.
        columns: the names of the columns, in the values' order.
        values: of the first row, of the second, and so on; none is fine.
        same: further columns, and what stands in them in every row. It is a part of the statement:
            to hand over each value of each row is half of what Python has to do here. So it must
            be what a store has few of, for the library keeps statements.
        again: whether rows may be among them that are there already, and stay as they are.
    """
    if not values:
        return 0
    new, width = 0, len(columns)
    most = _most_parameters(connection) // width * width
    spelled = {column: _spelled(value) for column, value in same.items()}
    for start in range(0, len(values), most):
        part = tuple(values[start : start + most])
        text = _insert_text(connection.dialect, model, columns, spelled, len(part) // width)
        text += " ON CONFLICT DO NOTHING" if again else ""
        new += connection.exec_driver_sql(text, part).rowcount
    return new


def _most_parameters(connection: Connection) -> int:
    """Return how many parameters the SQLite library takes at once; old ones take 999."""
    driver = cast("sqlite3.Connection", connection.connection.driver_connection)
    return min(driver.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER), _MOST_PARAMETERS)


def _insert_text(
    dialect: Dialect,
    model: type[Base],
    columns: Sequence[str],
    spelled: Mapping[str, str],
    rows: int,
) -> str:
    """Return the INSERT of so many rows, whose values stand in the order of these columns."""
    quoted = dialect.identifier_preparer.quote
    names = ", ".join(map(quoted, (*columns, *spelled)))
    values = f"({', '.join(['?'] * len(columns) + list(spelled.values()))})"
    text = f"INSERT INTO {quoted(model.__tablename__)} ({names}) VALUES "  # noqa: S608
    return text + ", ".join([values] * rows)


def _spelled(value: str | None) -> str:
    """Return how a value is spelled within a statement; in a text only quotes are doubled there."""
    if value is None:
        return "NULL"
    if "\0" in value:
        raise ValueError("a text ends there for the database")
    return "'" + value.replace("'", "''") + "'"
