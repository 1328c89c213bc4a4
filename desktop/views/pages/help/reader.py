"""Reading Markdown: pictures as wide as there is room, air between paragraphs, no network."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QImage, QResizeEvent, QTextBlockFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser

from desktop.views.look import tokens as t

_IMAGE: Final = QTextDocument.ResourceType.ImageResource.value


class Reader(QTextBrowser):
    """Shows a text whose pictures lie relative to a folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder, self._markdown = folder, ""
        self._width, self._wanted = 0, ""
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._fit)
        self.setOpenLinks(False)
        self.document().setDocumentMargin(t.LARGE)

    def read(self, markdown: str) -> None:
        """Show a text from its beginning."""
        self._wanted = ""
        self._lay_out(markdown)

    def go_to(self, words: str) -> None:
        """Bring the first place where words stand to the top, and mark them there."""
        self._wanted = words
        self.moveCursor(QTextCursor.MoveOperation.Start)
        if words and self.find(words):
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.cursorRect().top() - t.SMALL)

    def _lay_out(self, markdown: str) -> None:
        self._markdown, self._width = markdown, self.viewport().width()
        document = self.document()
        document.clear()
        document.setMarkdown(markdown, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        self._air()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: N802 - Qt's name
        """Return a picture of the text, which asks for each when it is laid out."""
        if kind == _IMAGE:
            return self._scaled(name.toString() if isinstance(name, QUrl) else name)
        return super().loadResource(kind, name)

    def picture_width(self, name: str) -> int:
        """Return how wide a picture of the text is in sight."""
        return self._scaled(name).width()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the pictures to the new width, once the layout that is under way has ended."""
        super().resizeEvent(event)
        self._later.start()

    def _fit(self) -> None:
        """Read the text again if it has another width; the place in sight stays."""
        if self._markdown and self.viewport().width() != self._width:
            place = self.verticalScrollBar().value()
            self._lay_out(self._markdown)
            if self._wanted:
                self.go_to(self._wanted)
            else:
                self.verticalScrollBar().setValue(place)

    def _scaled(self, name: str) -> QImage:
        """Return a picture of the folder, no wider than the text."""
        picture = QImage(str(self._folder / name))
        room = self.viewport().width() - 3 * t.LARGE
        if picture.width() > room > 0:
            return picture.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
        return picture

    def _air(self) -> None:
        """Put some air below every paragraph outside of tables."""
        block = self.document().begin()
        cursor = QTextCursor(self.document())
        while block.isValid():
            cursor.setPosition(block.position())
            if not cursor.currentTable():
                air = QTextBlockFormat()
                air.setBottomMargin(t.SMALL)
                cursor.mergeBlockFormat(air)
            block = block.next()
