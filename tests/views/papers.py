"""Small PDFs for tests: a dark bar near the left top corner of each page, and a frame."""

from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPageLayout, QPageSize, QPainter, QPdfWriter


def pdf_of(*sizes: tuple[int, int]) -> bytes:
    """Return a PDF with a page of each size in points."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "made.pdf"
        writer = QPdfWriter(str(path))
        writer.setResolution(72)
        painter = QPainter()
        for number, (width, height) in enumerate(sizes):
            upright = QSizeF(min(width, height), max(width, height))
            way = QPageLayout.Orientation
            writer.setPageLayout(
                QPageLayout(
                    QPageSize(upright, QPageSize.Unit.Point),
                    way.Landscape if width > height else way.Portrait,
                    QMarginsF(),
                )
            )
            if number:
                writer.newPage()
            else:
                painter.begin(writer)
            painter.fillRect(QRectF(50, 50, 200, 100), QColor(Qt.GlobalColor.black))
            painter.fillRect(QRectF(width - 110, height - 110, 60, 60), QColor("black"))
        painter.end()
        return path.read_bytes()
