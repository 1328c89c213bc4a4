"""Demo folders for scenarios: played once per test process, copied for each test."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from desktop.procedures.demo.play import play
from desktop.procedures.demo.stage import PASSPHRASE
from desktop.procedures.demo.summary import Summary
from desktop.procedures.demo.wishes import Wishes
from desktop.procedures.keeping.doctor import Diagnosis, diagnose
from desktop.procedures.session import Session, open_and_sign_in
from desktop.store.store import Store

Copy = Callable[[str], Path]


def played(until: str) -> tuple[Path, Summary]:
    """Return the folder and the summary of a small demo, played up to a stage."""
    return _stages()[until]


@cache
def _stages() -> dict[str, tuple[Path, Summary]]:
    """Play a small demo once, and keep its folder as it was after each stage.

    What is kept is what a power cut would have left at that moment: stores are opened from their
    logs.
    """
    out = Path(mkdtemp(prefix="jice-demo-"))
    found = {}

    def keep(stage: str, summary: Summary) -> None:
        folder = Path(mkdtemp(prefix=f"jice-{stage}-")) / "demo"
        shutil.copytree(out, folder)
        found[stage] = folder, deepcopy(summary)

    play(Wishes(out, students=120, colleges=2), lambda _: None, keep)
    shutil.rmtree(out)
    return found


def copy_of(until: str, target: Path) -> Path:
    """Copy a played demo into a test's own folder and return it."""
    out, _ = played(until)
    shutil.copytree(out, target, dirs_exist_ok=True)
    return target


@contextmanager
def signed_in(folder: Path) -> Iterator[Session]:
    """Open one of the demo's seats."""
    session = open_and_sign_in(folder, "", PASSPHRASE)
    with session.store:
        yield session


def examined(folder: Path) -> Diagnosis:
    """Let the doctor look a store over."""
    with Store.open(folder) as store:
        return diagnose(store)


def bundles_of(out: Path) -> list[Path]:
    """Return the bundles on their way to the registrar, also those that will be refused."""
    return sorted((out / "bundles").glob("*.jice"))
