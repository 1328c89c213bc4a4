"""A bound book: pages that are planned first, so that the contents know their numbers, then drawn.

The book is printed on both sides and bound at the left of its odd pages: margins, page numbers and
running heads change sides from page to page (GB/T 9704: odd numbers right, even numbers left).
"""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from desktop.printing import marks
from desktop.printing.fitting import fit, fit_line, width, wrap
from desktop.printing.fonts import Face, Style
from desktop.printing.pen import HAIRLINE, MM, PAGE_HEIGHT, PAGE_WIDTH, Pen, Progress

BINDING: Final = 25.0
OUTER: Final = 12.0
BODY_WIDTH: Final = PAGE_WIDTH - BINDING - OUTER
BODY_TOP: Final = 20.0
BODY_BOTTOM: Final = 280.0
"""The page's margins and the body's place, in millimetres."""

_HEAD_LINE = 15.5
_HEAD = Style(Face.SERIF, 9)
_FOOT_NUMBER = Style(Face.SERIF, 12)
_FOOT = Style(Face.SANS, 7.5)
_FOOT_BASELINE = 288.0
_INDENT = "　　"
_PARAGRAPH_LEADING = 1.75
_SECTION = Style(Face.SANS_BOLD, 16)
_ENTRY = {0: Style(Face.SANS_BOLD, 11), 1: Style(Face.SERIF, 10.5)}
_ENTRY_HEIGHT = 6.0
_ENTRIES_TOP = BODY_TOP + 16
_ENTRIES_PER_PAGE = int((BODY_BOTTOM - _ENTRIES_TOP) / _ENTRY_HEIGHT)

_Entry = tuple[int, str, int]  # level, title, page
Draw = Callable[[Pen, float], None]
"""Draws a page's body, given the left edge of the body in millimetres."""


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """One page of the body: how it is drawn, its running head, what the contents say of it.

    ``entries`` are pairs of level (0 a part, 1 what stands in it) and title.
    """

    draw: Draw
    running: str
    entries: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """A book as planned; ``imprint`` stands small at the foot of every page."""

    title: str
    school: str
    imprint: str
    cover: Callable[[Pen], None]
    body: Sequence[PlannedPage]
    training: bool

    @property
    def contents_pages(self) -> int:
        """The pages that the contents take."""
        return len(self._split_contents())

    @property
    def numbered_pages(self) -> int:
        """The pages that bear a number: all but the cover and its empty back."""
        return self.contents_pages + len(self.body)

    def draw(self, pen: Pen, progress: Progress | None = None) -> None:
        """Draw the whole book; the cover's back stays empty, so that page 1 is a right one."""
        total = self.numbered_pages + 2
        self.cover(pen)
        self._end(pen, progress, total)
        self._end(pen, progress, total)
        pages = [*self._plan_contents(), *self.body]
        for number, page in enumerate(pages, start=1):
            left = BINDING if number % 2 else OUTER
            for level, title in page.entries:
                pen.outline(f"{number}-{title}", title, level)
            page.draw(pen, left)
            self._draw_frame(pen, page.running, number, left)
            self._end(pen, progress, total)

    def _end(self, pen: Pen, progress: Progress | None, total: int) -> None:
        if self.training:
            marks.draw_training(pen)
        pen.end_page()
        if progress is not None:
            progress(pen.pages, total)

    def _draw_frame(self, pen: Pen, running: str, number: int, left: float) -> None:
        right = left + BODY_WIDTH
        is_odd = number % 2 == 1
        own = fit_line(f"{self.school}　{self.title}", _HEAD, BODY_WIDTH * 0.6 * MM)
        section = fit_line(running, _HEAD, BODY_WIDTH * 0.38 * MM)
        pen.block(left if is_odd else right, _HEAD_LINE - 2.6, own, 0 if is_odd else 1)
        pen.block(right if is_odd else left, _HEAD_LINE - 2.6, section, 1 if is_odd else 0)
        pen.lines([(left, _HEAD_LINE, right, _HEAD_LINE)], HAIRLINE)
        place = pen.right if is_odd else pen.text
        place(right if is_odd else left, _FOOT_BASELINE, f"第 {number} 页", _FOOT_NUMBER)
        place = pen.text if is_odd else pen.right
        place(left if is_odd else right, _FOOT_BASELINE, self.imprint, _FOOT)

    def _split_contents(self) -> list[list[_Entry]]:
        """Return the entries page by page, numbered within the body; no title stands last."""
        pages: list[list[_Entry]] = [[]]
        for number, page in enumerate(self.body):
            room = _ENTRIES_PER_PAGE - len(pages[-1])
            if len(page.entries) > room:
                pages.append([])
            pages[-1] += [(level, title, number) for level, title in page.entries]
        return pages

    def _plan_contents(self) -> list[PlannedPage]:
        parts = self._split_contents()
        first = len(parts) + 1
        return [
            PlannedPage(
                functools.partial(_draw_contents, entries=part, first=first, continued=index > 0),
                "目录",
            )
            for index, part in enumerate(parts)
        ]


