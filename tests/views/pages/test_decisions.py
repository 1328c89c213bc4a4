"""The page of decisions: sides, reasons, many alike; corrections and additions."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.histories import Attached
from desktop.domain.rounds import Round
from desktop.errors import Unconfirmed
from desktop.procedures.evidence_files import Evidence
from desktop.procedures.exchange.merging import merge
from desktop.procedures.overview.overview import known_rounds
from desktop.procedures.signing.recording import (
    AddedStudent,
    ProposedCorrection,
    propose_correction,
    record_addition,
)
from desktop.views.dialogs import asking
from desktop.views.dialogs.evidence import EvidenceDialog
from desktop.views.frame.window import MainWindow
from desktop.views.pages.decisions import words
from desktop.views.pages.decisions.page import DecisionsPage
from desktop.views.pages.students import StudentsPage
from desktop.views.runner import Runner
from desktop.views.widgets.empty_state import EmptyState
from tests.conftest import ROUND
from tests.procedures.acts import members, print_class
from tests.views.conftest import OpenWindow, idle
from tests.views.offices import CLASS, at_work, contradicting_bundles


def opened(window: MainWindow, qtbot: QtBot, runner: Runner, at: str = "") -> DecisionsPage:
    assert window.shell
    window.shell.open("decisions", at)
    idle(qtbot, runner)
    assert isinstance(window.shell.page, DecisionsPage)
    return window.shell.page


@pytest.fixture
def page(open_window: OpenWindow, tmp_path: Path, qtbot: QtBot, runner: Runner) -> DecisionsPage:
    """The registrar's page, with six disagreements."""
    with at_work(tmp_path) as school:
        merge(school.registrar, contradicting_bundles(school))
    return opened(open_window("registrar"), qtbot, runner)


def test_nothing_to_decide_says_so(window: MainWindow, qtbot: QtBot, runner: Runner) -> None:
    page = opened(window, qtbot, runner)
    assert page.state_sentence.startswith("没有等待裁定的")
    assert page.disagreements.choices == ()


def select(page: DecisionsPage, title: str) -> None:
    """Make the first disagreement about something current."""
    model = page.disagreements.table.model
    rows = [n for n in range(model.rowCount()) if model.record(n).title == title]
    page.disagreements.table.view.selectRow(rows[0])


def test_sides_stand_with_who_and_when(page: DecisionsPage) -> None:
    select(page, "签字情况")
    assert page.disagreements.choices == ("采用“本人签字”", "采用“未签”")
    told = "\n".join(page.disagreements.details.texts)
    assert "“签字情况：原因”一起采用这一方的" in told
    assert "信息技术学院（002号席位），张老师" in told
    assert "信息技术学院（003号席位），张老师" in told
    assert page.tabs.current == "disagreements"


def test_a_decision_needs_a_reason_and_then_the_next_one_is_current(
    page: DecisionsPage, qtbot: QtBot, runner: Runner
) -> None:
    select(page, "签字情况")
    page.disagreements.choose("采用“未签”")
    assert page.disagreements.problem == "请先写明理由。"
    assert page.disagreements.table.count_text == "共 6 处"
    page.disagreements.reason.setText("看了原件")
    page.disagreements.choose("采用“未签”")
    idle(qtbot, runner)
    # what explains the mark goes along with it: nobody signs and has a reason why not
    assert page.disagreements.table.count_text == "共 6 处，筛选出 4 处"
    assert page.disagreements.table.current is not None


def test_many_are_decided_alike_after_a_question_with_the_count(
    page: DecisionsPage, qtbot: QtBot, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def yes(_parent: QWidget, question: str, _verb: str, then: Callable[[], None]) -> None:
        asked.append(question)
        then()

    monkeypatch.setattr(asking, "ask_yes", yes)
    select(page, "签字情况")
    press(page, "3 处都以003号席位为准…")
    assert asked == []  # no reason yet
    page.disagreements.reason.setText("看了原件")
    press(page, "3 处都以003号席位为准…")
    idle(qtbot, runner)
    assert "3 处“签字情况”" in asked[0]
    assert page.disagreements.table.count_text == "共 6 处，筛选出 0 处"


def test_a_decision_is_replaced_after_a_question_with_the_student_and_the_field(
    page: DecisionsPage, qtbot: QtBot, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, Callable[[], None]]] = []
    monkeypatch.setattr(asking, "ask_yes", lambda _p, text, _v, then: asked.append((text, then)))
    tab = page.disagreements
    select(page, "签字情况")
    name = tab.details.texts[0]
    tab.reason.setText("看了原件")
    tab.choose("采用“未签”")
    idle(qtbot, runner)
    assert tab.chips
    tab.chips.choose("settled")
    assert tab.table.count_text == "共 6 处，筛选出 2 处"
    select(page, "签字情况")
    assert tab.choices == ("改为“本人签字”…",)
    told = "\n".join(tab.details.texts)
    assert tab.table.current
    assert words.DISAGREEMENT_COLUMNS[-1].text(tab.table.current) == "已裁定：未签"
    assert "看了原件" in told
    assert not [text for text in told.splitlines() if "以002号席位为准" in text]
    tab.reason.clear()
    tab.choose("改为“本人签字”…")
    assert (tab.problem, asked) == ("请先写明理由。", [])
    tab.reason.setText("看错了行")
    tab.choose("改为“本人签字”…")
    ((question, yes),) = asked
    assert question.startswith(f"{name}，{CLASS}：“签字情况”已经裁定为“未签”，要改为“本人签字”吗？")
    idle(qtbot, runner)
    assert tab.choices == ("改为“本人签字”…",)  # nothing has changed yet
    yes()
    idle(qtbot, runner)
    select(page, "签字情况")
    assert tab.choices == ("改为“未签”…",)
    told = "\n".join(tab.details.texts)
    assert "看错了行" in told
    select(page, "签字情况：原因")  # and so does the reason, back again
    assert tab.choices == ("改为“栏里是空的”…",)


