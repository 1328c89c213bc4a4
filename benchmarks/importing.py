"""A roster of 20,000 students brought in from a workbook, against libraries that only read it.

What is measured is everything: reading, checking every cell, comparing with the store, stating and
writing, until it is safely on the disk. Openpyxl merely iterates over the same file in its
read-only mode, python-calamine merely parses it into lists.

The wizard looks at the file, reads it, compares it twice (for the person, and once more when it is
written) and keeps every row's fate; what one waits for in all its steps is told beside that.
"""

import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from benchmarks import Figure
from benchmarks.made_up import made_up_row
from benchmarks.made_up_workbook import write_workbook
from benchmarks.merging import peak_megabytes
from benchmarks.school import HEADER, OPERATOR, PASSPHRASE, begin_school
from desktop.domain.imports import Fate, Target
from desktop.procedures.imports.import_plans import plan_import
from desktop.procedures.imports.imports import write_import
from desktop.procedures.imports.list_opening import open_list, read_opened
from desktop.procedures.imports.rosters import import_roster
from desktop.procedures.overview.overview import known_rounds
from desktop.procedures.session import Session, open_and_sign_in

STUDENTS, COLLEGES = 20_000, 40
OF_OPENPYXL, OF_CALAMINE, STEEPNESS, MEGABYTES = 0.5, 5.0, 1.25, 500.0
_REMARKED = 10  # one student in so many has a remark
_NAME, _SCHOOL = HEADER.index("姓名"), HEADER.index("毕业中学")
_COMMON = 0x4E00, 0x6000  # ideographs


