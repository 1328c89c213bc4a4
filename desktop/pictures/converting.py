"""Pictures for others: as a JPEG that can be kept and printed, and small for the window."""

from io import BytesIO
from typing import Final

from PIL import Image

from desktop.pictures.decoding import explained, in_rgb, opened, orientation_of, upright

_QUALITY: Final = 95
_QUALITY_REDUCED: Final = 85
_QUALITY_TURNED: Final = 90
_PLAIN: Final = frozenset({"RGB", "L"})
_QUARTERS: Final = {
    1: Image.Transpose.ROTATE_270,  # against the clock
    2: Image.Transpose.ROTATE_180,
    3: Image.Transpose.ROTATE_90,
}


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


def turned(data: bytes, quarters: int) -> bytes:
    """Return a picture of the same size as a JPEG, turned clockwise after it was made upright.

    Raises:
        PictureUnreadable: it can not be decoded.
    """
    image = opened(data)
    with explained():
        orientation, dpi = orientation_of(image), image.info.get("dpi")
        plain = image if image.mode == "L" else in_rgb(image)
        lying = _quartered(upright(plain, orientation), quarters)
        out = BytesIO()
        lying.save(out, "JPEG", quality=_QUALITY_TURNED, **({"dpi": dpi} if dpi else {}))
        return out.getvalue()


def _quartered(image: Image.Image, quarters: int) -> Image.Image:
    turn = _QUARTERS.get(quarters % 4)
    return image if turn is None else image.transpose(turn)


def thumbnail(data: bytes, width: int, height: int, quarters: int = 0) -> bytes:
    """Return a picture upright and as large as fits into a box, as PNG.

    ``quarters``: by how many it is turned clockwise besides.

    Raises:
        PictureUnreadable: it can not be decoded.
    """
    image = opened(data)
    with explained():
        orientation = orientation_of(image)
        longer = max(width, height)
        image.draft("RGB", (longer, longer))
        image.load()
        small = _quartered(upright(in_rgb(image), orientation), quarters)
        small.thumbnail((width, height), Image.Resampling.LANCZOS)
        out = BytesIO()
        small.save(out, "PNG", compress_level=1)
        return out.getvalue()
