"""The demo, played as far as the pictures need it, each stage once for all looks."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Final
from unittest import mock

from desktop.procedures.demo.play import play
from desktop.procedures.demo.summary import Summary
from desktop.procedures.demo.wishes import Wishes
from desktop.procedures.school import enrolment, schools
from desktop.store import store

ISSUED, SIGNED, EXPORTED, REGISTERED = "issued", "signed", "exported", "registered"
_KEPT: Final = (ISSUED, SIGNED, EXPORTED, REGISTERED)
PRACTICE: Final = "practice"
MORNING, AFTERNOON = 8, 15
_BEGIN = datetime(2026, 9, 21, tzinfo=timezone(timedelta(hours=8)))
_STEP = timedelta(seconds=7)


@contextmanager
def september(hour: int) -> Iterator[None]:
    """Let stores opened within live on one day in September, so that pictures can be repeated."""
    clock = _clock(hour)
    with ExitStack() as patched:
        for module in (store, schools, enrolment):
            patched.enter_context(mock.patch.object(module, "local_now", clock))
        yield


def _clock(hour: int) -> Callable[[], datetime]:
    asked = 0

    def now() -> datetime:
        nonlocal asked
        asked += 1
        return _BEGIN + timedelta(hours=hour) + asked * _STEP

    return now


def play_all(folder: Path) -> None:
    """Play once, keeping a copy of each stage, and once as far as a school for practice goes."""
    playing = folder / "playing"

    def keep(stage: str, _told: Summary) -> None:
        if stage in _KEPT:
            shutil.copytree(playing, folder / stage)

    with september(MORNING):
        play(Wishes(out=playing), _say_nothing, keep)
    shutil.rmtree(playing)
    with september(MORNING):
        play(Wishes(out=folder / PRACTICE, until=ISSUED, training=True), _say_nothing)


def copy_of(stages: Path, stage: str, place: Path) -> Path:
    """Return a copy of a stage that a walk may change."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(stages / stage, place)
    return place


def _say_nothing(_sentence: str) -> None:
    """The play is not watched."""
