"""Shows a piece of evidence inside the window: a picture or a PDF; anything else is not opened.

What an office attached may be any file, so nothing is handed to the system to be run.
"""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.histories import Attached
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_look
from desktop.views.widgets.empty_state import EmptyState
from desktop.views.widgets.texts import button, label

_WIDTH, _HEIGHT, _LARGEST_SHARE = 900, 680, 0.9
_PDF = b"%PDF-"


class EvidenceDialog(QDialog):
    """A window of its own, so that it can stand beside what it proves."""

    def __init__(self, attached: Attached, data: bytes, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(attached.name)
        self.setModal(False)
        self._buffer = QBuffer(self)
        look, room = current_look(), self.screen().availableGeometry()
        self.resize(
            min(look.px(_WIDTH), round(room.width() * _LARGEST_SHARE)),
            min(look.px(_HEIGHT), round(room.height() * _LARGEST_SHARE)),
        )
        self.shown = self._view(data)
        row = QHBoxLayout()
        row.addWidget(label(attached.name, "strong", wraps=True), 1)
        row.addWidget(button(tr("关闭"), self.close))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(t.LARGE, t.LARGE, t.LARGE, t.LARGE)
        layout.setSpacing(t.MEDIUM)
        layout.addWidget(self.shown, 1)
        layout.addLayout(row)

    def _view(self, data: bytes) -> QWidget:
        """Return what shows the content."""
        if data.startswith(_PDF):
            return self._pages(data)
        image = QImage.fromData(QByteArray(data))
        if image.isNull():
            return EmptyState(
                tr("这份材料不是图片，也不是PDF，不能在这里显示。"),
                tr("请联系提交的部门，请他们扫描成图片或PDF再报送。"),
            )
        picture = QLabel()
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        picture.setPixmap(self._fitting(image))
        picture.setAccessibleName(tr("证明材料的图片"))
        scroll = QScrollArea()
        scroll.setWidget(picture)
        scroll.setWidgetResizable(True)
        return scroll

    def _fitting(self, image: QImage) -> QPixmap:
        """Return the picture as wide as the window, never larger than it is."""
        width = min(image.width(), self.width() - 4 * t.LARGE)
        smooth = Qt.TransformationMode.SmoothTransformation
        return QPixmap.fromImage(image.scaledToWidth(width, smooth))

    def _pages(self, data: bytes) -> QWidget:
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        document = QPdfDocument(self)
        document.load(self._buffer)
        view = QPdfView(self)
        view.setDocument(document)
        view.setPageMode(QPdfView.PageMode.MultiPage)
        view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        view.setAccessibleName(tr("证明材料"))
        return view
