"""What machines read on a page, where the seal goes, and what tells training from real paper."""

from typing import Final

import segno

from desktop.domain.sheets import SCAN_PREFIX
from desktop.printing.fonts import Face, Style
from desktop.printing.pen import PAGE_HEIGHT, PAGE_WIDTH, Pen

MARK_SIZE: Final = 6.0
MARK_INSET: Final = 8.0
"""Corner marks: their side, and their distance from the edges, in millimetres."""

QR_SIZE: Final = 18.0
SEAL_SIZE: Final = 40.0
"""Side of the QR code and diameter of an office's seal, in millimetres."""

DIGEST_SHOWN: Final = 16
"""Characters of a digest that are printed: enough to tell two pages apart, short to read out."""

_CELLS = 6
# The first four markers of OpenCV's dictionary DICT_4X4_50, their inner 4 by 4 cells row by row:
# top left, top right, bottom left, bottom right. 1 is white; around them runs a black border.
_MARKERS = ("1011010100110010", "0000111110011010", "0011001100101101", "1001100101000110")


def corner_positions(
    width: float = PAGE_WIDTH, height: float = PAGE_HEIGHT
) -> tuple[tuple[float, float], ...]:
    """Return the left top corners of the marks 0 to 3 of a page, in millimetres."""
    far_x = width - MARK_INSET - MARK_SIZE
    far_y = height - MARK_INSET - MARK_SIZE
    return ((MARK_INSET, MARK_INSET), (far_x, MARK_INSET), (MARK_INSET, far_y), (far_x, far_y))


def draw_corner_marks(pen: Pen) -> None:
    """Draw the ArUco marks by which a scan or a telephone's picture is straightened."""
    cell = MARK_SIZE / _CELLS
    for marker, (left, top) in zip(_MARKERS, corner_positions(pen.width, pen.height), strict=True):
        black = [
            [
                not (1 <= row <= 4 and 1 <= column <= 4 and marker[row * 4 + column - 5] == "1")  # noqa: PLR2004
                for column in range(_CELLS)
            ]
            for row in range(_CELLS)
        ]
        pen.filled(_bars(black, left, top, cell))


def qr_text(sheet_number: str, page: int, digest: str) -> str:
    """Return what a page's QR code says; capitals, which make a coarser code that scans better."""
    return f"{SCAN_PREFIX}/{sheet_number}/{page}/{digest[:DIGEST_SHOWN].upper()}"


def draw_qr(pen: Pen, left: float, top: float, text: str, size: float = QR_SIZE) -> None:
    """Draw a QR code ``size`` mm wide; the white border around it is the caller's to leave.

    The mask is fixed: choosing the prettiest of eight takes five times as long, and any is legal.
    """
    code = segno.make_qr(text, error="m", mask=3, boost_error=False)
    rows = [[bool(module) for module in row] for row in code.matrix]
    pen.filled(_bars(rows, left, top, size / len(rows)))


def grouped(text: str, size: int = 4) -> str:
    """Return ``text`` in groups that can be read out, unless it has its own dashes."""
    if not text.isalnum():
        return text
    return " ".join(text[start : start + size] for start in range(0, len(text), size))


def short_digest(digest: str) -> str:
    """Return a digest as it is printed."""
    return grouped(digest[:DIGEST_SHOWN])


def draw_training(pen: Pen) -> None:
    """Mark the page as one for practice, so that nobody takes it for a real one."""
    pen.stamp("training", lambda: _draw_training(pen))


def _draw_training(pen: Pen) -> None:
    middle = pen.width / 2
    degrees = 52 if pen.height > pen.width else 30
    pen.hatched(middle, pen.height * 0.5, "练习", Style(Face.SANS_BOLD, 240), degrees)
    pen.reversed_label((middle - 15, 4.3, 30, 4.6), "练习 · 无效", Style(Face.SANS_BOLD, 9))
    foot = (middle - 15, pen.height - 6.5, 30, 4.2)
    pen.reversed_label(foot, "练习 · 无效", Style(Face.SANS_BOLD, 8))


def _bars(
    rows: list[list[bool]], left: float, top: float, cell: float
) -> list[tuple[float, float, float, float]]:
    """Join the black cells of each row to bars: fewer shapes, and no white seams between them."""
    bars: list[tuple[float, float, float, float]] = []
    for y, row in enumerate(rows):
        start: int | None = None
        for x, black in enumerate([*row, False]):
            if black and start is None:
                start = x
            elif not black and start is not None:
                bars.append((left + start * cell, top + y * cell, (x - start) * cell, cell))
                start = None
    return bars
