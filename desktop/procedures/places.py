"""Where files can go: whether a folder lies on something that is carried about."""

from pathlib import Path

from desktop.store.medium import Medium, medium_of


def is_carried(folder: Path) -> bool:
    """Tell whether a folder lies on a stick or another removable medium."""
    return folder.exists() and medium_of(folder) is Medium.REMOVABLE
