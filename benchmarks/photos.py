"""Photos matched by name, measured, checked and compared, against decoding each of them once."""

import random
import statistics
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PIL import Image, ImageDraw

from benchmarks import Figure
from benchmarks.school import begin_school, roster_file
from desktop.domain.photos import PhotoKind
from desktop.procedures.imports.rosters import import_roster
from desktop.procedures.named_files import Verdict
from desktop.procedures.photos.photo_looking import look
from desktop.procedures.photos.photo_taking import chosen_at_first, take_in

PHOTOS, COLLEGES = 6_000, 20
RATIO = 1.5
_TRIES = 3
_CORES = 2
_SIZE = (480, 640)
_BLUE = (100, 197, 255)


def run(photos: int = PHOTOS) -> list[Figure]:
    """Measure looking at a folder of photos, one for each student, and taking them in."""
    with tempfile.TemporaryDirectory(prefix="jice-photos-") as name:
        folder = Path(name)
        session, round_ = begin_school(folder / "registrar")
        with session.store:
            import_roster(session, round_.id, roster_file(folder, photos, COLLEGES))
            pictures = make_photos(folder / "照片", photos)
            files = sorted(pictures.rglob("*.jpg"))
            kilobytes = sum(file.stat().st_size for file in files) / len(files) / 1024
            found = look(session, PhotoKind.ENTRANCE, pictures, round_.id)
            _decode(files)  # what is imported late is imported now
            pairs = []
            for _ in range(_TRIES):
                started = time.perf_counter()
                look(session, PhotoKind.ENTRANCE, pictures, round_.id)
                looked = time.perf_counter()
                _decode(files)
                pairs.append((looked - started, time.perf_counter() - looked))
            started = time.perf_counter()
            taken = take_in(session, found, chosen_at_first(found)).taken
            seconds = time.perf_counter() - started
    ready = len(found.of(Verdict.READY))
    if not ready == taken == photos:
        raise RuntimeError(f"of {photos} made-up photos {ready} were ready, {taken} were taken in")
    ours, floor = (statistics.median(times) for times in zip(*pairs, strict=True))
    each = ", ".join(f"{one:.2f}/{other:.2f} s" for one, other in pairs)
    detail = f"{photos:,} JPEGs of {kilobytes:.0f} KB; ours/decoding on {_CORES} cores: {each}"
    return [
        Figure("photos: matched and checked", ours / floor, RATIO, "×", detail),
        Figure("photos: taken in", seconds, None, " s", f"{photos:,} kept and stated"),
    ]


def make_photos(folder: Path, photos: int) -> Path:
    """Draw a photo for each of the first students of a made-up school, named by 考生号.

    Each is another head in other colours, of the size and on the background that the rule asks.
    """
    for place in range(photos):
        file = folder / f"{place // 500:02d}" / f"264206{place:08d}.jpg"
        file.parent.mkdir(parents=True, exist_ok=True)
        _portrait(random.Random(place)).save(file, quality=85, dpi=(300, 300))  # noqa: S311
    return folder


def _portrait(dice: random.Random) -> Image.Image:
    image = Image.new("RGB", _SIZE, _BLUE)
    draw = ImageDraw.Draw(image)
    move = dice.randrange(-25, 25)
    coat, hair, skin = (tuple(dice.randrange(30, 230) for _ in range(3)) for _ in range(3))
    draw.ellipse((50 + move, 420, 430 + move, 830), fill=coat)
    draw.ellipse((120 + move, 90, 360 + move, 450), fill=hair)
    draw.ellipse((145 + move, 150, 335 + move, 430), fill=skin)
    for _ in range(12):
        x, y = dice.randrange(130, 330) + move, dice.randrange(180, 600)
        draw.ellipse((x, y, x + 40, y + 30), fill=tuple(dice.randrange(256) for _ in range(3)))
    grain = Image.frombytes("L", _SIZE, dice.randbytes(_SIZE[0] * _SIZE[1])).convert("RGB")
    return Image.blend(image, grain, 0.04)


def _decode(files: Sequence[Path]) -> None:
    """Read and decode every file once, each core its share."""
    shares = [files[start::_CORES] for start in range(_CORES)]
    with ThreadPoolExecutor(_CORES) as pool:
        list(pool.map(_decode_share, shares))


def _decode_share(files: Sequence[Path]) -> None:
    for file in files:
        with Image.open(file) as image:
            image.load()
