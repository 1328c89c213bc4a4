"""Made-up pictures for practice: forms as if filled in by hand, portraits of nobody."""

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
_PORTRAIT: Final = (180, 240)
_GROUND: Final = (100, 197, 255)  # the blue that such photos have
_BAND: Final = (250, 250, 250)
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


def practice_portrait(seed: int) -> bytes:
    """Return a drawn portrait as a JPEG of some kilobytes; the same seed gives the same one.

    A head, hair and shoulders in flat colours with a white band across the corner: nobody can take
    it for a photo of somebody.
    """
    dice = random.Random(seed)  # noqa: S311 - a play, not a secret
    width, height = _PORTRAIT
    image = Image.new("RGB", _PORTRAIT, _GROUND)
    draw = ImageDraw.Draw(image)
    middle, top = width // 2 + dice.randrange(-12, 12), dice.randrange(45, 65)
    wide, tall = dice.randrange(34, 46), dice.randrange(92, 112)
    coat, hair, tie = (tuple(dice.randrange(0, 225) for _ in range(3)) for _ in range(3))
    skin = (dice.randrange(205, 245), dice.randrange(165, 205), dice.randrange(130, 175))
    down = dice.randrange(10, 80)  # how long the hair is
    draw.rounded_rectangle(
        (middle - wide - 8, top - 14, middle + wide + 8, top + 60 + down), 30, hair
    )
    draw.ellipse((middle - 80, top + tall, middle + 80, height + 60), coat)
    draw.polygon(
        [(middle - 14, top + tall), (middle + 14, top + tall), (middle, top + tall + 50)], tie
    )
    draw.ellipse((middle - wide, top, middle + wide, top + tall), skin)
    eyes, mouth = top + tall * 2 // 5, top + tall * 3 // 4
    for side in (-1, 1):
        x = middle + side * wide * 2 // 5
        draw.ellipse((x - 4, eyes - 4, x + 4, eyes + 4), (30, 30, 30))
    draw.line((middle - 12, mouth, middle + 12, mouth + dice.randrange(-4, 5)), (150, 60, 60), 3)
    draw.polygon([(0, height), (0, height - 46), (46, height)], _BAND)
    for _ in range(4):  # so that no two drawings are taken for one picture
        x, y = dice.randrange(0, width), dice.randrange(height * 2 // 3, height)
        colour = tuple(dice.randrange(256) for _ in range(3))
        draw.ellipse((x, y, x + 26, y + 26), colour)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80, dpi=(300, 300))
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
