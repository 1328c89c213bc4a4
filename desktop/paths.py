"""Where data, logs and resources lie, on every platform, frozen or not."""

import sys
from pathlib import Path

import platformdirs

_APP = "Jice"
STORE_FILE = "jice.db"
"""The database within a data folder."""


def resources_dir() -> Path:
    """Return the folder of fonts, tables and templates, also inside the frozen program."""
    return _root() / "resources"


def guide_dir() -> Path:
    """Return the folder of the user guide, its pictures beside it, also in the frozen program."""
    return _root() / "docs" / "guide"


def _root() -> Path:
    """Return the folder in which this program lies with all that it needs."""
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen) if frozen else Path(__file__).resolve().parent.parent


def default_data_dir() -> Path:
    """Return the platform's folder for this user's data; it need not exist yet."""
    return Path(platformdirs.user_data_dir(_APP, appauthor=False))


def training_data_dir() -> Path:
    """Return the folder of the training school, never that of real data."""
    return Path(platformdirs.user_data_dir(f"{_APP}-Training", appauthor=False))


def log_dir() -> Path:
    """Return the platform's folder for this user's logs; it need not exist yet.

    Never within the data folder, where Windows would have it: that could not change its name
    while the log is open, so the window could not go back to a backup.
    """
    logs = Path(platformdirs.user_log_dir(_APP, appauthor=False))
    data = default_data_dir()
    return data.with_name(f"{data.name}-Logs") if data in logs.parents else logs
