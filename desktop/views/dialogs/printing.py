"""The printer's dialog, and printing a PDF: pages at the printer's resolution, in actual size.

Tests replace ``ask_for_printer``, as they replace the functions of ``asking``.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRect, QRectF, QSize, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, Qt
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from desktop.errors import NoPrinter, PrinterFailed
from desktop.procedures.session import Progress
from desktop.views.desk import Desk
from desktop.views.dialogs import asking
from desktop.views.language import tr
from desktop.views.printer_choice import (
    Paper,
    PrinterChoice,
    Sides,
    Tray,
    keep_choice,
    remembered_choice,
)
from desktop.views.runner import Failure, failure_of

_GONE = tr(
    "设置里选的打印机“{}”现在找不到，可能没有开机、没有接好，或者已经删除。用别的打印机打印吗？"
)
_SOURCE = QPrinter.PaperSource
_SOURCES = {
    Tray.UPPER: _SOURCE.Upper,
    Tray.MIDDLE: _SOURCE.Middle,
    Tray.LOWER: _SOURCE.Lower,
    Tray.MANUAL: _SOURCE.Manual,
    Tray.LARGE: _SOURCE.LargeCapacity,
}
_DUPLEX = {
    Sides.ONE: QPrinter.DuplexMode.DuplexNone,
    Sides.BOTH: QPrinter.DuplexMode.DuplexLongSide,
}
_FINEST = 600  # dots per inch: what a page needs; finer ones take much memory and look the same
_BANDS = 8
_POINTS_PER_INCH = 72
_FLAGS = QPdfDocumentRenderOptions.RenderFlag
_CRISP = _FLAGS.TextAliased | _FLAGS.PathAliased  # a laser printer has no grey


@dataclass(frozen=True, slots=True)
class Printout:
    """What went to a printer."""

    printer: str
    pages: int
    copies: int


def print_pdf(
    desk: Desk,
    parent: QWidget,
    pdf: bytes,
    name: str,
    paper: Paper,
    then: Callable[[Printout], None],
    failed: Callable[[Failure], None] | None = None,
) -> None:
    """Let the user choose printer, pages, copies and tray; print in the background; say what was.

    Args:
        desk: whose runner prints; the printer is remembered there.
        parent: the page or wizard, which gets the answer while it lives.
        pdf: the bytes.
        name: what the printer's queue calls it.
        paper: what it is printed on: the settings say with which printer and tray to begin.
        then: told what was printed; not called when the user closes the dialog.
        failed: told what went wrong; without it the window shows it.
    """
    title = tr("正在打印{name}", name=name)
    preferred = remembered_choice(desk.memory, paper)
    gone = _is_gone(preferred.printer)

    def chosen(printer: QPrinter) -> None:
        if not gone:
            keep_choice(desk.memory, paper, choice_after(preferred, printer.printerName()))
        printer.setDocName(name)
        desk.run(
            lambda _session, progress: send_to_printer(pdf, printer, progress),
            then,
            failed,
            owner=parent,
            title=title,
        )

    def ask() -> None:
        try:
            ask_for_printer(parent, page_count(pdf), preferred, chosen)
        except NoPrinter as error:
            (failed or desk.runner.failed.emit)(failure_of(error, title))

    if gone:
        asking.ask_yes(parent, _GONE.format(preferred.printer), tr("用别的打印机"), ask)
    else:
        ask()


def _is_gone(printer: str) -> bool:
    """Tell whether a chosen printer is gone while there are others."""
    names = printer_names() if printer else []
    return bool(names) and printer not in names


def choice_after(preferred: PrinterChoice, printer: str) -> PrinterChoice:
    """Return what is remembered once something was printed; another printer has other trays.

    Whoever leaves it to the system stays with whatever the system's printer is next time.
    """
    if not preferred.printer or printer in ("", preferred.printer):
        return preferred
    return PrinterChoice(printer)


def printer_names() -> list[str]:
    """Return the printers that this PC has, by the names that the system gives them."""
    return [str(name) for name in QPrinterInfo.availablePrinterNames()]


def ask_for_printer(
    parent: QWidget, pages: int, preferred: PrinterChoice, then: Callable[[QPrinter], None]
) -> None:
    """Open the system's dialog: printer, pages, copies, and by its properties tray and both sides.

    Raises:
        NoPrinter: this PC has none.
    """
    names = printer_names()
    if not names:
        raise NoPrinter
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    prepare(printer, preferred, names)
    option = QAbstractPrintDialog.PrintDialogOption
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(tr("打印"))
    dialog.setOptions(option.PrintPageRange | option.PrintCollateCopies)
    dialog.setMinMax(1, pages)
    dialog.accepted.connect(lambda: then(printer))
    dialog.finished.connect(dialog.deleteLater)
    dialog.setModal(True)
    dialog.show()  # the system's own dialog has no open() without a receiver


def prepare(printer: QPrinter, preferred: PrinterChoice, names: list[str]) -> None:
    """Set a printer to what the settings say; where its printer has gone, to the default one.

    Tray and sides are those of one printer: another one decides by itself.
    """
    if preferred.printer and preferred.printer not in names:
        return
    if preferred.printer:
        printer.setPrinterName(preferred.printer)
    if source := _SOURCES.get(preferred.tray):
        printer.setPaperSource(source)
    if (duplex := _DUPLEX.get(preferred.sides)) is not None:
        printer.setDuplex(duplex)


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    with _Opened(pdf) as document:
        return document.pageCount()


def send_to_printer(pdf: bytes, printer: QPrinter, progress: Progress) -> Printout:
    """Print the pages that the dialog chose, in actual size; on the worker's thread.

    The paper's size and direction are the page's, whatever the printer would take by itself; the
    tray, copies and sides are the dialog's.

    Raises:
        PrinterFailed: the printer does not take it.
        Cancelled: what was not yet sent is not printed.
    """
    with _Opened(pdf) as document:
        pages = _chosen_pages(printer, document.pageCount())
        _lay_paper(printer, document.pagePointSize(pages[0]))
        painter = QPainter()
        if not painter.begin(printer):
            raise PrinterFailed(printer.printerName())
        try:
            for done, page in enumerate(pages):
                if done:
                    _lay_paper(printer, document.pagePointSize(page))
                    printer.newPage()
                _draw(painter, printer, document, page, partial(progress, done, len(pages)))
        except BaseException:
            printer.abort()
            raise
        finally:
            painter.end()
    if printer.printerState() in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted):
        raise PrinterFailed(printer.printerName())
    progress(len(pages), len(pages))
    return Printout(printer.printerName(), len(pages), printer.copyCount())


def _chosen_pages(printer: QPrinter, count: int) -> list[int]:
    """Return the pages to print, from 0, in the order of printing."""
    first, last = 1, count
    if printer.printRange() is QPrinter.PrintRange.PageRange and printer.fromPage():
        first = min(max(printer.fromPage(), 1), count)
        last = min(max(printer.toPage(), first), count)
    pages = list(range(first - 1, last))
    return pages[::-1] if printer.pageOrder() is QPrinter.PageOrder.LastPageFirst else pages


def _lay_paper(printer: QPrinter, points: QSizeF) -> None:
    """Set the paper to a page's own size and direction, to its very edges."""
    lies = points.width() > points.height()
    upright = QSizeF(min(points.width(), points.height()), max(points.width(), points.height()))
    size = QPageSize(
        upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyOrientationMatch
    )
    way = QPageLayout.Orientation.Landscape if lies else QPageLayout.Orientation.Portrait
    printer.setFullPage(True)
    printer.setPageLayout(QPageLayout(size, way, QMarginsF()))
    printer.setFullPage(True)


