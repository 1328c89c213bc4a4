"""Pictures of numbers: a stacked bar of proportions with its legend, and a ring of progress."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_look
from desktop.views.look.states import State, paint_state, state_colour

_BAR = 14
_LEAST_WIDTH = 320
_RING = 44
_FULL_CIRCLE = 16 * 360


@dataclass(frozen=True, slots=True)
class Share:
    """One part of a whole."""

    title: str
    number: int
    state: State

    @property
    def text(self) -> str:
        """What the legend says."""
        return f"{self.title} {self.number:,}"


class ProportionBar(QWidget):
    """A bar in which each share has its length, and a legend with shapes and numbers below."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._shares: tuple[Share, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def call(self, name: str) -> None:
        """Say what the shares are of; for whoever hears the window instead of seeing it."""
        self._name = name

    def show_shares(self, shares: Sequence[Share]) -> None:
        """Show other shares."""
        self._shares = tuple(shares)
        self.setAccessibleName(f"{self._name}：{'，'.join(s.text for s in shares)}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size of bar and legend on one line."""
        width = current_look().px(_LEAST_WIDTH)
        return QSize(width, self.heightForWidth(max(width, self.width())))

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """Tell that a narrow legend has more lines."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """Return the height of the bar and of the legend's lines."""
        lines = max((line for line, _left, _share in self._legend(width)), default=0) + 1
        return current_look().px(_BAR) + t.SMALL + lines * self.fontMetrics().height() + 2

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the bar, then the legend."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_bar(painter)
        self._paint_legend(painter)
        painter.end()

    def _paint_bar(self, painter: QPainter) -> None:
        look = current_look()
        total = sum(share.number for share in self._shares)
        height = look.px(_BAR)
        painter.fillRect(QRectF(0, 0, self.width(), height), QColor(look.palette.raised))
        left = 0.0
        for share in self._shares:
            width = self.width() * share.number / total if total else 0
            if width:
                box = QRectF(left, 0, max(width - 1, 1), height)
                painter.fillRect(box, state_colour(share.state, look.palette))
            left += width

    def _legend(self, width: int) -> list[tuple[int, int, Share]]:
        """Return line, left edge and share of each entry of the legend."""
        size, metrics = current_look().px(_BAR), self.fontMetrics()
        placed, line, left = [], 0, 0
        for share in self._shares:
            wide = size + t.TIGHT + metrics.horizontalAdvance(share.text)
            if left and left + wide > width:
                line, left = line + 1, 0
            placed.append((line, left, share))
            left += wide + t.LARGE
        return placed

    def _paint_legend(self, painter: QPainter) -> None:
        look, metrics = current_look(), self.fontMetrics()
        size = look.px(_BAR) - 2
        for line, left, share in self._legend(self.width()):
            top = look.px(_BAR) + t.SMALL + line * metrics.height()
            box = QRectF(left, top + (metrics.height() - size) / 2, size, size)
            paint_state(painter, box, share.state, look.palette)
            painter.setPen(QColor(look.palette.text))
            painter.drawText(left + size + t.TIGHT, top + metrics.ascent(), share.text)


class ProgressRing(QWidget):
    """A ring that closes as work is done, with the percentage inside."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._done, self._total = name, 0, 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def call(self, name: str) -> None:
        """Say what is counted; for whoever hears the window instead of seeing it."""
        self._name = name

    def show_progress(self, done: int, total: int) -> None:
        """Show how many of how many are done."""
        self._done, self._total = done, total
        self.setAccessibleName(
            tr("{name}：{total} 中已完成 {done}", name=self._name, total=total, done=done)
        )
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size of the ring."""
        size = current_look().px(_RING)
        return QSize(size, size)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the ring and the percentage; nearly done is never shown as 100 %."""
        look, painter = current_look(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = look.px(t.TIGHT)
        box = QRectF(self.rect()).adjusted(line, line, -line, -line)
        painter.setPen(QPen(QColor(look.palette.line), line))
        painter.drawEllipse(box)
        share = self._done / self._total if self._total else 0.0
        pen = QPen(QColor(look.palette.accent), line)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawArc(box, _FULL_CIRCLE // 4, -round(_FULL_CIRCLE * share))
        painter.setPen(QColor(look.palette.text))
        font = painter.font()
        font.setPixelSize(look.px(t.NOTE - 1))
        painter.setFont(font)
        text = f"{int(share * 100)}%"
        painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, text)
        painter.end()
