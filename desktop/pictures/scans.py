"""Scans of many pages in one file, PDF or TIFF: each page is a picture by itself."""

from typing import Final, Protocol

from desktop.domain.form_pictures import LARGEST_SCAN
from desktop.errors import ScanUnreadable

_PDF: Final = b"%PDF"
_HEAD: Final = 1024
"""Scanners write a few lines of their own before a PDF; readers look for its mark so far."""
_TIFF: Final = (b"II*\0", b"MM\0*")
_PICTURES: Final = (b"\xff\xd8\xff", b"\x89PNG", *_TIFF)


class Scan(Protocol):
    """A file of pages that is open; any thread may ask."""

    @property
    def pages(self) -> int:
        """How many pages there are."""

    def page(self, number: int) -> bytes:
        """Return a page, the first being 1, as the file of a picture; always the same bytes.

        Raises:
            ScanUnreadable: this page can not be had.
        """

    def close(self) -> None:
        """Let the file go; nothing can be asked any more."""


def is_pdf(data: bytes) -> bool:
    """Tell whether a file says that it is a PDF."""
    return _PDF in data[:_HEAD] and not data.startswith(_PICTURES)


def opened_scan(data: bytes) -> Scan | None:
    """Return a file of pages, None where it is a single picture or anything else.

    Raises:
        ScanUnreadable: it is damaged, has a password, no page or too many, or is too large.
    """
    if not (is_pdf(data) or data.startswith(_TIFF)):
        return None
    if len(data) > LARGEST_SCAN:
        raise ScanUnreadable(
            f"扫描件超过 {LARGEST_SCAN // 2**20} MB，没有打开。",
            "请在扫描仪上选 200 或 300 dpi、灰度，分成几个文件再扫一次。",
        )
    if is_pdf(data):
        from desktop.pictures.pdf_pages import PdfPages  # noqa: PLC0415 - costly, few bring one

        return PdfPages(data)
    from desktop.pictures.tiff_pages import TiffPages  # noqa: PLC0415

    tiff = TiffPages(data)
    return tiff if tiff.pages > 1 else None
