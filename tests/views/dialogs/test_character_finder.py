"""The finder: what is known narrows what is shown, and what is found goes into the name."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop.views.dialogs.character_finder import CharacterFinder
from desktop.views.frame.window import MainWindow
from desktop.views.runner import Runner
from tests.views.conftest import idle


@pytest.fixture
def names() -> list[str]:
    """The names that the finder has handed on."""
    return []


@pytest.fixture
def finder(window: MainWindow, names: list[str]) -> Iterator[CharacterFinder]:
    """The finder for a name that has lost one character."""
    assert window.shell is not None
    made = CharacterFinder(window.shell.desk, "欧阳?", names.append, window)
    made.open()
    yield made
    if isValid(made):  # it closes by itself when the name is taken
        made.close()


def look_for(finder: CharacterFinder, qtbot: QtBot, runner: Runner, reading: str) -> None:
    """Type a reading, and wait for what is found."""
    before = finder.words
    finder.reading.setText(reading)
    finder.reading.textEdited.emit(reading)
    qtbot.waitUntil(lambda: finder.words != before)
    idle(qtbot, runner)


def test_a_reading_finds_and_enter_puts_it_where_one_was_lost(
    finder: CharacterFinder, qtbot: QtBot, runner: Runner, names: list[str]
) -> None:
    look_for(finder, qtbot, runner, "kun1")
    assert finder.list.count() > 20
    found = finder.list.current
    assert found is not None
    assert not found.in_gbk
    QTest.keyClick(finder.list, Qt.Key.Key_Return)
    assert finder.name.text() == f"欧阳{found.character}"
    assert names == []
    QTest.keyClick(finder.focusWidget(), Qt.Key.Key_Space)
    assert names == [f"欧阳{found.character}"]


def test_a_radical_may_be_typed_and_narrows(
    finder: CharacterFinder, qtbot: QtBot, runner: Runner
) -> None:
    look_for(finder, qtbot, runner, "yi")
    assert "先列出" in finder.words
    many = finder.list.count()
    box = finder.radical
    box.setCurrentIndex(next(n for n in range(box.count()) if "氵" in box.itemText(n)))
    qtbot.waitUntil(lambda: 0 < finder.list.count() < many)
    box.setEditText("不是部首")
    assert finder.list.current is not None


def test_what_nobody_reads_so_is_told(
    finder: CharacterFinder, qtbot: QtBot, runner: Runner
) -> None:
    look_for(finder, qtbot, runner, "xyz")
    assert finder.list.count() == 0
    assert "没有这样的字" in finder.words
    finder.put()
    assert finder.name.text() == "欧阳?"


def test_a_code_is_taken_and_one_of_no_character_is_told(
    finder: CharacterFinder, qtbot: QtBot
) -> None:
    finder.code.setText("U+E000")
    finder.code.textEdited.emit("U+E000")
    qtbot.waitUntil(lambda: "不是能用在姓名里" in finder.words)
    finder.code.setText("20bb7")
    finder.code.textEdited.emit("20bb7")
    qtbot.waitUntil(lambda: finder.list.count() == 1)
    finder.put()
    assert finder.name.text() == "欧阳𠮷"
