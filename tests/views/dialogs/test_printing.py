"""Printing: what reaches the printer is the page, in actual size, and only what was asked for."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from pytestqt.qtbot import QtBot

from desktop.errors import Cancelled, PrinterFailed
from desktop.procedures.session import cancel, no_progress
from desktop.views.dialogs import asking, printing
from desktop.views.frame.window import MainWindow
from desktop.views.printer_choice import (
    Paper,
    PrinterChoice,
    Sides,
    Tray,
    keep_choice,
    paper_of,
    remembered_choice,
)
from desktop.views.runner import Failure, Runner
from tests.views.conftest import idle
from tests.views.papers import pdf_of


def file_printer(path: Path) -> QPrinter:
    """Return a printer that prints into a file, as coarse as an old one."""
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(150)
    return printer


def opened(path: Path) -> QPdfDocument:
    """Open what was printed."""
    document = QPdfDocument()
    assert document.load(str(path)) is QPdfDocument.Error.None_
    return document


def bars(document: QPdfDocument, page: int) -> tuple[int, int, int, int]:
    """Return the left, top, right and bottom of what is dark on a page, in points."""
    size = document.pagePointSize(page).toSize()
    picture = QImage(size, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    painter.drawImage(0, 0, document.render(page, size))
    painter.end()
    grey = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    data, width = bytes(grey.constBits()), grey.bytesPerLine()
    rows = [data[y * width : y * width + size.width()] for y in range(size.height())]
    dark = [y for y, row in enumerate(rows) if min(row) < 128]
    across = [x for x in range(size.width()) if any(row[x] < 128 for row in rows)]
    return across[0], dark[0], across[-1], dark[-1]


@pytest.mark.usefixtures("qapp")
def test_pages_keep_their_size_and_direction(tmp_path: Path) -> None:
    pdf = pdf_of((595, 842), (842, 595), (595, 842))
    done: list[tuple[int, int]] = []
    out = printing.send_to_printer(
        pdf, file_printer(tmp_path / "out.pdf"), lambda d, n: done.append((d, n))
    )
    assert (out.pages, out.copies) == (3, 1)
    assert done[0] == (0, 3)
    assert done[-1] == (3, 3)
    printed = opened(tmp_path / "out.pdf")
    sizes = [printed.pagePointSize(n).toSize() for n in range(printed.pageCount())]
    assert sizes == [QSize(595, 842), QSize(842, 595), QSize(595, 842)]


@pytest.mark.usefixtures("qapp")
def test_what_is_printed_is_not_scaled(tmp_path: Path) -> None:
    pdf = pdf_of((595, 842))
    original = tmp_path / "in.pdf"
    original.write_bytes(pdf)
    printing.send_to_printer(pdf, file_printer(tmp_path / "out.pdf"), no_progress)
    assert bars(opened(original), 0) == (50, 50, 544, 791)
    for there, here in zip(bars(opened(tmp_path / "out.pdf"), 0), (50, 50, 544, 791), strict=True):
        assert abs(there - here) <= 1


@pytest.mark.usefixtures("qapp")
def test_only_the_chosen_pages_are_printed(tmp_path: Path) -> None:
    printer = file_printer(tmp_path / "out.pdf")
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 9)
    out = printing.send_to_printer(pdf_of((595, 842), (842, 595)), printer, no_progress)
    assert out.pages == 1
    assert opened(tmp_path / "out.pdf").pagePointSize(0).toSize() == QSize(842, 595)


@pytest.mark.usefixtures("qapp")
def test_a_cancelled_printout_stops(tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        printing.send_to_printer(pdf_of((595, 842)), file_printer(tmp_path / "o.pdf"), cancel)


@pytest.mark.usefixtures("qapp")
@pytest.mark.qt_log_ignore("Returned false", extend=True)
def test_a_printer_that_takes_nothing_is_told(tmp_path: Path) -> None:
    printer = file_printer(tmp_path / "no such folder" / "out.pdf")
    with pytest.raises(PrinterFailed):
        printing.send_to_printer(pdf_of((595, 842)), printer, no_progress)


def test_printing_goes_through_the_runner(
    college_window: MainWindow,
    runner: Runner,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert college_window.shell
    asked: list[tuple[int, PrinterChoice]] = []

    def choose(_parent, pages, preferred, then) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        asked.append((pages, preferred))
        printer = file_printer(tmp_path / "out.pdf")
        then(printer)

    monkeypatch.setattr(printing, "ask_for_printer", choose)
    told: list[printing.Printout] = []
    shell = college_window.shell
    printing.print_pdf(
        shell.desk, shell, pdf_of((595, 842)), "软件2601班签字表", Paper.SHEETS, told.append
    )
    idle(qtbot, runner)
    assert asked == [(1, PrinterChoice())]
    assert [out.pages for out in told] == [1]
    assert opened(tmp_path / "out.pdf").pageCount() == 1


def test_without_a_printer_the_user_is_told(
    college_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert college_window.shell
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    told: list[Failure] = []
    shell = college_window.shell
    printing.print_pdf(
        shell.desk, shell, pdf_of((595, 842)), "签字表", Paper.SHEETS, lambda _: None, told.append
    )
    assert [failure.code for failure in told] == ["JC-502"]
    printing.print_pdf(
        shell.desk, shell, pdf_of((595, 842)), "签字表", Paper.SHEETS, lambda _: None
    )
    assert shell.errors.failure
    assert shell.errors.failure.code == "JC-502"


def test_bytes_are_read_as_a_pdf(qapp: object) -> None:
    del qapp
    assert printing.page_count(bytes(QByteArray(pdf_of((595, 842), (595, 842))).data())) == 2


class TellingPrinter(QPrinter):
    """A printer that tells what was set; one that prints into a file keeps no tray or sides."""

    def __init__(self) -> None:
        super().__init__(QPrinter.PrinterMode.ScreenResolution)
        self.told: list[object] = []

    def setPrinterName(self, name: str) -> None:  # noqa: N802 - Qt's name
        """Note which printer is meant."""
        self.told.append(name)

    def setPaperSource(self, source: QPrinter.PaperSource) -> None:  # noqa: N802
        """Note the tray."""
        self.told.append(source)

    def setDuplex(self, duplex: QPrinter.DuplexMode) -> None:  # noqa: N802
        """Note the sides."""
        self.told.append(duplex)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    ("choice", "told"),
    [
        (PrinterChoice(), []),
        (
            PrinterChoice("HP", Tray.LOWER, Sides.BOTH),
            ["HP", QPrinter.PaperSource.Lower, QPrinter.DuplexMode.DuplexLongSide],
        ),
        (
            PrinterChoice("", Tray.MANUAL, Sides.ONE),
            [QPrinter.PaperSource.Manual, QPrinter.DuplexMode.DuplexNone],
        ),
        # tray and sides were those of a printer that has gone
        (PrinterChoice("三楼的打印机", Tray.LOWER, Sides.BOTH), []),
    ],
)
def test_the_settings_fill_the_dialog_in(choice: PrinterChoice, told: list[object]) -> None:
    printer = TellingPrinter()
    printing.prepare(printer, choice, ["HP", "Canon"])
    assert printer.told == told


def test_what_is_remembered_after_printing() -> None:
    chosen = PrinterChoice("HP", Tray.LOWER, Sides.BOTH)
    assert printing.choice_after(chosen, "HP") == chosen
    assert printing.choice_after(chosen, "Canon") == PrinterChoice("Canon")  # it has other trays


@pytest.mark.parametrize("choice", [PrinterChoice(), PrinterChoice("", Tray.LOWER, Sides.BOTH)])
def test_whoever_leaves_the_printer_to_the_system_stays_with_it(
    choice: PrinterChoice,
    college_window: MainWindow,
    runner: Runner,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert college_window.shell
    desk = college_window.shell.desk
    keep_choice(desk.memory, Paper.SHEETS, choice)
    printer = file_printer(tmp_path / "out.pdf")
    monkeypatch.setattr(printer, "printerName", lambda: "二楼的打印机")
    monkeypatch.setattr(printing, "ask_for_printer", lambda *given: given[-1](printer))
    told: list[printing.Printout] = []
    printing.print_pdf(
        desk, college_window.shell, pdf_of((595, 842)), "签字表", Paper.SHEETS, told.append
    )
    idle(qtbot, runner)
    assert [out.printer for out in told] == ["二楼的打印机"]
    assert remembered_choice(desk.memory, Paper.SHEETS) == choice


def test_a_printer_that_has_gone_is_told_before_another_is_taken(
    college_window: MainWindow,
    runner: Runner,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert college_window.shell
    desk = college_window.shell.desk
    chosen = PrinterChoice("三楼的打印机", Tray.UPPER, Sides.ONE)
    keep_choice(desk.memory, Paper.REGISTER, chosen)
    asked: list[PrinterChoice] = []
    questions: list[str] = []
    agree: list[Callable[[], None]] = []

    def choose(_parent, _pages, preferred, then) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        asked.append(preferred)
        then(file_printer(tmp_path / "out.pdf"))

    def ask_yes(_parent: object, question: str, _verb: str, then: Callable[[], None]) -> None:
        questions.append(question)
        agree.append(then)

    monkeypatch.setattr(printing, "ask_for_printer", choose)
    monkeypatch.setattr(printing, "printer_names", lambda: ["HP"])
    monkeypatch.setattr(asking, "ask_yes", ask_yes)
    told: list[printing.Printout] = []
    printing.print_pdf(
        desk, college_window.shell, pdf_of((595, 842)), "名册", Paper.REGISTER, told.append
    )
    idle(qtbot, runner)
    assert "“三楼的打印机”现在找不到" in questions[0]
    assert (asked, told) == ([], [])
    agree[0]()
    idle(qtbot, runner)
    assert asked == [chosen]
    assert len(told) == 1
    assert remembered_choice(desk.memory, Paper.REGISTER) == chosen  # for when it is back


def test_the_dialog_begins_with_what_was_chosen_for_this_paper(
    college_window: MainWindow,
    runner: Runner,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert college_window.shell
    desk = college_window.shell.desk
    keep_choice(desk.memory, Paper.REGISTER, PrinterChoice("HP", Tray.UPPER, Sides.ONE))
    asked: list[PrinterChoice] = []

    def choose(_parent, _pages, preferred, then) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        asked.append(preferred)
        then(file_printer(tmp_path / "out.pdf"))

    monkeypatch.setattr(printing, "ask_for_printer", choose)
    for paper in (Paper.REGISTER, Paper.SHEETS, Paper.REGISTER):
        printing.print_pdf(
            desk, college_window.shell, pdf_of((595, 842)), "名册", paper, lambda _: None
        )
        idle(qtbot, runner)
    assert asked[0] == PrinterChoice("HP", Tray.UPPER, Sides.ONE)
    assert asked[1] == PrinterChoice()
    assert (asked[2].tray, asked[2].sides) == (Tray.UPPER, Sides.ONE)  # the printer is the last


def test_every_document_has_its_paper() -> None:
    kinds = ("signature_sheet", "register", "handover", "")
    assert [paper_of(kind) for kind in kinds] == [
        Paper.SHEETS, Paper.REGISTER, Paper.OTHER, Paper.OTHER,
    ]  # fmt: skip
