"""Folders and ZIPs of photos: which files lie in them, and their bytes, whatever packed them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from desktop.domain.form_pictures import LARGEST_SCAN, PICTURE_ENDINGS, SCAN_ENDINGS
from desktop.domain.photos import LARGEST_FILE
from desktop.errors import FileEncrypted, PhotosUnreadable, PictureUnreadable
from desktop.interchange.packed_files import (
    FileFault,
    Limits,
    NotPacked,
    PackedFileRefused,
    PackedFiles,
    PackedProtected,
    TooMuchPacked,
    packed_files,
)

MOST_FILES: Final = 60_000
_LARGEST_TOTAL: Final = 8 * 2**30
_SENTENCES: Final[Mapping[FileFault, tuple[str, str]]] = {
    FileFault.GONE: ("这个文件读不出来：{detail}。", "请确认U盘已插好、文件还在原处。"),
    FileFault.BOMB: (
        "这个文件在压缩包里小得不正常，解开却很大，没有打开。",
        "请核对压缩包的来源。",
    ),
    FileFault.DAMAGED: (
        "这个文件在压缩包里已经损坏。",
        "请重新压缩一次，或者解压到文件夹再读入。",
    ),
    FileFault.METHOD: (
        "这个文件的压缩方式不常见，打不开。",
        "请解压到文件夹，再选择那个文件夹。",
    ),
}


class PhotoSource:
    """Where photos lie."""

    def __init__(self, packed: PackedFiles) -> None:
        self._packed = packed

    @property
    def files(self) -> Sequence[tuple[str, ...]]:
        """The parts of each path."""
        return self._packed.files

    def read(self, file: tuple[str, ...]) -> bytes:
        """Return a file, cut off behind what no photo is longer than; any thread may ask.

        Raises:
            PictureUnreadable: it can not be read.
        """
        try:
            return self._packed.read(file)
        except PackedFileRefused as error:
            what, todo = _SENTENCES[error.fault]
            raise PictureUnreadable(what.format(detail=error.detail), todo) from error


@contextmanager
def photo_source(path: Path, *, scans: bool = False) -> Iterator[PhotoSource]:
    """Open a folder or a ZIP of photos.

    Args:
        path: where it lies.
        scans: files of many pages may be among them, and one file may be opened alone.

    Raises:
        PhotosUnreadable: it is neither, is damaged, or holds more than a school has.
        FileEncrypted: the ZIP has a password.
    """
    single = LARGEST_SCAN if scans else LARGEST_FILE
    limits = Limits(files=MOST_FILES, total=_LARGEST_TOTAL, single=single)
    alone = SCAN_ENDINGS | PICTURE_ENDINGS if scans else frozenset[str]()
    try:
        with packed_files(path, limits, alone) as packed:
            yield PhotoSource(packed)
    except NotPacked as error:
        raise PhotosUnreadable(
            f"“{path.name}”不是文件夹，也不是能打开的 ZIP 压缩包。",
            "RAR、7Z 等请先解压到文件夹，再选择那个文件夹；U盘上的请确认已插好。",
        ) from error
    except PackedProtected as error:
        raise FileEncrypted(
            f"压缩包“{path.name}”有密码，打不开。", "请先解压到文件夹，再选择那个文件夹。"
        ) from error
    except TooMuchPacked as error:
        raise PhotosUnreadable(
            f"“{path.name}”里有 {error.files:,} 个文件、{error.size / 2**30:.1f} GB，"
            "多得不像照片，没有打开。",
            "请核对选的是不是照片所在的文件夹；确实这么多的，请分几次读入。",
        ) from error
