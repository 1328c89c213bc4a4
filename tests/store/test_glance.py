"""A glance at a store before it is opened: the same as the store says, or nothing."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from desktop.paths import STORE_FILE
from desktop.store import seats
from desktop.store.glance import glance_at
from desktop.store.store import Store
from tests.conftest import School


def test_it_tells_what_the_open_store_tells(school: School) -> None:
    school.close()
    for seat in ("registrar", "first"):
        folder = school.store_folder(seat)
        told = glance_at(folder)
        with Store.open(folder) as store, store.unit_of_work() as unit:
            assert told == (seats.home_seat(unit.connection), seats.operators(unit.connection))


def test_it_leaves_the_folder_as_it_was(school: School) -> None:
    school.close()
    folder = school.store_folder("registrar")
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    assert glance_at(folder)
    assert {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()} == before


def test_there_is_nothing_to_tell_of_an_empty_folder(tmp_path: Path) -> None:
    assert glance_at(tmp_path) is None
    assert glance_at(tmp_path / "nowhere") is None
    assert not (tmp_path / "nowhere").exists()


def test_a_store_that_belongs_to_nobody_tells_nothing(tmp_path: Path) -> None:
    Store.create(tmp_path / "data").close()
    assert glance_at(tmp_path / "data") is None


@pytest.mark.parametrize("content", [b"", b"spoilt" * 1000, b"SQLite format 3\x00" + b"\x00" * 500])
def test_damaged_files_are_left_to_the_opening(tmp_path: Path, content: bytes) -> None:
    (tmp_path / STORE_FILE).write_bytes(content)
    assert glance_at(tmp_path) is None
    assert (tmp_path / STORE_FILE).read_bytes() == content


def test_a_log_left_by_a_power_cut_is_left_to_the_opening(school: School) -> None:
    school.close()
    folder = school.store_folder("registrar")
    (folder / f"{STORE_FILE}-wal").write_bytes(b"half a log")
    assert glance_at(folder) is None
    assert (folder / f"{STORE_FILE}-wal").read_bytes() == b"half a log"


def test_another_version_is_left_to_the_opening(school: School) -> None:
    school.close()
    folder = school.store_folder("registrar")
    with closing(sqlite3.connect(folder / STORE_FILE)) as connection, connection:
        connection.execute("ALTER TABLE operator RENAME COLUMN name TO called")
    assert glance_at(folder) is None


def test_a_kind_of_office_that_is_not_known_is_left_to_the_opening(school: School) -> None:
    school.close()
    folder = school.store_folder("registrar")
    with closing(sqlite3.connect(folder / STORE_FILE)) as connection, connection:
        connection.execute("UPDATE seat SET office_kind = 'library'")
    assert glance_at(folder) is None
