"""Colours can be told apart, and every state has a shape of its own."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from desktop.paths import resources_dir
from desktop.views.look.appearance import Scheme, current_appearance
from desktop.views.look.icons import icon
from desktop.views.look.states import State, paint_state, state_of
from desktop.views.look.style_sheet import style_sheet
from desktop.views.look.tokens import DARK, LIGHT, Look, Palette

AA = 4.5


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as the web guidelines measure it, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Return how bright a colour is, 0 to 1."""
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (s / 12.92 if s <= 0.03928 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_words_can_be_read_on_their_ground(palette: Palette) -> None:
    for ground in (palette.ground, palette.surface, palette.raised, palette.chosen):
        for words in (palette.text, palette.quiet):
            assert contrast(words, ground) >= AA, (words, ground)
    for colour in (palette.accent, palette.wrong, palette.done, palette.in_hand):
        assert contrast(colour, palette.surface) >= AA, colour
    assert contrast(palette.attention, palette.surface) >= AA
    assert contrast(palette.not_yet, palette.surface) >= AA
    assert contrast(palette.on_accent, palette.accent) >= AA
    assert contrast(palette.on_practice, palette.practice) >= AA
    assert contrast(palette.edge, palette.surface) >= 3


def shape(state: State) -> bytes:
    """Return the pixels of a state in black and white: what is left without colour."""
    image = QImage(28, 28, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    grey = Look().palette
    paint_state(painter, QRectF(0, 0, 28, 28), state, grey)
    painter.end()
    return bytes(0 if pixel < 200 else 1 for pixel in bytes(image.constBits()))


@pytest.mark.usefixtures("qapp")
def test_states_differ_without_colour() -> None:
    shapes = [shape(state) for state in State]
    for place, one in enumerate(shapes):
        for other in shapes[place + 1 :]:
            assert sum(a != b for a, b in zip(one, other, strict=True)) > 40


def test_a_count_has_a_state() -> None:
    assert state_of(0, 3) is State.NOT_YET
    assert state_of(2, 3) is State.IN_HAND
    assert state_of(3, 3) is State.DONE
    assert state_of(0, 0) is State.NOT_YET


def test_the_text_size_reaches_the_style_sheet() -> None:
    assert "font-size: 26px" in style_sheet(Look(LIGHT, 2.0))
    assert Look(LIGHT, 2.0).row_height == 56


@pytest.mark.usefixtures("qapp")
def test_the_text_size_stays_within_bounds() -> None:
    current_appearance().choose(Scheme.DARK, 5.0)
    assert current_appearance().look == Look(DARK, 2.0)


@pytest.mark.usefixtures("qapp")
def test_every_shipped_icon_can_be_drawn() -> None:
    names = [path.stem for path in (resources_dir() / "icons").glob("*.svg")]
    assert names
    for name in names:
        image = icon(name).pixmap(20, 20).toImage()
        assert any(image.pixelColor(x, y).alpha() for x in range(20) for y in range(20)), name
