"""The user guide in the window: F1, sections, search, the entry of every code."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.errors import TargetFull
from desktop.paths import guide_dir
from desktop.procedures.session import Progress, Session
from desktop.views.frame.window import MainWindow
from desktop.views.pages.cards import CARDS, Card
from desktop.views.pages.help.guide import (
    ERRORS_TITLE,
    FIRST_TITLE,
    error_entry,
    searched,
    section_named,
    sections,
)
from desktop.views.pages.help.page import HelpPage
from desktop.views.runner import Runner
from tests.views.conftest import idle

GUIDE = sections(guide_dir())


@pytest.mark.parametrize("card", CARDS, ids=lambda card: str(card.id))
def test_every_page_has_its_section(card: Card) -> None:
    title, _, words = card.guide.partition("#")
    section = section_named(GUIDE, title)
    assert section.title != FIRST_TITLE
    assert words in section.text


def test_the_guide_has_all_that_its_files_have() -> None:
    text = (guide_dir() / "index.md").read_text(encoding="utf-8")
    assert sum(len(section.text) for section in GUIDE[:-1]) > 0.95 * len(text.strip())
    assert GUIDE[-1].title == ERRORS_TITLE


def test_lines_that_are_wrapped_in_the_file_leave_no_space_between_characters() -> None:
    texts = [section.text for section in GUIDE[:-1]]
    assert [t for t in texts if re.search(r"[\u4e00-\u9fff，。；：、]\n[\u4e00-\u9fff]", t)] == []


def test_every_picture_of_the_guide_is_there() -> None:
    text = (guide_dir() / "index.md").read_text(encoding="utf-8")
    pictures = re.findall(r"!\[.+?\]\((.+?)\)", text)
    assert pictures
    assert [name for name in pictures if not (guide_dir() / name).is_file()] == []


def test_every_code_has_an_entry() -> None:
    entry = error_entry(guide_dir(), "JC-112")
    assert entry
    assert "空间不够" in entry.what
    assert entry.todo in entry.text
    assert error_entry(guide_dir(), "JC-999") is None


def test_searching_finds_titles_first() -> None:
    assert searched(GUIDE, "备份")[0].title == "备份"
    assert not searched(GUIDE, "没有这个词")


def test_f1_opens_the_section_of_the_page(window: MainWindow, qtbot: QtBot, runner: Runner) -> None:
    shell = window.shell
    assert shell
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    shell.open("settings")
    idle(qtbot, runner)
    QTest.keyClick(window, Qt.Key.Key_F1)
    page = shell.page
    assert isinstance(page, HelpPage)
    assert page.guide.list.currentItem().text() == "设置"
    assert "从哪天起改名" in page.guide.text.toPlainText()
    shell.header.back.emit()
    assert shell.page.CARD.id == "settings"
    idle(qtbot, runner)


def fail(_session: Session, _progress: Progress) -> None:
    """Fail as a full stick does."""
    raise TargetFull("空间不够。", "请换一个U盘。")


def test_an_error_leads_to_its_entry(window: MainWindow, qtbot: QtBot, runner: Runner) -> None:
    shell = window.shell
    assert shell
    shell.desk.run(fail, owner=shell, title="正在导出")
    idle(qtbot, runner)
    (explain,) = (b for b in shell.errors.findChildren(QPushButton) if b.text() == "查看说明")
    explain.click()
    page = shell.page
    assert isinstance(page, HelpPage)
    assert "JC-112" in page.guide.text.toPlainText()
    assert "发生了什么" in page.guide.text.toPlainText()


def test_searching_in_the_window(window: MainWindow, qtbot: QtBot, runner: Runner) -> None:
    assert window.shell
    window.shell.open("help")
    idle(qtbot, runner)
    page = window.shell.page
    assert isinstance(page, HelpPage)
    page.guide.search.setText("jc-205")
    assert "JC-205" in page.guide.text.toPlainText()
    page.guide.search.setText("没有这个词")
    assert page.guide.list.count() == 0
    page.guide.search.clear()
    assert page.guide.list.count() == len(GUIDE)


def test_pictures_fit_the_room(window: MainWindow, qtbot: QtBot, runner: Runner) -> None:
    assert window.shell
    window.shell.open("help", "工作台")
    idle(qtbot, runner)
    page = window.shell.page
    assert isinstance(page, HelpPage)
    width = page.guide.text.picture_width("../screens/1366/registrar-workbench.png")
    assert 0 < width < page.guide.text.viewport().width()
    assert page.guide.text.horizontalScrollBar().maximum() == 0
    with_picture = page.guide.text.document().size().height()
    page.guide.text.read(re.sub(r"!\[.+?\]\(.+?\)", "", page.guide.text.document().toMarkdown()))
    without = page.guide.text.document().size().height()
    assert with_picture - without > width / 3  # it stands in the text, not in its place a drawing
