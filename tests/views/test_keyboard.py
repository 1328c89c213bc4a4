"""Everything of the window can be reached by Tab and arrow keys, and every control has a name."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollBar,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.procedures.demo.stage import PASSPHRASE
from desktop.views.pages.settings.page import SettingsPage
from desktop.views.wizards.frame import Wizard
from tests.scenarios.rounds import copy_of
from tests.views.conftest import Start
from tests.views.person import Person, name_of

CONTROLS = (
    QAbstractButton,
    QLineEdit,
    QComboBox,
    QAbstractItemView,
    QAbstractSpinBox,
    QPlainTextEdit,
    QTextEdit,
)
MOST_STOPS = 120


def controls(window: QWidget) -> list[QWidget]:
    """Return what a person could use in a window: in sight, enabled, and not a part of another."""
    found: list[QWidget] = []
    for one in window.findChildren(QWidget):
        parent = one.parentWidget()
        part = isinstance(parent, QLineEdit | QComboBox | QAbstractSpinBox | QAbstractItemView)
        inner = isinstance(one, QHeaderView | QScrollBar)
        here = one.isVisible() and one.isEnabled() and one.window() is window
        if isinstance(one, CONTROLS) and here and not part and not inner:
            found.append(one)
    return found


def stops(person: Person) -> list[QWidget]:
    """Press Tab until it goes round, and return where it stopped."""
    seen: list[QWidget] = []
    for _ in range(MOST_STOPS):
        before = person.focus
        QTest.keyClick(before, Qt.Key.Key_Tab)
        person.waits()
        after = QApplication.focusWidget()
        assert after is not None, f"the focus is lost after {name_of(before)}"
        assert after is not before, f"Tab does not lead on from {name_of(before)}"
        if after in seen:
            return seen
        seen.append(after)
    raise AssertionError("Tab never comes round")


def reachable(one: QWidget, seen: list[QWidget]) -> bool:
    """Tell whether Tab leads there, or arrow keys from another button of the group."""
    group = one.group() if isinstance(one, QAbstractButton) else None
    return one in seen or bool(group and any(other in seen for other in group.buttons()))


def problems(person: Person) -> list[str]:
    """Return what can not be reached or has no name in the window in front."""
    seen = stops(person) + stops(person)  # a row that became current may bring more
    found = [f"{one!r} has no name" for one in [*seen, *controls(person.front)] if not name_of(one)]
    found += [
        f"{name_of(one)} is not reached"
        for one in controls(person.front)
        if not reachable(one, seen)
    ]
    return found


def at_work(start: Start, qtbot: QtBot, folder: Path) -> Person:
    """Sign in at a seat of the demo."""
    program = start(folder)
    person = Person(qtbot, program.runner)
    person.waits()
    person.writes(PASSPHRASE)
    person.keys("Return")
    return person


def test_a_page_that_is_opened_by_its_key_has_the_focus(
    start: Start, qtbot: QtBot, tmp_path: Path
) -> None:
    person = at_work(start, qtbot, copy_of("merged", tmp_path) / "seats" / "registrar")
    assert name_of(person.focus) == "进度表"
    for key, name in (("Ctrl+4", "注册名单"), ("Ctrl+6", "收到的报送包"), ("Ctrl+7", "分歧")):
        person.keys(key)
        assert name_of(person.focus) == name, person.focus
    person.keys("Ctrl+L")
    person.writes(PASSPHRASE)
    person.keys("Return")
    assert name_of(person.focus) == "分歧"  # after unlocking one goes on where one was


def test_the_first_start_is_used_by_keyboard_alone(
    start: Start, qtbot: QtBot, tmp_path: Path
) -> None:
    program = start(tmp_path / "data")
    person = Person(qtbot, program.runner)
    person.waits()
    assert problems(person) == []
    for choice in ("创建学校", "加入学校", "先试一试"):
        person.presses(choice)
        person.goes_on()
        assert problems(person) == []
        person.presses("上一步")


@pytest.mark.parametrize(
    ("seat", "until"),
    [("registrar", "merged"), ("registrar", "registered"), ("college-01", "signed")],
)
def test_every_page_is_used_by_keyboard_alone(
    start: Start, qtbot: QtBot, tmp_path: Path, seat: str, until: str
) -> None:
    program = start(copy_of(until, tmp_path) / "seats" / seat)
    person = Person(qtbot, program.runner)
    person.waits()
    person.writes(PASSPHRASE)
    person.keys("Return")
    assert program.window
    shell = program.window.shell
    assert shell
    found = {}
    for page in shell._cards.values():
        shell.open(page.id)
        person.waits()
        found[page.title] = problems(person)
        if isinstance(shell.page, SettingsPage):
            for topic in shell.page.topics:
                shell.page.chips.choose(topic)
                person.waits()
                found[f"设置 {topic}"] = problems(person)
    assert {title: wrong for title, wrong in found.items() if wrong} == {}


WIZARDS = (
    ("registrar", "merged", "批次名单", "新建批次…"),
    ("registrar", "merged", "批次名单", "再读入名单…"),
    ("registrar", "merged", "学籍注册", "办理注册…"),
    ("registrar", "merged", "学籍注册", "名册和文件…"),
    ("registrar", "registered", "学籍注册", "重新开启批次…"),
    ("registrar", "merged", "收发", "导出报送包…"),
    ("registrar", "merged", "收发", "收入报送包…"),
    ("registrar", "merged", "收发", "撤回这份报送包…"),
    ("registrar", "merged", "席位", "批复加入申请…"),
    ("registrar", "merged", "席位", "信息技术学院", "吊销席位…"),
    ("college-01", "signed", "核对签字", "打印签字表…"),
    ("college-01", "signed", "核对签字", "登记签字…", "提出更正…"),
    ("college-01", "signed", "核对签字", "登记签字…", "增补手写的学生…"),
    ("college-01", "signed", "核对签字", "登记签字…", "放弃或保留入学资格…"),
    ("college-01", "signed", "核对签字", "登记签字…", "撤回已保存的登记…"),
    ("college-01", "signed", "收发", "导出报送包…"),
)


@pytest.mark.parametrize("way", WIZARDS, ids=lambda way: "-".join((way[0], way[1], way[-1])))
def test_every_wizard_is_used_by_keyboard_alone(
    start: Start, qtbot: QtBot, tmp_path: Path, way: tuple[str, ...]
) -> None:
    seat, until, *deeds = way
    person = at_work(start, qtbot, copy_of(until, tmp_path) / "seats" / seat)
    for deed in deeds:
        person.uses(deed)
    found, walked = {}, []
    while isinstance(wizard := person.front, Wizard) and wizard.step not in walked:
        walked.append(wizard.step)
        found[wizard.step] = problems(person)
        if wizard._flow.steps[wizard.step].act and not wizard._flow.steps[wizard.step].reads:
            break
        wizard.page.setFocus()
        if isinstance(person.focus, QPushButton) and not person.focus.isCheckable():
            break  # Enter presses it: the step begins with choosing files
        person.goes_on()
    assert walked
    assert {step: wrong for step, wrong in found.items() if wrong} == {}
    person.keys("Escape")
