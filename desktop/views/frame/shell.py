"""What stands around the pages while somebody is signed in, and the way from page to page."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.views.desk import Desk
from desktop.views.frame.header import Header
from desktop.views.frame.history import History, Place
from desktop.views.frame.jump import Jump
from desktop.views.frame.rail import Rail
from desktop.views.frame.status_line import StatusLine
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.pages.cards import HELP, cards_for
from desktop.views.pages.catalogue import page_class
from desktop.views.pages.page import Page
from desktop.views.runner import Failure
from desktop.views.widgets.error_panel import ErrorPanel
from desktop.views.widgets.focus import has_focus_within
from desktop.views.widgets.texts import label, set_role

_PRACTICE = tr("练习环境：这里的学校和学生都是虚构的，不会影响正式数据")
_LAST_PAGE = "page"


class Shell(QWidget):
    """Rail, header, pages, status line; pages are made when they are first opened."""

    locked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._cards = {card.id: card for card in cards_for(desk.kind)}
        self._pages: dict[str, Page] = {}
        self.history = History()
        self.rail = Rail([card for card in self._cards.values() if not card.rail])
        self.header = Header(desk)
        self.status = StatusLine(desk.runner)
        self.errors = ErrorPanel()
        self.errors.offer_help(lambda code: self.open(HELP.id, code))
        self._stack = QStackedWidget()
        self._build()
        self.rail.chosen.connect(self.open)
        self.header.back.connect(lambda: self._go(self.history.back()))
        self.header.forward.connect(lambda: self._go(self.history.forward()))
        self.header.wanted.connect(self.open)
        self.header.locked.connect(self.locked)
        desk.wanted.connect(self.open)
        desk.data_changed.connect(self._refresh)
        desk.runner.failed.connect(self._tell_failure)
        for keys, act in (
            ("Ctrl+K", self.jump),
            ("F5", self._refresh),
            ("Ctrl+F", self._search),
            ("F1", self.help),
        ):
            QShortcut(QKeySequence(keys), self, act)

    def begin(self) -> None:
        """Open the page that was looked at last; before anybody has signed in, only one that may.

        Once it is open, beginning reads it anew.
        """
        if self._pages:
            self.page.refresh()
            return
        remembered = self.desk.memory.text(_LAST_PAGE)
        first = self._cards.get(remembered) or next(iter(self._cards.values()))
        if self.desk.signed_in or first.before_signing_in:
            self.open(first.id)

    @property
    def page(self) -> Page:
        """The page in sight."""
        found = self._stack.currentWidget()
        assert isinstance(found, Page)  # noqa: S101 - nothing else is put into the stack
        return found

    def open(self, page: str, argument: str = "") -> None:
        """Open a page; one that this office does not have changes nothing."""
        if page in self._cards:
            self.history.visit(Place(page, argument))
            self._go(Place(page, argument))

    def jump(self) -> None:
        """Open the line that leads anywhere."""
        jump = Jump(tuple(self._cards.values()), self)
        jump.chosen.connect(self.open)
        jump.open()

    def help(self) -> None:
        """Open the section of the guide that is about the page in sight."""
        if self.page.CARD != HELP:
            self.open(HELP.id, self.page.CARD.guide)

    def tell_operator(self) -> None:
        """Show who is signed in now."""
        self.header.tell(self.desk)

    def _go(self, place: Place) -> None:
        if place.page not in self._pages:
            made = page_class(self._cards[place.page])(self.desk)
            self._pages[place.page] = made
            self._stack.addWidget(made)
        page = self._pages[place.page]
        self._stack.setCurrentWidget(page)
        self.rail.mark(page.CARD.in_rail)
        back, forward = self.history.can_go_back, self.history.can_go_forward
        self.header.tell_history(back=back, forward=forward)
        self.desk.memory.keep(_LAST_PAGE, page.CARD.in_rail)
        page.open_at(place.argument)
        # arrow keys go on in the rail; before somebody has signed in, letters go to the passphrase
        if self.desk.signed_in and not has_focus_within(self.rail):
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refresh(self) -> None:
        self.page.refresh()

    def _search(self) -> None:
        self.header.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.header.search.selectAll()

    def _tell_failure(self, failure: object) -> None:
        if isinstance(failure, Failure):
            self.errors.tell(failure)

    def _build(self) -> None:
        set_role(self, "shell")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        if self.desk.home.training:
            banner = label(_PRACTICE, "practice")
            banner.setAlignment(Qt.AlignmentFlag.AlignCenter)
            whole.addWidget(banner)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.header)
        around = QVBoxLayout()
        around.setContentsMargins(t.HUGE, t.SMALL, t.HUGE, 0)
        around.addWidget(self.errors)
        right.addLayout(around)
        right.addWidget(self._stack, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addLayout(right, 1)
        whole.addLayout(middle, 1)
        whole.addWidget(self.status)
