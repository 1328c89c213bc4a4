"""Other processes: who holds the store, who died holding it, and a disk that fills up under one."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from desktop.domain.statements import Key
from desktop.errors import StoreFull, StoreLocked
from desktop.procedures.keeping.doctor import state_digest
from desktop.store import health
from desktop.store.journal import Draft
from desktop.store.store import Store

from .conftest import AUTHOR

ROOT = Path(__file__).parents[2]
HOLDER = """
import sys
from pathlib import Path
from desktop.store.store import Store
with Store.open(Path(sys.argv[1])) as store, store.unit_of_work() as unit:
    print("open", flush=True)
    sys.stdin.read()
"""
WRITER = """
import resource, signal, sys
from pathlib import Path
from desktop.domain.statements import Key
from desktop.errors import StoreError
from desktop.procedures.keeping.doctor import state_digest
from desktop.store import health
from desktop.store.journal import Draft
from desktop.store.store import Store
from tests.store.conftest import AUTHOR
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
NAME = Key("student:1", "identity", "")
with Store.open(Path(sys.argv[1])) as store:
    with store.unit_of_work(AUTHOR) as unit:
        unit.journal.state(NAME, {"name": "王小明"})
        unit.commit()
    before = state_digest(store)
    if len(sys.argv) > 2:
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
    try:
        with store.unit_of_work(AUTHOR) as unit:
            unit.journal.state_all(
                Draft(Key(f"student:{n}", "identity", ""), {"remark": "备注" * 200})
                for n in range(3000)
            )
            unit.commit()
        print("saved")
    except StoreError as error:
        print(error.code)
    print(before == state_digest(store))
    if len(sys.argv) > 2:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
    with store.unit_of_work(AUTHOR) as unit:
        print(unit.journal.state(NAME, {"sex": "男"}).number)
        unit.commit()
    with store.unit_of_work() as unit:
        print(*health.database_findings(unit.connection), *health.table_findings(unit.connection))
"""


@contextmanager
def another_process(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Let another process hold the store for as long as the block lasts."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        try:
            yield process
        finally:
            process.kill()


def many() -> list[Draft]:
    """Return more than a few pages hold."""
    return [
        Draft(Key(f"student:{n}", "identity", ""), {"remark": "备注" * 200}) for n in range(200)
    ]


def say_more_than_fits(store: Store) -> None:
    """Say a lot where there is room for five more pages."""
    with store.unit_of_work(AUTHOR) as unit:
        pages = unit.connection.execute(text("PRAGMA page_count")).scalar_one()
        unit.connection.execute(text(f"PRAGMA max_page_count = {pages + 5}"))
        unit.journal.state_all(many())
        unit.commit()


# --- the lock ------------------------------------------------------------------------------------


def test_a_store_that_another_process_holds_is_not_opened_and_it_says_who(folder: Path) -> None:
    with another_process(folder) as process, pytest.raises(StoreLocked) as caught:
        Store.open(folder)
    told = re.compile(r"数据正在被使用：这台电脑上，用户“.+”从今天 \d\d:\d\d 起用着籍册的窗口。")
    assert told.fullmatch(caught.value.what)
    assert str(process.pid) not in caught.value.what


@pytest.mark.parametrize(
    ("zone", "since", "told"),
    [
        ("Asia/Shanghai", "2026-09-19T23:30:00+00:00", "从2026年9月20日 07:30 起"),
        ("UTC", "2026-09-19T23:30:00+00:00", "从2026年9月19日 23:30 起"),
        ("Asia/Shanghai", "2026-09-20T07:30+08:00", "从2026年9月20日 07:30 起"),
    ],
)
@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows has one time zone")
def test_the_time_is_told_by_this_clock(
    folder: Path, monkeypatch: pytest.MonkeyPatch, zone: str, since: str, told: str
) -> None:
    holder = {"user": "zhang", "host": "PC-7", "program": "命令“jice merge”", "since": since}
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        with Store.open(folder):
            (folder / "holder.json").write_text(json.dumps(holder), encoding="utf-8")
            with pytest.raises(StoreLocked) as caught:
                Store.open(folder)
    finally:
        monkeypatch.undo()
        time.tzset()
    assert caught.value.what == (
        f"数据正在被使用：电脑“PC-7”上，用户“zhang”{told}用着命令“jice merge”。"
    )


def test_a_process_that_is_killed_leaves_the_store_free_and_whole(folder: Path) -> None:
    with another_process(folder) as process:
        process.kill()
        process.wait()
        assert (folder / "holder.json").exists()  # it had no time to tidy up
        with Store.open(folder) as store, store.unit_of_work() as unit:
            assert list(health.database_findings(unit.connection)) == []


@pytest.mark.parametrize("content", ["", "{}", "[]", "x", '{"user": 1}', '"a"'])
def test_a_holder_that_can_not_be_read_is_another_program(folder: Path, content: str) -> None:
    with Store.open(folder):
        (folder / "holder.json").write_text(content, encoding="utf-8")
        with pytest.raises(StoreLocked, match="另一个籍册窗口或者命令"):
            Store.open(folder)


# --- the disk ------------------------------------------------------------------------------------


def test_a_disk_that_is_full_in_the_middle_leaves_everything_as_it_was(store: Store) -> None:
    with store.unit_of_work(AUTHOR) as unit:
        unit.journal.state(Key("student:1", "identity", ""), {"name": "王小明"})
        unit.commit()
    before = state_digest(store)
    with pytest.raises(StoreFull) as caught:
        say_more_than_fits(store)
    assert str(store.folder) in caught.value.what
    assert state_digest(store) == before
    with store.unit_of_work(AUTHOR) as unit:
        unit.connection.execute(text("PRAGMA max_page_count = 1000000"))
        assert list(health.database_findings(unit.connection)) == []
        assert unit.journal.state(Key("student:1", "identity", ""), {"sex": "男"}).number == 2


@pytest.mark.skipif(os.name == "nt", reason="Windows can not limit the size of a file")
@pytest.mark.parametrize("limit", [20_000, 600_000])
def test_a_file_that_can_not_grow_leaves_everything_as_it_was(folder: Path, limit: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WRITER, str(folder), str(limit)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    # to SQLite this is a failing disk: only "no space left" is called full
    assert done.stdout.split() == ["JC-100", "True", "2"]


def test_a_real_disk_that_is_full_leaves_everything_as_it_was(folder: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = f"mount -t tmpfs -o size=5m none {disk}"
    namespace = ["unshare", "-m"] if os.name != "nt" and os.geteuid() == 0 else ["unshare", "-rm"]
    may_mount = shutil.which("unshare") and subprocess.run(
        [*namespace, "sh", "-c", mount], capture_output=True, check=False
    )
    if not may_mount or may_mount.returncode:
        pytest.skip("this system lets nobody mount a small disk")
    done = subprocess.run(
        [
            *namespace,
            "sh",
            "-c",
            f'{mount} && cp -r "$1" {disk}/store && exec "$2" -c "$3" {disk}/store',
            "sh",
            str(folder),
            sys.executable,
            WRITER,
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.split() == ["JC-105", "True", "2"]
