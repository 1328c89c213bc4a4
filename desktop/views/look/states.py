"""The four states, each with a shape as well as a colour: nothing is told by colour alone."""

from enum import StrEnum
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from desktop.views.language import tr
from desktop.views.look.tokens import Look, Palette

_LINE = 1.6  # of a shape 14 pixels wide
_FULL_CIRCLE = 16 * 360
_SHAPE = 12


class State(StrEnum):
    """How far something is."""

    DONE = "done"
    IN_HAND = "in_hand"
    ATTENTION = "attention"
    NOT_YET = "not_yet"


STATE_TITLES: Final = {
    State.DONE: tr("已完成"),
    State.IN_HAND: tr("进行中"),
    State.ATTENTION: tr("需要处理"),
    State.NOT_YET: tr("未开始"),
}


def state_of(done: int, total: int) -> State:
    """Return the state of a count: nothing, all, or between."""
    if total and done >= total:
        return State.DONE
    return State.IN_HAND if done else State.NOT_YET


def state_colour(state: State, palette: Palette) -> QColor:
    """Return the colour of a state."""
    return QColor(str(getattr(palette, state.value)))


def paint_state(painter: QPainter, box: QRectF, state: State, palette: Palette) -> None:
    """Draw the shape of a state into a square box."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = state_colour(state, palette)
    line = _LINE * box.width() / 14
    pen = QPen(colour, line, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    inner = box.adjusted(line, line, -line, -line)
    if state is State.DONE:
        _disc_with_tick(painter, inner, pen, QColor(palette.surface))
    elif state is State.IN_HAND:
        painter.drawEllipse(inner)
        painter.setBrush(colour)
        painter.drawPie(inner, -_FULL_CIRCLE // 4, _FULL_CIRCLE // 2)
    elif state is State.ATTENTION:
        _triangle(painter, inner, pen, QColor(palette.surface))
    else:
        painter.drawEllipse(inner)
    painter.restore()


def state_picture(state: State, look: Look) -> QPixmap:
    """Return the shape of a state as a picture for a cell of a table."""
    size = look.px(_SHAPE)
    picture = QPixmap(size, size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_state(painter, QRectF(0, 0, size, size), state, look.palette)
    painter.end()
    return picture


def _disc_with_tick(painter: QPainter, box: QRectF, pen: QPen, inside: QColor) -> None:
    painter.setBrush(pen.color())
    painter.drawEllipse(box)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen.setColor(inside)
    painter.setPen(pen)
    painter.drawPolyline(_points(box, ((0.27, 0.53), (0.44, 0.70), (0.74, 0.34))))


def _triangle(painter: QPainter, box: QRectF, pen: QPen, inside: QColor) -> None:
    painter.setBrush(pen.color())
    painter.drawPolygon(_points(box, ((0.5, 0.04), (1.0, 0.94), (0.0, 0.94))))
    pen.setColor(inside)
    painter.setPen(pen)
    start, end, dot = _points(box, ((0.5, 0.38), (0.5, 0.60), (0.5, 0.80)))
    painter.drawLine(start, end)
    painter.drawPoint(dot)


def _points(box: QRectF, shares: tuple[tuple[float, float], ...]) -> list[QPointF]:
    return [QPointF(box.x() + x * box.width(), box.y() + y * box.height()) for x, y in shares]
