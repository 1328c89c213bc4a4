"""The pages of a PDF as pictures, drawn by PDFium in bounded time and memory.

Whatever size a page declares, it is drawn so large as a kept picture is, and never larger than
what was scanned. PDFium knows no threads: everything that asks it holds one lock, and nothing of
it is left to the garbage collector, which might ask from anywhere.
"""

import ctypes
import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Any, Final

import pypdfium2
from PIL import Image
from pypdfium2 import raw

from desktop.domain.form_pictures import LONGER_SIDE_KEPT
from desktop.errors import ScanUnreadable
from desktop.pictures.emptiness import is_blank
from desktop.pictures.page_pictures import (
    as_page,
    damaged_page,
    damaged_scan,
    huge_page,
    require_pages,
)

_LOCK: Final = Lock()
_KIND: Final = "PDF"
_END: Final = b"%%EOF"
_TAIL: Final = 2048
"""Behind the mark of its end, a PDF may have so many bytes of something else."""
_MOST_SECONDS: Final = 20.0
_MOST_PIXELS: Final = 250_000_000
"""Of one picture on a page; A3 at 600 dpi has 70 million, A4 at 1,200 dpi 140."""
_POINTS: Final = 72
_COVERS: Final = 0.5
_NEVER_SMALLER: Final = 0.1
_GREYS: Final = frozenset({raw.FPDF_COLORSPACE_DEVICEGRAY, raw.FPDF_COLORSPACE_CALGRAY})
_ON_FAILURE: Final = (
    *(pypdfium2.PdfiumError, ctypes.ArgumentError, OSError, ValueError, ArithmeticError),
    *(MemoryError, IndexError),
)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is known of a page before it is drawn.

    Attributes:
        scale: pixels a point.
        grey: whether nothing on it has a colour.
        images: the pictures on it.
    """

    scale: float
    grey: bool
    images: tuple[Any, ...]


class PdfPages:
    """A PDF that is open."""

    def __init__(self, data: bytes) -> None:
        """Open a PDF.

        Raises:
            ScanUnreadable: it can not be opened.
        """
        if _END not in data.rstrip(b"\0 \r\n\t")[-_TAIL:]:
            raise damaged_scan(_KIND)
        with _LOCK:
            self._document: Any = _opened(data)
            self._pages = len(self._document)
        try:
            require_pages(self._pages)
        except ScanUnreadable:
            self.close()
            raise

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return self._pages

    def page(self, number: int) -> bytes:
        """Return a page as a JPEG.

        Raises:
            ScanUnreadable: this page can not be drawn, or takes too long.
        """
        with _LOCK, _explained(number):
            page = self._document[number - 1]
            try:
                facts = _facts(page)
                image = _drawn(page, facts)
                if facts.images and is_blank(image):
                    _require_decoded(facts.images)
            finally:
                page.close()
        return as_page(image, round(facts.scale * _POINTS))

    def close(self) -> None:
        """Let the file go."""
        with _LOCK:
            self._document.close()


def _opened(data: bytes) -> Any:  # noqa: ANN401 - the library has no types
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise ScanUnreadable(
                "这个 PDF 有密码，打不开。", "请在扫描仪上取消密码，或者另存为没有密码的 PDF。"
            ) from error
        raise damaged_scan(_KIND) from error


@contextmanager
def _explained(number: int) -> Iterator[None]:
    """Let whatever the library says of a page be ``ScanUnreadable``."""
    try:
        yield
    except _ON_FAILURE as error:
        raise damaged_page(_KIND, number) from error


def _facts(page: Any) -> _Facts:  # noqa: ANN401
    """Look at what stands on a page, and find how large it is drawn."""
    width, height = page.get_size()
    if not (0 < width < math.inf and 0 < height < math.inf):
        raise ValueError("a page without a size")
    objects = list(page.get_objects())
    images = tuple(one for one in objects if one.type == raw.FPDF_PAGEOBJ_IMAGE)
    most = LONGER_SIDE_KEPT / max(width, height)
    scanned = [_scanned_at(one, width * height) for one in images]
    scale = max(min(most, max(scanned)), most * _NEVER_SMALLER) if any(scanned) else most
    grey = len(images) == len(objects) > 0 and all(map(_is_grey, images))
    return _Facts(scale, grey, images)


def _scanned_at(image: Any, area: float) -> float:  # noqa: ANN401
    """Return how many pixels a point has where a picture is the page, 0 where it is a part."""
    across, down = image.get_px_size()
    if across * down > _MOST_PIXELS:
        raise huge_page(_KIND, across, down)
    left, bottom, right, top = image.get_bounds()
    wide, high = right - left, top - bottom
    if not (wide > 0 and high > 0 and wide * high >= area * _COVERS):
        return 0.0
    return float(max(across, down) / max(wide, high))


def _is_grey(image: Any) -> bool:  # noqa: ANN401
    """Tell whether a picture has no colour; a mask of black and white has none."""
    about = image.get_metadata()
    return about.colorspace in _GREYS or about.bits_per_pixel == 1


def _drawn(page: Any, facts: _Facts) -> Image.Image:  # noqa: ANN401
    """Return a page as a picture on white.

    Raises:
        ScanUnreadable: it takes too long.
    """
    width, height = (max(round(side * facts.scale), 1) for side in page.get_size())
    kind = raw.FPDFBitmap_Gray if facts.grey else raw.FPDFBitmap_BGR
    bitmap = pypdfium2.PdfBitmap.new_native(width, height, kind, rev_byteorder=not facts.grey)
    try:
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
        flags = raw.FPDF_ANNOT | (raw.FPDF_GRAYSCALE if facts.grey else 0)
        flags |= 0 if facts.grey else raw.FPDF_REVERSE_BYTE_ORDER
        _draw_in_time(page, bitmap, (width, height), flags)
        drawn: Image.Image = bitmap.to_pil().copy()
        return drawn
    finally:
        bitmap.close()


def _draw_in_time(page: Any, bitmap: Any, size: tuple[int, int], flags: int) -> None:  # noqa: ANN401
    until = monotonic() + _MOST_SECONDS
    pause = raw.IFSDK_PAUSE()
    pause.version = 1
    asks = type(pause.NeedToPauseNow)(lambda _pause: monotonic() > until)
    pause.NeedToPauseNow = asks
    status = raw.FPDF_RenderPageBitmap_Start(bitmap, page, 0, 0, *size, 0, flags, pause)
    raw.FPDF_RenderPage_Close(page)
    if status == raw.FPDF_RENDER_TOBECONTINUED:
        raise ScanUnreadable(
            f"PDF 里有一页画了 {_MOST_SECONDS:.0f} 秒还没有画完，没有收入。",
            "请把这一页重新扫描，或者拍成照片收入。",
        )
    if status != raw.FPDF_RENDER_DONE:
        raise ValueError("the page was not drawn")


def _require_decoded(images: tuple[Any, ...]) -> None:
    """Raise where a page is white because its picture is damaged, not because it is empty.

    Raises:
        PdfiumError: a picture on it can not be decoded.
    """
    for image in images:
        bitmap = raw.FPDFImageObj_GetBitmap(image)
        if not bitmap:
            raise pypdfium2.PdfiumError("a picture that can not be decoded")
        raw.FPDFBitmap_Destroy(bitmap)
