"""Started by test_language.py in a process of its own: says what a translated window shows.

Arguments: a store's folder. Prints the texts of the workbench, of a wizard's step and of a
dialog as JSON, each a list of what stands on the screen.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QListWidget,
    QWidget,
)

from desktop.app import Application, SignIn
from desktop.procedures.school.waiting import WaitingPlace
from desktop.views.frame.jump import Jump
from desktop.views.wizards.first_start.draft import FirstStart
from desktop.views.wizards.first_start.flow import first_start_flow
from desktop.views.wizards.frame import Wizard
from tests.conftest import OPERATOR, PASSPHRASE


def shown(widget: QWidget) -> list[str]:
    """Return every text of a widget and of what stands on it."""
    return [text for one in (widget, *widget.findChildren(QWidget)) for text in _texts(one) if text]


def _texts(one: QWidget) -> Iterator[str]:
    yield one.windowTitle()
    yield one.toolTip()
    yield one.accessibleName()
    if isinstance(one, QLabel | QAbstractButton | QLineEdit):
        yield one.text()
    if isinstance(one, QLineEdit):
        yield one.placeholderText()
    if isinstance(one, QListWidget):
        yield from (one.item(row).text() for row in range(one.count()))


def main(folder: Path, practice: Path) -> None:
    """Start the program, look at three things, and stop."""
    application = QApplication(["jice"])
    program = Application(folder, practice, SignIn(OPERATOR, PASSPHRASE))
    program.start()
    while not (program.window and program.window.shell) or program.runner.running:
        application.processEvents()
    shell = program.window.shell
    wizard = Wizard(
        first_start_flow(program.runner, WaitingPlace()),
        FirstStart(practice, practice),
        program.runner,
    )
    wizard.open()
    dialog = Jump([], program.window)
    application.processEvents()
    said = {"page": shown(shell.page), "step": shown(wizard), "dialog": shown(dialog)}
    sys.stdout.write(json.dumps(said))
    wizard.close()
    dialog.close()
    program.stop()
    program.window.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as empty:
        main(Path(sys.argv[1]), Path(empty))
