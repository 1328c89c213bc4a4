"""The sign that is in sight while the program is loaded."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop.views.look.appearance import Scheme, current_appearance
from desktop.views.memory import Memory
from desktop.views.opening_sign import OpeningSign, show_opening_sign
from desktop.views.remembered_look import keep_look


def test_it_is_there_at_once_and_says_what_happens(tmp_path: Path) -> None:
    sign = show_opening_sign(tmp_path / "nothing yet")
    assert sign.isVisible()
    assert [line.text() for line in sign.findChildren(QLabel)] == ["籍册", "正在打开…"]
    assert not (tmp_path / "nothing yet").exists()
    sign.close()


def test_it_goes_when_a_window_comes_and_the_program_goes_on(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    ended: list[bool] = []
    qapp.lastWindowClosed.connect(lambda: ended.append(True))
    sign = show_opening_sign(tmp_path)
    part = QWidget(sign)
    part.show()
    assert sign.isVisible()
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: not isValid(sign))
    assert window.isVisible()
    assert not ended


def test_it_has_the_colours_that_were_chosen(tmp_path: Path) -> None:
    memory = Memory(tmp_path)
    keep_look(memory, Scheme.DARK, 2.0)
    memory.save()
    current_appearance().choose(Scheme.LIGHT, 1.0)
    sign = show_opening_sign(tmp_path)
    assert current_appearance().look.palette.dark
    assert sign.width() == current_appearance().look.px(320)
    assert isinstance(sign, OpeningSign)
    assert sign.windowFlags() & Qt.WindowType.FramelessWindowHint
    sign.close()
