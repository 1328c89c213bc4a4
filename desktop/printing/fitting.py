"""Texts that must stand whole inside of a cell: first smaller, then on several lines, never cut."""

import functools
from dataclasses import dataclass
from typing import Final

from desktop.printing.fonts import Style, widths

LEADING: Final = 1.14
"""Distance of two baselines, as a multiple of the size."""

_STILL_EASY = 0.8  # a line may shrink this far before two lines read better
_TALL_CELL = 0.88  # letters of a cell with several lines, in a table whose rows may grow
_SHORT_TEXT = 3  # more lines than these are read as prose, which full lines suit
_STEP = 0.25
_SMALLEST = 1.0
_NOT_AT_LINE_START = frozenset("，。、；：？！）》」』”’·,.;:?!)%")
_BREAK_BEHIND = frozenset("·、，；： ）)-－—")
_BREAK_BEFORE = frozenset("（(《“")
_COUNTED = frozenset("年月日天人个件份项页班")


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines that fit, with their widths in points."""

    lines: tuple[str, ...]
    widths: tuple[float, ...]
    style: Style

    @property
    def height(self) -> float:
        """The height of all lines in points."""
        return len(self.lines) * self.style.size * LEADING


def width(text: str, style: Style) -> float:
    """Return the width of ``text`` in points."""
    return widths(style.face).of(text) * style.size


@functools.lru_cache(maxsize=50_000)
def fit(text: str, style: Style, wide: float, high: float) -> Fitted:
    """Return ``text`` as lines that fit a box of ``wide`` by ``high`` points, as large as can be.

    One line is preferred while it stays easy to read; after that the number of lines that allows
    the largest letters.
    """
    natural = width(text, style)
    if natural <= wide:
        return _fitted((text,), style)
    shrunk = wide / natural * style.size
    if shrunk >= style.size * _STILL_EASY:
        return _fitted((text,), Style(style.face, shrunk))
    size = min(style.size, high / LEADING / 2)
    while size > _SMALLEST:
        lines = wrap(text, Style(style.face, size), wide)
        if len(lines) * size * LEADING <= high:
            chosen = Style(style.face, size)
            return _fitted(_balanced(text, chosen, wide, len(lines)), chosen)
        size -= _STEP
    return _fitted((text,), Style(style.face, shrunk))


def fit_line(text: str, style: Style, wide: float) -> Fitted:
    """Return ``text`` on one line that is no wider than ``wide`` points."""
    natural = width(text, style)
    size = style.size if natural <= wide else style.size * wide / natural
    return _fitted((text,), Style(style.face, size))


@functools.lru_cache(maxsize=50_000)
def fill(text: str, style: Style, wide: float) -> Fitted:
    """Return ``text`` in a little smaller letters, on as few lines of ``wide`` points as it takes.

    Lines are evened out, and break where a reader would, as far as that costs no further line; a
    long text is set as prose.
    """
    natural = width(text, style)
    if natural <= wide / _STILL_EASY:
        return fit_line(text, style, wide)
    smaller = Style(style.face, style.size * _TALL_CELL)
    fewest = len(wrap(text, smaller, wide, prose=True))
    lines = wrap(text, smaller, wide, prose=fewest > _SHORT_TEXT)
    if len(lines) > fewest:
        lines = _balanced(text, smaller, wide, fewest)
    return _fitted(lines, smaller)


def wrap(text: str, style: Style, wide: float, *, prose: bool = False) -> tuple[str, ...]:
    """Break ``text`` into lines of at most ``wide`` points (a single character may be wider).

    Breaks fall behind a dot or a comma where one is near, but in prose, where full lines look
    better, anywhere; never before closing punctuation or inside of a number.
    """
    table = widths(style.face)
    room = wide / style.size
    lines: list[str] = []
    start, used = 0, 0.0
    for index, character in enumerate(text):
        used += table[character]
        while used > room and index > start:  # a wide character may be too much for the rest, too
            cut = _break_at(text, start, index, prose=prose)
            lines.append(text[start:cut])
            start = cut
            used = table.of(text[start : index + 1])
    lines.append(text[start:])
    return tuple(lines)


def _break_at(text: str, start: int, index: int, *, prose: bool) -> int:
    """Return where the line from ``start`` ends when the character at ``index`` is too much."""
    for cut in range(index, index if prose else start + (index - start) // 2, -1):
        good = text[cut - 1] in _BREAK_BEHIND or text[cut] in _BREAK_BEFORE
        if good and text[cut] not in _NOT_AT_LINE_START and not _in_number(text, cut):
            return cut
    cut = index
    while cut > start + 1 and _is_bad_break(text, cut):
        cut -= 1
    return cut if cut > start + 1 else index


def _is_bad_break(text: str, cut: int) -> bool:
    """Say whether a break would strand punctuation or cut a number or a Latin word."""
    before, after = text[cut - 1], text[cut]
    if after in _NOT_AT_LINE_START or before in _BREAK_BEFORE or _in_number(text, cut):
        return True
    return before.isascii() and after.isascii() and before.isalnum() and after.isalnum()


def _in_number(text: str, cut: int) -> bool:
    """Say whether a break would cut a date, or part a number from what is counted ("14 天")."""
    head, after = text[:cut].rstrip(" "), text[cut:].lstrip(" ")[:1]
    if not head[-1:].isdigit():
        return head[-1:] == "-" and head[-2:-1].isdigit() and after.isdigit()
    return after in _COUNTED or text[cut] == "-"


def _balanced(text: str, style: Style, wide: float, lines: int) -> tuple[str, ...]:
    """Return ``text`` on ``lines`` lines as even as can be: no character stands alone."""
    for prose in (False, True):
        narrower = width(text, style) / lines
        while narrower < wide:
            candidate = wrap(text, style, narrower, prose=prose)
            if len(candidate) <= lines:
                return candidate
            narrower += style.size / 4
    return min((wrap(text, style, wide, prose=prose) for prose in (False, True)), key=len)


def _fitted(lines: tuple[str, ...], style: Style) -> Fitted:
    return Fitted(lines, tuple(width(line, style) for line in lines), style)
