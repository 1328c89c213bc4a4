"""Folders and ZIPs: which files lie in them, and their bytes, whatever packed them.

Nothing is unpacked to the disk, nothing inflated beyond its limit, no link followed; a path is a
name and never a place.
"""

import os
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Final, Protocol

_LARGEST_RATIO: Final = 200
_RATIO_FREE: Final = 2**20
_ENCRYPTED, _UTF_8 = 0x1, 0x800
_JUNK: Final = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini"})
_JUNK_FOLDER: Final = "__MACOSX"


@dataclass(frozen=True, slots=True)
class Limits:
    """How many files there may be, how large all may be together, and one, in bytes."""

    files: int
    total: int
    single: int


class NotPacked(Exception):
    """It is neither a folder nor a ZIP, or a damaged one."""


class PackedProtected(Exception):
    """The ZIP has a password."""


class TooMuchPacked(Exception):
    """There are more or larger files than the limits allow."""

    def __init__(self, files: int, size: int) -> None:
        super().__init__(files, size)
        self.files = files
        self.size = size


class FileFault(Enum):
    """Why a file can not be had."""

    GONE = auto()
    BOMB = auto()
    DAMAGED = auto()
    METHOD = auto()


class PackedFileRefused(Exception):
    """One file can not be had; ``detail`` is what the system says."""

    def __init__(self, fault: FileFault, detail: str = "") -> None:
        super().__init__(fault, detail)
        self.fault = fault
        self.detail = detail


class PackedFiles(Protocol):
    """Where files lie."""

    @property
    def files(self) -> Sequence[tuple[str, ...]]:
        """The parts of each path."""

    def read(self, file: tuple[str, ...]) -> bytes:
        """Return a file, cut off a byte behind the limit; any thread may ask.

        Raises:
            PackedFileRefused: it can not be read.
        """


@contextmanager
def packed_files(path: Path, limits: Limits, alone: Collection[str] = ()) -> Iterator[PackedFiles]:
    """Open a folder or a ZIP, or a file that stands for itself.

    Args:
        path: where it lies.
        limits: what it may hold.
        alone: the endings, in small letters with their dots, of files that may be opened alone.

    Raises:
        NotPacked, PackedProtected, TooMuchPacked: it is not opened.
    """
    if path.is_dir():
        yield _Folder(_below(path), limits)
        return
    if path.suffix.lower() in alone and path.is_file():
        yield _Folder([_Found((path.name,), path)], limits)
        return
    try:
        archive = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise NotPacked from error
    with archive:
        yield _Zip(archive, limits)


@dataclass(frozen=True, slots=True)
class _Found:
    """Where a file of a folder lies."""

    parts: tuple[str, ...]
    path: Path


class _Folder:
    """A folder and all that lies below it, or one file; links are not followed."""

    def __init__(self, files: Iterable[_Found], limits: Limits) -> None:
        self._paths = {found.parts: found.path for found in files}
        self._limits = limits
        self.files = _in_order(self._paths)
        _require_possible(len(self.files), 0, limits)

    def read(self, file: tuple[str, ...]) -> bytes:
        """Return a file."""
        try:
            with self._paths[file].open("rb") as opened:
                return opened.read(self._limits.single + 1)
        except OSError as error:
            raise PackedFileRefused(FileFault.GONE, str(error.strerror or error)) from error


class _Zip:
    """A ZIP; nothing is unpacked to the disk, and nothing inflated beyond what a file can be."""

    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        self._archive = archive
        self._limits = limits
        members = [info for info in archive.infolist() if not info.is_dir()]
        _require_possible(len(members), sum(info.file_size for info in members), limits)
        if any(info.flag_bits & _ENCRYPTED for info in members):
            raise PackedProtected
        named = zip(_names_of(members), members, strict=True)
        self._members = {parts: info for parts, info in named if _wanted(parts)}
        self.files = _in_order(self._members)

    def read(self, file: tuple[str, ...]) -> bytes:
        """Return a member."""
        info = self._members[file]
        if info.file_size > max(_RATIO_FREE, info.compress_size * _LARGEST_RATIO):
            raise PackedFileRefused(FileFault.BOMB)
        try:
            with self._archive.open(info) as opened:
                return opened.read(self._limits.single + 1)
        except (OSError, zipfile.BadZipFile, zlib.error, EOFError, ValueError) as error:
            raise PackedFileRefused(FileFault.DAMAGED) from error
        except (NotImplementedError, RuntimeError) as error:
            raise PackedFileRefused(FileFault.METHOD) from error


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


def _require_possible(files: int, size: int, limits: Limits) -> None:
    if files > limits.files or size > limits.total:
        raise TooMuchPacked(files, size)
