"""Takes the pictures of one look: ``python -m scripts.screens.take LOOK STAGES OUT [WHAT …]``.

WHAT is ``--all`` for what is not kept of this look, too, or the names of walks, if not all.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from desktop.app import speak_chinese
from scripts.screens.camera import Camera
from scripts.screens.looks import ALL, EVERYTHING, LOOKS
from scripts.screens.shots import SHOTS
from scripts.screens.stages import AFTERNOON, september
from scripts.screens.walks import WALKS, Way

_KNOWN = "This plugin does not support propagateSizeHints"


def main(look_name: str, stages: str, out: str, *wishes: str) -> None:
    """Go every walk.

    Raises:
        LookupError: a picture of the table was taken on no walk.
    """
    qInstallMessageHandler(_tell)
    application = QApplication(["screens"])
    speak_chinese(application)
    look = next(one for one in LOOKS if one.folder == look_name)
    camera = Camera(Path(out) / look.folder, ALL if EVERYTHING in wishes else look.of)
    names = [name for name in wishes if name != EVERYTHING]
    way = Way(Path(stages), Path(stages).parent, look)
    for name, walk in WALKS.items():
        if not names or name in names:
            with september(AFTERNOON):
                for shot, widget in walk(way):
                    camera.take(shot, widget)
    left = [shot.name for shot in SHOTS if shot.name not in camera.taken]
    if left and not names:
        raise LookupError(f"no walk comes by {left}")


def _tell(_kind: QtMsgType, _where: QMessageLogContext, message: str) -> None:
    """Tell what Qt says, but for what its platform without a screen says of every window."""
    if _KNOWN not in message:
        sys.stderr.write(f"{message}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
