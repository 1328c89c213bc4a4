"""The only place where the program opens dialogs of the system; tests replace these functions."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from desktop.views.language import tr


def ask_for_file(
    parent: QWidget, title: str, kinds: str, then: Callable[[Path], None], start: str = ""
) -> None:
    """Let the user choose one existing file, such as ``"加入批复 (*.jiceanswer)"``."""
    dialog = QFileDialog(parent, title, start, kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    _open(dialog, then)


def ask_for_files(
    parent: QWidget, title: str, kinds: str, then: Callable[[list[Path]], None]
) -> None:
    """Let the user choose one or more existing files."""
    dialog = QFileDialog(parent, title, "", kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda names: then([Path(name) for name in names]))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def ask_for_folder(parent: QWidget, title: str, then: Callable[[Path], None]) -> None:
    """Let the user choose a folder, such as a stick."""
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    _open(dialog, then)


def ask_yes(parent: QWidget, question: str, verb: str, then: Callable[[], None]) -> None:
    """Ask before something that can not be undone; the question says the number and the name."""
    box = QMessageBox(QMessageBox.Icon.Question, tr("请确认"), question, parent=parent)
    box.addButton(verb, QMessageBox.ButtonRole.AcceptRole)
    keep = box.addButton(tr("不做改动"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(keep)
    box.setEscapeButton(keep)
    box.accepted.connect(then)
    box.finished.connect(box.deleteLater)
    box.open()


def show_in_viewer(path: Path) -> None:
    """Let the system open a file or folder in the program that is meant for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _open(dialog: QFileDialog, then: Callable[[Path], None]) -> None:
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
