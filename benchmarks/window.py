"""The window: how soon it is there, how a large table feels, whether long jobs disturb it."""

import compileall
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import desktop
from benchmarks import Figure
from benchmarks.school import OPERATOR, PASSPHRASE, MadeUpSchool, make_school
from desktop.procedures.exchange.merging import merge
from desktop.procedures.session import open_and_sign_in

STUDENTS, COLLEGES = 20_000, 40
START_RATIO, MEMORY_RATIO, MEMORY_MORE = 2.5, 2.0, 100.0
FILTER_MILLISECONDS, PAUSE_MILLISECONDS = 50.0, 100.0
_TRIES = 5
_TYPING = 1.5  # seconds: who types a passphrase faster must be a machine
_FRAME = 20  # of a hundred keys, the one that counts is slower than all but five


def run(students: int = STUDENTS, colleges: int = COLLEGES) -> list[Figure]:
    """Measure the window on a large school."""
    with tempfile.TemporaryDirectory(prefix="jice-window-") as folder:
        return measure(make_school(Path(folder), students, colleges))


def measure(school: MadeUpSchool) -> list[Figure]:
    """Measure a school that is ready."""
    everything = school.folder / "everything"
    shutil.copytree(school.folder / "registrar", everything)
    session = open_and_sign_in(everything, OPERATOR, PASSPHRASE)
    with session.store:
        merge(session, school.bundles)
    return [_start(everything, school.students), *_table(), *_pauses(school)]


def _start(folder: Path, students: int) -> Figure:
    """Compare the way to the workbench with the way to an empty window, one after the other."""
    # an installed program is compiled; a process that must not write would compile it each time
    compileall.compile_dir(Path(desktop.__file__).parent, quiet=1)
    runs = [
        (*_whole_start(folder, _TYPING), _whole_start(folder, 0)[1], _empty()[0])
        for _ in range(_TRIES)
    ]
    asked, waited, at_once, floor = (statistics.median(times) for times in zip(*runs, strict=True))
    detail = (
        f"{students:,} students: {asked:.2f} s until the window asks who is there, and "
        f"{waited - asked:.2f} s from the answer, which took {_TYPING:g} s to type, until the "
        f"workbench shows its board; with the passphrase there at once {at_once:.2f} s "
        f"({at_once / floor:.1f}×); empty window {floor:.2f} s (median of {_TRIES})"
    )
    return Figure("window: start to the workbench", waited / floor, START_RATIO, "×", detail)


def _table() -> list[Figure]:
    """Measure the table of 100,000 students."""
    (told,) = _child("window_table")
    keys = sorted(told["keys"])
    slow = statistics.quantiles(keys, n=_FRAME)[-1] * 1000
    empty = _empty()[1]
    limit = MEMORY_RATIO * empty + MEMORY_MORE
    megabytes = float(told["megabytes"])
    return [
        Figure(
            "window: typing in the filter, 95th percentile",
            slow,
            FILTER_MILLISECONDS,
            " ms",
            f"100,000 students, {len(keys)} keys, median {statistics.median(keys) * 1000:.1f} ms",
        ),
        Figure(
            "window: rows fetched while scrolling",
            float(told["asked"]),
            float(told["in_sight"]),
            " rows",
            "the most for one picture; the limit is what it shows",
        ),
        Figure(
            "window: memory of the table",
            megabytes,
            limit,
            " MB",
            f"{told['before']:.0f} MB before its records came; the limit is {MEMORY_RATIO:g} times "
            f"the empty window ({empty:.0f} MB) and {MEMORY_MORE:.0f} MB",
        ),
    ]


def _pauses(school: MadeUpSchool) -> list[Figure]:
    """Measure how long the window stands still while four long jobs run."""
    told = _child("window_pauses", str(school.folder), *map(str, school.bundles))
    return [
        Figure(
            f"window: longest pause, {one['job']}",
            float(one["longest"]) * 1000,
            PAUSE_MILLISECONDS,
            " ms",
            f"the job took {one['seconds']:.1f} s",
        )
        for one in told
    ]


def _empty() -> tuple[float, float]:
    """Return the seconds until an empty window is there, and its megabytes."""
    started = time.monotonic()
    (told,) = _child("window_empty")
    return float(told["ready"]) - started, float(told["megabytes"])


def _whole_start(folder: Path, typing: float) -> tuple[float, float]:
    """Return the seconds that one waits for the question who is there, and in all for the board.

    From the start of the process; while somebody types nobody waits.
    """
    started = time.monotonic()  # the clock of all processes
    (told,) = _child("window_start", str(folder), OPERATOR, PASSPHRASE, str(typing))
    asked, answered, ready = (
        float(told[name]) - started for name in ("asked", "answered", "ready")
    )
    return asked, asked + ready - answered


def _child(module: str, *arguments: str) -> Sequence[dict[str, Any]]:
    """Run a process with a window, and return the lines that it tells."""
    command = [sys.executable, "-m", f"benchmarks.{module}", *arguments]
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    done = subprocess.run(  # noqa: S603
        command, capture_output=True, text=True, check=False, env=environment
    )
    told = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode or any("failed" in one for one in told):
        raise RuntimeError(f"{module} {arguments[:1]} failed: {done.stdout}{done.stderr}")
    return told
