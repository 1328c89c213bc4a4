"""The looks in which pictures are taken: screen, colours, text size, and of what.

Not everything is kept in every look, for a repository is no place for many megabytes; ``--all``
takes it to be looked at.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from desktop.views.look.appearance import Scheme
from scripts.screens.shots import SHOTS, Shot

EVERYTHING: Final = "--all"
_TASKBAR = 40  # pixels of a screen that no window gets


@dataclass(frozen=True, slots=True)
class Look:
    """One look; ``folder`` is where its pictures lie, ``of`` whose pictures are taken."""

    folder: str
    title: str
    size: tuple[int, int]
    scheme: Scheme
    factor: float
    of: frozenset[str]

    def write_screen(self, path: Path) -> None:
        """Describe the screen for Qt's platform without one, so that dialogs fit it."""
        width, height = self.size
        screen = {
            "name": self.folder,
            "x": 0,
            "y": 0,
            "width": width,
            "height": height - _TASKBAR,
            "logicalDpi": 96,
            "logicalBaseDpi": 96,
            "dpr": 1,
        }
        path.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")


def _kind(shot: Shot) -> str:
    return shot.covers.split()[0]


ALL: Final = frozenset(shot.name for shot in SHOTS)
_EMPTY: Final = (
    *("-empty", "admissions-"),  # windows with hardly anything in them
    *("finance-documents", "finance-exchange", "finance-settings", "finance-help"),  # as elsewhere
)
_FILLED: Final = frozenset(name for name in ALL if not any(part in name for part in _EMPTY))
_EACH_PAGE_ONCE: Final = frozenset(
    name for name in _FILLED if name.startswith(("registrar-", "college-"))
)
_NO_STEPS: Final = _FILLED & {shot.name for shot in SHOTS if _kind(shot) != "step"}
LARGE: Final = frozenset(
    {
        "registrar-workbench",
        "registrar-students",
        "registrar-documents",
        "registration-waiting",
        "decisions-disagreements",
        "merge-plan",
        "college-signing",
        "college-recording",
    }
)
SMALL, WIDE = (1366, 768), (1920, 1080)
LOOKS: Final = (
    Look("1366", "浅色", SMALL, Scheme.LIGHT, 1.0, ALL),
    Look("1366-dark", "深色", SMALL, Scheme.DARK, 1.0, _NO_STEPS),
    Look("1366-double", "文字放大一倍", SMALL, Scheme.LIGHT, 2.0, _FILLED),
    Look("1366-double-dark", "文字放大一倍，深色", SMALL, Scheme.DARK, 2.0, _EACH_PAGE_ONCE),
    Look("1920", "大屏幕", WIDE, Scheme.LIGHT, 1.0, LARGE),
)