def draw_section_title(pen: Pen, left: float, title: str) -> float:
    """Write a part's title at the top of the body; return where its content may begin."""
    fitted = fit_line(title, _SECTION, BODY_WIDTH * MM)
    pen.block(left + BODY_WIDTH / 2, BODY_TOP + 6, fitted)
    return BODY_TOP + 15


def draw_paragraph(pen: Pen, place: tuple[float, float, float], text: str, style: Style) -> float:
    """Write a paragraph with its first line indented by two characters; return where it ends.

    Args:
        pen: draws.
        place: left edge, top and width in mm.
        text: one paragraph.
        style: its letters.
    """
    left, top, wide = place
    leading = style.size * _PARAGRAPH_LEADING / MM
    for line in wrap(_INDENT + text, style, wide * MM, prose=True):
        pen.text(left, top + leading * 0.72, line, style)
        top += leading
    return top


def paragraph_height(text: str, style: Style, wide: float) -> float:
    """Return the height in mm that :func:`draw_paragraph` takes."""
    lines = wrap(_INDENT + text, style, wide * MM, prose=True)
    return len(lines) * style.size * _PARAGRAPH_LEADING / MM


def draw_cover_lines(pen: Pen, lines: Sequence[tuple[float, str, Style]]) -> None:
    """Write the lines of a cover, ``(height of the middle, text, style)``, clear of the binding."""
    middle = BINDING + (PAGE_WIDTH - 2 * BINDING) / 2
    room = (PAGE_WIDTH - 2 * BINDING) * MM
    for y, text, style in lines:
        pen.block(middle, y, fit(text, style, room, 34 * MM))
    pen.frame(BINDING, BINDING, PAGE_WIDTH - 2 * BINDING, PAGE_HEIGHT - 2 * BINDING, 1.5)


def _draw_contents(
    pen: Pen, left: float, *, entries: Sequence[_Entry], first: int, continued: bool
) -> None:
    """Draw one page of the contents; the body's pages are numbered from ``first``."""
    draw_section_title(pen, left, "目　　录" + ("（续）" if continued else ""))
    right = left + BODY_WIDTH
    baseline = _ENTRIES_TOP + _ENTRY_HEIGHT / 2
    for level, title, place in entries:
        style = _ENTRY[level]
        number = first + place
        start = left + level * 8
        fitted = fit_line(title, style, (right - start - 22) * MM)
        pen.text(start, baseline, title, fitted.style)
        end = right - width(str(number), style) / MM
        dots = start + fitted.widths[0] / MM + 2
        pen.dotted_line(dots, baseline - 0.6, end - 2)
        pen.text(end, baseline, str(number), style)
        baseline += _ENTRY_HEIGHT
