"""The guide in a window of its own, beside a wizard whose page and answers stay as they are."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_look
from desktop.views.pages.help.browser import GuideBrowser
from desktop.views.widgets.texts import button

_WIDTH, _HEIGHT, _LARGEST_SHARE = 960, 640, 0.9


class HelpWindow(QDialog):
    """The guide; a second question is answered in the same window."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("帮助"))
        self.setModal(False)
        look, room = current_look(), self.screen().availableGeometry()
        self.resize(
            min(look.px(_WIDTH), round(room.width() * _LARGEST_SHARE)),
            min(look.px(_HEIGHT), round(room.height() * _LARGEST_SHARE)),
        )
        self.guide = GuideBrowser()
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(button(tr("关闭"), self.close))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(t.LARGE, t.LARGE, t.LARGE, t.LARGE)
        layout.setSpacing(t.MEDIUM)
        layout.addWidget(self.guide, 1)
        layout.addLayout(row)


def explain(parent: QWidget, wanted: str) -> None:
    """Show a section or the entry of a code beside a dialog."""
    window = parent.findChild(HelpWindow) or HelpWindow(parent)
    window.show()
    window.guide.open_at(wanted)
    window.activateWindow()
