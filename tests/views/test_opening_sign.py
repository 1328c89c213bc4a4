"""The sign that is in sight while it is not clear yet what to show."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop.app import Application
from desktop.views.look.appearance import Scheme, current_appearance
from desktop.views.memory import Memory
from desktop.views.opening_sign import OpeningSign
from desktop.views.remembered_look import keep_look
from tests.views.conftest import Start, idle


def test_it_is_there_at_once_and_says_what_happens(start: Start, tmp_path: Path) -> None:
    program = Application(tmp_path / "nothing yet", tmp_path)
    program.start()
    sign = program.sign
    assert sign
    assert sign.isVisible()
    assert [line.text() for line in sign.findChildren(QLabel)] == ["籍册", "正在打开…"]
    assert not (tmp_path / "nothing yet").exists()
    start.end_later(program)


def test_it_goes_when_a_window_comes_and_the_program_goes_on(
    qtbot: QtBot, qapp: QApplication
) -> None:
    ended: list[bool] = []
    qapp.lastWindowClosed.connect(lambda: ended.append(True))
    sign = OpeningSign(qapp)
    sign.show()
    part = QWidget(sign)
    part.show()
    assert sign.isVisible()
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: not isValid(sign))
    assert window.isVisible()
    assert not ended


def test_it_gives_way_to_the_first_start(start: Start, qtbot: QtBot, tmp_path: Path) -> None:
    program = start(tmp_path / "nothing yet")
    idle(qtbot, program.runner)
    qtbot.waitUntil(lambda: program.sign is None)
    assert program.wizard


def test_it_has_the_colours_that_were_chosen(start: Start, tmp_path: Path) -> None:
    memory = Memory(tmp_path)
    keep_look(memory, Scheme.DARK, 2.0)
    memory.save()
    current_appearance().choose(Scheme.LIGHT, 1.0)
    program = Application(tmp_path, tmp_path)
    program.start()
    assert program.sign
    assert current_appearance().look.palette.dark
    assert program.sign.width() == current_appearance().look.px(320)
    assert program.sign.windowFlags() & Qt.WindowType.FramelessWindowHint
    start.end_later(program)