def press(page: DecisionsPage, text: str) -> None:
    """Press a button among the details."""
    buttons = page.disagreements.details.findChildren(QPushButton)
    found = [one for one in buttons if one.text() == text][-1]  # those before are going away
    found.click()


def test_a_disagreement_leads_to_its_student(
    page: DecisionsPage, qtbot: QtBot, runner: Runner
) -> None:
    select(page, "签字情况")
    name = page.disagreements.details.texts[0]
    press(page, f"查看{name}")
    idle(qtbot, runner)
    shell = page.window()
    assert isinstance(shell, MainWindow)
    assert shell.shell
    assert isinstance(shell.shell.page, StudentsPage)
    assert shell.shell.page.table.count_text == "共 9 人，筛选出 1 人"


def test_a_doubtful_addition_is_accepted_when_the_registrar_confirms_it(
    open_window: OpenWindow,
    tmp_path: Path,
    qtbot: QtBot,
    runner: Runner,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[str, Callable[[], None]]] = []
    monkeypatch.setattr(asking, "ask_yes", lambda _p, text, _v, then: asked.append((text, then)))
    with at_work(tmp_path) as school:
        sheet = print_class(school.first, CLASS)
        added = AddedStudent(sheet.number, "赵新", "漏列", "女", id_number="420601200801011011")
        with pytest.raises(Unconfirmed) as doubt:
            record_addition(school.first, ROUND, added)
        record_addition(school.first, ROUND, added, confirmed=doubt.value.questions)
        school.carry(school.first, school.registrar)
    page = opened(open_window("registrar"), qtbot, runner, "additions")
    page.additions.reason.setText("属实")
    page.additions.choose("采纳：赵新列入名单")
    idle(qtbot, runner)
    ((question, yes),) = asked
    assert "性别" in question
    assert page.additions.table.count_text == "共 1 名"
    yes()
    idle(qtbot, runner)
    assert page.additions.table.count_text == "共 1 名，筛选出 0 名"


def test_corrections_and_additions_are_settled(
    open_window: OpenWindow, tmp_path: Path, qtbot: QtBot, runner: Runner
) -> None:
    with at_work(tmp_path) as school:
        student = members(school.first, CLASS)[0]
        proposed = ProposedCorrection(student.subject, "name", "王晓甲", "户口簿")
        propose_correction(school.first, ROUND, proposed, [Evidence("户口簿.txt", b"text")])
        sheet = print_class(school.first, CLASS)
        for name, number in (("欧阳頔", "202699990001"), ("司马光", "202699990002")):
            added = AddedStudent(sheet.number, name, "漏列", "女", "", number)
            record_addition(school.first, ROUND, added)
        school.carry(school.first, school.registrar)
    page = opened(open_window("registrar"), qtbot, runner, "corrections")
    told = page.corrections.details.texts
    assert any("【晓】" in text for text in told)
    assert any("U+6653" in text for text in told)
    page.corrections.reason.setText("材料齐全")
    page.corrections.choose("采纳：姓名改为“王晓甲”")
    idle(qtbot, runner)
    assert page.corrections.table.count_text == "共 1 条，筛选出 0 条"
    page.tabs.choose("additions")
    assert page.additions.table.count_text == "共 2 名"
    page.additions.reason.setText("查无此人")
    page.additions.choose("驳回")
    idle(qtbot, runner)
    page.additions.choose(page.additions.choices[0])
    idle(qtbot, runner)
    assert page.additions.chips
    page.additions.chips.choose("all")
    assert sorted(page.additions.table.model.record(n).decision for n in range(2)) == [
        "accepted",
        "rejected",
    ]
    assert page.errors.failure is None


def test_evidence_is_shown_inside_and_never_run(qtbot: QtBot, tmp_path: Path) -> None:
    picture = QImage(20, 10, QImage.Format.Format_RGB32)
    picture.fill(0)
    picture.save(str(tmp_path / "a.png"))
    parent = QWidget()
    qtbot.addWidget(parent)
    shown = EvidenceDialog(Attached("s", "照片"), (tmp_path / "a.png").read_bytes(), parent)
    label = shown.shown.findChild(QLabel)
    assert label
    assert label.pixmap().width() == 20
    other = EvidenceDialog(Attached("s", "程序"), b"MZ\\x90", parent)
    assert isinstance(other.shown, EmptyState)


def test_what_is_decided_belongs_to_the_round_that_is_in_sight(
    page: DecisionsPage, qtbot: QtBot, runner: Runner
) -> None:
    rounds: list[Round] = []
    page.desk.run(
        lambda session, _progress: known_rounds(session), rounds.extend, owner=page, title=""
    )
    idle(qtbot, runner)
    page._read(replace(rounds[0], id="another"))
    assert page.disagreements.choices
    assert page._round_id == ROUND
    idle(qtbot, runner)
