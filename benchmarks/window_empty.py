"""A window with nothing in it, the floor of starting: ``python -m benchmarks.window_empty``."""

import json
import os
import time

import psutil
from PySide6.QtWidgets import QApplication, QMainWindow


def main() -> None:
    """Show the window, and say when it was there and how much memory it took."""
    application = QApplication(["benchmark"])
    window = QMainWindow()
    window.resize(1280, 720)
    window.show()
    window.repaint()
    application.processEvents()
    megabytes = psutil.Process().memory_info().rss / 1e6
    print(json.dumps({"ready": time.monotonic(), "megabytes": megabytes}), flush=True)
    os._exit(0)  # how long Python takes to clean up is not what is measured


if __name__ == "__main__":
    main()
