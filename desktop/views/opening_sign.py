"""What is in sight while it is not clear yet what to show: the name of the program."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_look
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
