"""Four long jobs that must not disturb whoever sits in front of the window."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.photos import PHOTOS, make_photos
from benchmarks.school import OPERATOR, PASSPHRASE, begin_school
from desktop.domain.photos import PhotoKind
from desktop.procedures.exchange.merging import merge
from desktop.procedures.imports.rosters import import_roster
from desktop.procedures.overview.overview import known_rounds
from desktop.procedures.photos.photo_looking import look
from desktop.procedures.session import Progress, Session, open_and_sign_in
from desktop.procedures.signing.sheets import make_sheets
from desktop.store import school

SHEETS = 700
Job = tuple[str, Path, Callable[[Session, Progress], object]]


def jobs(folder: Path, bundles: Sequence[Path]) -> Iterator[Job]:
    """Yield the jobs: title, the data folder of the seat that does it, and what is done.

    Args:
        folder: a made-up school, whose stores are copied.
        bundles: what its colleges have sent.
    """
    registrar = _copied(folder, "registrar")
    yield "merging 40 bundles", registrar, lambda s, progress: merge(s, bundles, progress)
    pictures = folder / "照片"
    if not pictures.exists():
        make_photos(pictures, PHOTOS)
    yield (
        "looking at 6,000 photos",
        _copied(folder, "registrar"),
        lambda s, progress: look(s, PhotoKind.ENTRANCE, pictures, progress=progress),
    )
    college = _copied(folder, "college-01")
    round_id, classes = _classes(college)
    printed = [classes[number % len(classes)] for number in range(SHEETS)]
    yield (
        "printing 700 sheets",
        college,
        lambda s, progress: make_sheets(s, round_id, printed, progress=progress),
    )
    fresh = folder / "fresh"
    shutil.rmtree(fresh, ignore_errors=True)
    session, round_ = begin_school(fresh)
    session.store.close()
    yield (
        "importing 20,000 rows",
        fresh,
        lambda s, progress: import_roster(s, round_.id, folder / "roster.csv", progress),
    )


def _copied(folder: Path, seat: str) -> Path:
    target = folder / f"{seat}-window"
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(folder / seat, target)
    return target


def _classes(seat: Path) -> tuple[str, list[str]]:
    """Return the round and the classes that a college's seat knows."""
    session = open_and_sign_in(seat, OPERATOR, PASSPHRASE)
    with session.store:
        with session.unit_of_work() as unit:
            groups = [group.id for group in school.classes(unit.connection)]
        return known_rounds(session)[0].id, groups
