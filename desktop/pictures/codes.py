"""QR codes on pictures: what they say, and how the page lies in the picture."""

import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

import zxingcpp
from PIL import Image, ImageOps

from desktop.pictures.decoding import explained, in_rgb, opened, orientation_of, upright

_FEW, _MANY = 1200, 2400
"""Pixels of the longer side: most codes are read where there are few, and it takes a tenth."""
_CUT_OFF: Final = 1
"""Of a hundred pixels at either end of the greys."""
_CLEAR: Final = 160
"""Greys between ink and paper; more contrast would show nothing new."""
_FEW_PIXELS: Final = 0.005
"""Of all; the edge of the glass may be darker than any ink."""
_QUARTER: Final = 90
_KIND: Final = "QRCode"
"""As a text: an object of the library, kept here, would be told as a leak when the program ends."""


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code.

    Attributes:
        text: what it says.
        turn: by how many quarters the picture must be turned clockwise so that the code is
            upright; a picture whose file says how it was held is turned so first.
    """

    text: str
    turn: int


def codes_on(data: bytes) -> tuple[Code, ...]:
    """Return the QR codes on a picture, each once, in the order of their texts.

    Raises:
        PictureUnreadable: it can not be decoded.
    """
    image = opened(data)
    with explained():
        orientation = orientation_of(image)
        image.draft("L", tuple(side * _MANY // max(image.size) or 1 for side in image.size))  # type: ignore[arg-type]
        image.load()
        grey = image if image.mode == "L" else in_rgb(image).convert("L")
        many = upright(grey, orientation)
    return codes_of(many)


def codes_of(grey: Image.Image) -> tuple[Code, ...]:
    """Return the QR codes on an upright picture in greys: first small, then large, then clearer."""
    if max(grey.size) > _MANY:
        grey = grey.copy()
        grey.thumbnail((_MANY, _MANY), Image.Resampling.BOX, reducing_gap=None)
    few = grey
    if max(grey.size) > _FEW:
        few = grey.reduce(math.ceil(max(grey.size) / _FEW))
        if found := _read(few):
            return found
    if found := _read(grey):
        return found
    if _range(grey) >= _CLEAR:
        return ()
    return _read(ImageOps.autocontrast(grey, _CUT_OFF))


def _range(grey: Image.Image) -> int:
    """Return how far apart the darkest and the lightest greys are, but for a few pixels."""
    counts = list(accumulate(grey.histogram()))
    few = counts[-1] * _FEW_PIXELS
    return bisect_left(counts, counts[-1] - few) - bisect_right(counts, few)


def _read(grey: Image.Image) -> tuple[Code, ...]:
    kind = zxingcpp.barcode_formats_from_str(_KIND)
    found = zxingcpp.read_barcodes(grey, formats=kind, try_invert=False)
    turns = {one.text: round(-one.orientation / _QUARTER) % 4 for one in found}
    return tuple(Code(text, turns[text]) for text in sorted(turns))
