"""Made-up pictures for practice: forms that somebody seems to have filled in by hand."""

import io
import random
from typing import Final

from PIL import Image, ImageDraw

from desktop.pictures.scans import Scan, opened_scan

_SIZE: Final = (820, 1160)  # pixels: an A4 page as a scanner saves it small
_MARGIN: Final = 60
_LINE: Final = 58
_STROKES: Final = 9
_QUALITY: Final = 55
_PAPER: Final = 250
_INK: Final = 40
_A4_INCHES: Final = 11.69
_TABLE_TOP: Final = 190  # where the questions of a printed form begin
_ON_HEAD: Final = 0.1


def practice_form(seed: int) -> bytes:
    """Return the picture of a form as a JPEG; the same seed gives the same one."""
    dice = random.Random(seed)  # noqa: S311 - a play, not a secret
    image = Image.new("L", _SIZE, _PAPER)
    draw = ImageDraw.Draw(image)
    width, height = _SIZE
    for top in range(_MARGIN, height - _MARGIN, _LINE):
        draw.line((_MARGIN, top, width - _MARGIN, top), fill=_INK)
        _write(draw, dice, top, width)
    draw.rectangle((_MARGIN, _MARGIN, width - _MARGIN, height - _MARGIN), outline=_INK, width=2)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def practice_scan(printed: bytes, seed: int) -> bytes:
    """Return printed forms as a scanner brings them back filled in: a PDF, a page each.

    Some lie on their head, as papers do in a feeder. The same seed gives the same pages.

    Raises:
        ScanUnreadable: what was printed can not be opened.
    """
    dice = random.Random(seed)  # noqa: S311 - a play, not a secret
    scan = opened_scan(printed)
    if scan is None:
        raise ValueError("no printed forms")
    try:
        pages = [_filled_in(scan, number, dice) for number in range(1, scan.pages + 1)]
    finally:
        scan.close()
    out = io.BytesIO()
    dots = _SIZE[1] / _A4_INCHES
    pages[0].save(
        out, "PDF", save_all=True, append_images=pages[1:], resolution=dots, quality=_QUALITY
    )
    return out.getvalue()


def _filled_in(scan: Scan, number: int, dice: random.Random) -> Image.Image:
    page = Image.open(io.BytesIO(scan.page(number))).convert("L").resize(_SIZE)
    draw = ImageDraw.Draw(page)
    width, height = _SIZE
    for top in range(_TABLE_TOP, height // 2, _LINE):
        _write(draw, dice, top, width)
    return page.transpose(Image.Transpose.ROTATE_180) if dice.random() < _ON_HEAD else page


def _write(draw: ImageDraw.ImageDraw, dice: random.Random, top: int, width: int) -> None:
    """Write a line by hand, or nearly so."""
    for _ in range(_STROKES):
        x = dice.randrange(_MARGIN + 120, width - _MARGIN - 40)
        y = dice.randrange(top + 8, top + _LINE - 14)
        draw.line((x, y, x + dice.randrange(8, 34), y + dice.randrange(-8, 12)), fill=_INK, width=2)
