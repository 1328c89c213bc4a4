"""From an older form of the store to this one, with a copy made before."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from desktop.errors import StoreNewer

REVISION = "0004"
"""The form of the store that this version reads and writes."""

_SCRIPTS = Path(__file__).parent / "migrations"


def revision_of(connection: Connection) -> str:
    """Return the form of an open store, empty for a new one."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def bring_up_to_date(engine: Engine, file: Path) -> None:
    """Bring the store to the present form, keeping a copy of what it was.

    Raises:
        StoreNewer: it was written by a newer version; nothing was changed.
    """
    with engine.begin() as connection:
        found = revision_of(connection)
    if found == REVISION:
        return
    if found > REVISION:
        raise StoreNewer(
            "这份数据是用更新版本的籍册保存的，现在这个版本读不了。",
            "请安装最新版本的籍册后再打开，数据没有改动。",
        )
    if found:
        _copy_before(file, found)
    _upgrade(engine)


def _copy_before(file: Path, revision: str) -> None:
    """Copy the store whole, including what is still in its write-ahead log."""
    stamp = datetime.now(UTC).astimezone().strftime("%Y%m%d-%H%M%S")
    target = file.with_name(f"{file.stem}-before-{REVISION}-from-{revision}-{stamp}.bak")
    source, copy = sqlite3.connect(file), sqlite3.connect(target)
    try:
        source.backup(copy)
    finally:
        copy.close()
        source.close()


def _upgrade(engine: Engine) -> None:
    """Run alembic, which is imported only here: opening an up-to-date store need not wait."""
    from alembic import command  # noqa: PLC0415 - costly
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
