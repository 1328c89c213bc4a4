"""A pen that draws pages in millimetres from the top left, and makes the same bytes each time.

Everything is drawn straight on reportlab's canvas, page by page: long automatic tables are slow,
and their breaks are not ours to decide. What repeats on every page (grids, marks, boxes) is drawn
once as a form and stamped. All texts of a page share one text object, which is most of the speed.
"""

import io
from collections.abc import Callable, Hashable, Iterable
from typing import Any, Final

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from desktop.printing.fitting import LEADING, Fitted
from desktop.printing.fonts import Face, Style, font, runs, widths

MM: Final = 72 / 25.4
"""Points in a millimetre."""

PAGE_WIDTH: Final = 210.0
PAGE_HEIGHT: Final = 297.0
"""A4, portrait, in millimetres."""

HAIRLINE: Final = 0.5
FRAME: Final = 1.0
"""Line widths in points."""

Progress = Callable[[int, int], None]
"""Told ``(done, total)`` after every page; raising from it stops the work."""

BASELINE: Final = 0.37
"""From the middle of a line down to its baseline, as a part of the size."""

_CLIP = 7  # PDF's text mode in which letters are not drawn but limit what is drawn next
_HATCH = 4.0

rl_config.useA85 = 0  # plain binary streams: smaller and many times faster


