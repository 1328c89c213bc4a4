"""Made-up pictures for practice: a form that somebody seems to have filled in by hand."""

import io
import random
from typing import Final

from PIL import Image, ImageDraw

_SIZE: Final = (820, 1160)  # pixels: an A4 page as a scanner saves it small
_MARGIN: Final = 60
_LINE: Final = 58
_STROKES: Final = 9
_QUALITY: Final = 55
_PAPER: Final = 250
_INK: Final = 40


def practice_form(seed: int) -> bytes:
    """Return the picture of a form as a JPEG; the same seed gives the same one."""
    dice = random.Random(seed)  # noqa: S311 - a play, not a secret
    image = Image.new("L", _SIZE, _PAPER)
    draw = ImageDraw.Draw(image)
    width, height = _SIZE
    for top in range(_MARGIN, height - _MARGIN, _LINE):
        draw.line((_MARGIN, top, width - _MARGIN, top), fill=_INK)
        for _ in range(_STROKES):
            x = dice.randrange(_MARGIN + 120, width - _MARGIN - 40)
            y = dice.randrange(top + 8, top + _LINE - 14)
            draw.line(
                (x, y, x + dice.randrange(8, 34), y + dice.randrange(-8, 12)), fill=_INK, width=2
            )
    draw.rectangle((_MARGIN, _MARGIN, width - _MARGIN, height - _MARGIN), outline=_INK, width=2)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()
