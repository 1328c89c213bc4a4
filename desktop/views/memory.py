"""What the window remembers for this user at this seat; never part of the store."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

_FILE = "window.ini"
REMEMBERED_ROUND = "round"
"""The round that was looked at last, on whatever page."""


class Memory:
    """Small facts by name, kept in an ini file: sizes, columns, filters, the text size."""

    def __init__(self, folder: Path) -> None:
        self._settings = QSettings(str(folder / _FILE), QSettings.Format.IniFormat)

    def text(self, name: str, default: str = "") -> str:
        """Return a remembered text."""
        return str(self._settings.value(name, default))

    def number(self, name: str, default: float) -> float:
        """Return a remembered number; what is none counts as the default."""
        try:
            return float(self.text(name, str(default)))
        except ValueError:
            return default

    def state(self, name: str) -> QByteArray:
        """Return a remembered state of a window or header, empty when there is none."""
        return QByteArray.fromBase64(self.text(name).encode())

    def keep(self, name: str, value: str | float | QByteArray) -> None:
        """Remember something."""
        if isinstance(value, QByteArray):
            value = bytes(value.toBase64().data()).decode()
        self._settings.setValue(name, str(value))

    def save(self) -> None:
        """Write everything to the file now."""
        self._settings.sync()
