"""A store is made once, opened by one, and never opened when it is not fit to be."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from desktop.domain.statements import Key
from desktop.errors import (
    StoreDamaged,
    StoreError,
    StoreExists,
    StoreFull,
    StoreLocked,
    StoreMissing,
    StoreNewer,
    StoreReadOnly,
)
from desktop.files import explain_write_error
from desktop.paths import STORE_FILE
from desktop.store import seats
from desktop.store.engine import explained
from desktop.store.store import Store

from .conftest import AUTHOR, HOME

PAGE = 4096


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder but the lock's, which tell who had it open."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in ("store.lock", "holder.json")
    }


# --- making and opening --------------------------------------------------------------------------


def test_a_store_is_made_with_its_folder_and_opened_again(tmp_path: Path) -> None:
    folder = tmp_path / "数据" / "籍册 #1 %41?"
    with Store.create(folder) as store, store.unit_of_work() as unit:
        seats.save_home_seat(unit.connection, HOME)
        unit.commit()
    with Store.open(folder) as store, store.unit_of_work() as unit:
        assert seats.home_seat(unit.connection) == HOME
    assert [path.name for path in folder.iterdir() if path.suffix == ".db"] == [STORE_FILE]


def test_a_store_is_not_made_where_there_is_one(folder: Path) -> None:
    before = bytes_of(folder)
    with pytest.raises(StoreExists) as caught:
        Store.create(folder)
    assert str(folder) in caught.value.what
    assert bytes_of(folder) == before


def test_a_store_is_not_made_where_no_folder_can_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    target = tmp_path / "file" / "store"
    with pytest.raises(type(explain_write_error(target, NotADirectoryError(20, "not one")))):
        Store.create(target)


def test_where_there_is_no_store_none_is_opened(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing):
        Store.open(tmp_path)
    with pytest.raises(StoreMissing):
        Store.open(tmp_path / "nowhere")
    assert list(tmp_path.iterdir()) == []


def test_a_store_that_is_nobodys_yet_is_not_made_and_making_it_goes_on(tmp_path: Path) -> None:
    Store.create(tmp_path / "new").close()
    with (
        Store.open(tmp_path / "new") as store,
        store.unit_of_work() as unit,
        pytest.raises(StoreMissing, match="没有做完"),
    ):
        seats.home_seat(unit.connection)
    with Store.create(tmp_path / "new") as store, store.unit_of_work() as unit:
        seats.save_home_seat(unit.connection, HOME)
        unit.commit()
    with pytest.raises(StoreExists):
        Store.create(tmp_path / "new")


def test_a_store_in_which_something_was_said_but_that_does_not_say_whose_it_is_is_damaged(
    folder: Path,
) -> None:
    with Store.open(folder) as store, store.unit_of_work(AUTHOR) as unit:
        unit.journal.state(Key("school", "school", ""), {"name": "学校"})
        unit.commit()
    with closing(sqlite3.connect(folder / STORE_FILE)) as database:
        database.execute("DELETE FROM seat")
        database.commit()
    with pytest.raises(StoreExists):  # nobody makes another one over it
        Store.create(folder)
    with (
        Store.open(folder) as store,
        store.unit_of_work() as unit,
        pytest.raises(StoreDamaged),
    ):
        seats.home_seat(unit.connection)


def test_a_database_that_was_begun_but_has_no_name_yet_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / f"{STORE_FILE}.new").write_bytes(b"half a database")
    (tmp_path / f"{STORE_FILE}.new-wal").write_bytes(b"half a log")
    Store.create(tmp_path).close()
    assert [path.name for path in tmp_path.glob(f"{STORE_FILE}*")] == [STORE_FILE]


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00", b"SQLite format 3", b"PK\x03\x04 a workbook", b"\xff" * 8192],
    ids=["empty", "a byte", "a cut magic", "another file", "garbage"],
)
def test_a_file_that_is_no_database_is_damaged_and_left_as_it_is(
    folder: Path, content: bytes
) -> None:
    (folder / STORE_FILE).write_bytes(content)
    before = bytes_of(folder)
    with pytest.raises(StoreDamaged):
        Store.open(folder)
    assert bytes_of(folder) == before


@pytest.mark.parametrize("pages", [1, 2, 10])
def test_a_database_that_was_cut_short_is_damaged(folder: Path, pages: int) -> None:
    file = folder / STORE_FILE
    with file.open("r+b") as opened:
        opened.truncate(pages * PAGE - 100)
    with pytest.raises(StoreDamaged):
        Store.open(folder)


def test_a_database_whose_header_is_garbage_is_damaged(folder: Path) -> None:
    with (folder / STORE_FILE).open("r+b") as opened:
        opened.seek(16)
        opened.write(b"\xff" * 4000)
    with pytest.raises(StoreDamaged):
        Store.open(folder)


def test_a_store_that_could_not_be_opened_is_locked_by_nobody(folder: Path) -> None:
    good = (folder / STORE_FILE).read_bytes()
    (folder / STORE_FILE).write_bytes(good[: PAGE + 10])
    with pytest.raises(StoreDamaged):
        Store.open(folder)
    (folder / STORE_FILE).write_bytes(good)
    Store.open(folder).close()


def test_a_store_of_a_newer_version_is_refused_and_left_as_it_is(folder: Path) -> None:
    with sqlite3.connect(folder / STORE_FILE) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    before = bytes_of(folder)
    with pytest.raises(StoreNewer):
        Store.open(folder)
    assert bytes_of(folder) == before


# --- where nothing can be written ----------------------------------------------------------------


@pytest.mark.parametrize("name", ["", STORE_FILE], ids=["folder", "file"])
def test_a_store_that_can_not_be_written_is_not_opened(
    folder: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = folder / name if name else folder
    real = os.access

    def access(path: Path, mode: int) -> bool:
        return real(path, mode) and not (mode == os.W_OK and Path(path) == closed)

    monkeypatch.setattr(os, "access", access)
    before = bytes_of(folder)
    with pytest.raises(StoreReadOnly) as caught:
        Store.open(folder)
    assert str(folder) in caught.value.what
    assert bytes_of(folder) == before


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_write_protected_folder_is_read_only(folder: Path) -> None:
    folder.chmod(0o500)
    try:
        with pytest.raises(StoreReadOnly):
            Store.open(folder)
    finally:
        folder.chmod(0o700)


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("database or disk is full", StoreFull),
        ("attempt to write a readonly database", StoreReadOnly),
        ("unable to open database file", StoreReadOnly),
        ("database disk image is malformed", StoreDamaged),
        ("file is not a database", StoreDamaged),
        ("disk I/O error", StoreError),
        ("database is locked", StoreError),
    ],
)
def test_what_the_database_says_is_said_in_a_sentence(
    tmp_path: Path, message: str, kind: type[StoreError]
) -> None:
    with pytest.raises(StoreError) as caught, explained(tmp_path / STORE_FILE):
        raise sqlite3.OperationalError(message)
    assert type(caught.value) is kind
    assert caught.value.what.endswith("。")
    assert isinstance(caught.value.__cause__, sqlite3.OperationalError)


def test_other_errors_pass_through_as_the_bugs_they_are(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), explained(tmp_path / STORE_FILE):
        raise ZeroDivisionError


# --- transactions --------------------------------------------------------------------------------


def test_the_settings_that_keep_data_safe_are_in_force(store: Store) -> None:
    with store.unit_of_work() as unit:

        def pragma(name: str) -> object:
            return unit.connection.execute(text(f"PRAGMA {name}")).scalar_one()

        assert pragma("journal_mode") == "wal"
        assert pragma("synchronous") == 2  # FULL
        assert pragma("foreign_keys") == 1
        assert int(str(pragma("busy_timeout"))) >= 1000


def test_they_are_in_force_in_every_transaction(store: Store) -> None:
    for _ in range(3):
        with store.unit_of_work() as unit:
            assert unit.connection.execute(text("PRAGMA synchronous")).scalar_one() == 2
            assert unit.connection.execute(text("PRAGMA foreign_keys")).scalar_one() == 1


def test_nothing_is_saved_without_a_commit(store: Store) -> None:
    with store.unit_of_work(AUTHOR) as unit:
        seats.add_operator(unit.connection, "李老师", "keys", "2026")
    with store.unit_of_work() as unit:
        assert seats.operators(unit.connection) == ()


def test_nothing_is_saved_when_the_block_fails(store: Store) -> None:
    def fail() -> None:
        with store.unit_of_work(AUTHOR) as unit:
            seats.add_operator(unit.connection, "李老师", "keys", "2026")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with store.unit_of_work() as unit:
        assert seats.operators(unit.connection) == ()


def test_what_was_committed_is_there_for_who_opens_the_store_next(folder: Path) -> None:
    with Store.open(folder) as store, store.unit_of_work(AUTHOR) as unit:
        seats.add_operator(unit.connection, "李老师", "keys", "2026")
        unit.commit()
    with Store.open(folder) as store, store.unit_of_work() as unit:
        assert seats.operators(unit.connection) == ("李老师",)


def test_what_was_committed_is_in_a_copy_that_is_made_while_the_store_is_open(
    folder: Path, tmp_path: Path
) -> None:
    """So a PC that loses power right after a commit has everything."""
    with Store.open(folder) as store:
        with store.unit_of_work(AUTHOR) as unit:
            seats.add_operator(unit.connection, "李老师", "keys", "2026")
            unit.commit()
        copy = shutil.copytree(folder, tmp_path / "copy")
    with Store.open(copy) as store, store.unit_of_work() as unit:
        assert seats.operators(unit.connection) == ("李老师",)


def test_the_same_store_is_not_opened_twice(store: Store) -> None:
    with pytest.raises(StoreLocked):
        Store.open(store.folder)


def test_a_closed_store_can_be_opened_again(folder: Path) -> None:
    for _ in range(2):
        with Store.open(folder):
            assert (folder / "holder.json").exists()
        assert not (folder / "holder.json").exists()


def test_what_was_worked_out_is_kept_until_something_is_saved(store: Store) -> None:
    made: list[int] = []

    def work_out() -> int:
        made.append(len(made))
        return made[-1]

    assert [store.worked_out("a", work_out), store.worked_out("a", work_out)] == [0, 0]
    assert store.worked_out("b", work_out) == 1
    with store.unit_of_work(AUTHOR) as unit:
        unit.journal.state(Key("student:1", "identity", ""), {"name": "王小明"})
    assert store.worked_out("a", work_out) == 0  # nothing was saved
    with store.unit_of_work(AUTHOR) as unit:
        unit.commit()
    assert store.worked_out("a", work_out) == 2
