"""How sharp a picture of a written page is, whatever its light and however much stands on it."""

from array import array
from typing import Final

from PIL import Image, ImageChops, ImageFilter, ImageMath

from desktop.pictures.decoding import explained, in_rgb, opened

_LONGER: Final = 1200
"""The longer side at which sharpness is measured: what a person sees of a page on the screen."""
_TILE: Final = 60
_INK: Final = 8.0
"""A tile whose greys vary less, as standard deviation, is paper without anything on it."""
_SMOOTHED: Final = ImageFilter.BoxBlur(1)
"""First of all: a dark room's grain is sharp, and no writing. Then once more, to find edges."""
_NEUTRAL: Final = 128
_WEIGHT: Final = 9.0
"""Of the variance of edges; the threshold goes by it."""
_AT: Final = 0.75


def sharpness(data: bytes) -> float:
    """Return how sharp the written parts of a page are, 0 where nothing is written.

    The variance of what smoothing takes away, which is large where edges are hard, divided by the
    variance of the greys themselves, so that faint ink and a dim room do not count as blurred; of
    the tiles on which there is ink, what three quarters do not exceed, so that a thumb or a shadow
    does not decide.

    Raises:
        PictureUnreadable: it can not be decoded.
    """
    image = opened(data)
    with explained():
        image.draft("RGB", (_LONGER, _LONGER))
        image.load()
        grey = image if image.mode == "L" else in_rgb(image).convert("L")
        grey.thumbnail((_LONGER, _LONGER), Image.Resampling.BOX)
        smooth = grey.filter(_SMOOTHED)
        edges = ImageChops.subtract(smooth.filter(_SMOOTHED), smooth, offset=_NEUTRAL)
        spreads = zip(_variances(grey), _variances(edges), strict=True)
        found = [edge * _WEIGHT / spread for spread, edge in spreads if spread >= _INK**2]
    return sorted(found)[int(len(found) * _AT)] if found else 0.0


def _variances(image: Image.Image) -> list[float]:
    """Return the variance of the greys in every tile, row by row.

    As the mean of the squares less the square of the mean, both of which the library finds for all
    tiles at once.
    """
    across, down = image.width // _TILE, image.height // _TILE
    if not (across and down):
        return []
    greys = image.crop((0, 0, across * _TILE, down * _TILE)).convert("F")
    squares = ImageMath.lambda_eval(lambda given: given["g"] * given["g"], g=greys)
    means, of_squares = (
        array("f", part.resize((across, down), Image.Resampling.BOX).tobytes())
        for part in (greys, squares)
    )
    return [square - mean * mean for mean, square in zip(means, of_squares, strict=True)]
