"""On what kind of medium a data folder lies: sticks and network shares lose data."""

from enum import StrEnum
from pathlib import Path

import psutil

_SHARE_TYPES = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs", "davfs"}
_STICK_TYPES = {"vfat", "exfat", "msdos"}


class Medium(StrEnum):
    """Where a folder lies."""

    FIXED = "fixed"
    REMOVABLE = "removable"
    SHARE = "share"


def medium_of(folder: Path) -> Medium:
    """Return the kind of medium that holds ``folder`` (which must exist)."""
    real = folder.resolve()
    if str(real).startswith("\\\\"):  # a UNC path has no drive letter to ask about
        return Medium.SHARE
    best: tuple[int, Medium] = (-1, Medium.FIXED)
    for partition in psutil.disk_partitions(all=True):
        mount = Path(partition.mountpoint)
        if real == mount or mount in real.parents:
            depth = len(mount.parts)
            if depth > best[0]:
                best = (depth, _kind(partition.fstype, partition.opts, partition.device))
    return best[1]


def warning_for(medium: Medium) -> str:
    """Return the sentence that warns about a medium, empty for a fixed disk."""
    match medium:
        case Medium.REMOVABLE:
            return "数据文件夹在U盘等可移动设备上，拔出时可能丢失数据，请移到本机硬盘。"
        case Medium.SHARE:
            return "数据文件夹在网络共享上，断网时可能损坏数据，请移到本机硬盘。"
        case _:
            return ""


def _kind(file_system: str, options: str, device: str) -> Medium:
    """Return the kind of a mounted file system; Windows says it in the options."""
    words = set(options.lower().split(","))
    if "remote" in words or file_system.lower() in _SHARE_TYPES:
        return Medium.SHARE
    if "removable" in words or file_system.lower() in _STICK_TYPES:
        return Medium.REMOVABLE
    return Medium.REMOVABLE if _says_removable(device) else Medium.FIXED


def _says_removable(device: str) -> bool:
    """Ask Linux whether the disk under a partition is removable; False where it does not say."""
    name = Path(device).name.rstrip("0123456789")
    flag = Path("/sys/block") / name / "removable"
    try:
        return flag.read_text(encoding="ascii").strip() == "1"
    except OSError:
        return False
