"""Reading the scans and photos that a person attaches."""

from collections.abc import Sequence
from pathlib import Path

from desktop.errors import FileUnreadable
from desktop.procedures.recording import Evidence

_LARGEST = 20 * 1024 * 1024


def read_evidence(paths: Sequence[str]) -> tuple[Evidence, ...]:
    """Return the files that are to prove something.

    Raises:
        FileUnreadable: a file is gone, empty, or larger than 20 MB.
    """
    return tuple(_read(Path(path)) for path in paths)


def _read(path: Path) -> Evidence:
    try:
        size = path.stat().st_size
        if not 0 < size <= _LARGEST:
            how = "是空的" if not size else f"有 {size / 1024 / 1024:.0f} MB，超过 20 MB"
            raise FileUnreadable(
                f"“{path.name}”{how}，没有附上。", "请换一个文件，或者用较低的分辨率重新扫描。"
            )
        return Evidence(path.name, path.read_bytes())
    except OSError as error:
        raise FileUnreadable(
            f"“{path.name}”无法打开：{error.strerror or error}。",
            "请确认U盘已插好、文件还在原处，再试一次。",
        ) from error
