"""How sharp a picture of a written page is, whatever its light and however much stands on it."""

from typing import Final

from PIL import Image, ImageFilter, ImageStat

from desktop.pictures.decoding import explained, in_rgb, opened

_LONGER: Final = 1200
"""The longer side at which sharpness is measured: what a person sees of a page on the screen."""
_TILE: Final = 60
_INK: Final = 8.0
"""A tile whose greys vary less, as standard deviation, is paper without anything on it."""
_SCALE: Final = 2
_GRAIN: Final = 1
"""Pixels by which a picture is smoothed first: a dark room's grain is sharp, and no writing."""
_LAPLACE: Final = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=_SCALE, offset=128)
_AT: Final = 0.75


def sharpness(data: bytes) -> float:
    """Return how sharp the written parts of a page are, 0 where nothing is written.

    The variance of the Laplacian, which is large where edges are hard, divided by the variance of
    the greys themselves, so that faint ink and a dim room do not count as blurred; of the tiles on
    which there is ink, what three quarters do not exceed, so that a thumb or a shadow does not
    decide.

    Raises:
        PictureUnreadable: it can not be decoded.
    """
    image = opened(data)
    with explained():
        image.draft("RGB", (_LONGER, _LONGER))
        image.load()
        grey = in_rgb(image).convert("L")
        grey.thumbnail((_LONGER, _LONGER), Image.Resampling.BOX)
        edges = grey.filter(ImageFilter.GaussianBlur(_GRAIN)).filter(_LAPLACE)
        found = []
        for left in range(0, grey.width - _TILE + 1, _TILE):
            for top in range(0, grey.height - _TILE + 1, _TILE):
                box = (left, top, left + _TILE, top + _TILE)
                spread = ImageStat.Stat(grey.crop(box)).var[0]
                if spread >= _INK**2:
                    found.append(ImageStat.Stat(edges.crop(box)).var[0] * _SCALE**2 / spread)
    return sorted(found)[int(len(found) * _AT)] if found else 0.0
