"""Tables of a book: rows may be taller where a text is long, and are never split or cut."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from desktop.printing.fitting import Fitted, fill, fit, fit_line
from desktop.printing.fonts import Face, Style, widths
from desktop.printing.pen import BASELINE, FRAME, MM, Pen

KEPT: Final = 3
"""Rows that stand at least on the last page of a table that takes several."""

_CENTRED: Final = 0.5
_PADDING: Final = 0.8
_SIDE_PADDING: Final = 1.5
_AIR: Final = 0.8
_MOST_UNITS: Final = 12
_TITLE: Final = Style(Face.SANS_BOLD, 9)


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column: its title, width in mm, letters, and where its texts stand (0 left, 1 right)."""

    title: str
    width: float
    style: Style
    align: float = _CENTRED


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row; a summary's only text stands across the whole table, in bold."""

    texts: tuple[str, ...]
    summary: bool = False
    bold: bool = False


@dataclass(frozen=True, slots=True)
class TableDesign:
    """The columns of a table and the height of its header and its rows, in mm.

    A row takes ``least`` times ``row_height`` and more where a text is long: small units keep rows
    from being much taller than their texts. ``air`` is left above and below the lines of a tall
    cell, together. A header of no height is not drawn.
    """

    columns: tuple[TableColumn, ...]
    row_height: float
    header_height: float = 7.0
    least: int = 1
    air: float = _AIR

    @property
    def width(self) -> float:
        """The width of the whole table."""
        return sum(column.width for column in self.columns)

    def units(self, row: TableRow) -> int:
        """Return how many row heights a row takes."""
        if row.summary:
            return self.least
        most = self.least
        for column, text in zip(self.columns, row.texts, strict=True):
            # A character is at most as wide as it is high: short texts need not be measured.
            if len(text) * column.style.size > _room(column):
                lines = self._lines(column, text)
                if len(lines.lines) > 1:
                    most = max(most, math.ceil((lines.height / MM + self.air) / self.row_height))
        return most

    def split(self, rows: Sequence[TableRow], room: float) -> list[list[TableRow]]:
        """Return the rows page by page, each page's header and rows no taller than ``room`` mm.

        Summaries at the end do not stand on a page of their own: at least ``KEPT`` rows go along.
        """
        most = int((room - self.header_height) / self.row_height + 1e-6)
        pages: list[list[TableRow]] = [[]]
        used = 0
        for row in rows:
            units = self.units(row)
            if used + units > most and pages[-1]:
                titles = self._take_titles(pages[-1])
                pages.append(titles)
                used = sum(map(self.units, titles))
            pages[-1].append(row)
            used += units
        self._balance(pages, most)
        return pages

    def height(self, rows: Sequence[TableRow]) -> float:
        """Return the height in mm of the header and these rows."""
        return self.header_height + sum(map(self.units, rows)) * self.row_height

    def draw(self, pen: Pen, left: float, top: float, rows: Sequence[TableRow]) -> float:
        """Draw the header and the rows; return where the table ends."""
        level = top + self.header_height
        levels = []
        spans: list[tuple[float, float]] = []  # heights through which the column lines run
        begin = top
        for row in rows:
            levels.append(level)
            high = self.units(row) * self.row_height
            if row.summary:
                spans.append((begin, level))
                begin = level + high
                self._draw_summary(pen, left, level + high / 2, row.texts[0])
            else:
                self._draw_row(pen, left, level + high / 2, row)
            level += high
        spans.append((begin, level))
        self._draw_lines(pen, left, levels, spans)
        pen.frame(left, top, self.width, level - top, FRAME)
        if self.header_height:
            self._draw_titles(pen, left, top)
        return level

    def _take_titles(self, page: list[TableRow]) -> list[TableRow]:
        """Take the bold rows from a page's end: they belong to what follows on the next."""
        titles: list[TableRow] = []
        while len(page) > 1 and page[-1].bold:
            titles.insert(0, page.pop())
        return titles

    def _balance(self, pages: list[list[TableRow]], most: int) -> None:
        """Move rows to the last page until it does not look lost."""
        if len(pages) == 1:
            return
        last, before = pages[-1], pages[-2]
        summaries = sum(row.summary for row in last)
        while len(last) < KEPT + summaries and len(before) > KEPT:
            if sum(map(self.units, last)) + self.units(before[-1]) > most:
                return
            row = before.pop()
            summaries += row.summary
            last.insert(0, row)

    def _lines(self, column: TableColumn, text: str) -> Fitted:
        room = _room(column)
        filled = fill(text, column.style, room)
        most = (_MOST_UNITS * self.least * self.row_height - self.air) * MM
        return filled if filled.height <= most else fit(text, column.style, room, most)

    def _draw_row(self, pen: Pen, left: float, middle: float, row: TableRow) -> None:
        for column, text in zip(self.columns, row.texts, strict=True):
            style = Style(_BOLD[column.style.face], column.style.size) if row.bold else column.style
            wide = widths(style.face).of(text) * style.size
            padding = _padding(column)
            anchor = left + padding + column.align * (column.width - 2 * padding)
            if wide <= _room(column):
                baseline = middle + style.size * BASELINE / MM
                pen.text(anchor - column.align * wide / MM, baseline, text, style)
            else:
                pen.block(anchor, middle, self._lines(column, text), column.align)
            left += column.width

    def _draw_summary(self, pen: Pen, left: float, middle: float, text: str) -> None:
        style = Style(Face.SANS_BOLD, self.columns[0].style.size + 0.5)
        pen.block(left + 3, middle, fit_line(text, style, (self.width - 6) * MM), 0)

    def _draw_lines(
        self, pen: Pen, left: float, levels: list[float], spans: list[tuple[float, float]]
    ) -> None:
        right = left + self.width
        segments = [(left, level, right, level) for level in levels]
        x = left
        for column in self.columns[:-1]:
            x += column.width
            segments += [(x, top, x, bottom) for top, bottom in spans if bottom > top]
        pen.lines(segments)

    def _draw_titles(self, pen: Pen, left: float, top: float) -> None:
        for column in self.columns:
            room = (column.width - _PADDING) * MM
            title = fit(column.title, _TITLE, room, (self.header_height - 1) * MM)
            pen.block(left + column.width / 2, top + self.header_height / 2, title)
            left += column.width


_BOLD: Final = {
    Face.SERIF: Face.SERIF_BOLD,
    Face.SANS: Face.SANS_BOLD,
    Face.SERIF_BOLD: Face.SERIF_BOLD,
    Face.SANS_BOLD: Face.SANS_BOLD,
    Face.FALLBACK: Face.FALLBACK,
}


def _room(column: TableColumn) -> float:
    """Return the points that a text of the column may take."""
    return (column.width - 2 * _padding(column)) * MM


def _padding(column: TableColumn) -> float:
    return _PADDING if column.align == _CENTRED else _SIDE_PADDING
