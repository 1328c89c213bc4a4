"""The page of the user guide."""

from PySide6.QtWidgets import QWidget

from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.pages.cards import HELP
from desktop.views.pages.help.browser import GuideBrowser
from desktop.views.pages.page import Page


class HelpPage(Page):
    """The guide; opened at a section's title or at a code."""

    CARD = HELP

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.guide = GuideBrowser()
        self.body.addWidget(self.guide, 1)
        self.tell_state(tr("按 F1 随时打开讲当前页面的一节；出了问题，按提示里的代码查找。"))

    @property
    def begins_at(self) -> QWidget:
        """Where the keyboard begins."""
        return self.guide.search

    def open_at(self, argument: str) -> None:
        """Show a section, or what the guide says of a code."""
        self.guide.open_at(argument)
