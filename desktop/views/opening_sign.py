"""What is in sight from the first tenth of a second on: the name, until the window is there.

It knows the look and nothing else of the program, so that it comes before all the rest is loaded.
"""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_look
from desktop.views.memory import Memory
from desktop.views.remembered_look import take_look
from desktop.views.widgets.texts import label, set_role

_WIDTH, _HEIGHT = 320, 120


class OpeningSign(QWidget):
    """The program's name in the middle of the screen; goes when any other window comes."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(None, Qt.WindowType.SplashScreen | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setAccessibleName(tr("籍册正在打开"))
        set_role(self, "card")
        look = current_look()
        self.setFixedSize(look.px(_WIDTH), look.px(_HEIGHT))
        layout = QVBoxLayout(self)
        layout.setSpacing(t.SMALL)
        layout.addStretch()
        for text, role in ((tr("籍册"), "title"), (tr("正在打开…"), "quiet")):
            line = label(text, role)
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(line)
        layout.addStretch()
        self._application = application  # which lives as long as somebody holds it
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Close when another window comes into sight."""
        if (
            event.type() is QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and watched is not self
        ):
            self.close()
        return False


def show_opening_sign(folder: Path) -> OpeningSign:
    """Show the sign at once, in the colours that are remembered beside a data folder.

    Its caller holds it until the window is closed, and with it the application.
    """
    application = QApplication.instance() or QApplication(["jice"])
    assert isinstance(application, QApplication)  # noqa: S101 - widgets need this one
    take_look(Memory(folder))
    sign = OpeningSign(application)
    sign.show()
    sign.repaint()
    application.processEvents()
    return sign
