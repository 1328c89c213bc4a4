"""The quiet status line: what runs, how far it is, and a button that cancels it."""

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_look
from desktop.views.runner import Runner
from desktop.views.widgets.texts import button, label, set_role

_BAR_WIDTH = 160
_READY = tr("就绪")


class StatusLine(QWidget):
    """Follows the runner."""

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        set_role(self, "foot")
        self._runner = runner
        self._text = label(_READY, "note")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(current_look().px(_BAR_WIDTH), t.SMALL)
        self._cancel = button(tr("取消"), runner.cancel, role="chip")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(t.LARGE, t.TIGHT, t.MEDIUM, t.TIGHT)
        layout.setSpacing(t.SMALL)
        layout.addWidget(self._text)
        layout.addWidget(self._bar)
        layout.addWidget(self._cancel)
        layout.addStretch()
        self.setFixedHeight(self._cancel.sizeHint().height() + 2 * t.TIGHT)
        runner.changed.connect(self._tell)
        self._tell()

    @property
    def text(self) -> str:
        """What the line says now."""
        return self._text.text()

    def _tell(self) -> None:
        running = self._runner.running
        if running and not running.title:
            running = None  # quick work, such as a search at every key: nobody need read of it
        for widget in (self._bar, self._cancel):
            widget.setVisible(running is not None)
        if running is None:
            self._text.setText(_READY)
            return
        counted = f" {running.done:,} / {running.total:,}" if running.total else ""
        waiting = tr("，后面还有 {waiting} 项", waiting=running.waiting) if running.waiting else ""
        stopping = tr("，正在取消") if running.cancelling else ""
        self._text.setText(f"{running.title}{counted}{stopping}{waiting}")
        self._bar.setRange(0, running.total)
        self._bar.setValue(running.done)
        self._cancel.setEnabled(not running.cancelling)
