"""A state as shape and words."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_look
from desktop.views.look.states import STATE_TITLES, State, paint_state

_SHAPE = 14


class StateLabel(QWidget):
    """Shows the shape of a state and a text beside it."""

    def __init__(self, state: State, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state, self._text = state, text
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.tell(state, text)

    def tell(self, state: State, text: str = "") -> None:
        """Show another state."""
        self._state, self._text = state, text or STATE_TITLES[state]
        self.setAccessibleName(f"{STATE_TITLES[state]}：{self._text}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size of shape and text."""
        metrics, shape = self.fontMetrics(), current_look().px(_SHAPE)
        width = shape + t.SMALL + metrics.horizontalAdvance(self._text) + t.TIGHT
        return QSize(width, max(shape, metrics.height()) + t.TIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint shape and text."""
        look, painter = current_look(), QPainter(self)
        shape = look.px(_SHAPE)
        box = QRectF(0, (self.height() - shape) / 2, shape, shape)
        paint_state(painter, box, self._state, look.palette)
        metrics = self.fontMetrics()
        base = (self.height() + metrics.ascent() - metrics.descent()) // 2
        painter.drawText(shape + t.SMALL, base, self._text)
        painter.end()
