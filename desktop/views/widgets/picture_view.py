"""A picture that is read closely: zoomed by wheel and keys, turned, moved by hand."""

from functools import partial
from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPixmap,
    QResizeEvent,
    QShortcut,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsPixmapItem,
    QGraphicsScene,
    QGraphicsView,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.widgets.empty_state import EmptyState
from desktop.views.widgets.flow_layout import FlowLayout
from desktop.views.widgets.focus import Doorway
from desktop.views.widgets.texts import button

_STEP: Final = 1.25
_SMALLEST, _LARGEST = 0.05, 8.0
_QUARTER: Final = 90


class PictureView(Doorway):
    """Shows one picture; ``Ctrl`` with =, -, 0 and R works from anywhere in the window."""

    def __init__(
        self, name: str, nothing: str, todo: str = "", *, beside: QWidget | None = None
    ) -> None:
        super().__init__()
        self._nothing = (nothing, todo)
        self._picture, self._over = _Canvas(self), _Canvas(self)
        self._picture.setAccessibleName(name)
        self._empty = EmptyState(nothing, todo)
        self._stack = QStackedWidget()
        for side in (self._empty, self._picture, self._over):
            self._stack.addWidget(side)
        self._bar = tools = FlowLayout()
        self._tools = []
        for text, keys, act in (
            (tr("放大"), "Ctrl+=", partial(self._zoom, _STEP)),
            (tr("缩小"), "Ctrl+-", partial(self._zoom, 1 / _STEP)),
            (tr("整页"), "Ctrl+0", self._fit),
            (tr("旋转"), "Ctrl+R", self._turn),
        ):
            made = button(text, act)
            QShortcut(QKeySequence(keys), self, act)
            made.setToolTip(f"{text}（{keys}）")
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            tools.addWidget(made)
            self._tools.append(made)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(t.SMALL)
        layout.addLayout(tools)
        row = QHBoxLayout()
        row.setSpacing(t.SMALL)
        row.addWidget(self._stack, 1)
        if beside:
            row.addWidget(beside)
        layout.addLayout(row, 1)
        self.say(*self._nothing)

    @property
    def view(self) -> "_Canvas":
        """What is zoomed and turned: the picture, or what is shown over it."""
        return self._over if self.shows_over else self._picture

    @property
    def shows_over(self) -> bool:
        """Whether another picture is shown over the one that is looked at."""
        return self._stack.currentWidget() is self._over

    @property
    def begins_at(self) -> QWidget:
        """Where the keyboard begins."""
        return self.view

    @property
    def shows_picture(self) -> bool:
        """Whether there is a picture, be it that another one is shown over it."""
        return not self._picture.empty

    def say(self, what: str, todo: str = "") -> None:
        """Say something in place of the picture."""
        self._picture.show_pixmap(QPixmap())
        self._empty.say(what, todo)
        self._stack.setCurrentWidget(self._empty)
        self._offer(offered=False)

    def say_nothing(self) -> None:
        """Say that there is no picture, and what to do."""
        self.say(*self._nothing)

    def show_picture(self, data: bytes) -> None:
        """Show a picture, whole at first."""
        pixmap = QPixmap()
        if not pixmap.loadFromData(data):
            self.say(tr("这张照片打不开。"), tr("请重新收入这张照片。"))
            return
        self._stack.setCurrentWidget(self._picture)
        self._picture.show_pixmap(pixmap)
        self._offer(offered=True)

    def show_over(self, name: str, data: bytes) -> bool:
        """Show another picture over this one, which stays as it was turned and zoomed.

        Returns False where it is no picture.
        """
        pixmap = QPixmap()
        if not pixmap.loadFromData(data):
            return False
        self._over.setAccessibleName(name)
        self._stack.setCurrentWidget(self._over)
        self._over.show_pixmap(pixmap)
        self._offer(offered=True)
        return True

    def show_again(self) -> None:
        """Show the picture again, or what was said in its place."""
        self._stack.setCurrentWidget(self._picture if self.shows_picture else self._empty)
        self._offer(offered=self.shows_picture)

    def _zoom(self, factor: float) -> None:
        self.view.zoom_by(factor)

    def _fit(self) -> None:
        self.view.fit()

    def _turn(self) -> None:
        self.view.turn()

    def _offer(self, *, offered: bool) -> None:
        for made in self._tools:
            made.setEnabled(offered)


class _Canvas(QGraphicsView):
    """The picture itself."""

    zoomed = Signal(float)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._item = QGraphicsPixmapItem()
        self._item.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        scene = QGraphicsScene(self)
        scene.addItem(self._item)
        self.setScene(scene)
        self._fits = True
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)

    @property
    def zoom(self) -> float:
        """How large the picture is shown, 1.0 pixel by pixel."""
        matrix = self.transform()
        return float((matrix.m11() ** 2 + matrix.m12() ** 2) ** 0.5)

    @property
    def angle(self) -> int:
        """By how many degrees the picture was turned, clockwise."""
        return int(self._item.rotation())

    @property
    def empty(self) -> bool:
        """Whether it shows nothing."""
        return self._item.pixmap().isNull()

    def show_pixmap(self, pixmap: QPixmap) -> None:
        """Show another picture, whole and as it is."""
        self._item.setPixmap(pixmap)
        self._item.setTransformOriginPoint(self._item.boundingRect().center())
        self._item.setRotation(0)
        self.fit()

    def fit(self) -> None:
        """Show the whole picture, now and when the room changes."""
        self._fits = True
        around = self._item.sceneBoundingRect()
        self.setSceneRect(around)
        if not around.isEmpty():
            self.fitInView(around, Qt.AspectRatioMode.KeepAspectRatio)
        self.zoomed.emit(self.zoom)

    def zoom_by(self, factor: float) -> None:
        """Show the picture larger or smaller."""
        if _SMALLEST <= self.zoom * factor <= _LARGEST:
            self._fits = False
            self.scale(factor, factor)
            self.zoomed.emit(self.zoom)

    def turn(self) -> None:
        """Turn the picture a quarter clockwise."""
        self._item.setRotation((self.angle + _QUARTER) % 360)
        self.setSceneRect(QRectF(self._item.sceneBoundingRect()))
        if self._fits:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Zoom to where the mouse is."""
        if delta := event.angleDelta().y():
            self.zoom_by(_STEP if delta > 0 else 1 / _STEP)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Zoom and turn by one key; arrows move the picture."""
        match event.text().lower():
            case "+" | "=":
                self.zoom_by(_STEP)
            case "-":
                self.zoom_by(1 / _STEP)
            case "0":
                self.fit()
            case "r":
                self.turn()
            case _:
                super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the whole picture in sight until somebody zooms."""
        super().resizeEvent(event)
        if self._fits:
            self.fit()
