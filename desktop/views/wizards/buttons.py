"""The buttons below every step of a wizard: on, back, away, help, and a second way out."""

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.views.language import tr
from desktop.views.runner import Running
from desktop.views.widgets.texts import button


class WizardButtons(QWidget):
    """One line; by Tab, on comes after the page and before away."""

    def __init__(
        self,
        *,
        on: Callable[[], None],
        back: Callable[[], None],
        away: Callable[[], None],
        explain: Callable[[], None],
        aside: Callable[[], None],
    ) -> None:
        super().__init__()
        self._on = button(tr("下一步"), on, role="primary")
        self._back = button(tr("上一步"), back)
        self._away = button(tr("关闭"), away)
        self._help = button(tr("帮助（F1）"), explain, drawing="help")
        self._aside = button("", aside)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        for one in (self._away, self._help, self._aside):
            line.addWidget(one)
        line.addStretch()
        line.addWidget(self._back)
        line.addWidget(self._on)

    def take_keys(self) -> None:
        """Let Enter go on where nothing else takes it, and Tab come by in this order.

        For both the buttons must stand in their dialog.
        """
        self._on.setDefault(True)
        order = (self._back, self._on, self._away, self._help, self._aside)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def show_step(self, on: str, aside: str, *, can_go_back: bool, last: bool) -> None:
        """Offer what can be done on a step; ``aside`` is "" where there is no second way out."""
        self._on.setText(on)
        self._on.setEnabled(True)
        self._back.setEnabled(can_go_back)
        self._back.setVisible(not last)
        self._aside.setText(aside)
        self._aside.setVisible(bool(aside))
        self._aside.setEnabled(True)
        self._away.setText(tr("关闭"))
        self._away.setVisible(not last)

    def show_acting(self, running: Running | None) -> None:
        """Offer only to stop what is being done; say how far it is, once it counts."""
        counts = running is not None and running.total > 1
        self._on.setText(
            tr("正在办理 {done} / {total}", done=running.done, total=running.total)
            if running and counts
            else tr("正在办理…")
        )
        for one in (self._on, self._back, self._aside):
            one.setEnabled(False)
        self._away.setText(tr("取消"))
        self._away.setVisible(True)