class Pen:
    """Draws the pages of one PDF.

    Positions and sizes are millimetres, ``y`` grows downward; letters and line widths are points.
    ``width`` and ``height`` are those of its pages.
    """

    def __init__(
        self, title: str, author: str, *, duplex: bool = False, landscape: bool = False
    ) -> None:
        self.width, self.height = (
            (PAGE_HEIGHT, PAGE_WIDTH) if landscape else (PAGE_WIDTH, PAGE_HEIGHT)
        )
        self._top = self.height * MM
        font(Face.SERIF)  # or else the canvas starts with Helvetica, which nobody embeds
        self._canvas: Any = Canvas(
            io.BytesIO(),
            pagesize=(self.width * MM, self._top),
            pageCompression=1,
            invariant=1,
            initialFontName=Face.SERIF.value,  # type: ignore[arg-type]  # the stubs are wrong
        )
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setSubject(title)
        self._canvas.setCreator("籍册")
        self._canvas.setProducer("籍册")
        # Readers shrink pages to the printable area unless told not to; then the corner marks and
        # the signature cells would no longer lie where software looks for them.
        self._canvas.setViewerPreference("PrintScaling", "None")
        self._canvas.setViewerPreference("Duplex", "DuplexFlipLongEdge" if duplex else "Simplex")
        self._forms: dict[Hashable, str] = {}
        self._text: PDFTextObject | None = None
        self._face: Face | None = None
        self._size = 0.0
        self._line_width = 0.0
        self.pages = 0

    # --- letters ---------------------------------------------------------------------------

    def text(self, x: float, y: float, text: str, style: Style) -> None:
        """Write ``text`` with its left end at ``x`` and its baseline at ``y``."""
        if self._text is None:
            self._text = self._canvas.beginText()
            self._face = None
        self._text.setTextOrigin(x * MM, self._top - y * MM)
        for face, piece in runs(text, style.face):
            if face is not self._face or style.size != self._size:
                font(face)
                self._text.setFont(face.value, style.size)
                self._face, self._size = face, style.size
            self._text.textOut(piece)

    def centred(self, x: float, y: float, text: str, style: Style) -> None:
        """Write ``text`` centred on ``x`` with its baseline at ``y``."""
        wide = widths(style.face).of(text) * style.size
        self.text(x - wide / MM / 2, y, text, style)

    def right(self, x: float, y: float, text: str, style: Style) -> None:
        """Write ``text`` with its right end at ``x`` and its baseline at ``y``."""
        wide = widths(style.face).of(text) * style.size
        self.text(x - wide / MM, y, text, style)

    def block(self, x: float, middle: float, fitted: Fitted, align: float = 0.5) -> None:
        """Write fitted lines around the height ``middle``.

        Args:
            x: where the lines are aligned.
            middle: the height of the block's middle.
            fitted: the lines.
            align: 0 when ``x`` is their left end, 0.5 their middle, 1 their right end.
        """
        size = fitted.style.size
        leading = size * LEADING / MM
        baseline = middle + size * BASELINE / MM - leading * (len(fitted.lines) - 1) / 2
        for line, wide in zip(fitted.lines, fitted.widths, strict=True):
            self.text(x - wide * align / MM, baseline, line, fitted.style)
            baseline += leading

    def hatched(self, x: float, y: float, text: str, style: Style, degrees: float) -> None:
        """Write huge letters made of thin lines, centred on a point; content shows through.

        Lines and not grey: a copier keeps them.
        """
        self._flush()
        font(style.face)
        canvas = self._canvas
        canvas.saveState()
        canvas.translate(x * MM, self._top - y * MM)
        canvas.rotate(degrees)
        letters = canvas.beginText()
        letters.setFont(style.face.value, style.size)
        letters.setTextRenderMode(_CLIP)
        wide = widths(style.face).of(text) * style.size
        letters.setTextOrigin(-wide / 2, -style.size * BASELINE)
        letters.textOut(text)
        canvas.drawText(letters)
        canvas.setLineWidth(HAIRLINE)
        strokes = int(style.size / _HATCH)
        levels = [(stroke - strokes / 2) * _HATCH for stroke in range(strokes + 1)]
        canvas.lines([(-wide / 2, level, wide / 2, level) for level in levels])
        canvas.restoreState()

    def reversed_label(
        self, box: tuple[float, float, float, float], text: str, style: Style
    ) -> None:
        """Write white letters on a black box ``(left, top, width, height)``."""
        left, top, wide, high = box
        self._flush()
        self.filled([box])
        self._canvas.saveState()
        self._canvas.setFillGray(1)
        self.centred(left + wide / 2, top + high / 2 + style.size * BASELINE / MM, text, style)
        self._flush()
        self._canvas.restoreState()

    # --- lines -----------------------------------------------------------------------------

    def lines(
        self, segments: Iterable[tuple[float, float, float, float]], width: float = HAIRLINE
    ) -> None:
        """Draw straight lines ``(x1, y1, x2, y2)``."""
        self._set_line_width(width)
        self._canvas.lines(
            [(a * MM, self._top - b * MM, c * MM, self._top - d * MM) for a, b, c, d in segments]
        )

    def frame(
        self, left: float, top: float, wide: float, high: float, width: float = FRAME
    ) -> None:
        """Draw an empty rectangle."""
        self._set_line_width(width)
        self._canvas.rect(left * MM, self._top - (top + high) * MM, wide * MM, high * MM)

    def filled(self, boxes: Iterable[tuple[float, float, float, float]]) -> None:
        """Fill rectangles ``(left, top, width, height)`` in black, as one shape."""
        path = self._canvas.beginPath()
        for left, top, wide, high in boxes:
            path.rect(left * MM, self._top - (top + high) * MM, wide * MM, high * MM)
        self._canvas.drawPath(path, stroke=0, fill=1)

    def dashed_circle(self, x: float, y: float, diameter: float) -> None:
        """Draw the dashed circle inside of which a seal is pressed."""
        self._set_line_width(HAIRLINE)
        self._canvas.setDash([4, 3])
        self._canvas.circle(x * MM, self._top - y * MM, diameter * MM / 2)
        self._canvas.setDash([])

    def dotted_line(self, left: float, y: float, right: float) -> None:
        """Draw the dots that lead from a title to its page number."""
        self._set_line_width(HAIRLINE)
        self._canvas.setDash([0.6, 2.4])
        self._canvas.line(left * MM, self._top - y * MM, right * MM, self._top - y * MM)
        self._canvas.setDash([])

    # --- pages -----------------------------------------------------------------------------

    def stamp(self, key: Hashable, draw: Callable[[], None]) -> None:
        """Put the form ``key`` on the page; ``draw`` draws it when it is needed first."""
        if key not in self._forms:
            self._flush()
            name = f"P{len(self._forms)}"
            self._canvas.beginForm(name)
            self._line_width = 0.0
            draw()
            self._flush()
            self._canvas.endForm()
            self._line_width = 0.0
            self._forms[key] = name
        self._canvas.doForm(self._forms[key])

    def outline(self, key: str, title: str, level: int) -> None:
        """List this page under ``title`` among the reader's bookmarks."""
        self._canvas.bookmarkPage(key)
        self._canvas.addOutlineEntry(title, key, level=level, closed=True)

    def end_page(self) -> None:
        """Finish the page, also an empty one."""
        self._flush()
        self._canvas.showPage()
        self._line_width = 0.0
        self.pages += 1

    def finish(self) -> bytes:
        """Return the PDF; the pen can not be used any more."""
        data: bytes = self._canvas.getpdfdata()
        return data

    def _flush(self) -> None:
        if self._text is not None:
            self._canvas.drawText(self._text)
            self._text = None

    def _set_line_width(self, width: float) -> None:
        if width != self._line_width:
            self._canvas.setLineWidth(width)
            self._line_width = width
