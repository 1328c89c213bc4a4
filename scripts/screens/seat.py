"""One office's PC: the real program on a data folder, used as a person would use it."""

from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget

from desktop.app import Application
from desktop.procedures.session import Session
from desktop.views.frame.shell import Shell
from desktop.views.frame.window import MainWindow
from desktop.views.look.appearance import current_appearance
from desktop.views.pages.page import Page
from desktop.views.wizards.frame import Wizard
from scripts.screens.looks import Look
from scripts.screens.waiting import until

P = TypeVar("P", bound=Page)
D = TypeVar("D", bound=QDialog)
CHOSEN = "lajiao qiaoliang yusan heban"  # as people are to choose one
PASSPHRASE = "demo"  # noqa: S105 - the demo's people are not real


class Seat:
    """The program of one seat, from its start to its end."""

    def __init__(self, folder: Path, look: Look) -> None:
        self._look = look
        self.program = Application(folder, folder.parent / "练习")
        self.program.start()
        current_appearance().choose(look.scheme, look.factor)
        self.settle()

    @property
    def window(self) -> MainWindow:
        """The main window, in the size of the look's screen."""
        window = self.program.window
        if window is None:
            raise LookupError("there is no window yet")
        if (window.width(), window.height()) != self._look.size:
            window.resize(*self._look.size)
        return window

    @property
    def shell(self) -> Shell:
        """What stands around the pages."""
        shell = self.window.shell
        if shell is None:
            raise LookupError("nobody is signed in")
        return shell

    @property
    def session(self) -> Session:
        """The session, for what other offices would do meanwhile; only while nothing runs."""
        return self.shell.desk._speaker()  # noqa: SLF001

    def sign_in(self, passphrase: str = PASSPHRASE) -> None:
        """Sign in as the only person there is, or the first."""
        self.window.sign_in.passphrase.setText(passphrase)
        press(self.window.sign_in, "登录")
        self.settle()

    def open(self, kind: type[P], argument: str = "") -> P:
        """Open a page, and wait until it shows what it has read."""
        self.shell.open(kind.CARD.id, argument)
        self.settle()
        page = self.shell.page
        if not isinstance(page, kind):
            raise TypeError(f"{kind.CARD.id} did not open")
        return page

    @property
    def wizard(self) -> Wizard[Any]:
        """The wizard in sight."""
        return self.dialog(Wizard)

    def dialog(self, kind: type[D]) -> D:
        """Return the dialog of a kind that is in sight."""
        self.settle()
        found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
        return found[-1]

    def go_on(self) -> Wizard[Any]:
        """Press the wizard's button, and wait for what it does."""
        wizard = self.wizard
        wizard.go_on()
        self.settle()
        return wizard

    def put_away(self) -> None:
        """Close every dialog in sight."""
        for window in QApplication.topLevelWidgets():
            if isinstance(window, QDialog) and window.isVisible():
                window.reject()
        self.settle()

    def settle(self) -> None:
        """Wait until nothing runs any more."""
        until(lambda: self.program.runner.running is None)

    def close(self) -> None:
        """End the program, as closing its window does."""
        self.put_away()
        if window := self.program.window:
            window.close()
            window.deleteLater()
        self.settle()
        self.program.stop()
        self.program.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def press(within: QWidget, words: str) -> None:
    """Press the button whose words begin so."""
    until(lambda: True)  # those just made are not in sight yet
    buttons = within.findChildren(QAbstractButton)
    found = [one for one in buttons if one.text().startswith(words) and one.isVisibleTo(within)]
    if not found:
        raise LookupError(f"no button “{words}” among {[one.text() for one in buttons]}")
    found[-1].click()
