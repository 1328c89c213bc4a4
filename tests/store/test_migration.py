"""From an older form of the store to this one: same data, a copy made before, all or nothing."""

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from desktop.domain.statements import Key
from desktop.errors import StoreNewer
from desktop.models import Base
from desktop.paths import STORE_FILE
from desktop.procedures.keeping.doctor import state_digest
from desktop.store import health, migration
from desktop.store.store import Store

from .conftest import AUTHOR

NEXT_REVISION = f"{int(migration.REVISION) + 1:04d}"
NEXT = '''
"""A form that is still to come."""

import sqlalchemy as sa
from alembic import op

revision = "after"
down_revision = "before"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("operator") as table:
        table.add_column(sa.Column("phone", sa.Text(), nullable=False, server_default="unknown"))
    op.execute("UPDATE identity SET remark = 'moved' WHERE name IS NOT NULL")
'''.replace('"after"', f'"{NEXT_REVISION}"').replace('"before"', f'"{migration.REVISION}"')
FAILING = (
    NEXT
    + """
    raise RuntimeError("half way")
"""
)


def schema(file: Path) -> dict[str, str]:
    """Return the DDL of every table and index of a database, by name."""
    with closing(sqlite3.connect(file)) as connection:
        rows = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"
        ).fetchall()
    plain = {name: re.sub(r"\s+", " ", sql).strip() for name, sql in rows}
    plain.pop("alembic_version", None)
    return plain


def columns(ddl: str) -> set[str]:
    """Return the lines of a table's DDL: what stands in it, whatever its order."""
    head, _, body = ddl.partition("(")
    return {head.strip(), *(line.strip() for line in re.split(r",(?![^(]*\))", body[:-1]))}


@pytest.fixture
def with_data(folder: Path) -> Path:
    """A closed store in which something was said."""
    with Store.open(folder) as store, store.unit_of_work(AUTHOR) as unit:
        unit.journal.state(Key("student:1", "identity", ""), {"name": "王小明"})
        unit.commit()
    return folder


@pytest.fixture
def later_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "LaterVersion":
    """A version of the program that knows one form more."""
    return LaterVersion(tmp_path / "migrations", monkeypatch)


class LaterVersion:
    """The program as it may be one day, with a migration of its own."""

    def __init__(self, scripts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._scripts = scripts
        self._monkeypatch = monkeypatch

    def install(self, script: str) -> None:
        """Let the program have this migration beside those it has."""
        shutil.copytree(migration._SCRIPTS, self._scripts)
        (self._scripts / "versions" / f"v{NEXT_REVISION}_next.py").write_text(
            script, encoding="utf-8"
        )
        self._monkeypatch.setattr(migration, "_SCRIPTS", self._scripts)
        self._monkeypatch.setattr(migration, "REVISION", NEXT_REVISION)

    def remove(self) -> None:
        """Go back to the program as it is."""
        self._monkeypatch.undo()


def copies(folder: Path) -> list[Path]:
    """Return the copies that were made before a migration."""
    return sorted(folder.glob("*.bak"))


# --- the form ------------------------------------------------------------------------------------


def test_the_migrated_form_is_the_one_that_the_program_maps(folder: Path, tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'mapped.db'}")
    Base.metadata.create_all(engine)
    engine.dispose()
    migrated, mapped = schema(folder / STORE_FILE), schema(tmp_path / "mapped.db")
    assert migrated.keys() == mapped.keys()
    for name, ddl in mapped.items():
        assert columns(migrated[name]) == columns(ddl), name


def test_the_last_migration_is_the_form_that_the_program_reads() -> None:
    versions = sorted((migration._SCRIPTS / "versions").glob("v*.py"))
    assert versions[-1].name.startswith(f"v{migration.REVISION}_")
    assert [path.name[1:5] for path in versions] == [
        f"{n:04d}" for n in range(1, len(versions) + 1)
    ]


# --- the way -------------------------------------------------------------------------------------


def test_a_new_store_and_one_that_is_up_to_date_need_no_copy(with_data: Path) -> None:
    Store.open(with_data).close()
    assert copies(with_data) == []


def test_an_older_store_is_brought_up_to_date_with_its_data_and_a_copy_of_before(
    with_data: Path, later_version: LaterVersion, tmp_path: Path
) -> None:
    before = schema(with_data / STORE_FILE)
    with Store.open(with_data) as store:
        digest = state_digest(store)
    present = migration.REVISION
    later_version.install(NEXT)
    with Store.open(with_data) as store, store.unit_of_work() as unit:
        rows = unit.connection.exec_driver_sql("SELECT name, remark FROM identity").all()
        assert [tuple(row) for row in rows] == [("王小明", "moved")]
        assert migration.revision_of(unit.connection) == NEXT_REVISION
    assert "phone" in schema(with_data / STORE_FILE)["operator"]
    (copy,) = copies(with_data)
    assert f"from-{present}" in copy.name
    later_version.remove()
    restored = tmp_path / "restored"
    restored.mkdir()
    shutil.copy(copy, restored / STORE_FILE)
    assert schema(copy) == before
    with Store.open(restored) as store:
        assert state_digest(store) == digest
        with store.unit_of_work() as unit:
            assert list(health.table_findings(unit.connection)) == []


def test_opening_it_again_migrates_nothing_and_copies_nothing(
    with_data: Path, later_version: LaterVersion
) -> None:
    later_version.install(NEXT)
    Store.open(with_data).close()
    Store.open(with_data).close()
    assert len(copies(with_data)) == 1


def test_the_copy_holds_what_was_still_in_the_write_ahead_log(
    with_data: Path, later_version: LaterVersion
) -> None:
    """A PC that lost power leaves its last transactions in the log beside the file."""
    crashed = with_data.with_name("crashed")
    with Store.open(with_data) as store:
        with store.unit_of_work(AUTHOR) as unit:
            unit.journal.state(Key("student:2", "identity", ""), {"name": "李小红"})
            unit.commit()
        shutil.copytree(with_data, crashed)
    later_version.install(NEXT)
    Store.open(crashed).close()
    (copy,) = copies(crashed)
    with closing(sqlite3.connect(copy)) as connection:
        names = connection.execute("SELECT name FROM identity ORDER BY subject").fetchall()
    assert names == [("王小明",), ("李小红",)]


def test_a_migration_that_fails_half_way_changes_nothing(
    with_data: Path, later_version: LaterVersion
) -> None:
    before = schema(with_data / STORE_FILE)
    later_version.install(FAILING)
    with pytest.raises(RuntimeError, match="half way"):
        Store.open(with_data)
    assert schema(with_data / STORE_FILE) == before
    later_version.remove()
    with Store.open(with_data) as store, store.unit_of_work() as unit:
        rows = unit.connection.exec_driver_sql("SELECT name, remark FROM identity").all()
        assert [tuple(row) for row in rows] == [("王小明", None)]


def test_what_a_later_version_has_opened_this_one_refuses(
    with_data: Path, later_version: LaterVersion
) -> None:
    later_version.install(NEXT)
    Store.open(with_data).close()
    later_version.remove()
    with pytest.raises(StoreNewer):
        Store.open(with_data)
