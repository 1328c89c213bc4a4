"""A stick goes from a college to the registrar and back, all of it in windows."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.procedures.exchange.merging import merge
from desktop.procedures.keeping.doctor import state_digest
from desktop.views.frame.window import MainWindow
from desktop.views.pages.decisions.page import DecisionsPage
from desktop.views.pages.exchange.page import ExchangePage
from desktop.views.runner import Runner
from desktop.views.wizards.frame import Wizard
from desktop.views.wizards.merge_desk.steps import FilesStep
from desktop.views.wizards.place_step import PlaceStep
from tests.views.conftest import OpenWindow, idle
from tests.views.offices import at_work, contradicting_bundles


def at_exchange(window: MainWindow, qtbot: QtBot, runner: Runner) -> ExchangePage:
    assert window.shell
    window.shell.open("exchange")
    idle(qtbot, runner)
    assert isinstance(window.shell.page, ExchangePage)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window.shell.page


def press_next(wizard: Wizard[Any], qtbot: QtBot, runner: Runner) -> None:
    """Press Enter, as a person does who reads and goes on."""
    (button,) = [one for one in wizard.findChildren(QPushButton) if one.isDefault()]
    QTest.keyClick(button, Qt.Key.Key_Return)
    idle(qtbot, runner)


def export_to(stick: Path, page: ExchangePage, qtbot: QtBot, runner: Runner) -> list[Path]:
    """Export everything that is new to a stick, and return what lies there then."""
    QTest.keyClick(page, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    (wizard,) = page.findChildren(Wizard)
    press_next(wizard, qtbot, runner)
    press_next(wizard, qtbot, runner)
    assert isinstance(wizard.page, PlaceStep)
    wizard.page.fill(str(stick))
    press_next(wizard, qtbot, runner)
    press_next(wizard, qtbot, runner)
    assert wizard.step == "done"
    press_next(wizard, qtbot, runner)
    return sorted(stick.glob("*.jice"))


def take_in(files: list[Path], page: ExchangePage, qtbot: QtBot, runner: Runner) -> None:
    """Take files in by the merge desk."""
    QTest.keyClick(page, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    idle(qtbot, runner)
    (wizard,) = page.findChildren(Wizard)
    assert isinstance(wizard.page, FilesStep)
    wizard.page.add(files)
    for _ in range(3):
        press_next(wizard, qtbot, runner)


def test_a_stick_goes_to_the_registrar_and_back(
    open_window: OpenWindow, tmp_path: Path, qtbot: QtBot, runner: Runner
) -> None:
    stick, back = tmp_path / "去", tmp_path / "回"
    stick.mkdir()
    back.mkdir()
    with at_work(tmp_path) as school:
        merge(school.registrar, contradicting_bundles(school))
    college = at_exchange(open_window("second"), qtbot, runner)
    sent = export_to(stick, college, qtbot, runner)
    assert len(sent) == 1
    window = open_window("registrar")
    registrar = at_exchange(window, qtbot, runner)
    take_in(sent, registrar, qtbot, runner)
    assert registrar.received.table.count_text == "共 3 份"
    assert window.shell
    window.shell.open("decisions")
    idle(qtbot, runner)
    decisions = window.shell.page
    assert isinstance(decisions, DecisionsPage)
    decisions.disagreements.reason.setText("查看了签字表原件")
    while decisions.disagreements.choices:
        decisions.disagreements.choose(decisions.disagreements.choices[0])
        idle(qtbot, runner)
    assert decisions.state_sentence.startswith("没有等待裁定的")
    answers = export_to(back, at_exchange(window, qtbot, runner), qtbot, runner)
    first = at_exchange(open_window("first"), qtbot, runner)
    take_in([file for file in answers if "信息技术学院" in file.name], first, qtbot, runner)
    # what it sent to its own second seat is answered by that one alone
    assert first.state_sentence.endswith("有 1 份还没有回执。")


def test_ones_own_bundle_is_refused_and_changes_nothing(
    open_window: OpenWindow, tmp_path: Path, qtbot: QtBot, runner: Runner
) -> None:
    with at_work(tmp_path) as school:
        files = contradicting_bundles(school)
        expected = state_digest(school.first.store)
    first = at_exchange(open_window("first"), qtbot, runner)
    take_in(files[:1], first, qtbot, runner)
    first.lists.choose("refused")
    assert first.refused.table.count_text == "共 1 份"
    idle(qtbot, runner)
    digests: list[str] = []
    first.desk.run(
        lambda session, _progress: state_digest(session.store),
        digests.append,
        owner=first,
        title="",
    )
    idle(qtbot, runner)
    assert digests == [expected]
