"""Scans of printed forms as a college's scanner makes them, page by page and in one file."""

import io
import random
from collections.abc import Sequence
from functools import cache

from PIL import Image, ImageDraw, ImageFilter

from desktop.domain.recheck_forms import FormHead, RecheckForm, form_code
from desktop.pictures.scans import opened_scan
from desktop.printing.recheck_forms import render_forms
from tests.portraits import encoded

FIELDS = ("name", "sex", "ethnicity", "birth_date", "exam_number", "secondary_school")
GREY = 235


@cache
def printed_form(code: str = form_code("2026-recheck-1", "student:a")) -> Image.Image:
    """Return a form that somebody has filled in, as it lies on the glass, at 205 dpi."""
    names = ("襄阳职业技术学院", "2026级新生入学资格复查", "信息技术学院", "软件2601班", "王老师")
    head = FormHead(*names)
    form = RecheckForm(head, FIELDS, 1, "202600000001", code)
    return pages_of(render_forms([form]).data)[0]


def pages_of(printed: bytes) -> list[Image.Image]:
    """Return the pages of a printed PDF as somebody has written on them, in greys."""
    scan = opened_scan(printed)
    assert scan
    pages = []
    for number in range(1, scan.pages + 1):
        page = Image.open(io.BytesIO(scan.page(number))).convert("L")
        pages.append(_written_on(page.point(lambda grey: grey * GREY // 255), number))
    scan.close()
    return pages


def blank_page(seed: int = 1, size: tuple[int, int] = (1240, 1754)) -> Image.Image:
    """Return a blank back: grain, the shadow of an edge, and what shines through from the front."""
    dice = random.Random(seed)
    grain = Image.frombytes("L", size, dice.randbytes(size[0] * size[1]))
    page = Image.blend(Image.new("L", size, GREY), grain, 0.05)
    draw = ImageDraw.Draw(page)
    draw.line((3, 0, 3, size[1]), 40, 6)
    for row in range(12):
        draw.line((200, 200 + row * 90, size[0] - 200, 200 + row * 90), GREY - 22, 3)
    return page.filter(ImageFilter.GaussianBlur(1))


def as_pdf(pages: Sequence[Image.Image], dpi: int = 205, quality: int = 80) -> bytes:
    """Return pictures as a scanner puts them into one PDF."""
    pages = [page.copy() for page in pages]  # saving leaves its options on a picture
    return encoded(
        pages[0],
        "PDF",
        save_all=True,
        append_images=pages[1:],
        resolution=dpi,
        **({} if pages[0].mode == "1" else {"quality": quality}),
    )


def as_tiff(pages: Sequence[Image.Image], compression: str = "tiff_lzw") -> bytes:
    """Return pictures as one TIFF."""
    pages = [page.copy() for page in pages]
    return encoded(
        pages[0],
        "TIFF",
        save_all=True,
        append_images=pages[1:],
        compression=compression,
        dpi=(205, 205),
    )


def _written_on(page: Image.Image, seed: int) -> Image.Image:
    """Return a page on which somebody has written."""
    dice, draw = random.Random(seed), ImageDraw.Draw(page)
    for _ in range(160):
        x, y = dice.randrange(500, 1500), dice.randrange(450, 1700)
        draw.line((x, y, x + dice.randrange(8, 40), y + dice.randrange(-14, 16)), 60, 3)
    return page
