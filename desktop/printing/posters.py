"""Draws the poster with the link of the face-comparison system, to be read from afar (一(三)3)."""

from collections.abc import Sequence
from typing import Final

from desktop.domain.posters import POSTER_STEPS, Poster
from desktop.printing import marks
from desktop.printing.fitting import fit, fit_line
from desktop.printing.fonts import Face, Style, check_glyphs
from desktop.printing.paper import RenderedPaper
from desktop.printing.pen import MM, PAGE_WIDTH, Pen

_MIDDLE: Final = PAGE_WIDTH / 2
_LEFT: Final = 22.0
_WIDTH: Final = PAGE_WIDTH - 2 * _LEFT
_QR_SIZE: Final = 106.0
_QR_TOP: Final = 76.0  # a code wants four of its modules of white around it
_STEPS_TOP: Final = 206.0
_STEP: Final = 23.0
_FOOT: Final = 284.0

_SCHOOL: Final = Style(Face.SERIF, 22)
_TITLE: Final = Style(Face.SANS_BOLD, 34)
_COLLEGE: Final = Style(Face.SANS_BOLD, 24)
_ABOUT: Final = Style(Face.SERIF, 14)
_NUMBER: Final = Style(Face.SANS_BOLD, 24)
_STEP_TITLE: Final = Style(Face.SANS_BOLD, 20)
_STEP_TEXT: Final = Style(Face.SERIF, 15)
_LINK: Final = Style(Face.SANS, 11)
_SMALL: Final = Style(Face.SANS, 8)


def render_posters(posters: Sequence[Poster]) -> RenderedPaper:
    """Return the posters as one PDF, a page for each.

    Raises:
        GlyphMissing: a character can not be printed; nothing was drawn.
        ValueError: there is none.
    """
    if not posters:
        raise ValueError("no posters to print")
    check_glyphs(
        (poster.college, poster.school + poster.college + poster.round_name + poster.link)
        for poster in posters
    )
    pen = Pen("人像比对核查二维码", posters[0].school)
    for poster in posters:
        _draw(pen, poster)
        pen.end_page()
    return RenderedPaper(pen.finish(), pen.pages)


def _draw(pen: Pen, poster: Poster) -> None:
    room = _WIDTH * MM
    pen.block(_MIDDLE, 20, fit_line(poster.school, _SCHOOL, room))
    pen.block(_MIDDLE, 35, fit_line("新生人像比对核查", _TITLE, room))
    pen.block(_MIDDLE, 50, fit_line(poster.college, _COLLEGE, room))
    about = " · ".join(filter(None, (poster.round_name, poster.dates)))
    pen.block(_MIDDLE, 60, fit_line(about, _ABOUT, room))
    marks.draw_qr(pen, _MIDDLE - _QR_SIZE / 2, _QR_TOP, poster.link, _QR_SIZE)
    link = fit(f"网址：{poster.link}", _LINK, room, 10 * MM)
    pen.block(_MIDDLE, _QR_TOP + _QR_SIZE + 15, link)
    for index, (title, sentence) in enumerate(POSTER_STEPS):
        _draw_step(pen, index, title, sentence)
    foot = "比对只用于入学资格审查。请勿把二维码转发给非本院部新生。"
    pen.text(_LEFT, _FOOT, foot, _SMALL)
    pen.right(_LEFT + _WIDTH, _FOOT, f"打印于 {poster.printed_at}", _SMALL)
    if poster.training:
        marks.draw_training(pen)


def _draw_step(pen: Pen, index: int, title: str, sentence: str) -> None:
    top = _STEPS_TOP + index * _STEP
    pen.frame(_LEFT, top, _WIDTH, _STEP)
    pen.reversed_label((_LEFT, top, 17, _STEP), str(index + 1), _NUMBER)
    pen.block(_LEFT + 37, top + _STEP / 2, fit_line(title, _STEP_TITLE, 36 * MM))
    text = fit(sentence, _STEP_TEXT, (_WIDTH - 62) * MM, (_STEP - 3) * MM)
    pen.block(_LEFT + 58, top + _STEP / 2, text, 0)
