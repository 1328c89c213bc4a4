"""Folders and ZIPs of photos: which files lie in them, and their bytes, whatever packed them."""

import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from desktop.domain.photos import LARGEST_FILE
from desktop.errors import FileEncrypted, PhotosUnreadable, PictureUnreadable

MOST_FILES: Final = 60_000
_LARGEST_TOTAL: Final = 8 * 2**30
_LARGEST_RATIO: Final = 200
_RATIO_FREE: Final = 2**20
_ENCRYPTED, _UTF_8 = 0x1, 0x800
_JUNK: Final = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini"})
_JUNK_FOLDER: Final = "__MACOSX"


class PhotoSource(Protocol):
    """Where photos lie."""

    @property
    def files(self) -> Sequence[tuple[str, ...]]:
        """The parts of each path."""

    def read(self, file: tuple[str, ...]) -> bytes:
        """Return a file, cut off behind what no photo is longer than; any thread may ask.

        Raises:
            PictureUnreadable: it can not be read.
        """


@contextmanager
def photo_source(path: Path) -> Iterator[PhotoSource]:
    """Open a folder or a ZIP of photos.

    Raises:
        PhotosUnreadable: it is neither, is damaged, or holds more than a school has.
        FileEncrypted: the ZIP has a password.
    """
    if path.is_dir():
        yield _Folder(path)
        return
    try:
        archive = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise PhotosUnreadable(
            f"“{path.name}”不是文件夹，也不是能打开的 ZIP 压缩包。",
            "RAR、7Z 等请先解压到文件夹，再选择那个文件夹；U盘上的请确认已插好。",
        ) from error
    with archive:
        yield _Zip(path.name, archive)


@dataclass(frozen=True, slots=True)
class _Found:
    """Where a file of a folder lies."""

    parts: tuple[str, ...]
    path: Path


class _Folder:
    """A folder and all that lies below it; links are not followed."""

    def __init__(self, path: Path) -> None:
        self._paths = {found.parts: found.path for found in _below(path)}
        self.files = _in_order(self._paths)
        _require_possible(path.name, len(self.files), 0)

    def read(self, file: tuple[str, ...]) -> bytes:
        """Return a file."""
        try:
            with self._paths[file].open("rb") as opened:
                return opened.read(LARGEST_FILE + 1)
        except OSError as error:
            raise PictureUnreadable(
                f"这个文件读不出来：{error.strerror or error}。", "请确认U盘已插好、文件还在原处。"
            ) from error


class _Zip:
    """A ZIP; nothing is unpacked to the disk, and nothing inflated beyond what a photo can be."""

    def __init__(self, name: str, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        members = [info for info in archive.infolist() if not info.is_dir()]
        _require_possible(name, len(members), sum(info.file_size for info in members))
        if any(info.flag_bits & _ENCRYPTED for info in members):
            raise FileEncrypted(
                f"压缩包“{name}”有密码，打不开。", "请先解压到文件夹，再选择那个文件夹。"
            )
        named = zip(_names_of(members), members, strict=True)
        self._members = {parts: info for parts, info in named if _wanted(parts)}
        self.files = _in_order(self._members)

    def read(self, file: tuple[str, ...]) -> bytes:
        """Return a member."""
        info = self._members[file]
        if info.file_size > max(_RATIO_FREE, info.compress_size * _LARGEST_RATIO):
            raise PictureUnreadable(
                "这个文件在压缩包里小得不正常，解开却很大，没有打开。", "请核对压缩包的来源。"
            )
        try:
            with self._archive.open(info) as opened:
                return opened.read(LARGEST_FILE + 1)
        except (OSError, zipfile.BadZipFile, zlib.error, EOFError, ValueError) as error:
            raise PictureUnreadable(
                "这个文件在压缩包里已经损坏。", "请重新压缩一次，或者解压到文件夹再读入。"
            ) from error
        except (NotImplementedError, RuntimeError) as error:
            raise PictureUnreadable(
                "这个文件的压缩方式不常见，打不开。", "请解压到文件夹，再选择那个文件夹。"
            ) from error


def _below(folder: Path) -> Iterator[_Found]:
    """Yield the files below a folder."""
    for place, _folders, names in os.walk(folder):
        above = Path(place).relative_to(folder).parts
        for name in names:
            path = Path(place, name)
            if _wanted((*above, name)) and path.is_file() and not path.is_symlink():
                yield _Found((*above, name), path)


def _names_of(members: Sequence[zipfile.ZipInfo]) -> list[tuple[str, ...]]:
    """Return the paths of members as they were meant.

    Programs of Windows write names in GBK and those of a Mac in UTF-8, both without saying so. A
    GBK name may by chance be possible UTF-8; that all of them are does not happen by chance.
    """
    raw = [
        None if info.flag_bits & _UTF_8 else info.orig_filename.encode("cp437") for info in members
    ]
    encoding = "utf-8" if _all_are_utf_8(filter(None, raw)) else "gb18030"
    names = (
        info.orig_filename if written is None else written.decode(encoding, "replace")
        for info, written in zip(members, raw, strict=True)
    )
    return [tuple(filter(None, name.replace("\\", "/").split("/"))) for name in names]


def _all_are_utf_8(names: Iterable[bytes]) -> bool:
    try:
        for name in names:
            name.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _wanted(parts: Sequence[str]) -> bool:
    """Tell whether somebody put a file there, and not a system."""
    return bool(parts) and not (
        _JUNK_FOLDER in parts
        or parts[-1].lower() in _JUNK
        or any(part.startswith((".", "~$")) and part not in (".", "..") for part in parts)
    )


def _in_order(files: Iterable[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted(files))


def _require_possible(name: str, files: int, size: int) -> None:
    if files > MOST_FILES or size > _LARGEST_TOTAL:
        raise PhotosUnreadable(
            f"“{name}”里有 {files:,} 个文件、{size / 2**30:.1f} GB，多得不像照片，没有打开。",
            "请核对选的是不是照片所在的文件夹；确实这么多的，请分几次读入。",
        )
