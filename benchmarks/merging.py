"""Merging what forty colleges say about twenty thousand students, against reading it into SQLite.

The floor does what no program can do without: it unseals and unzips every bundle, takes the SHA-256
of every member and of every line (which is a column of the rows), parses every line (with the
standard library, as anybody's first program would; ours has a quicker reader) and inserts the same
rows into a table with the same columns and settings, one transaction a bundle. What we take beyond
it is the cost of comparing, of authority, of the readings and of the indexes.
"""

import hashlib
import io
import json
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks import Figure
from benchmarks.school import (
    OPERATOR,
    PASSPHRASE,
    STATEMENTS_EACH,
    MadeUpSchool,
    make_school,
)
from desktop.bundles.keys import SeatKeys
from desktop.bundles.sealing import unseal
from desktop.domain.merging import MergeReport
from desktop.procedures.exchange.merging import merge
from desktop.procedures.session import open_and_sign_in

STUDENTS, COLLEGES = 20_000, 40
RATIO, STEEPNESS, MEGABYTES = 3.0, 1.25, 400.0
_FEW = 4  # bundles that hold a tenth of the statements

_TABLE = (
    "CREATE TABLE statement (arrival INTEGER PRIMARY KEY, seat TEXT NOT NULL, office TEXT NOT NULL,"
    " number INTEGER NOT NULL, hash BLOB NOT NULL, subject TEXT NOT NULL, aspect TEXT NOT NULL,"
    " round TEXT NOT NULL, bundle TEXT, uncounted TEXT NOT NULL, line BLOB NOT NULL)"
)
_INSERT = (
    "INSERT INTO statement (seat, office, number, hash, subject, aspect, round, bundle, uncounted,"
    " line) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def run(students: int = STUDENTS, colleges: int = COLLEGES, rounds: int = 3) -> list[Figure]:
    """Measure the merge of all colleges' bundles several times, each time beside the floor."""
    with tempfile.TemporaryDirectory(prefix="jice-merging-") as folder:
        school = make_school(Path(folder), students, colleges)
        return [*measure(school, rounds), _import_figure(school)]


def measure(school: MadeUpSchool, rounds: int) -> list[Figure]:
    """Measure a school that is ready."""
    return [_ratio(school, rounds), *_growth(school, rounds), _memory(school)]


def _ratio(school: MadeUpSchool, rounds: int) -> Figure:
    """Compare merging with the floor and take the median of several rounds."""
    pairs = [_side_by_side(school) for _ in range(rounds)]
    ratios = [ours / floor for ours, floor in pairs]
    detail = (
        f"{len(school.bundles)} bundles, {school.students * STATEMENTS_EACH:,} statements; "
        f"ours {_each(ours for ours, _ in pairs)} s, floor {_each(floor for _, floor in pairs)} s, "
        f"ratios {_each(ratios)}"
    )
    return Figure("merging: against the floor", statistics.median(ratios), RATIO, "×", detail)


def _growth(school: MadeUpSchool, rounds: int) -> list[Figure]:
    """Compare the time per statement of tenfold amounts, each into a fresh store."""
    sizes = {
        school.small_statements: [school.small],
        school.students * STATEMENTS_EACH * _FEW // len(school.bundles): school.bundles[:_FEW],
        school.students * STATEMENTS_EACH: school.bundles,
    }
    each = {
        size: min(_merge(school, files) for _ in range(rounds)) / size * 1e6
        for size, files in sizes.items()
    }
    few, some, many = each.values()
    detail = "; ".join(f"{size:,} statements: {time:.1f} µs each" for size, time in each.items())
    return [
        Figure("merging: growth to a tenth", some / few, STEEPNESS, "×", detail),
        Figure("merging: growth to the whole", many / some, STEEPNESS, "×", detail),
    ]


def _memory(school: MadeUpSchool) -> Figure:
    """Let a process of its own merge everything, and ask how much memory it took at most."""
    folder = school.folder / "measured"
    shutil.copytree(school.folder / "registrar", folder)
    command = [sys.executable, "-m", "benchmarks.merging", str(folder), *map(str, school.bundles)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    shutil.rmtree(folder)
    detail = "the most that the merging process ever held, libraries included"
    return Figure("merging: peak memory", float(done.stdout), MEGABYTES, " MB", detail)


def _import_figure(school: MadeUpSchool) -> Figure:
    """Tell how long the import of the roster took beyond reading its file."""
    read, whole = school.seconds["roster read"], school.seconds["roster imported"]
    detail = f"{school.students:,} students: whole {whole:.1f} s, of which reading {read:.1f} s"
    return Figure("merging: roster import beyond reading", whole - read, None, " s", detail)


def _merge(school: MadeUpSchool, files: Sequence[Path]) -> float:
    """Merge files into a fresh store and return the seconds that it took."""
    folder = school.folder / "measured"
    session = school.fresh_registrar(folder)
    with session.store:
        started = time.perf_counter()
        report = merge(session, files)
        taken = time.perf_counter() - started
    shutil.rmtree(folder)
    _require_all_taken(report)
    return taken


def _side_by_side(school: MadeUpSchool) -> tuple[float, float]:
    """Merge all bundles into a fresh store; return the seconds that it took and the floor's.

    Before each bundle, when the merge reports its progress, the floor has its turn with the same
    bundle. So both meet the same machine, also one on which others work at the same time.
    """
    folder = school.folder / "measured"
    session = school.fresh_registrar(folder)
    floor = _plain_table(folder / "floor.db")
    floors: list[float] = []

    def floor_first(done: int, total: int) -> None:
        if done < total:
            started = time.perf_counter()
            _read_into(floor, school.bundles[done], session.keys)
            floors.append(time.perf_counter() - started)

    with session.store:
        started = time.perf_counter()
        report = merge(session, school.bundles, floor_first)
        taken = time.perf_counter() - started - sum(floors)
    floor.close()
    shutil.rmtree(folder)
    _require_all_taken(report)
    return taken, sum(floors)


def _require_all_taken(report: MergeReport) -> None:
    if report.refusals or any(bundle.without_authority for bundle in report.bundles):
        raise RuntimeError(f"a bundle was not taken whole: {report.refusals}")


def _plain_table(file: Path) -> sqlite3.Connection:
    """Return a connection to a new file with the journal's columns and the store's settings."""
    connection = sqlite3.connect(file, isolation_level=None)
    for setting in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "cache_size=-65536",
        "wal_autocheckpoint=16000",
    ):
        connection.execute(f"PRAGMA {setting}")
    connection.execute(_TABLE)
    return connection


def _read_into(connection: sqlite3.Connection, bundle: Path, keys: SeatKeys) -> None:
    """Do for one bundle what no program can do without."""
    with bundle.open("rb") as file:
        file.readline()
        plain = unseal(file, keys)
    members = {}
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        for name in archive.namelist():
            members[name] = archive.read(name)
            hashlib.sha256(members[name]).hexdigest()
    manifest = json.loads(members["manifest.json"])
    office, name = manifest["from_office"], manifest["bundle_id"]
    rows = []
    for line in members["statements.jsonl"].splitlines():
        said = json.loads(line)
        rows.append(
            (
                said["seat"],
                office,
                said["number"],
                hashlib.sha256(line).digest(),
                said["subject"],
                said["aspect"],
                said["round"],
                name,
                "",
                line,
            )
        )
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(_INSERT, rows)
    connection.execute("COMMIT")


def peak_megabytes() -> float:
    """Return the most memory that this process ever held.

    On Linux, what ``getrusage`` says begins with what the parent held when it started the child.
    """
    if sys.platform == "win32":
        import psutil  # noqa: PLC0415 - only there

        return float(psutil.Process().memory_info().peak_wset) / 1e6
    if sys.platform == "darwin":
        import resource  # noqa: PLC0415 - not on Windows

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (peak,) = (line for line in status.splitlines() if line.startswith("VmHWM:"))
    return float(peak.split()[1]) * 1024 / 1e6


def _each(values: Iterable[float]) -> str:
    return "/".join(f"{value:.2f}" for value in values)


def main(folder: str, *bundles: str) -> None:
    """Merge bundles into the store of a folder and print the peak memory in megabytes."""
    session = open_and_sign_in(Path(folder), OPERATOR, PASSPHRASE)
    with session.store:
        merge(session, [Path(bundle) for bundle in bundles])
    print(peak_megabytes())


if __name__ == "__main__":
    main(*sys.argv[1:])
