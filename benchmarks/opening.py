"""Opening a store with ten years of journal, against opening an empty one."""

import hashlib
import json
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from benchmarks import Figure
from desktop.procedures.school.schools import NewSchool, create_school
from desktop.procedures.session import open_and_sign_in

STATEMENTS = 2_000_000
RATIO = 2.0
_TRIES = 9
_OPERATOR, _PASSPHRASE, _CHEAPEST = "学籍科经办人", "demo", 4


def run(statements: int = STATEMENTS) -> list[Figure]:
    """Measure opening and signing in, a large and an empty store in turn."""
    with tempfile.TemporaryDirectory(prefix="jice-opening-") as folder:
        empty, full = Path(folder) / "empty", Path(folder) / "full"
        new = NewSchool("12354", "襄阳职业技术学院")
        create_school(empty, new, _OPERATOR, _PASSPHRASE, cost=_CHEAPEST).store.close()
        shutil.copytree(empty, full)
        _fill(full / "jice.db", statements)
        _open(empty)  # what is imported late is imported now
        pairs = [(_open(full), _open(empty)) for _ in range(_TRIES)]
        megabytes = (full / "jice.db").stat().st_size / 1e6
    ours, floor = (statistics.median(times) for times in zip(*pairs, strict=True))
    detail = (
        f"{statements:,} statements, {megabytes:.0f} MB: {ours * 1000:.1f} ms, "
        f"empty {floor * 1000:.1f} ms (median of {_TRIES})"
    )
    return [Figure("opening: ten years of journal", ours / floor, RATIO, "×", detail)]


def _open(folder: Path) -> float:
    """Open a store, sign in, close it; return how long opening and signing in took."""
    start = time.perf_counter()
    session = open_and_sign_in(folder, _OPERATOR, _PASSPHRASE)
    taken = time.perf_counter() - start
    session.store.close()
    return taken


def _fill(file: Path, statements: int) -> None:
    """Write another seat's statements, and the readings of their students, into a store."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.executemany(
            "INSERT INTO statement (seat, office, number, hash, subject, aspect, round, bundle,"
            " uncounted, line) VALUES (?, 'college-01', ?, ?, ?, 'signature', ?, 'b', '', ?)",
            _rows(statements),
        )
        connection.executemany(
            "INSERT INTO signature (subject, round, conflicts, mark) VALUES (?, 'r', '', 'signed')",
            ((f"student:{place}",) for place in range(statements // 10)),
        )


def _rows(statements: int) -> Iterator[tuple[str, int, bytes, str, str, bytes]]:
    """Yield rows as a college's seat would have made them, year after year."""
    previous = ""
    for number in range(1, statements + 1):
        student, year = f"student:{number % (statements // 10)}", f"{2016 + number % 10}-r"
        values = {"mark": "signed", "sheet": "002-00001-58", "explanation": "本人签字"}
        line = json.dumps(
            {"id": number, "previous": previous, "subject": student, "values": values},
            ensure_ascii=False,
        ).encode()
        digest = hashlib.sha256(line)
        previous = digest.hexdigest()
        yield "002", number, digest.digest(), student, year, line


if __name__ == "__main__":
    for figure in run():
        print(figure)
