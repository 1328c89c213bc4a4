"""Measuring: what files of every kind are, what damaged ones are called; nothing blows up."""

import io
import random
import struct
import threading
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from desktop.domain.photos import DEFAULT_RULES, LARGEST_FILE, PhotoKind, check, look_alike
from desktop.errors import PictureUnreadable
from desktop.pictures import decoding
from desktop.pictures.converting import as_jpeg, thumbnail
from desktop.pictures.measuring import measure, on_all_cores
from tests.portraits import BLUE, encoded, heic, jpeg, portrait

RULES = DEFAULT_RULES[PhotoKind.CREDENTIAL]
GOOD = jpeg()


def test_a_photo_as_it_should_be_is_measured_and_passes() -> None:
    picture = measure(GOOD)
    assert (picture.width, picture.height, picture.dpi) == (480, 640, 300)
    assert (picture.format, picture.turned, picture.frames) == ("JPEG", False, 1)
    assert picture.size == len(GOOD)
    assert abs(picture.quality - 85) <= 1
    assert {finding.code for finding in check(picture, RULES)} <= {"file-too-small"}


@pytest.mark.parametrize("quality", [30, 50, 60, 75, 90, 95])
def test_the_quality_of_a_jpeg_is_estimated(quality: int) -> None:
    assert abs(measure(jpeg(quality=quality)).quality - quality) <= 1


@pytest.mark.parametrize("ground", [(255, 255, 255), (255, 0, 0), (67, 142, 219), (40, 40, 40)])
def test_another_background_is_seen(ground: tuple[int, int, int]) -> None:
    data = encoded(portrait(3, ground=ground), quality=90, dpi=(300, 300))
    assert "wrong-background" in {finding.code for finding in check(measure(data), RULES)}


@pytest.mark.parametrize("quality", [50, 75, 95])
@pytest.mark.parametrize("seed", range(5))
def test_the_blue_background_is_seen_however_it_was_compressed(seed: int, quality: int) -> None:
    data = jpeg(seed, quality=quality)
    assert "wrong-background" not in {finding.code for finding in check(measure(data), RULES)}


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_turned_as_the_camera_says(orientation: int) -> None:
    """The eight ways to hold a camera all show the same head."""
    back = {2: 2, 3: 3, 4: 4, 5: 5, 6: 8, 7: 7, 8: 6}
    upright = portrait(4)
    lying = decoding.upright(upright, back.get(orientation, 1))
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = encoded(lying, quality=92, exif=exif)
    picture = measure(data)
    assert (picture.width, picture.height) == (480, 640)
    assert picture.turned is (orientation != 1)
    assert look_alike(picture.miniature, measure(encoded(upright, quality=92)).miniature)
    kept = Image.open(io.BytesIO(as_jpeg(data)))
    assert kept.size == (480, 640)
    assert kept.getexif().get(0x0112, 1) == 1


@pytest.mark.parametrize("again", ["compressed", "smaller", "larger", "png", "grey-free"])
def test_the_same_picture_is_known_again(again: str) -> None:
    for seed in range(20):
        image = portrait(seed)
        other = {
            "compressed": lambda image=image: encoded(image, quality=35),
            "smaller": lambda image=image: encoded(image.resize((240, 320)), quality=80),
            "larger": lambda image=image: encoded(image.resize((960, 1280)), quality=80),
            "png": lambda image=image: encoded(image, "PNG"),
            "grey-free": lambda image=image: encoded(image, "WEBP", quality=60),
        }[again]()
        assert look_alike(measure(encoded(image, quality=95)).miniature, measure(other).miniature)


def test_different_people_do_not_look_alike() -> None:
    miniatures = [measure(jpeg(seed)).miniature for seed in range(60)]
    pairs = [(a, b) for b in range(60) for a in range(b)]
    assert not [pair for pair in pairs if look_alike(miniatures[pair[0]], miniatures[pair[1]])]


# --- all kinds of files --------------------------------------------------------------------------


def sixteen_bits() -> bytes:
    """Return a grey PNG of sixteen bits."""
    grey = Image.new("I", (60, 80))
    grey.putdata([x % 60 * 1000 for x in range(60 * 80)])
    return encoded(grey.convert("I;16"), "PNG")


def moving() -> bytes:
    """Return a GIF of three pictures."""
    frames = [portrait(seed, size=(60, 80)).convert("P") for seed in (1, 2, 3)]
    return encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])


