"""Notices when nobody has touched keyboard or mouse for a while."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

_SIGNS_OF_LIFE = frozenset(
    (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel)
)
_MINUTE = 60_000


class IdleWatch(QObject):
    """``idle`` is told after some minutes without a sign of life; 0 minutes: never."""

    idle = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.idle)

    def start(self, minutes: float) -> None:
        """Begin to watch."""
        application = QCoreApplication.instance()
        if minutes > 0 and application:
            self._timer.setInterval(round(minutes * _MINUTE))
            self._timer.start()
            application.installEventFilter(self)

    def again(self) -> None:
        """Wait for the whole time once more."""
        self._timer.start()

    def stop(self) -> None:
        """Watch no longer."""
        self._timer.stop()
        if application := QCoreApplication.instance():
            application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Begin anew with every sign of life."""
        if event.type() in _SIGNS_OF_LIFE:
            self._timer.start()
        return super().eventFilter(watched, event)
