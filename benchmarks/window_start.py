"""One start of the program: ``python -m benchmarks.window_start FOLDER WHO WORD SECONDS``.

It imports what the program does and nothing else, so that nothing else is measured. SECONDS is how
long the person types who signs in, 0 for a passphrase that is there at once.
"""

import sys
import time
from pathlib import Path

from desktop.garbage import loading


def main(folder: str, operator: str, passphrase: str, seconds: str) -> None:
    """Start the program on a data folder, sign in, and wait for the board."""
    with loading():  # as the command line does
        from benchmarks.window_process import chinese_application, end, start, tell

    application = chinese_application()
    program, asked, answered = start(Path(folder), operator, passphrase, float(seconds))
    tell(asked=asked, answered=answered, ready=time.monotonic())
    program.stop()
    del application  # held until here
    end()


if __name__ == "__main__":
    main(*sys.argv[1:])
