"""Pictures for others: as a JPEG that can be kept and printed, and small for the window."""

from io import BytesIO
from typing import Final

from PIL import Image

from desktop.pictures.decoding import explained, in_rgb, opened, orientation_of, upright

_QUALITY: Final = 95
_QUALITY_REDUCED: Final = 85
_PLAIN: Final = frozenset({"RGB", "L"})


def as_jpeg(data: bytes) -> bytes:
    """Return a picture as an upright JPEG; one that is so already, byte for byte.

    Raises:
        PictureUnreadable: it can not be decoded.
    """
    image = opened(data)
    with explained():
        orientation = orientation_of(image)
        if image.format == "JPEG" and image.mode in _PLAIN and orientation == 1:
            image.load()
            return data
        dpi = image.info.get("dpi")
        turned = upright(in_rgb(image), orientation)
        out = BytesIO()
        more = {"dpi": dpi} if dpi else {}
        turned.save(out, "JPEG", quality=_QUALITY, subsampling=0, **more)
        return out.getvalue()


def reduced(data: bytes, longer: int) -> bytes:
    """Return a picture as an upright JPEG whose longer side is at most so many pixels.

    Raises:
        PictureUnreadable: it can not be decoded.
    """
    image = opened(data)
    with explained():
        orientation = orientation_of(image)
        image.draft("RGB", (longer, longer))
        image.load()
        small = upright(in_rgb(image), orientation)
        small.thumbnail((longer, longer), Image.Resampling.LANCZOS)
        out = BytesIO()
        small.save(out, "JPEG", quality=_QUALITY_REDUCED)
        return out.getvalue()


def thumbnail(data: bytes, width: int, height: int) -> bytes:
    """Return a picture upright and as large as fits into a box, as PNG.

    Raises:
        PictureUnreadable: it can not be decoded.
    """
    image = opened(data)
    with explained():
        orientation = orientation_of(image)
        longer = max(width, height)
        image.draft("RGB", (longer, longer))
        image.load()
        small = upright(in_rgb(image), orientation)
        small.thumbnail((width, height), Image.Resampling.LANCZOS)
        out = BytesIO()
        small.save(out, "PNG", compress_level=1)
        return out.getvalue()
