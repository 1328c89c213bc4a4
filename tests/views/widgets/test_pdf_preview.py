"""The preview of a PDF: pages, zoom, and what is no PDF."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.views.widgets.pdf_preview import Fit, PdfPreview
from tests.views.papers import pdf_of

A4 = (595, 842)


@pytest.fixture
def preview(qtbot: QtBot) -> PdfPreview:
    """A preview in sight, showing three pages."""
    made = PdfPreview("签字表预览")
    qtbot.addWidget(made)
    made.resize(700, 600)
    made.show()
    made.show_pdf(pdf_of(A4, A4, A4))
    return made


def test_it_opens_at_the_first_page_and_turns(preview: PdfPreview, qtbot: QtBot) -> None:
    assert preview.place_text == "第 1 页，共 3 页"
    with qtbot.waitSignal(preview.page_changed):
        preview.go_to(3)
    assert preview.place_text == "第 3 页，共 3 页"
    preview.go_to(4)
    assert preview.page == 3


def test_a_page_fits_whole_until_somebody_zooms(preview: PdfPreview) -> None:
    whole = preview.zoom
    preview.fit(Fit.WIDTH)
    wide = preview.zoom
    assert wide > whole
    preview.resize(1000, 600)
    assert preview.zoom > wide
    preview.zoom_by(0.5)
    by_hand = preview.zoom
    preview.resize(700, 600)
    assert preview.zoom == by_hand
    for _ in range(40):
        preview.zoom_by(2)
    assert preview.zoom == 5.0


def test_keys_zoom_and_turn(preview: PdfPreview) -> None:
    preview.view.setFocus()
    before = preview.zoom
    QTest.keyClick(preview.view, Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
    assert preview.zoom == pytest.approx(before * 1.25)
    QTest.keyClick(preview.view, Qt.Key.Key_PageDown)
    assert preview.page == 2


def test_what_is_no_pdf_is_said_to_be_damaged(preview: PdfPreview) -> None:
    preview.show_pdf(b"%PDF-1.4 nothing")
    assert preview.page_count == 0
    assert preview.place_text == "没有页"
    preview.show_pdf(pdf_of(A4))
    assert preview.place_text == "第 1 页，共 1 页"
    preview.clear()
    assert preview.page == 0