def _draw(
    painter: QPainter,
    printer: QPrinter,
    document: QPdfDocument,
    page: int,
    breathe: Callable[[], None],
) -> None:
    """Draw a page onto the paper, band by band: a whole one takes 140 MB at 600 dots per inch."""
    points = document.pagePointSize(page)
    fine = min(printer.resolution(), _FINEST) / _POINTS_PER_INCH
    on_paper = printer.resolution() / _POINTS_PER_INCH
    whole = QSize(round(points.width() * fine), round(points.height() * fine))
    stretch_x = points.width() * on_paper / whole.width()
    stretch_y = points.height() * on_paper / whole.height()
    for band in _bands(whole):
        breathe()
        place = QRectF(0, band.y() * stretch_y, band.width() * stretch_x, band.height() * stretch_y)
        painter.drawImage(place, _picture(document, page, whole, band))


def _bands(whole: QSize) -> Iterator[QRect]:
    """Yield the bands into which a page is cut, from the top."""
    height = -(-whole.height() // _BANDS)
    for top in range(0, whole.height(), height):
        yield QRect(0, top, whole.width(), min(height, whole.height() - top))


def _picture(document: QPdfDocument, page: int, whole: QSize, band: QRect) -> QImage:
    """Return a band of a page on white."""
    options = QPdfDocumentRenderOptions()
    options.setScaledSize(whole)
    # Qt takes the place of the last point for the size, and would shrink every band by one point
    options.setScaledClipRect(band.adjusted(0, 0, 1, 1))
    options.setRenderFlags(_CRISP)
    drawn = document.render(page, band.size(), options)
    picture = QImage(band.size(), QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    painter.drawImage(0, 0, drawn)
    painter.end()
    return picture


class _Opened:
    """A PDF opened for a while, with the buffer that it reads from."""

    def __init__(self, pdf: bytes) -> None:
        self._buffer = QBuffer()
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document = QPdfDocument()
        self._document.load(self._buffer)

    def __enter__(self) -> QPdfDocument:
        return self._document

    def __exit__(self, *_failure: object) -> None:
        self._document.close()
        self._buffer.close()
