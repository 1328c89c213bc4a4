"""One start of the program, up to the board: ``python -m benchmarks.window_start FOLDER WHO WORD``.

It imports what the program does and nothing else, so that nothing else is measured.
"""

import sys
import time
from pathlib import Path

from desktop.garbage import loading


def main(folder: str, operator: str, passphrase: str) -> None:
    """Start the program on a data folder, sign in at once, and wait for the board."""
    with loading():  # as the command line does
        from desktop.views.opening_sign import show_opening_sign

        sign = show_opening_sign(Path(folder))
        signed = time.monotonic()
        from benchmarks.window_process import chinese_application, end, start, tell

    application = chinese_application()
    program, asked = start(Path(folder), operator, passphrase)
    tell(sign=signed, asked=asked, ready=time.monotonic())
    program.stop()
    del sign, application  # held until here
    end()


if __name__ == "__main__":
    main(*sys.argv[1:])
