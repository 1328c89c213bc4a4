"""What is seen while the backup before closing runs: how far it is, and the two ways out."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QDialog, QProgressBar, QVBoxLayout, QWidget

from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_look
from desktop.views.runner import Runner
from desktop.views.widgets.flow_layout import FlowLayout
from desktop.views.widgets.texts import button, label

_WIDTH = 460
_DELAY = 300  # ms: where nothing is new there is nothing to wait for, and nothing to show


class ClosingDialog(QDialog):
    """Follows the runner. It opens by itself when the backup takes longer than a moment.

    ``ended_early`` says that somebody does not want to wait: True to leave without a backup,
    False to stay.
    """

    ended_early = Signal(bool)

    def __init__(self, runner: Runner, parent: QWidget) -> None:
        super().__init__(parent)
        self._runner = runner
        self.setWindowTitle(tr("正在备份"))
        says = tr("正在备份并核对这台电脑上的数据，完成后自动退出。请不要关机，也不要拔出U盘。")
        self._says = label(says, wraps=True)
        self._bar = QProgressBar()
        self._bar.setAccessibleName(tr("备份的进度"))
        self.leave = button(tr("不等备份，直接退出"), lambda: self._end(leave=True))
        self.stay = button(tr("停止备份，不退出"), lambda: self._end(leave=False))
        ways = QWidget()
        row = FlowLayout()
        ways.setLayout(row)
        for way in (self.stay, self.leave):
            way.setAutoDefault(False)  # whoever still types does not stop it by Enter
            row.addWidget(way)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(t.LARGE, t.LARGE, t.LARGE, t.LARGE)
        layout.setSpacing(t.MEDIUM)
        for widget in (label(tr("正在备份"), "heading"), self._says, self._bar, ways):
            layout.addWidget(widget)
        self.setMinimumWidth(current_look().px(_WIDTH))
        self._delay = QTimer(self, singleShot=True, interval=_DELAY)
        self._delay.timeout.connect(self.open)
        self._delay.start()
        runner.changed.connect(self._tell)
        self._tell()

    @property
    def text(self) -> str:
        """What it says now."""
        return self._says.text()

    @property
    def how_far(self) -> int:
        """How far the backup is, in hundredths; 0 while that is unknown."""
        return self._bar.value() if self._bar.maximum() else 0

    def tell_how_far(self, done: int, total: int) -> None:
        """Show how far the backup is; a total of 0 says that this is unknown."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def reject(self) -> None:
        """Stay, as whoever presses Escape means; the dialog closes when the backup has ended."""
        self._end(leave=False)

    def finish(self) -> None:
        """Go away: the backup has ended."""
        self._delay.stop()
        self._runner.changed.disconnect(self._tell)
        self.hide()
        self.deleteLater()

    def _end(self, *, leave: bool) -> None:
        for way in (self.leave, self.stay):
            way.setEnabled(False)
        self._says.setText(tr("正在停止备份……"))
        self.ended_early.emit(leave)

    def _tell(self) -> None:
        if running := self._runner.running:
            self.tell_how_far(running.done, running.total)
