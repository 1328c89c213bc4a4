"""A PDF as it will be printed: all pages below one another, zoom, the number of the page."""

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.widgets.empty_state import EmptyState
from desktop.views.widgets.flow_layout import FlowLayout
from desktop.views.widgets.focus import Doorway
from desktop.views.widgets.texts import button, label

_ZOOM_STEP, _SMALLEST, _LARGEST = 1.25, 0.25, 5.0
_POINTS_PER_INCH = 72
_NOTHING = (tr("还没有可以预览的内容。"), "")
_DAMAGED = (tr("这份文件不能显示。"), tr("请重新生成一次；仍然不行的，请检查数据文件。"))


class Fit(Enum):
    """What a page is fitted to, until somebody zooms by hand."""

    PAGE = "page"
    WIDTH = "width"
    NOTHING = "nothing"


class PdfPreview(Doorway):
    """Shows the bytes of a PDF; ``page_changed`` tells the page in sight, from 1.

    The document is made after the view and so is destroyed after it: the view draws pages on a
    thread of its own, which must never meet a document that is gone.
    """

    page_changed = Signal(int)

    def __init__(self, name: str = tr("预览"), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fit = Fit.PAGE
        self.view = QPdfView(self)
        self.view.setAccessibleName(name)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setPageSpacing(t.MEDIUM)
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._empty = EmptyState(*_NOTHING)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.view)
        self._place, self._scale = label(role="strong"), label(role="quiet")
        self._before = self._tool(tr("上一页"), "PgUp", lambda: self.go_to(self.page - 1))
        self._after = self._tool(tr("下一页"), "PgDown", lambda: self.go_to(self.page + 1))
        self._zooming = (
            self._tool(tr("缩小"), "Ctrl+-", lambda: self.zoom_by(1 / _ZOOM_STEP)),
            self._tool(tr("放大"), "Ctrl+=", lambda: self.zoom_by(_ZOOM_STEP)),
            self._tool(tr("整页"), "Ctrl+0", lambda: self.fit(Fit.PAGE)),
            self._tool(tr("页宽"), "Ctrl+9", lambda: self.fit(Fit.WIDTH)),
        )
        self._build()
        self._document, self._buffer = QPdfDocument(self), QBuffer(self)
        self.view.setDocument(self._document)
        self.view.pageNavigator().currentPageChanged.connect(self._turned)
        self._tell()

    @property
    def begins_at(self) -> QWidget:
        """Where the keyboard begins."""
        return self.view

    @property
    def page_count(self) -> int:
        """How many pages there are; 0 while nothing is shown."""
        return max(self._document.pageCount(), 0)

    @property
    def page(self) -> int:
        """The page in sight, from 1; 0 while nothing is shown."""
        return self.view.pageNavigator().currentPage() + 1 if self.page_count else 0

    @property
    def zoom(self) -> float:
        """How large a page is in sight; 1.0 is as on paper."""
        return self.view.zoomFactor()

    @property
    def place_text(self) -> str:
        """The page in sight, in words."""
        return self._place.text()

    def show_pdf(self, data: bytes) -> None:
        """Show a PDF from its first page; bytes that are none are said to be damaged."""
        self.clear()
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        if self.page_count:
            self._stack.setCurrentWidget(self.view)
            self.go_to(1)
            self._refit()
        else:
            self._empty.say(*_DAMAGED)
        self._tell()

    def clear(self) -> None:
        """Show nothing."""
        self._document.close()
        self._buffer.close()
        self._empty.say(*_NOTHING)
        self._stack.setCurrentWidget(self._empty)
        self._tell()

    def go_to(self, page: int) -> None:
        """Go to a page, from 1; beyond the ends nothing happens."""
        if 1 <= page <= self.page_count:
            self.view.pageNavigator().jump(page - 1, QPointF(), 0)
            self._tell()

    def fit(self, fit: Fit) -> None:
        """Fit pages to the room there is, now and when it changes."""
        self._fit = fit
        self._refit()

    def zoom_by(self, factor: float) -> None:
        """Make pages larger or smaller."""
        self._fit = Fit.NOTHING
        self._set_zoom(self.zoom * factor)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit pages to the new room."""
        super().resizeEvent(event)
        self._refit()

    def _build(self) -> None:
        place = QWidget()
        beside = QHBoxLayout(place)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(t.SMALL)
        for part in (self._before, self._place, self._after):
            beside.addWidget(part)
        tools = FlowLayout()
        for tool in (place, *self._zooming, self._scale):
            tools.addWidget(tool)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(t.SMALL)
        layout.addLayout(tools)
        layout.addWidget(self._stack, 1)

    def _tool(self, name: str, keys: str, act: Callable[[], None]) -> QPushButton:
        """Return a button whose key works wherever the preview has the focus."""
        made = button(name, act, role="chip")
        made.setToolTip(f"{name}（{keys}）")
        shortcut = QShortcut(QKeySequence(keys), self, act)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return made

    def _refit(self) -> None:
        if self._fit is Fit.NOTHING or not self.page_count:
            return
        page = self._document.pagePointSize(self.page - 1)
        margins, room = self.view.documentMargins(), self.view.viewport().size()
        per_point = self.screen().logicalDotsPerInch() / _POINTS_PER_INCH
        zoom = (room.width() - margins.left() - margins.right()) / (page.width() * per_point)
        if self._fit is Fit.PAGE:
            height = room.height() - margins.top() - margins.bottom()
            zoom = min(zoom, height / (page.height() * per_point))
        self._set_zoom(zoom)

    def _set_zoom(self, zoom: float) -> None:
        self.view.setZoomFactor(min(max(zoom, _SMALLEST), _LARGEST))
        self._tell()

    def _turned(self) -> None:
        self._tell()
        self.page_changed.emit(self.page)

    def _tell(self) -> None:
        page, count = self.page, self.page_count
        self._place.setText(
            tr("第 {page} 页，共 {count} 页", page=page, count=count) if count else tr("没有页")
        )
        self._scale.setText(f"{round(self.zoom * 100)}%" if count else "")
        self._before.setEnabled(page > 1)
        self._after.setEnabled(page < count)
        for tool in self._zooming:
            tool.setEnabled(bool(count))
