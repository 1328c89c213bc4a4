"""Where this seat backs up to, and whether at closing: remembered on this PC."""

from pathlib import Path

from desktop.views.memory import Memory

_FOLDER, _AT_CLOSING = "backup/folder", "backup/at_closing"


def backup_folder(memory: Memory) -> Path | None:
    """Return the chosen folder; it may be gone, such as a stick."""
    text = memory.text(_FOLDER)
    return Path(text) if text else None


def wants_backup_at_closing(memory: Memory) -> bool:
    """Tell whether closing the window backs up: yes, unless somebody said no."""
    return memory.text(_AT_CLOSING, "yes") == "yes"


def keep_backup_choice(memory: Memory, folder: Path | None, *, at_closing: bool) -> None:
    """Remember a choice."""
    memory.keep(_FOLDER, str(folder) if folder else "")
    memory.keep(_AT_CLOSING, "yes" if at_closing else "no")
