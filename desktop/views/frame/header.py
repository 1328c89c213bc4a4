"""The header: back and forward, who sits here, the search over all students, locking."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.views.desk import Desk
from desktop.views.frame.student_search import StudentSearch
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_look
from desktop.views.widgets.elided import ElidedLabel
from desktop.views.widgets.texts import button, label, set_role

_SEARCH_WIDTH = 260


class Header(QWidget):
    """The bar above every page."""

    back = Signal()
    forward = Signal()
    wanted = Signal(str, str)
    locked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        set_role(self, "bar")
        self._back = button("", self.back.emit, role="chip", drawing="back")
        self._forward = button("", self.forward.emit, role="chip", drawing="forward")
        for one, name, keys in (
            (self._back, tr("后退"), "Alt+Left"),
            (self._forward, tr("前进"), "Alt+Right"),
        ):
            one.setAccessibleName(name)
            one.setToolTip(name)
            one.setShortcut(keys)
        self._seat = label(role="strong")
        self._operator = ElidedLabel(role="quiet")  # at 200 % the search and the lock come first
        self.search = StudentSearch(desk)
        self.search.chosen.connect(self.wanted)
        self.search.setMinimumWidth(_SEARCH_WIDTH // 2)
        self.search.setMaximumWidth(current_look().px(_SEARCH_WIDTH))
        lock = button(tr("锁定"), self.locked.emit, drawing="lock")
        lock.setToolTip(tr("离开座位时锁定，回来输入口令（Ctrl+L）"))
        lock.setShortcut("Ctrl+L")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(t.MEDIUM, t.SMALL, t.MEDIUM, t.SMALL)
        layout.setSpacing(t.SMALL)
        for widget in (self._back, self._forward, self._seat, self._operator):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addWidget(self.search, 2)
        layout.addWidget(lock)
        self.tell(desk)
        self.tell_history(back=False, forward=False)

    def tell(self, desk: Desk) -> None:
        """Say whose seat this is and who is signed in."""
        seat = desk.home.seat
        self._seat.setText(seat.office.name)
        self._operator.setText(
            tr(
                "{name} · 席位 {id} · {operator}",
                name=seat.name,
                id=seat.id,
                operator=desk.operator,
            )
        )

    def tell_history(self, *, back: bool, forward: bool) -> None:
        """Say whether there is a way back and forward."""
        self._back.setEnabled(back)
        self._forward.setEnabled(forward)
