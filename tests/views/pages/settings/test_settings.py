"""The settings: each topic says what it saves, and what is wrong stands beside the field."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.domain.photos import PhotoKind, PhotoRules
from desktop.errors import TargetMissing
from desktop.procedures.photos.photo_rules import photo_rules
from desktop.procedures.rounds import close_round
from desktop.procedures.settings import school_history
from desktop.views.backup_choice import backup_folder, keep_backup_choice
from desktop.views.dialogs import asking, printing
from desktop.views.frame.window import MainWindow
from desktop.views.look.appearance import Scheme, current_appearance, current_look
from desktop.views.memory import Memory
from desktop.views.pages.settings.appearance import AppearanceTopic
from desktop.views.pages.settings.backups import BackupTopic
from desktop.views.pages.settings.operators import (
    NewOperator,
    OperatorsTopic,
    operator_problems,
)
from desktop.views.pages.settings.page import SettingsPage
from desktop.views.pages.settings.photos import PhotoTopic, RulesChange
from desktop.views.pages.settings.printers import PrintersTopic
from desktop.views.pages.settings.rounds import RoundTopic
from desktop.views.pages.settings.school import SchoolTopic
from desktop.views.printer_choice import Paper, PrinterChoice, Sides, Tray, remembered_choice
from desktop.views.remembered_look import take_look
from desktop.views.runner import Runner
from tests.conftest import CHOSEN_PASSPHRASE, PASSPHRASE, ROUND
from tests.views.conftest import idle
from tests.views.desks import ask


def opened(window: MainWindow, qtbot: QtBot, runner: Runner, topic: str) -> SettingsPage:
    """Open the settings at a topic."""
    assert window.shell
    window.shell.open("settings", topic)
    idle(qtbot, runner)
    assert isinstance(window.shell.page, SettingsPage)
    assert window.shell.page.chips.current == topic
    return window.shell.page


def test_the_school_is_renamed(window: MainWindow, qtbot: QtBot, runner: Runner) -> None:
    page = opened(window, qtbot, runner, "school")
    topic = page.topic
    assert isinstance(topic, SchoolTopic)
    assert topic.change
    assert "建立学校时，学校名称：襄阳职业技术学院" in topic.text
    topic.change.form.fill(since="2027-01-01", name="襄阳职业技术大学")
    topic.change.button.click()
    idle(qtbot, runner)
    assert page.errors.failure  # no reason was given
    assert page.errors.failure.code == "JC-602"
    topic.change.form.fill(reason="鄂政函〔2026〕12号")
    topic.change.button.click()
    idle(qtbot, runner)
    assert not page.errors.failure
    assert page.state_sentence.startswith("已保存，从 2027-01-01 起生效")
    assert "从 2027-01-01 起，学校名称：襄阳职业技术大学" in topic.text
    names: list[str] = []
    topic.desk.run(
        lambda session, _progress: school_history(session)[-1].facts.name,
        names.append,
        owner=topic,
        title="",
    )
    idle(qtbot, runner)
    assert names == ["襄阳职业技术大学"]


def test_a_college_sees_the_school_but_changes_nothing(
    college_window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    page = opened(college_window, qtbot, runner, "school")
    assert isinstance(page.topic, SchoolTopic)
    assert page.topic.change is None
    assert "round" not in page.topics


def test_another_photo_is_asked_for(window: MainWindow, qtbot: QtBot, runner: Runner) -> None:
    page = opened(window, qtbot, runner, "photos")
    topic = page.topic
    assert isinstance(topic, PhotoTopic)
    topic.kind.setCurrentIndex(topic.kind.findData("entrance_photo"))
    form = topic.card.form
    assert form.take(RulesChange()).width == "480"
    form.fill(width="358", height="", largest_kb="60", background="white", reason="换了设备")
    topic.card.button.click()
    idle(qtbot, runner)
    assert not page.errors.failure  # what is wrong stands beside the fields
    shown = [found.text() for found in topic.findChildren(QLabel) if found.isVisible()]
    assert any("六位颜色代码，例如 64C5FF；" in text for text in shown)
    form.fill(height="441", background="ffffff", reason="")
    topic.card.button.click()
    idle(qtbot, runner)
    assert page.errors.failure
    assert page.errors.failure.code == "JC-602"
    form.fill(reason="换了设备")
    topic.card.button.click()
    idle(qtbot, runner)
    assert page.state_sentence == "入学照片的要求已保存。"
    kept: list[PhotoRules] = []
    topic.desk.run(
        lambda session, _progress: photo_rules(session)[PhotoKind.ENTRANCE],
        kept.append,
        owner=topic,
        title="",
    )
    idle(qtbot, runner)
    assert kept == [PhotoRules(358, 441, largest_kb=60, background="ffffff")]


def test_a_round_gets_other_rules(window: MainWindow, qtbot: QtBot, runner: Runner) -> None:
    page = opened(window, qtbot, runner, "round")
    topic = page.topic
    assert isinstance(topic, RoundTopic)
    assert topic.sign_offs["head"].isChecked()
    topic.sign_offs["student_section"].setChecked(True)
    topic.card.form.fill(deadline="2026-10-15", proxy="no", reason="军训延期")
    topic.card.button.click()
    idle(qtbot, runner)
    assert "截止日期 2026-10-15" in page.state_sentence
    page.refresh()
    idle(qtbot, runner)
    assert topic.chooser.current
    assert topic.chooser.current.deadline == "2026-10-15"
    assert not topic.chooser.current.proxy_allowed
    assert "student_section" in topic.chooser.current.required_sign_offs
    assert not topic.why_not.text()


def test_the_rules_of_a_round_that_is_over_say_why_they_stand(
    window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    ask(window, qtbot, lambda session: close_round(session, ROUND))
    topic = opened(window, qtbot, runner, "round").topics["round"]
    assert isinstance(topic, RoundTopic)
    assert not topic.card.isEnabled()
    assert "已经结束" in topic.why_not.text()


def test_an_operator_is_added_and_signs_in(
    window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    page = opened(window, qtbot, runner, "operators")
    topic = page.topic
    assert isinstance(topic, OperatorsTopic)
    topic.add.form.fill(name="李老师", passphrase=CHOSEN_PASSPHRASE, again="另一")
    topic.add.button.click()
    shown = [found.text() for found in topic.findChildren(QLabel) if found.isVisible()]
    assert "两次输入的口令不一样，请再输入一次。" in shown
    topic.add.form.fill(again=CHOSEN_PASSPHRASE)
    topic.add.button.click()
    idle(qtbot, runner)
    assert "2 位经办人：张老师、李老师" in topic.names.text()
    topic.change.form.fill(old="不对", passphrase=CHOSEN_PASSPHRASE, again=CHOSEN_PASSPHRASE)
    topic.change.button.click()
    idle(qtbot, runner)
    assert page.errors.failure
    assert page.errors.failure.code == "JC-201"
    topic.change.form.fill(old=PASSPHRASE)
    topic.change.button.click()
    idle(qtbot, runner)
    assert page.state_sentence == "口令已改，下次登录用新的口令。"


def test_what_is_missing_is_said_beside_the_field() -> None:
    assert set(operator_problems(NewOperator())) == {"name", "passphrase"}
    assert set(operator_problems(NewOperator("李老师", "123456", "123456"))) == {"passphrase"}
    assert set(operator_problems(NewOperator("李老师", CHOSEN_PASSPHRASE, "b"))) == {"again"}
    assert not operator_problems(NewOperator("李老师", CHOSEN_PASSPHRASE, CHOSEN_PASSPHRASE))


def test_the_appearance_changes_at_once_and_stays(
    window: MainWindow, qtbot: QtBot, runner: Runner, memory: Memory
) -> None:
    topic = opened(window, qtbot, runner, "appearance").topic
    assert isinstance(topic, AppearanceTopic)
    topic.schemes.choose("dark")
    topic.sizes.choose("150")
    assert (current_look().palette.dark, current_look().factor) == (True, 1.5)
    current_appearance().choose(Scheme.LIGHT, 1.0)
    take_look(memory)
    assert (current_look().palette.dark, current_look().factor) == (True, 1.5)


def test_printer_tray_and_sides_are_chosen_for_each_paper(
    window: MainWindow,
    qtbot: QtBot,
    runner: Runner,
    memory: Memory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(printing, "printer_names", lambda: ["HP", "Canon"])
    page = opened(window, qtbot, runner, "printers")
    topic = page.topic
    assert isinstance(topic, PrintersTopic)
    sheets = topic.papers[Paper.SHEETS]
    for box, title in (
        (sheets.printer, "Canon"),
        (sheets.tray, "手动送纸"),
        (sheets.sides, "单面"),
    ):
        box.setCurrentText(title)
        box.activated.emit(box.currentIndex())
    assert remembered_choice(memory, Paper.SHEETS) == PrinterChoice("Canon", Tray.MANUAL, Sides.ONE)
    assert remembered_choice(memory, Paper.REGISTER) == PrinterChoice()
    assert "核对签字表" in page.state_sentence
    monkeypatch.setattr(printing, "printer_names", lambda: ["HP"])
    topic.refresh()
    idle(qtbot, runner)
    assert sheets.printer.currentText() == "Canon（现在没有）"
    assert topic.gone.text() == "打印机“Canon”现在不在这台电脑上，打印时会先问，再改用别的。"
    assert topic.gone.isVisibleTo(topic)
    assert not topic.none.isVisibleTo(topic)
    assert remembered_choice(memory, Paper.SHEETS).printer == "Canon"
    monkeypatch.setattr(printing, "printer_names", list)
    topic.refresh()
    idle(qtbot, runner)
    assert topic.none.isVisibleTo(topic)
    assert not topic.gone.isVisibleTo(topic)


def test_a_backup_is_made_by_hand(
    window: MainWindow,
    qtbot: QtBot,
    runner: Runner,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    page = opened(window, qtbot, runner, "data")
    topic = page.topic
    assert isinstance(topic, BackupTopic)
    assert not topic.now.isEnabled()
    target = tmp_path / "backups"
    target.mkdir()
    monkeypatch.setattr(asking, "ask_for_folder", lambda _parent, _title, then: then(target))
    topic._choose()
    idle(qtbot, runner)
    topic.now.click()
    idle(qtbot, runner)
    assert page.state_sentence.startswith("已备份并检查完好")
    assert topic.table.count_text == "共 1 份"
    assert backup_folder(topic.desk.memory) == target


def test_closing_backs_up_what_is_new(
    window: MainWindow, qtbot: QtBot, runner: Runner, memory: Memory, tmp_path: Path
) -> None:
    target = tmp_path / "backups"
    target.mkdir()
    keep_backup_choice(memory, target, at_closing=True)
    assert not window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=20_000)
    assert len(list(target.glob("*/*/jice.db"))) == 1
    idle(qtbot, runner)


def test_closing_without_the_stick_is_told_and_then_closes(
    window: MainWindow, qtbot: QtBot, runner: Runner, memory: Memory, tmp_path: Path
) -> None:
    keep_backup_choice(memory, tmp_path / "拔出的U盘", at_closing=True)
    assert not window.close()
    idle(qtbot, runner)
    assert window.shell
    assert window.shell.errors.failure
    assert window.shell.errors.failure.code == TargetMissing.code
    assert "再关闭一次就不备份，直接退出。" in window.shell.errors.failure.todo
    assert window.close()


def test_nobody_closes_slower_who_wants_no_backup(
    window: MainWindow, memory: Memory, tmp_path: Path
) -> None:
    keep_backup_choice(memory, tmp_path, at_closing=False)
    assert window.close()
