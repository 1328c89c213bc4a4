"""A secretary's day through the main window: print, scan, record by keys, sign off, send."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.domain.offices import OfficeKind
from desktop.domain.sheets import Sheet, page_digest
from desktop.printing.marks import qr_text
from desktop.procedures.exporting import export
from desktop.procedures.session import Session
from desktop.store import school
from desktop.views.dialogs import printing
from desktop.views.frame.window import MainWindow
from desktop.views.pages.recording.page import RecordingPage
from desktop.views.pages.signing.page import SigningPage
from desktop.views.wizards.frame import Wizard
from tests.conftest import ROUND
from tests.views.desks import ask, open_page, settle
from tests.views.dialogs.test_printing import file_printer, opened

CTRL = Qt.KeyboardModifier.ControlModifier


def print_everything(
    window: MainWindow, qtbot: QtBot, path: Path, patch: pytest.MonkeyPatch
) -> tuple[Sheet, ...]:
    """Walk the wizard that prints, by keys, and print into a file."""
    printer = file_printer(path)

    def choose(_parent: object, _pages: int, _preferred: str, then: Any) -> None:  # noqa: ANN401
        then(printer)

    patch.setattr(printing, "ask_for_printer", choose)
    page = open_page(window, qtbot, SigningPage)
    QTest.keyClick(page.table.view, Qt.Key.Key_P, CTRL)
    qtbot.waitUntil(lambda: page.findChild(Wizard) is not None)  # a button shows that it is pressed
    wizard = page.findChild(Wizard)
    assert isinstance(wizard, Wizard)
    for _step in ("classes", "preview"):
        QTest.keyClick(wizard, Qt.Key.Key_Return)
        settle(window, qtbot)
    wizard.page.print.click()  # type: ignore[attr-defined]  # the last page is one that prints
    settle(window, qtbot)
    made: tuple[Sheet, ...] = wizard.draft.made.sheets
    QTest.keyClick(wizard, Qt.Key.Key_Return)
    settle(window, qtbot)
    return made


def record(window: MainWindow, qtbot: QtBot, sheet: Sheet) -> RecordingPage:
    """Scan the first page of a sheet, and record that everybody and everyone above has signed."""
    page = open_page(window, qtbot, RecordingPage)
    QTest.keyClicks(page.number, qr_text(sheet.number, 1, page_digest(sheet.rows)))
    QTest.keyClick(page.number, Qt.Key.Key_Return)
    settle(window, qtbot)
    assert page.place.warning == ""
    QTest.keyClick(page.place.table, Qt.Key.Key_Return, CTRL)
    page.place.sign_offs.fill("class_teacher", "谢老师")
    page.place.sign_offs.fill("head", "刘院长")
    page.place.sign_offs.fill("seal")
    QTest.keyClick(page.place.table, Qt.Key.Key_S, CTRL)
    settle(window, qtbot)
    return page


def send(session: Session, folder: Path) -> None:
    """Export what was recorded to the registrar."""
    with session.unit_of_work() as unit:
        offices = school.offices(unit.connection)
    registrar = next(o.id for o in offices if o.kind is OfficeKind.REGISTRAR)
    export(session, registrar, ROUND, folder)


def test_a_day(
    college_window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = college_window
    sheets = print_everything(window, qtbot, tmp_path / "printed.pdf", monkeypatch)
    assert opened(tmp_path / "printed.pdf").pageCount() == 2
    said = [record(window, qtbot, sheet).state_sentence for sheet in sheets]
    assert all(sentence.endswith("已登记 3/3，签字和印章齐全。") for sentence in said)
    page = open_page(window, qtbot, SigningPage)
    assert page.state_sentence == "共 2 个班：要导出 2 个。"
    ask(window, qtbot, lambda session: send(session, tmp_path))
    page.refresh()
    settle(window, qtbot)
    assert page.state_sentence == "共 2 个班：等学籍科 2 个。"
