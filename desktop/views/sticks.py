"""The sticks that are plugged in: their names and how much room is left."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStorageInfo

from desktop.procedures.places import is_carried
from desktop.views.language import tr

_KILO = 1024
_SYSTEM = {"System Volume Information", "LOST.DIR", "lost+found"}
_UNITS = (tr("字节"), "KB", "MB", "GB", "TB")


@dataclass(frozen=True, slots=True)
class Stick:
    """A removable drive; ``name`` is what people call it, ``free`` in bytes."""

    folder: Path
    name: str
    free: int
    read_only: bool

    @property
    def words(self) -> str:
        """Name, place and room: “KINGSTON（E:/），可用 3.2 GB”."""
        room = (
            tr("有写保护，不能写入")
            if self.read_only
            else tr("可用 {size_text}", size_text=size_text(self.free))
        )
        return f"{self.name}（{self.folder}），{room}"


def sticks() -> tuple[Stick, ...]:
    """Return the removable drives that are ready now."""
    found = []
    for volume in QStorageInfo.mountedVolumes():
        folder = Path(volume.rootPath())
        if volume.isValid() and volume.isReady() and is_carried(folder):
            name = volume.name() or folder.name or tr("U盘")
            found.append(Stick(folder, name, volume.bytesAvailable(), volume.isReadOnly()))
    return tuple(sorted(found, key=lambda stick: str(stick.folder)))


def files_on(stick: Stick, pattern: str) -> list[Path]:
    """Return the files at the top of a stick and in its folders; what is pulled just now has none.

    Deeper lies what nobody handed over a moment ago, and large sticks take long to walk.
    """
    try:
        folders = [stick.folder, *(f for f in stick.folder.iterdir() if _is_own(f))]
        return sorted(path for folder in folders for path in folder.glob(pattern))
    except OSError:
        return []


def _is_own(folder: Path) -> bool:
    """Tell whether a folder was made by people, not by a system for itself."""
    return folder.is_dir() and folder.name[:1] not in {".", "$"} and folder.name not in _SYSTEM


def size_text(size: int) -> str:
    """Return a number of bytes as people say it."""
    amount, unit = float(size), 0
    while amount >= _KILO and unit < len(_UNITS) - 1:
        amount, unit = amount / _KILO, unit + 1
    return f"{amount:.0f} {_UNITS[unit]}" if unit < 2 else f"{amount:.1f} {_UNITS[unit]}"  # noqa: PLR2004
