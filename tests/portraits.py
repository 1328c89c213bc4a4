"""Made-up portraits, in whatever form a phone, a studio or a clerk may bring them."""

import io
import random
from typing import Any, Final

import pillow_heif
from PIL import Image, ImageDraw

BLUE: Final = (100, 197, 255)


def portrait(
    seed: int = 1, *, size: tuple[int, int] = (480, 640), ground: tuple[int, int, int] = BLUE
) -> Image.Image:
    """Return a drawing with a head, hair and shoulders; another one for each seed."""
    dice = random.Random(seed)
    image = Image.new("RGB", (480, 640), ground)
    draw = ImageDraw.Draw(image)
    move, skin = dice.randrange(-25, 25), tuple(dice.randrange(140, 235) for _ in range(3))
    hair, coat = (tuple(dice.randrange(0, 230) for _ in range(3)) for _ in range(2))
    draw.ellipse((50 + move, 420, 430 + move, 830), fill=coat)
    draw.ellipse((120 + move, 90, 360 + move, 450), fill=hair)
    draw.ellipse((145 + move, 150, 335 + move, 430), fill=skin)
    for _ in range(6):
        x, y = dice.randrange(150, 300) + move, dice.randrange(200, 600)
        shade = tuple(dice.randrange(256) for _ in range(3))
        draw.ellipse((x, y, x + 40, y + 30), fill=shade)
    grain = Image.frombytes("L", image.size, dice.randbytes(480 * 640)).convert("RGB")
    return Image.blend(image, grain, 0.04).resize(size)


def encoded(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:  # noqa: ANN401
    """Return a picture as a file."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def jpeg(seed: int = 1, *, quality: int = 85, **options: Any) -> bytes:  # noqa: ANN401
    """Return a portrait as the rule for 学历照片 asks."""
    return encoded(portrait(seed), quality=quality, dpi=(300, 300), **options)


def heic(seed: int = 1) -> bytes:
    """Return a portrait as a phone would keep it."""
    out = io.BytesIO()
    pillow_heif.from_pillow(portrait(seed)).save(out, quality=80)
    return out.getvalue()
