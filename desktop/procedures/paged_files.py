"""A folder, a ZIP or one file of pictures in which scans of many pages are taken page by page."""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePath
from threading import Lock
from typing import TYPE_CHECKING, Final

from desktop.domain.form_pictures import PICTURE_ENDINGS
from desktop.errors import PictureUnreadable
from desktop.interchange.photo_sources import PhotoSource, photo_source
from desktop.procedures.named_files import File, as_page_of, page_of
from desktop.procedures.session import Progress, no_progress

if TYPE_CHECKING:
    from desktop.pictures.scans import Scan

_KEPT_OPEN: Final = 2
"""Scans: threads work on neighbouring pages, and seldom on those of more than two files."""


class PagedSource:
    """Where pictures lie, a scan's pages each as one.

    A scan that can not be opened stays a file; who reads it hears why.
    """

    def __init__(self, source: PhotoSource) -> None:
        self._source = source
        self._single = frozenset(source.files)
        self._open: OrderedDict[File, Scan] = OrderedDict()
        self._lock = Lock()
        self.files: Sequence[File] = source.files
        self.pages: dict[File, int] = {}

    def turn_the_pages(self, progress: Progress = no_progress) -> None:
        """Count the pages of every scan; from now on they stand among ``files``.

        ``pages`` then says how many each scan has.

        Raises:
            Cancelled: the user stopped it.
        """
        found: list[File] = []
        for place, file in enumerate(self._source.files):
            if PurePath(file[-1]).suffix.lower() in PICTURE_ENDINGS:
                found.append(file)
                continue
            progress(place, len(self._source.files))
            count = self._count(file)
            if count:
                self.pages[file] = count
            found += [page_of(file, number + 1) for number in range(count)] or [file]
        self.files = tuple(found)

    def read(self, file: File) -> bytes:
        """Return a picture, or a page as one; any thread may ask.

        Raises:
            PictureUnreadable: it can not be read.
            KeyError: there is none of this name.
        """
        page = None if file in self._single else as_page_of(file)
        if page is None:
            return self._source.read(file)
        with self._lock:
            scan = self._scan(page[0])
            if scan is None or page[1] > scan.pages:
                raise KeyError(file)
            return scan.page(page[1])

    def close(self) -> None:
        """Let all scans go."""
        with self._lock:
            while self._open:
                self._open.popitem()[1].close()

    def _count(self, file: File) -> int:
        """Return how many pages a scan has, 0 where a file is none or can not be opened."""
        try:
            with self._lock:
                scan = self._scan(file)
        except PictureUnreadable:
            return 0
        return scan.pages if scan else 0

    def _scan(self, file: File) -> "Scan | None":
        """Return a scan, opened unless it was lately."""
        from desktop.pictures.scans import opened_scan  # noqa: PLC0415 - costly

        if file in self._open:
            self._open.move_to_end(file)
            return self._open[file]
        scan = opened_scan(self._source.read(file))
        if scan:
            self._open[file] = scan
        while len(self._open) > _KEPT_OPEN:
            self._open.popitem(last=False)[1].close()
        return scan


@contextmanager
def paged_source(path: Path) -> Iterator[PagedSource]:
    """Open a folder, a ZIP or one file of pictures and scans.

    Raises:
        PhotosUnreadable: it is none of them, is damaged, or holds more than a school has.
        FileEncrypted: the ZIP has a password.
    """
    with photo_source(path, scans=True) as source, ExitStack() as stack:
        paged = PagedSource(source)
        stack.callback(paged.close)
        yield paged
