"""Files that are written whole or not at all.

Sticks are pulled and disks fill up. So a file is written under a temporary name beside its target,
flushed to the medium, read back and compared, and only then given its name.
"""

import contextlib
import errno
import hashlib
import os
import re
import secrets
from pathlib import Path

from desktop.errors import (
    FileNotWritten,
    TargetFull,
    TargetInUse,
    TargetMissing,
    TargetReadOnly,
    UserError,
)

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_RESERVED = {"CON", "PRN", "AUX", "NUL"} | {f"{p}{n}" for p in ("COM", "LPT") for n in range(10)}
_LONGEST_NAME = 180  # bytes; 255 is Linux's limit, and a temporary name is longer
_LONGEST_ENDING = 8
_WINDOWS_SHARING = {32, 33}  # ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
_WINDOWS_DENIED = 5  # ERROR_ACCESS_DENIED: also what replacing an open file gives


def write_durably(path: Path, data: bytes) -> str:
    """Write ``data`` to ``path`` whole or not at all, and return its SHA-256 in hex.

    Raises:
        TargetMissing, TargetFull, TargetReadOnly, TargetInUse, FileNotWritten: nothing is left
            behind, and a file that stood there before still stands there unchanged.
    """
    digest = hashlib.sha256(data).hexdigest()
    temporary = path.with_name(f".{path.name[:40]}.{secrets.token_hex(4)}.part")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if hashlib.sha256(temporary.read_bytes()).hexdigest() != digest:
            raise FileNotWritten(
                f"写入“{path.name}”后读回核对不一致，存储设备可能已经损坏。",
                "请换一个U盘或文件夹，再导出一次。",
            )
        temporary.replace(path)
        _flush_folder(path.parent)
    except OSError as error:
        raise explain_write_error(path, error) from error
    finally:
        with contextlib.suppress(OSError):  # the stick may be gone, and the fragment with it
            temporary.unlink(missing_ok=True)
    return digest


def rename_durably(source: Path, target: Path) -> None:
    """Give a whole file its name; it keeps it when the power fails right afterwards.

    Raises:
        OSError: it has the name that it had.
    """
    source.replace(target)
    _flush_folder(target.parent)


def safe_name(name: str) -> str:
    """Return ``name`` as a file name that Windows, Linux and FAT sticks all accept."""
    stem, dot, ending = _FORBIDDEN.sub("_", name).strip(" .").rpartition(".")
    if not stem or len(ending) > _LONGEST_ENDING:
        stem, dot, ending = f"{stem}{dot}{ending}", "", ""
    # Linux counts bytes, Windows letters; the ending says what the file is and stays
    room = _LONGEST_NAME - len(f"{dot}{ending}".encode())
    stem = stem.encode("utf-8", "replace")[:room].decode("utf-8", "ignore").strip(" .")
    cleaned = f"{stem}{dot}{ending}" if stem else ending
    if not cleaned or cleaned.split(".")[0].upper() in _RESERVED:
        cleaned = f"_{cleaned}"
    return cleaned


def explain_write_error(path: Path, error: OSError) -> UserError:
    """Return the sentence for what the system says of a failed write to ``path``."""
    place = str(path.parent)
    windows = getattr(error, "winerror", None)
    in_use = windows in _WINDOWS_SHARING or (windows == _WINDOWS_DENIED and path.exists())
    if in_use or error.errno == errno.EBUSY:
        return TargetInUse(
            f"“{path.name}”正被另一个程序打开，没有写入。",
            "请关闭打开它的程序（例如WPS、Excel或PDF阅读器），再试一次。",
        )
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return TargetFull(
            f"“{place}”的空间不够，“{path.name}”没有写入。",
            "请腾出空间或换一个U盘，再试一次。",
        )
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return TargetReadOnly(
            f"“{place}”不能写入，可能打开了写保护，或者没有权限。",
            "请关闭U盘的写保护开关，或换一个文件夹，再试一次。",
        )
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO, errno.EIO):
        return TargetMissing(
            f"找不到“{place}”，U盘可能没有插好或已经拔出。",
            "请插好U盘，确认文件夹还在，再试一次。",
        )
    return FileNotWritten(
        f"“{path.name}”没有写入：{error.strerror or error}。",
        "请换一个文件夹再试；仍然不行时，请把这段文字告诉技术人员。",
    )


def _flush_folder(folder: Path) -> None:
    """Make the rename itself durable where the system can (Windows does so by itself)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:  # some stick file systems have no folders to flush
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)
