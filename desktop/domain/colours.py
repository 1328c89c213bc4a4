"""Colours as people see them: how far apart two of them are."""

import re
from functools import lru_cache
from math import dist
from typing import Final

Colour = tuple[int, int, int]
"""Red, green, blue, 0 to 255 (sRGB)."""

_HEXADECIMAL: Final = re.compile(r"[0-9A-Fa-f]{6}")
_WHITE: Final = (0.95047, 1.0, 1.08883)  # D65
_TO_XYZ: Final = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
_DARK: Final = 0.04045
_EPSILON, _KAPPA = 216 / 24389, 24389 / 27


def is_colour(text: str) -> bool:
    """Tell whether a text is a colour in six hexadecimal digits."""
    return bool(_HEXADECIMAL.fullmatch(text))


def named(text: str) -> Colour:
    """Return the colour of six hexadecimal digits.

    Raises:
        ValueError: it is none.
    """
    if not is_colour(text):
        raise ValueError(text)
    red, green, blue = bytes.fromhex(text)
    return red, green, blue


def hexadecimal(colour: Colour) -> str:
    """Return a colour as six hexadecimal digits."""
    return bytes(colour).hex().upper()


def difference(one: Colour, other: Colour) -> float:
    """Return how different two colours look (CIE76: below 3 hardly, above 30 plainly)."""
    return dist(lab(one), lab(other))


@lru_cache(maxsize=4096)  # backgrounds are of few colours
def lab(colour: Colour) -> tuple[float, float, float]:
    """Return a colour as lightness, green to red, blue to yellow (CIE Lab, D65)."""
    light = [_linear(part / 255) for part in colour]
    x, y, z = (
        _root(sum(weight * part for weight, part in zip(row, light, strict=True)) / white)
        for row, white in zip(_TO_XYZ, _WHITE, strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _linear(part: float) -> float:
    return float(((part + 0.055) / 1.055) ** 2.4) if part > _DARK else part / 12.92


def _root(part: float) -> float:
    return float(part ** (1 / 3)) if part > _EPSILON else (_KAPPA * part + 16) / 116
