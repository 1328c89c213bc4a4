"""The scans and photos that a person attaches: read, and kept beside the store."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import FileUnreadable
from desktop.procedures.session import Session
from desktop.store import documents
from desktop.store.store import UnitOfWork

_LARGEST = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file that proves something: a scan, a photo, a letter."""

    name: str
    data: bytes


def read_evidence(paths: Sequence[str]) -> tuple[Evidence, ...]:
    """Return the files that are to prove something.

    Raises:
        FileUnreadable: a file is gone, empty, or larger than 20 MB.
    """
    return tuple(_read(Path(path)) for path in paths)


def keep_evidence(
    session: Session, unit: UnitOfWork, evidence: Sequence[Evidence]
) -> tuple[str, ...]:
    """Keep evidence beside the store and return its SHA-256 values."""
    kept = []
    for item in evidence:
        sha256 = session.store.attachments.put(item.data)
        documents.keep_attachment(
            unit.connection, sha256, item.name, len(item.data), session.now_text()
        )
        kept.append(sha256)
    return tuple(kept)


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
