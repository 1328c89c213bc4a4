"""Plays the demo and takes every picture: ``python -m scripts.screens [OUT] [--all] [LOOK …]``.

Each look has a process of its own, for the screen of Qt's platform without one is what it is told
at the start. Without arguments, all looks are taken into ``docs/screens``.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from scripts.screens.index import write_index
from scripts.screens.looks import EVERYTHING, LOOKS, Look
from scripts.screens.stages import play_all

_OUT = Path(__file__).resolve().parent.parent.parent / "docs" / "screens"
_PLACE = Path(tempfile.gettempdir()) / "籍册"  # seen in pictures, so always the same


def main(arguments: list[str]) -> None:
    """Play, take, and write the index."""
    out = Path(arguments[0]) if arguments else _OUT
    everything = [EVERYTHING] if EVERYTHING in arguments else []
    wanted = {*arguments[1:]} - {EVERYTHING} or {look.folder for look in LOOKS}
    stages = _PLACE / "stages"
    _PLACE.mkdir()  # two at once would photograph one another
    try:
        play_all(stages)
        for look in LOOKS:
            if look.folder in wanted:
                shutil.rmtree(out / look.folder, ignore_errors=True)
                _take(look, stages, out, *everything)
    finally:
        shutil.rmtree(_PLACE)
    write_index(out)


def _take(look: Look, stages: Path, out: Path, *wishes: str) -> None:
    given = (look.folder, str(stages), str(out), *wishes)
    command = [sys.executable, "-m", "scripts.screens.take", *given]
    with tempfile.TemporaryDirectory() as kept:  # Qt reads this path as ASCII alone
        screen = Path(kept) / "screen.json"
        look.write_screen(screen)
        platform = {"QT_QPA_PLATFORM": f"offscreen:configfile={screen}", "TZ": "Asia/Shanghai"}
        subprocess.run(command, env=os.environ | platform, check=True)  # noqa: S603 - ourselves


if __name__ == "__main__":
    main(sys.argv[1:])
