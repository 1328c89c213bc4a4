"""The merge desk: files, plan, result; and the way on to what is to be decided."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from desktop.procedures.exchange.merge_words import ToldMerge, plan_in_words
from desktop.views.frame.window import MainWindow
from desktop.views.pages.decisions.page import DecisionsPage
from desktop.views.pages.exchange.page import ExchangePage
from desktop.views.runner import Runner
from desktop.views.sticks import Stick
from desktop.views.wizards.frame import Wizard
from desktop.views.wizards.merge_desk.draft import (
    DISPUTED,
    DONE,
    FILES,
    PLAN,
    MergeDraft,
    next_step,
    problems,
    result_sentences,
    with_files,
)
from desktop.views.wizards.merge_desk.steps import BundlesStep, FilesStep
from desktop.views.wizards.merge_desk.words import verdict
from tests.conftest import School
from tests.procedures.acts import complete_class
from tests.views.conftest import OpenWindow, idle
from tests.views.offices import CLASS, at_work, contradicting_bundles


def test_files_are_taken_once_and_in_natural_order(tmp_path: Path) -> None:
    names = ["院部-第10号.jice", "院部-第2号.jice", "别的.txt"]
    for name in names:
        (tmp_path / name).write_bytes(b"")
    found = with_files([tmp_path / names[0]], [tmp_path])
    assert [path.name for path in found] == ["院部-第2号.jice", "院部-第10号.jice"]


def test_steps_follow_one_another() -> None:
    draft = MergeDraft(registrar=True)
    assert problems(FILES, draft)[""]
    assert next_step(FILES, draft) == PLAN
    assert next_step(PLAN, draft) == DONE
    assert next_step(DONE, draft) == next_step(DISPUTED, draft) == ""


def test_stopping_names_what_was_not_touched() -> None:
    told = ToldMerge((), (Path("第2号.jice"),))
    assert any("第2号.jice" in said for said in result_sentences(told, registrar=True))


def test_a_college_is_sent_to_its_work_and_not_back_with_the_stick(school: School) -> None:
    complete_class(school.first, CLASS)
    file = school.send(school.first, "registrar")
    told = plan_in_words(school.registrar, [file])
    assert result_sentences(told, registrar=True)[-1] == "接下来：把回执导出给信息技术学院。"
    at_a_college = result_sentences(told, registrar=False)[-1]
    assert "“工作台”" in at_a_college
    assert "不必专门送" in at_a_college


def opened(window: MainWindow, qtbot: QtBot, runner: Runner) -> ExchangePage:
    assert window.shell
    window.shell.open("exchange")
    idle(qtbot, runner)
    assert isinstance(window.shell.page, ExchangePage)
    return window.shell.page


def walk(page: ExchangePage, files: list[Path], qtbot: QtBot, runner: Runner) -> Wizard[Any]:
    """Open the merge desk, put files in, and go on to the plan."""
    wizard = page.merge()
    idle(qtbot, runner)
    assert isinstance(wizard.page, FilesStep)
    wizard.page.add(files)
    wizard.go_on()
    idle(qtbot, runner)
    return wizard


def test_contradictions_lead_to_the_page_of_decisions(
    open_window: OpenWindow, tmp_path: Path, qtbot: QtBot, runner: Runner
) -> None:
    with at_work(tmp_path) as school:
        files = contradicting_bundles(school)
    broken = tmp_path / "坏的.jice"
    broken.write_bytes(b"nothing")
    window = open_window("registrar")
    wizard = walk(opened(window, qtbot, runner), [broken, *files], qtbot, runner)
    page = wizard.page
    assert isinstance(page, BundlesStep)
    assert wizard.step == PLAN
    assert "3 份文件，2 份真实有效，1 份不能收入" in page.words
    shown = [verdict(page.table.model.record(n)) for n in range(3)]
    assert shown[0] == "不能收入"
    assert "JC-301" in page.details.texts
    page.table.view.selectRow(shown.index("有分歧"))
    wizard.go_back()
    assert wizard.step == FILES  # nothing was changed yet
    wizard.go_on()
    idle(qtbot, runner)
    wizard.go_on()
    idle(qtbot, runner)
    assert wizard.step == DISPUTED
    assert isinstance(wizard.page, BundlesStep)
    assert "已收入 2 份报送包" in wizard.page.words
    wizard.go_back()
    assert wizard.step == DISPUTED  # what is done is done
    wizard.go_on()
    idle(qtbot, runner)
    assert window.shell
    assert isinstance(window.shell.page, DecisionsPage)
    assert window.shell.page.disagreements.table.count_text == "共 6 处"


def test_a_college_takes_in_what_the_registrar_sends(
    open_window: OpenWindow, tmp_path: Path, qtbot: QtBot, runner: Runner
) -> None:
    with at_work(tmp_path) as school:
        complete_class(school.first, CLASS)
        school.carry(school.first, school.registrar)
        sent = school.send(school.registrar, "college-01")
    window = open_window("first")
    page = opened(window, qtbot, runner)
    assert page.state_sentence.endswith("有 1 份还没有回执。")
    wizard = walk(page, [sent], qtbot, runner)
    wizard.go_on()
    idle(qtbot, runner)
    assert wizard.step == DONE
    wizard.go_on()
    idle(qtbot, runner)
    assert page.state_sentence.endswith("没有等待回执的。")


def test_files_are_dropped_and_taken_out_again(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, runner: Runner
) -> None:
    assert window.shell
    file = tmp_path / "第1号.jice"
    file.write_bytes(b"")
    step = FilesStep(window.shell.desk, list)
    qtbot.addWidget(step)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    step.dropEvent(
        QDropEvent(
            QPointF(1, 1),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    assert step.take(MergeDraft(registrar=True)).files == (file,)
    step.list.selectAll()
    step.remove_selected()
    assert step.take(MergeDraft(registrar=True)).files == ()
    idle(qtbot, runner)


def test_what_was_refused_stays_listed(
    open_window: OpenWindow, tmp_path: Path, qtbot: QtBot, runner: Runner
) -> None:
    broken = tmp_path / "坏的.jice"
    broken.write_bytes(b"nothing")
    page = opened(open_window("registrar"), qtbot, runner)
    wizard = walk(page, [broken], qtbot, runner)
    wizard.go_on()
    idle(qtbot, runner)
    wizard.go_on()
    idle(qtbot, runner)
    page.lists.choose("refused")
    assert page.refused.table.count_text == "共 1 份"
    assert "JC-301" in page.refused.details.texts


def test_bundles_on_sticks_are_offered_also_those_in_a_folder(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, runner: Runner
) -> None:
    assert window.shell
    (tmp_path / "a" / "院部").mkdir(parents=True)
    (tmp_path / "b").mkdir()
    for name in ("a/第1号.jice", "a/院部/第2号.jice"):
        (tmp_path / name).write_bytes(b"")
    sticks = [
        Stick(tmp_path / "a", "KINGSTON", 1, read_only=False),
        Stick(tmp_path / "b", "旧U盘", 1, read_only=False),
    ]
    step = FilesStep(window.shell.desk, lambda: sticks)
    qtbot.addWidget(step)
    step.show_draft(MergeDraft(registrar=True))
    idle(qtbot, runner)
    assert "U盘“旧U盘”上没有报送包。" in step.box.sentence
    step.box.take("放进U盘“KINGSTON”上的 2 份")
    files = step.take(MergeDraft(registrar=True)).files
    assert {file.name for file in files} == {"第1号.jice", "第2号.jice"}
    step.found = list
    step.box.look()
    idle(qtbot, runner)
    assert "没有找到U盘" in step.box.sentence
    assert step.box.offered == ()
