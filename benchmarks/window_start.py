"""One start of the program, up to the board: ``python -m benchmarks.window_start FOLDER WHO WORD``.

It imports what the program does and nothing else, so that nothing else is measured.
"""

import sys
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication

from benchmarks.window_process import end, megabytes, start, tell
from desktop.app import speak_chinese


def main(folder: str, operator: str, passphrase: str) -> None:
    """Start the program on a data folder, sign in at once, and wait for the board."""
    application = QApplication(["benchmark"])
    speak_chinese(application)
    program, asked = start(Path(folder), operator, passphrase)
    tell(asked=asked, ready=time.monotonic(), megabytes=megabytes())
    program.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
    end()
