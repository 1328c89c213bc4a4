"""Sharp pages are told from blurred ones, whatever the light, the size and the writing."""

import io
import random

import pytest
from PIL import Image

from desktop.domain.form_pictures import SHARP_ENOUGH
from desktop.errors import PictureUnreadable
from desktop.pictures.converting import reduced
from desktop.pictures.sharpness import sharpness
from tests.portraits import encoded
from tests.procedures.rechecks import page

SIZES = [(827, 1169), (1654, 2338), (2480, 3508)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("blur", [0, 1, 2])
def test_a_page_that_can_be_read_is_sharp_enough(size: tuple[int, int], blur: float) -> None:
    assert sharpness(encoded(page(1, size, blur), quality=80)) > SHARP_ENOUGH


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("blur", [4, 6, 10])
def test_a_page_that_nobody_can_read_is_not(size: tuple[int, int], blur: float) -> None:
    assert sharpness(encoded(page(1, size, blur), quality=80)) < SHARP_ENOUGH


@pytest.mark.parametrize(("blur", "sharp"), [(0, True), (5, False)])
def test_faint_ink_and_a_dark_room_do_not_decide(blur: float, sharp: bool) -> None:
    seen = page(2, (1654, 2338), blur)
    faint = seen.point(lambda grey: 200 - (235 - grey) // 2)
    dark = seen.point(lambda grey: grey // 3)
    grain = Image.frombytes("L", seen.size, random.Random(3).randbytes(seen.width * seen.height))
    for picture in (faint, dark, Image.blend(seen, grain, 0.08)):
        assert (sharpness(encoded(picture, quality=80)) > SHARP_ENOUGH) is sharp


def test_a_page_with_a_few_words_is_as_sharp_as_a_full_one() -> None:
    full = page(3, (1654, 2338))
    few = Image.new("L", full.size, 235)
    few.paste(full.crop((0, 0, full.width, 420)), (0, 0))
    assert sharpness(encoded(few)) > SHARP_ENOUGH


def test_an_empty_page_shows_nothing_to_read() -> None:
    assert sharpness(encoded(Image.new("L", (827, 1169), 235))) == 0
    assert sharpness(encoded(Image.new("L", (30, 20), 235))) == 0


def test_what_is_no_picture_says_so() -> None:
    with pytest.raises(PictureUnreadable):
        sharpness(b"no picture")


def test_a_picture_made_smaller_stays_sharp_and_is_never_made_larger() -> None:
    small = reduced(encoded(page(4, (2480, 3508)), quality=95), 2400)
    assert sharpness(small) > SHARP_ENOUGH
    with Image.open(io.BytesIO(small)) as image:
        assert max(image.size) == 2400
    with Image.open(io.BytesIO(reduced(encoded(page(4)), 2400))) as image:
        assert image.size == page(4).size