KINDS: dict[str, Callable[[], bytes]] = {
    "png": lambda: encoded(portrait(), "PNG"),
    "see-through": lambda: encoded(Image.new("RGBA", (60, 80), (0, 0, 0, 0)), "PNG"),
    "palette": lambda: encoded(portrait().convert("P"), "PNG"),
    "palette-see-through": lambda: encoded(portrait().convert("P"), "GIF", transparency=0),
    "grey": lambda: encoded(portrait().convert("L")),
    "grey-alpha": lambda: encoded(portrait().convert("LA"), "PNG"),
    "black-and-white": lambda: encoded(portrait().convert("1"), "TIFF"),
    "sixteen-bits": sixteen_bits,
    "cmyk": lambda: encoded(portrait().convert("CMYK")),
    "cmyk-tiff": lambda: encoded(portrait().convert("CMYK"), "TIFF"),
    "float": lambda: encoded(Image.new("F", (60, 80), 128), "TIFF"),
    "bmp": lambda: encoded(portrait(), "BMP"),
    "webp": lambda: encoded(portrait(), "WEBP"),
    "progressive": lambda: jpeg(progressive=True),
    "moving": moving,
    "one-pixel": lambda: encoded(Image.new("RGB", (1, 1)), "PNG"),
    "thin": lambda: encoded(Image.new("RGB", (1, 4000)), "PNG"),
    "no-dpi": lambda: encoded(portrait()),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_file_is_measured_kept_and_shown(kind: str) -> None:
    data = KINDS[kind]()
    picture = measure(data)
    assert picture.width
    assert picture.height
    assert len(picture.miniature) == 64
    assert picture.frames == (3 if kind == "moving" else 1)
    kept = measure(as_jpeg(data))
    assert (kept.format, kept.width, kept.height) == ("JPEG", picture.width, picture.height)
    small = Image.open(io.BytesIO(thumbnail(data, 60, 80)))
    assert small.width <= 60
    assert small.height <= 80


def test_what_is_see_through_is_white_and_sixteen_bits_are_not_all_white() -> None:
    clear = measure(KINDS["see-through"]())
    assert set(clear.edge) == {(255, 255, 255)}
    grey = measure(sixteen_bits()).miniature
    assert max(grey) - min(grey) > 100


def test_colours_of_print_are_colours_of_the_screen() -> None:
    plain, print_ = measure(encoded(portrait(), quality=95)), measure(KINDS["cmyk"]())
    assert look_alike(plain.miniature, print_.miniature)
    assert "wrong-background" not in {finding.code for finding in check(print_, RULES)}


def test_a_picture_of_a_phone_is_measured_and_kept_as_jpeg() -> None:
    phone = heic(7)
    picture = measure(phone)
    assert (picture.format, picture.width, picture.height) == ("HEIF", 480, 640)
    assert look_alike(picture.miniature, measure(encoded(portrait(7), quality=95)).miniature)
    assert "not-jpeg" in {finding.code for finding in check(picture, RULES)}
    kept = as_jpeg(phone)
    assert measure(kept).format == "JPEG"
    assert as_jpeg(kept) == kept
    assert as_jpeg(phone) == kept


def test_a_jpeg_that_is_as_it_should_be_is_kept_byte_for_byte() -> None:
    assert as_jpeg(GOOD) is GOOD


# --- damage and malice ---------------------------------------------------------------------------


@pytest.mark.parametrize("kept", [0, 1, 2, 20, 200, len(GOOD) // 2, len(GOOD) - 300])
def test_what_is_cut_off_is_not_a_picture(kept: int) -> None:
    for use in (measure, as_jpeg, lambda data: thumbnail(data, 60, 80)):
        with pytest.raises(PictureUnreadable):
            use(GOOD[:kept])


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04 a document", b"%PDF-1.7", b"<svg/>", b"%!PS-Adobe-3.0 EPSF-3.0", b"\0" * 500],
)
def test_what_is_no_picture_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(PictureUnreadable):
        measure(data)


def test_a_bomb_is_not_decoded() -> None:
    """A PNG of a few bytes that says it is 100,000 × 100,000."""
    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    packed = zlib.compress(b"\0" * 1_000_000)
    data = (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    )
    with pytest.raises(PictureUnreadable):
        measure(data)


def test_a_picture_beyond_what_phones_take_is_refused_by_its_head() -> None:
    data = encoded(Image.new("1", (10_000, 6_001)), "PNG")
    with pytest.raises(PictureUnreadable, match="太大"):
        measure(data)
    with pytest.raises(PictureUnreadable, match="太大"):
        measure(b"x" * (LARGEST_FILE + 1))


SPOILT = [*(jpeg(seed) for seed in (1, 2)), KINDS["png"](), KINDS["webp"](), moving()]


@given(st.integers(0, len(SPOILT) - 1), st.integers(0, 2**32))
def test_a_spoilt_file_is_measured_or_refused_and_nothing_else_happens(
    which: int, seed: int
) -> None:
    dice = random.Random(seed)
    data = bytearray(SPOILT[which])
    for _ in range(dice.randrange(1, 12)):
        data[dice.randrange(len(data))] = dice.randrange(256)
    try:
        picture = measure(bytes(data))
    except PictureUnreadable:
        return
    assert len(picture.miniature) == 64
    assert check(picture, RULES) is not None


# --- on all cores --------------------------------------------------------------------------------


def test_results_come_in_order_and_from_other_threads() -> None:
    seen = set()

    def act(number: int) -> int:
        seen.add(threading.current_thread().name)
        return number * 2

    assert list(on_all_cores(act, range(1000))) == list(range(0, 2000, 2))
    assert threading.current_thread().name not in seen


def test_little_is_begun_ahead_and_nothing_after_the_taker_stops() -> None:
    begun: list[int] = []

    def act(number: int) -> int:
        begun.append(number)
        return number

    taker = on_all_cores(act, range(100_000))
    assert next(taker) == 0
    taker.close()
    assert len(begun) < 1000
    count = len(begun)
    assert all(not thread.name.startswith("pictures") for thread in threading.enumerate())
    assert len(begun) == count


def test_what_an_act_raises_reaches_the_taker() -> None:
    with pytest.raises(ZeroDivisionError):
        list(on_all_cores(lambda number: 1 // (number - 50), range(100)))


def test_the_background_is_the_reference_blue_in_the_middle_of_the_edge() -> None:
    picture = measure(encoded(Image.new("RGB", (480, 640), BLUE), "PNG"))
    assert set(picture.edge) == {BLUE}
