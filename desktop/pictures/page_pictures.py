"""A page of a scanned file as the picture that is looked at and kept."""

from io import BytesIO
from typing import Final

from PIL import Image

from desktop.domain.form_pictures import MOST_PAGES
from desktop.errors import ScanUnreadable

_QUALITY: Final = 88


def as_page(image: Image.Image, dpi: int) -> bytes:
    """Return the picture of a page as a file; the same picture gives the same bytes."""
    out = BytesIO()
    image.save(out, "JPEG", quality=_QUALITY, **({"dpi": (dpi, dpi)} if dpi else {}))
    return out.getvalue()


def require_pages(count: int) -> None:
    """Raise unless a file may have so many pages.

    Raises:
        ScanUnreadable: it has none, or more than a college has forms.
    """
    if count < 1:
        raise ScanUnreadable("扫描件里一页也没有。", "请重新扫描或者重新拷贝一次，再读入。")
    if count > MOST_PAGES:
        raise ScanUnreadable(
            f"扫描件有 {count:,} 页，超过 {MOST_PAGES:,} 页，没有打开。",
            "请核对是不是复查表；确实这么多的，请分成几个文件。",
        )


def damaged_scan(kind: str) -> ScanUnreadable:
    """Return what is said of a file that can not be opened; ``kind`` is what it says it is."""
    return ScanUnreadable(
        f"这个 {kind} 已经损坏，或者没有拷贝、下载完整，一页也没有收入。",
        "请从扫描仪上重新拷贝一次；仍打不开的，重新扫描。",
    )


def damaged_page(kind: str, number: int) -> ScanUnreadable:
    """Return what is said of a page that can not be had, the first being 1."""
    return ScanUnreadable(
        f"{kind} 的第 {number} 页已经损坏，打不开。", "请把这一页重新扫描，或者拍成照片收入。"
    )


def huge_page(kind: str, width: int, height: int) -> ScanUnreadable:
    """Return what is said of a page whose picture has more pixels than paper needs."""
    return ScanUnreadable(
        f"{kind} 里有一页的图片太大（{width:,}×{height:,}），没有打开。",
        "请在扫描仪上选 200 或 300 dpi，重新扫描这一页。",
    )