def run(students: int = STUDENTS, rounds: int = 5) -> list[Figure]:
    """Measure the import of a list of students, of a tenth of it and of ten times as many."""
    with tempfile.TemporaryDirectory(prefix="jice-importing-") as name:
        folder = Path(name)
        session, _round = begin_school(folder / "registrar")
        session.store.close()
        files = {n: roster_workbook(folder, n) for n in (students // 10, students, students * 10)}
        return [
            *_ratios(folder, files[students], rounds),
            _wizard(folder, files[students], rounds),
            *_growth(folder, files),
            _memory(folder, files[students * 10], students * 10),
        ]


def roster_workbook(folder: Path, students: int) -> Path:
    """Write the roster of a made-up school as a workbook of 21 columns and return it."""
    return write_workbook(
        folder / f"roster-{students}.xlsx", (*HEADER, "备注"), _rows(students, COLLEGES)
    )


def _rows(students: int, colleges: int) -> Iterator[tuple[str, ...]]:
    """Yield rows in which as much differs as in life: nearly every name, some hundred schools."""
    for place in range(students):
        row = list(made_up_row(place, students, colleges))
        dice = random.Random(place)  # noqa: S311
        row[_NAME] = row[_NAME][0] + "".join(chr(dice.randrange(*_COMMON)) for _ in range(2))
        row[_SCHOOL] = f"襄阳市第{dice.randrange(400)}中学"
        yield (*row, "材料已补交" if place % _REMARKED == 0 else "")


def _ratios(folder: Path, file: Path, rounds: int) -> list[Figure]:
    """Compare importing with what others need to read the file, each in turn, several times."""
    _parse(file)  # what is imported late is imported now
    ours, openpyxl, calamine = [], [], []
    for _ in range(rounds):
        calamine.append(_seconds(lambda: _parse(file)))
        ours.append(_import(folder, file))
        openpyxl.append(_seconds(lambda: _iterate(file)))
    detail = (
        f"{len(ours)} runs: ours {_each(ours)} s, openpyxl {_each(openpyxl)} s, "
        f"calamine {_each(calamine)} s"
    )
    limits = {"openpyxl's iteration": OF_OPENPYXL, "calamine's parse": OF_CALAMINE}
    return [
        Figure(
            f"importing: against {name}",
            statistics.median(o / f for o, f in zip(ours, floor, strict=True)),
            limit,
            "×",
            detail,
        )
        for (name, limit), floor in zip(limits.items(), (openpyxl, calamine), strict=True)
    ]


def _wizard(folder: Path, file: Path, rounds: int) -> Figure:
    """Compare what the wizard's steps take with what openpyxl needs to read the file."""
    taken, openpyxl = [], []
    for _ in range(rounds):
        with _fresh(folder) as session:
            taken.append(_seconds_of_steps(session, file))
        openpyxl.append(_seconds(lambda: _iterate(file)))
    steps = [statistics.median(step) for step in zip(*taken, strict=True)]
    names = ("looked at", "read", "compared", "compared and written")
    return Figure(
        "importing: all steps of the wizard, against openpyxl's iteration",
        statistics.median(sum(t) / f for t, f in zip(taken, openpyxl, strict=True)),
        None,
        "×",
        ", ".join(f"{name} {step:.2f} s" for name, step in zip(names, steps, strict=True)),
    )


def _seconds_of_steps(session: Session, file: Path) -> list[float]:
    """Bring a file in as the wizard does, and return the seconds of each step."""
    (round_,) = known_rounds(session)
    times = [time.perf_counter()]
    opened = open_list(session, file)
    times.append(time.perf_counter())
    mended = read_opened(session, opened).mended
    times.append(time.perf_counter())
    target = Target(mended.file.kind, round=round_.id)
    plan_import(session, mended, target)
    times.append(time.perf_counter())
    done = write_import(session, mended, target)
    times.append(time.perf_counter())
    if any(row.fate is not Fate.NEW for row in done.plan.rows):
        raise RuntimeError("not everybody of the made-up roster is new")
    return [after - before for before, after in pairwise(times)]


def _growth(folder: Path, files: dict[int, Path]) -> list[Figure]:
    """Compare the time per student of tenfold amounts, each into a fresh store.

    A long list is copied from the database's log into its file when it is written, a shorter one
    when the store is closed. So that all have done the same, closing is measured with it.
    """
    tries = {size: 3 if size <= STUDENTS else 2 for size in files}
    each = {
        size: min(_import_and_close(folder, file) for _ in range(tries[size])) / size * 1e6
        for size, file in files.items()
    }
    few, some, many = each.values()
    detail = "; ".join(f"{size:,} students: {taken:.1f} µs each" for size, taken in each.items())
    detail += "; until the store is closed"
    return [
        Figure("importing: growth to the list", some / few, STEEPNESS, "×", detail),
        Figure("importing: growth to ten times as many", many / some, STEEPNESS, "×", detail),
    ]


def _memory(folder: Path, file: Path, students: int) -> Figure:
    """Let a process of its own import the largest list, and ask how much memory it took at most."""
    target = folder / "measured"
    shutil.copytree(folder / "registrar", target)
    command = [sys.executable, "-m", "benchmarks.importing", str(target), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    shutil.rmtree(target)
    detail = f"{students:,} students; the most that the process ever held, libraries included"
    return Figure("importing: peak memory", float(done.stdout), MEGABYTES, " MB", detail)


@contextmanager
def _fresh(folder: Path) -> Iterator[Session]:
    """Open a fresh store within the block."""
    target = folder / "measured"
    shutil.copytree(folder / "registrar", target)
    session = open_and_sign_in(target, OPERATOR, PASSPHRASE)
    with session.store:
        yield session
    shutil.rmtree(target)


def _import(folder: Path, file: Path) -> float:
    """Import a file into a fresh store and return the seconds that it took."""
    with _fresh(folder) as session:
        return _import_into(session, file)


def _import_and_close(folder: Path, file: Path) -> float:
    """Import a file into a fresh store, close that, and return the seconds that both took."""
    with _fresh(folder) as session:
        taken = _import_into(session, file)
        return taken + _seconds(session.store.close)


def _import_into(session: Session, file: Path) -> float:
    (round_,) = known_rounds(session)
    started = time.perf_counter()
    result = import_roster(session, round_.id, file)
    taken = time.perf_counter() - started
    if result.problems or len(result.new) != result.file.students:
        raise RuntimeError(f"the made-up roster has problems: {result.problems[:3]}")
    return taken


def _iterate(file: Path) -> None:
    book = load_workbook(file, read_only=True)
    for row in book.worksheets[0].iter_rows(values_only=True):
        len(row)
    book.close()


def _parse(file: Path) -> None:
    with CalamineWorkbook.from_path(file) as book:
        book.get_sheet_by_index(0).to_python()


def _seconds(work: Callable[[], None]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _each(values: list[float]) -> str:
    return "/".join(f"{value:.2f}" for value in values)


def main(folder: str, file: str) -> None:
    """Import a file into the store of a folder and print the peak memory in megabytes."""
    session = open_and_sign_in(Path(folder), OPERATOR, PASSPHRASE)
    with session.store:
        _import_into(session, Path(file))
    print(peak_megabytes())


if __name__ == "__main__":
    main(*sys.argv[1:])
