"""What stands on the page while no sheet lies there: how to begin, and what was left unsaved."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.widgets.empty_state import EmptyState
from desktop.views.widgets.texts import button

_BEGIN = tr("还没有打开签字表。")
_HOW = tr("扫二维码，或在右上角输入编号；也可以从“核对签字”里选一个班。")


class Entrance(QWidget):
    """Two sentences, and a button for every sheet that has a draft."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._words = EmptyState(_BEGIN, _HOW)
        self._unsaved = QVBoxLayout()
        self._unsaved.setSpacing(t.SMALL)
        layout = QVBoxLayout(self)
        layout.addWidget(self._words, 1)
        layout.addLayout(self._unsaved)
        layout.addStretch(1)

    def show_sheets(self, words: str, unsaved: tuple[str, ...]) -> None:
        """Say why there is nothing, and offer what was left unsaved."""
        self._words.say(words or _BEGIN, tr("请先打印签字表。") if words else _HOW)
        while (item := self._unsaved.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for number in unsaved:
            made = button(
                tr("接着登记签字表 {number}，上次还没有保存", number=number),
                partial(self.chosen.emit, number),
            )
            self._unsaved.addWidget(made, 0, Qt.AlignmentFlag.AlignHCenter)
