"""Measuring pictures: size, dpi, quality, background, and what they look like from far away."""

from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from os import cpu_count
from typing import Final, TypeVar

from PIL import Image

from desktop.domain.colours import Colour
from desktop.domain.photos import Picture
from desktop.pictures.decoding import (
    explained,
    in_rgb,
    lies_on_side,
    opened,
    orientation_of,
    upright,
)

T = TypeVar("T")
R = TypeVar("R")
_SMALL: Final = 160
"""The longer side of the picture in which colours are looked at."""
_MINIATURE: Final = (8, 8)
_TOP, _SIDE, _HALF = 0.06, 0.07, 0.5
_TOP_PATCHES, _SIDE_PATCHES = 6, 4
# the luminance table of the JPEG standard (ITU T.81, table K.1) adds up to this
_STANDARD_SUM: Final = 3_688
_WORKERS: Final = min(cpu_count() or 2, 4)
BATCH: Final = 16
Image.preinit()  # the readers of common formats, before several threads would load them at once


def measure(data: bytes) -> Picture:
    """Return what a picture is.

    A JPEG is decoded to the bottom, but at a fraction of its size: what is cut off shows all the
    same, and it takes less than half as long.

    Raises:
        PictureUnreadable: it can not be decoded.
    """
    image = opened(data)
    with explained():
        orientation = orientation_of(image)
        width, height = image.size
        dpi, quality, frames = _dpi(image), _quality(image), _frames(image)
        small = upright(_small(image), orientation)
        edge, miniature = _edge(small), small.convert("L").resize(_MINIATURE, Image.Resampling.BOX)
        return Picture(
            width=height if lies_on_side(orientation) else width,
            height=width if lies_on_side(orientation) else height,
            dpi=dpi,
            size=len(data),
            quality=quality,
            format=_format(image),
            turned=orientation != 1,
            frames=frames,
            edge=edge,
            miniature=miniature.tobytes(),
        )


def on_all_cores(
    act: Callable[[T], R], items: Sequence[T], at_once: int = BATCH
) -> Generator[R, None, None]:
    """Yield what ``act`` returns for each item, in order, several of them at work at once.

    Decoding leaves Python's lock alone, so threads do; handing over one small photo at a time
    would cost as much as decoding it. Little is begun ahead of what was taken, and when the taker
    stops, so do they.

    Args:
        act: what is done with each; large pictures are handed over few ``at_once``.
        items: in the order in which results are wanted.
        at_once: how many a thread is given.
    """
    batches = (items[start : start + at_once] for start in range(0, len(items), at_once))
    with ThreadPoolExecutor(_WORKERS, thread_name_prefix="pictures") as pool:

        def begin(count: int) -> list[Future[list[R]]]:
            return [pool.submit(_each, act, batch) for batch in islice(batches, count)]

        begun = begin(_WORKERS * 2)
        try:
            while begun:
                results = begun.pop(0).result()
                begun += begin(1)
                yield from results
        finally:
            for future in begun:
                future.cancel()


def _each(act: Callable[[T], R], batch: Sequence[T]) -> list[R]:
    return [act(item) for item in batch]


def _small(image: Image.Image) -> Image.Image:
    """Return a picture decoded, in RGB, small."""
    longer = max(image.size)
    wanted = (
        max(image.width * _SMALL // longer, 1),
        max(image.height * _SMALL // longer, 1),
    )
    image.draft("RGB", wanted)  # a JPEG can be decoded at an eighth, a quarter, a half
    image.load()
    if max(image.size) > _SMALL * 2:
        factor = max(image.size) // _SMALL
        if image.mode in ("RGB", "L"):
            return in_rgb(image.reduce(factor))
        return in_rgb(image).reduce(factor)
    return in_rgb(image)


def _edge(small: Image.Image) -> tuple[Colour, ...]:
    """Return the colours along the upper edge and down the upper halves of both sides."""
    width, height = small.size
    side, half = max(width * _SIDE, 1), max(height * _HALF, 1)
    boxes = (
        ((_TOP_PATCHES, 1), (0, 0, width, max(height * _TOP, 1))),
        ((1, _SIDE_PATCHES), (0, 0, side, half)),
        ((1, _SIDE_PATCHES), (width - side, 0, width, half)),
    )
    flat = b"".join(
        small.resize(size, Image.Resampling.BOX, box=box).tobytes() for size, box in boxes
    )
    return tuple(
        (flat[place], flat[place + 1], flat[place + 2]) for place in range(0, len(flat), 3)
    )


def _format(image: Image.Image) -> str:
    """Return the format; a phone's JPEG with a second picture behind it is one all the same."""
    return "JPEG" if image.format == "MPO" else image.format or ""


def _frames(image: Image.Image) -> int:
    return 1 if image.format in ("JPEG", "MPO", "HEIF") else int(getattr(image, "n_frames", 1))


def _dpi(image: Image.Image) -> int:
    """Return the resolution across, 0 where the file does not say."""
    try:
        return max(round(float(image.info["dpi"][0])), 0)
    except (KeyError, TypeError, ValueError, LookupError, ArithmeticError):
        return 0


def _quality(image: Image.Image) -> int:
    """Return the quality with which a JPEG was written, as the usual programs count it.

    Estimated from how much coarser its luminance table is than the standard's.
    """
    tables = getattr(image, "quantization", None)
    if not tables:
        return 0
    scale = sum(tables[min(tables)]) * 100 / _STANDARD_SUM
    quality = (200 - scale) / 2 if scale <= 100 else 5000 / scale  # noqa: PLR2004 - per cent
    return int(min(max(round(quality), 1), 100))
