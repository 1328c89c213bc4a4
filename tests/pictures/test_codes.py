"""The code on a form is read however the page lies, and the page is turned as the code says."""

import io
import subprocess
import sys
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageEnhance, ImageFilter

from desktop.domain.recheck_forms import form_code, form_text
from desktop.errors import PictureUnreadable
from desktop.pictures.codes import Code, codes_on
from desktop.pictures.converting import thumbnail, turned
from tests.portraits import encoded, jpeg
from tests.scans import GREY, printed_form

TEXT = form_text(form_code("2026-recheck-1", "student:a"))
_QUARTERS = {
    0: None,
    1: Image.Transpose.ROTATE_90,
    2: Image.Transpose.ROTATE_180,
    3: Image.Transpose.ROTATE_270,
}


def lying(quarters: int) -> Image.Image:
    """Return the form turned against the clock: it must be turned back with it."""
    turn = _QUARTERS[quarters]
    return printed_form() if turn is None else printed_form().transpose(turn)


def photographed(image: Image.Image) -> Image.Image:
    """Return a page as a phone sees it from below: the far edge is shorter."""
    width, height = image.size
    size = (width + 400, height + 300)
    near, far = 30, 260
    # where the corners of the new picture lie in the old one
    corners = (-far, -100, -near, height + 200, width + near, height + 200, width + far, -100)
    return image.transform(
        size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=90
    )


SPOILT: dict[str, Callable[[Image.Image], bytes]] = {
    "quality 40": lambda image: encoded(image, quality=40),
    "half size": lambda image: encoded(image.reduce(2), quality=80),
    "100 dpi, quality 40": lambda image: encoded(image.resize((827, 1169)), quality=40),
    "low contrast": lambda image: encoded(ImageEnhance.Contrast(image).enhance(0.15), quality=85),
    "dark room": lambda image: encoded(image.point(lambda grey: grey // 6 + 10), quality=85),
    "at an angle": lambda image: encoded(
        image.rotate(17, Image.Resampling.BICUBIC, expand=True, fillcolor=120), quality=80
    ),
    "from below": lambda image: encoded(photographed(image), quality=80),
    "out of focus": lambda image: encoded(image.filter(ImageFilter.GaussianBlur(2.5)), quality=80),
    "in colour": lambda image: encoded(image.convert("RGB"), quality=80),
    "black and white": lambda image: encoded(image.convert("1"), "PNG"),
    "see-through": lambda image: encoded(image.convert("LA"), "PNG"),
}


@pytest.mark.parametrize("quarters", range(4))
@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT.keys())
def test_a_code_is_read_and_shows_how_the_page_lies(
    spoil: Callable[[Image.Image], bytes], quarters: int
) -> None:
    assert codes_on(spoil(lying(quarters))) == (Code(TEXT, quarters),)


@pytest.mark.parametrize("quarters", range(4))
def test_a_turned_picture_is_upright_and_as_large(quarters: int) -> None:
    data = encoded(lying(quarters), quality=85, dpi=(205, 205))
    (code,) = codes_on(data)
    upright = turned(data, code.turn)
    assert codes_on(upright) == (Code(TEXT, 0),)
    with Image.open(io.BytesIO(upright)) as image:
        assert image.size == printed_form().size
        assert image.mode == "L"
        assert image.info["dpi"] == (205, 205)
    with Image.open(io.BytesIO(thumbnail(data, 300, 300, code.turn))) as small:
        assert small.height > small.width


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_what_the_camera_says_comes_first(orientation: int) -> None:
    turns = {1: 0, 3: 2, 6: 1, 8: 3}
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = encoded(lying(turns[orientation]), quality=85, exif=exif)
    assert codes_on(data) == (Code(TEXT, 0),)


@settings(max_examples=25)
@given(
    angle=st.floats(-180, 180),
    shrink=st.floats(0.45, 1),
    quality=st.integers(40, 95),
    contrast=st.floats(0.3, 1),
)
def test_any_angle_and_size(angle: float, shrink: float, quality: int, contrast: float) -> None:
    page = printed_form()
    small = page.resize((round(page.width * shrink), round(page.height * shrink)))
    dim = ImageEnhance.Contrast(small).enhance(contrast)
    spun = dim.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=GREY // 2)
    (code,) = codes_on(encoded(spun, quality=quality))
    assert code.text == TEXT
    off = (angle - code.turn * 90 + 180) % 360 - 180
    assert abs(off) <= 46  # nearer to the quarter that is named than to any other


def test_two_codes_each_once_and_none_where_there_is_none() -> None:
    other = form_code("2026-recheck-1", "student:b")
    both = Image.new("L", (printed_form().width * 2, printed_form().height), GREY)
    both.paste(printed_form(), (0, 0))
    both.paste(printed_form(other), (printed_form().width, 0))
    found = codes_on(encoded(both, quality=80))
    assert sorted(code.text for code in found) == sorted([TEXT, form_text(other)])
    assert codes_on(jpeg(1)) == ()
    with pytest.raises(PictureUnreadable):
        codes_on(b"no picture")


def test_a_program_that_has_looked_for_codes_ends_without_a_word() -> None:
    looked = "from desktop.pictures import codes; from PIL import Image; "
    looked += "codes.codes_of(Image.new('L', (400, 400), 255))"
    command = [sys.executable, "-c", looked]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")
