"""The pages of a TIFF, as scanners and fax machines write it, as pictures."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Final

from PIL import Image

from desktop.domain.form_pictures import LONGER_SIDE_KEPT
from desktop.errors import PictureUnreadable, ScanUnreadable
from desktop.pictures.decoding import explained, in_rgb, orientation_of, upright
from desktop.pictures.page_pictures import (
    as_page,
    damaged_page,
    damaged_scan,
    huge_page,
    require_pages,
)

_KIND: Final = "TIFF"
_MOST_PIXELS: Final = 80_000_000
"""Of a page; A3 at 600 dpi has 70 million."""
_SUBFILE: Final = 0x00FE
_REDUCED: Final = 1
"""A frame of this kind is another one made small, and no page."""


class TiffPages:
    """A TIFF whose frames were counted; every question opens it anew, so any thread may ask."""

    def __init__(self, data: bytes) -> None:
        """Count the pages of a TIFF.

        Raises:
            ScanUnreadable: it can not be opened, or has too many pages.
        """
        self._data = data
        with _said_as(damaged_scan(_KIND)), self._image() as image:
            count = int(getattr(image, "n_frames", 1))
            require_pages(count)
            self._frames = [frame for frame in range(count) if _is_page(image, frame)]

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self._frames)

    def page(self, number: int) -> bytes:
        """Return a page as a JPEG, as large as a kept picture at most.

        Raises:
            ScanUnreadable: this page can not be decoded, or is larger than a page is.
        """
        with _said_as(damaged_page(_KIND, number)), self._image() as image:
            image.seek(self._frames[number - 1])
            if image.width * image.height > _MOST_PIXELS:
                raise huge_page(_KIND, image.width, image.height)
            page = _reduced(image)
            return as_page(page, _dots(image, max(page.size)))

    def close(self) -> None:
        """Let the file go: nothing of it is open."""

    def _image(self) -> Image.Image:
        return Image.open(BytesIO(self._data), formats=(_KIND,))


@contextmanager
def _said_as(error: ScanUnreadable) -> Iterator[None]:
    """Let whatever a decoder raises be this error."""
    try:
        with explained():
            yield
    except ScanUnreadable:
        raise
    except PictureUnreadable as cause:
        raise error from cause


def _is_page(image: Image.Image, frame: int) -> bool:
    image.seek(frame)
    return not int(getattr(image, "tag_v2", {}).get(_SUBFILE, 0)) & _REDUCED


def _dots(image: Image.Image, longer: int) -> int:
    """Return the dots per inch of a page made small, 0 where the file does not say."""
    dpi = image.info.get("dpi", (0, 0))
    return round(float(dpi[0]) * longer / max(image.size))


def _reduced(image: Image.Image) -> Image.Image:
    """Return the frame that is current upright, grey where it has no colour, made small."""
    orientation = orientation_of(image)
    image.load()
    page = image.convert("L") if image.mode in ("1", "L") else in_rgb(image)
    page = upright(page, orientation)
    page.thumbnail((LONGER_SIDE_KEPT, LONGER_SIDE_KEPT), Image.Resampling.LANCZOS)
    return page
