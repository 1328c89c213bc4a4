"""From the bytes of a file to an upright picture in RGB, whatever somebody put into the file.

What a file declares is looked at before anything is decoded, only formats that cameras and offices
use are tried, and whatever a decoder raises comes out as one error.
"""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Final

from PIL import Image

from desktop.domain.photos import LARGEST_FILE
from desktop.errors import PictureUnreadable

LARGEST_PIXELS: Final = 60_000_000  # what phones of today take; a decoded one fits into memory
_FORMATS: Final = ("JPEG", "PNG", "BMP", "GIF", "TIFF", "WEBP")
_OF_PHONES: Final = ("HEIF",)
_BASE_MEDIA: Final = b"ftyp"
_ORIENTATION: Final = 0x0112
_UPRIGHT: Final = {
    2: (Image.Transpose.FLIP_LEFT_RIGHT,),
    3: (Image.Transpose.ROTATE_180,),
    4: (Image.Transpose.FLIP_TOP_BOTTOM,),
    5: (Image.Transpose.TRANSPOSE,),
    6: (Image.Transpose.ROTATE_270,),
    7: (Image.Transpose.TRANSVERSE,),
    8: (Image.Transpose.ROTATE_90,),
}
_ON_SIDE: Final = frozenset({5, 6, 7, 8})
# decoders raise what they like when a file is not what it says; warnings where they are errors
_DECODER: Final = (
    *(OSError, ValueError, TypeError, SyntaxError, EOFError, AttributeError, LookupError),
    *(ArithmeticError, RuntimeError, MemoryError, struct.error, Warning),
    Image.DecompressionBombError,
)


@contextmanager
def explained() -> Iterator[None]:
    """Let whatever a decoder raises be ``PictureUnreadable``."""
    try:
        yield
    except _DECODER as error:
        raise PictureUnreadable(
            "这个文件不是能打开的照片：不是图片，或者已经损坏、没有下载完整。",
            "请用看图软件打开核对，换一个完好的 JPG 文件。",
        ) from error


def opened(data: bytes) -> Image.Image:
    """Return a picture whose head was read, none of its pixels.

    Raises:
        PictureUnreadable: it is none, or larger than any photo.
    """
    if not 0 < len(data) <= LARGEST_FILE:
        raise too_large() if data else _empty()
    formats: tuple[str, ...] = _FORMATS
    if data[4:8] == _BASE_MEDIA:
        _learn_heif()
        formats = _OF_PHONES
    with explained():
        image = Image.open(BytesIO(data), formats=formats)
    if image.width * image.height > LARGEST_PIXELS:
        raise too_large()
    return image


def orientation_of(image: Image.Image) -> int:
    """Return how the camera says that it was held, 1 for upright."""
    found = image.getexif().get(_ORIENTATION, 1)
    return found if found in _UPRIGHT else 1


def lies_on_side(orientation: int) -> bool:
    """Tell whether width and height change places when a picture is turned upright."""
    return orientation in _ON_SIDE


def upright(image: Image.Image, orientation: int) -> Image.Image:
    """Return a picture turned as the camera says."""
    for turn in _UPRIGHT.get(orientation, ()):
        image = image.transpose(turn)
    return image


def in_rgb(image: Image.Image) -> Image.Image:
    """Return a decoded picture in RGB: sixteen bits made eight, what is see-through on white."""
    if image.mode == "RGB":
        return image
    if image.mode.startswith(("I", "F")):
        return image.convert("I").point(lambda grey: grey / 256).convert("L").convert("RGB")
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        seen = image.convert("RGBA")
        ground = Image.new("RGBA", seen.size, "white")
        return Image.alpha_composite(ground, seen).convert("RGB")
    return image.convert("RGB")


def too_large() -> PictureUnreadable:
    """Return what is said of a file that is no photo by its size."""
    return PictureUnreadable(
        "这个文件太大，不像一张证件照，没有打开。",
        f"请换一张不超过 {LARGEST_FILE // 2**20} MB、{LARGEST_PIXELS // 10_000:,} 万像素的照片。",
    )


def _empty() -> PictureUnreadable:
    return PictureUnreadable("这个文件是空的。", "请重新拷贝一次，再读入。")


def _learn_heif() -> None:
    """Let pictures of phones be opened too; the library is loaded when the first one comes."""
    import pillow_heif  # noqa: PLC0415 - costly, and few ever need it

    pillow_heif.register_heif_opener(thumbnails=False)
