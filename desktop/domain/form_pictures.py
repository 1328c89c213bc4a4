"""Pictures of filled-in forms: whether they can be read, what they are called, what is kept.

The rule book asks for the paper to be photographed and the file to be called 学号+姓名
(细则 二(三)2).
"""

from typing import Final

from desktop.domain.photos import Finding, Picture

SHORTEST_SIDE: Final = 800
"""Pixels; an A4 page of 800 is scanned at 97 dpi, below which handwriting closes up."""
SHARP_ENOUGH: Final = 0.07
"""As ``pictures/sharpness.py`` measures it: a page in focus has 0.2 and more, one whose strokes of
10.5 points are soft 0.1, and one where they run together, blurred by a third of a millimetre, 0.04
and less."""
LARGEST_KEPT: Final = 3 * 2**20
"""Bytes; up to here a picture is kept byte for byte. Six thousand phone pictures of twice the size
would not fit on the stick that brings them to admissions."""
LONGER_SIDE_KEPT: Final = 2400
"""Pixels to which a larger one is made smaller: A4 at 205 dpi."""
SCAN_ENDINGS: Final = frozenset({".pdf", ".tif", ".tiff"})
"""Of files that may have many pages."""
PICTURE_ENDINGS: Final = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".gif", ".webp", ".heic"})
"""Of files that are one picture."""
LARGEST_SCAN: Final = 300 * 2**20
"""Bytes of a file of many pages: a class of 60, in colour, at 600 dpi."""
MOST_PAGES: Final = 1_000
"""Of such a file: a college has 400 forms, and twice as many pages with their blank backs."""


def form_findings(picture: Picture, sharpness: float) -> tuple[Finding, ...]:
    """Return what is wrong with a picture of a form, whosever it is."""
    found = []
    if min(picture.width, picture.height) < SHORTEST_SIDE:
        size = f"{picture.width}×{picture.height}"
        sentence = f"照片只有 {size} 像素，字可能看不清；短边至少要 {SHORTEST_SIDE}。"
        found.append(Finding("too-small", sentence))
    elif sharpness < SHARP_ENOUGH:
        sentence = "照片模糊，或者没有拍到写了字的表。请打开看看，看不清的重拍。"
        found.append(Finding("blurred", sentence))
    if picture.frames > 1:
        found.append(Finding("several-pages", f"文件里有 {picture.frames} 页，只有第一页会显示。"))
    return tuple(found)


def is_kept_whole(size: int) -> bool:
    """Tell whether a picture of so many bytes is kept as it is."""
    return size <= LARGEST_KEPT


def form_stem(number: str, name: str) -> str:
    """Return what the picture of a student's form is called: 学号+姓名."""
    return "+".join(filter(None, (number, name)))
