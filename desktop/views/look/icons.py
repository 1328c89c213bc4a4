"""Icons: the shipped drawings, tinted by the tokens, sharp at every size."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop.paths import resources_dir
from desktop.views.look.appearance import current_look

_DRAWN_IN = b"#000000"
_SIZE = 20


def icon(name: str, colour: str = "") -> QIcon:
    """Return an icon of ``resources/icons`` in a colour, the text's unless told."""
    look = current_look()
    ratio = max((s.devicePixelRatio() for s in QGuiApplication.screens()), default=1.0)
    return _drawn(name, colour or look.palette.text, look.px(_SIZE), ratio)


def icon_size() -> QSize:
    """Return the size of icons beside words."""
    size = current_look().px(_SIZE)
    return QSize(size, size)


@lru_cache(maxsize=256)
def _drawing(name: str) -> bytes:
    return (resources_dir() / "icons" / f"{name}.svg").read_bytes()


@lru_cache(maxsize=256)
def _drawn(name: str, colour: str, size: int, ratio: float) -> QIcon:
    """Draw an icon for the sharpest screen; the same one stands on many buttons."""
    pixmap = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    drawing = _drawing(name).replace(_DRAWN_IN, colour.encode())
    QSvgRenderer(QByteArray(drawing)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return QIcon(pixmap)
