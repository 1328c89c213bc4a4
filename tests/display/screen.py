"""An X server without a monitor, a small window manager, and xdotool for a keyboard."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageChops, ImageGrab

from desktop.paths import resources_dir

_SIZE = "1366x768x24"
_PAUSE, _LOOKS = 0.12, 4
_PATIENCE = 60.0
_CARET = 6  # a blinking cursor is as narrow as this
_PAGE = 150  # what a new page changes is higher than this, what buttons say is not
_KEY_DELAY = "40"


class Screen:
    """One screen with one keyboard, and the program on it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pictures = folder / "pictures"
        self._pictures.mkdir()
        reads, writes = os.pipe()
        command = ["Xvfb", "-displayfd", str(writes), "-screen", "0", _SIZE, "-noreset"]
        self._server = subprocess.Popen(command, pass_fds=[writes], stderr=subprocess.DEVNULL)
        os.close(writes)
        with os.fdopen(reads) as told:
            self._display = f":{told.readline().strip()}"
        self._running = [self._start("openbox")]
        self._wait(lambda: bool(self._ask("get_num_desktops")), "there is no window manager")

    def run(self, *arguments: str) -> "subprocess.Popen[bytes]":
        """Start the program with the arguments of its command line."""
        program = self._start(sys.executable, "-m", "desktop", *arguments)
        self._running.append(program)
        return program

    def switch_off(self) -> None:
        """End whatever still runs, the program first and the server last."""
        for one in (*reversed(self._running), self._server):
            one.terminate()
            one.wait(timeout=20)

    # --- seeing ----------------------------------------------------------------------------------

    def picture(self, name: str = "") -> Image.Image:
        """Return what stands on the screen, kept as a file for people where it has a name."""
        taken = ImageGrab.grab(xdisplay=self._display)
        if name:
            taken.save(self._pictures / f"{name}.png")
        return taken

    def waits_for(self, title: str) -> None:
        """Wait until a window has a title that contains the words, and stands still."""
        self._wait(lambda: title in self._titles(), f"no window is called {title}")
        self.stands_still()

    def stands_still(self) -> None:
        """Wait until nothing on the screen moves but a blinking cursor."""
        looks = [self.picture()]

        def still() -> bool:
            looks.append(self.picture())
            last = looks[-_LOOKS:]
            return len(last) == _LOOKS and all(
                _changed(one, looks[-1])[0] <= _CARET for one in last
            )

        self._wait(still, "the screen never stands still")

    def _titles(self) -> str:
        windows = self._ask("search", "--onlyvisible", "--name", ".").split()
        return "".join(self._ask("getwindowname", window) for window in windows)

    # --- doing -----------------------------------------------------------------------------------

    def presses(self, *keys: str) -> None:
        """Press keys as xdotool calls them: ``ctrl+k``, ``Down``, ``Return``."""
        for key in keys:
            self._ask("key", "--delay", _KEY_DELAY, key)
            self.stands_still()

    def types(self, text: str) -> None:
        """Type letters and digits."""
        self._ask("type", "--delay", _KEY_DELAY, text)
        self.stands_still()

    def turns_the_page(self, *keys: str) -> None:
        """Press keys that bring another page, after whatever work that takes."""
        before = self.picture()
        self.presses(*keys)
        self._wait(lambda: _changed(before, self.picture())[1] > _PAGE, f"{keys} bring nothing new")
        self.stands_still()

    def _ask(self, *words: str) -> str:
        command = ("xdotool", *words)
        answer = subprocess.run(
            command, env=self._environment, capture_output=True, text=True, check=False
        )
        return answer.stdout

    def _start(self, *command: str) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            command, env=self._environment, cwd=resources_dir().parent, stderr=subprocess.DEVNULL
        )

    @property
    def _environment(self) -> dict[str, str]:
        home = str(self._folder)
        return {
            "PATH": os.environ["PATH"],
            "DISPLAY": self._display,
            "QT_QPA_PLATFORM": "xcb",
            "HOME": home,
            "XDG_DATA_HOME": home,
            "LANG": "C.UTF-8",
        }

    @staticmethod
    def _wait(holds: Callable[[], bool], otherwise: str) -> None:
        """Look again and again: there is no signal from a process that is not ours."""
        until = time.monotonic() + _PATIENCE
        while not holds():
            assert time.monotonic() < until, otherwise
            time.sleep(_PAUSE)


def _changed(one: Image.Image, other: Image.Image) -> tuple[int, int]:
    """Return how wide and how high the part is in which two pictures differ."""
    box = ImageChops.difference(one.convert("L"), other.convert("L")).getbbox()
    return (box[2] - box[0], box[3] - box[1]) if box else (0, 0)
