"""Whether anything stands on a page: scanners that take both sides bring every blank back, too."""

from typing import Final

from PIL import Image

from desktop.pictures.decoding import explained, opened

_LONGER: Final = 600
_EDGE: Final = 0.05
"""Of a side: shadows of the lid, punched holes, the edge of the paper."""
_DARKER: Final = 48
"""Greys below the paper; what shines through from the front is fainter."""
_LEAST_INK: Final = 0.0004
"""Of the page, 7 × 7 mm in all; a form has thirty times as much, one line of writing three."""


def is_blank_page(data: bytes) -> bool:
    """Tell the same of a file.

    Raises:
        PictureUnreadable: it can not be decoded.
    """
    image = opened(data)
    with explained():
        image.draft("L", tuple(side * _LONGER // max(image.size) or 1 for side in image.size))  # type: ignore[arg-type]
        image.load()
        return is_blank(image)


def is_blank(image: Image.Image) -> bool:
    """Tell whether nothing stands on a page but shadows, dust and what shines through."""
    grey = image.convert("L")
    grey = grey.reduce(max(max(grey.size) // _LONGER, 1))
    across, down = grey.width * _EDGE, grey.height * _EDGE
    inner = grey.crop((int(across), int(down), int(grey.width - across), int(grey.height - down)))
    counts = inner.histogram()
    total, paper = sum(counts), 0
    while sum(counts[: paper + 1]) * 2 < total:
        paper += 1
    return sum(counts[: max(paper - _DARKER, 0)]) <= total * _LEAST_INK
