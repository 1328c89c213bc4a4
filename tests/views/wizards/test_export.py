"""The export wizard: its decisions as functions, and the whole way at a college and registrar."""

import errno
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop import files
from desktop.domain.rounds import Procedure, Round
from desktop.procedures.exchange.dispatching import Dispatched
from desktop.procedures.exchange.export_plans import ClassPlan, ExportPlan, Missing
from desktop.views.frame.window import MainWindow
from desktop.views.pages.exchange.page import ExchangePage
from desktop.views.runner import Runner
from desktop.views.sticks import Stick
from desktop.views.wizards.export.content_step import ContentStep
from desktop.views.wizards.export.draft import (
    CONFIRM,
    CONTENT,
    DONE,
    PLACE,
    ROUND,
    Export,
    confirm_sentences,
    done_sentences,
    next_step,
    planned,
    problems,
)
from desktop.views.wizards.frame import Wizard
from desktop.views.wizards.place_step import PlaceStep
from desktop.views.wizards.step_pages import FormStep
from tests.procedures.acts import complete_class
from tests.views.conftest import OpenWindow, idle
from tests.views.offices import CLASS, at_work

ROUNDS = (
    Round("r", Procedure.STUDENT_REGISTRATION, "2026级", "2026", "2026-10-31", (), True, open=True),
)
CLASSES = (
    ClassPlan("class:1", "软件2601班", 40, 40, 50, ()),
    ClassPlan("class:2", "软件2602班", 40, 38, 45, (Missing("本人未签字。", ("王一", "王二")),)),
)
PLAN = ExportPlan("registrar", "学籍科", "2026级", 3, 95, 0, 1, 2, False, 0, CLASSES)


def college_draft() -> Export:
    return planned(Export(ROUNDS, to_many=False, round_id="r"), (PLAN,))


def test_everything_is_picked_and_one_step_follows_the_other() -> None:
    draft = college_draft()
    assert draft.chosen == ("class:1", "class:2")
    assert draft.wish.classes is None
    steps = [ROUND]
    while step := next_step(steps[-1], draft):
        steps.append(step)
    assert steps == [ROUND, CONTENT, PLACE, CONFIRM, DONE]


def test_what_is_missing_is_said_on_its_step() -> None:
    draft = college_draft()
    assert "round_id" in problems(ROUND, Export(ROUNDS, to_many=False))
    assert problems(CONTENT, draft) == {}
    assert "班级" in problems(CONTENT, replace(draft, chosen=()))[""]
    nothing = replace(draft, plans=(replace(PLAN, hindrance="没有新的内容。"),))
    assert "没有新的内容" in problems(CONTENT, nothing)[""]
    assert "folder" in problems(PLACE, draft)
    assert "folder" in problems(PLACE, replace(draft, folder="U盘"))
    assert problems(PLACE, replace(draft, folder=str(Path.cwd()))) == {}


def test_numbers_and_names_are_said_before() -> None:
    draft = replace(college_draft(), folder="E:/")
    told = "\n".join(confirm_sentences(draft))
    assert "第3号，记载 95 条、证明材料 1 份、回执 2 份" in told
    assert "软件2602班 2 人" in told
    one = "\n".join(confirm_sentences(replace(draft, chosen=("class:1",))))
    assert "1 个班（软件2601班）的记载 50 条" in one
    assert "软件2602班" not in one


def test_offices_that_can_not_get_anything_are_not_picked() -> None:
    blocked = replace(PLAN, office="college-02", hindrance="没有新的内容。")
    draft = planned(Export(ROUNDS, to_many=True, round_id="r"), (PLAN, blocked))
    assert draft.chosen == ("registrar",)
    assert problems(CONTENT, replace(draft, plans=(blocked,), chosen=()))[""]


def test_a_result_without_a_file_says_so() -> None:
    draft = replace(
        college_draft(), results=(Dispatched("registrar", None, None, "没有新的内容。"),)
    )
    assert done_sentences(draft)[-1] == "没有写出任何文件。"


def opened(window: MainWindow, qtbot: QtBot, runner: Runner) -> ExchangePage:
    """Open the page of what came and went."""
    assert window.shell
    window.shell.open("exchange")
    idle(qtbot, runner)
    page = window.shell.page
    assert isinstance(page, ExchangePage)
    return page


def on(wizard: Wizard[Any], qtbot: QtBot, runner: Runner) -> None:
    wizard.go_on()
    idle(qtbot, runner)


def fail(number: int, _descriptor: int) -> None:
    """Fail as a stick does."""
    raise OSError(number, "")


def test_a_college_exports_one_class_and_every_stick_fails_in_its_own_words(
    open_window: OpenWindow,
    tmp_path: Path,
    qtbot: QtBot,
    runner: Runner,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with at_work(tmp_path) as school:
        complete_class(school.first, CLASS)
    page = opened(open_window("first"), qtbot, runner)
    wizard = page.export()
    assert isinstance(wizard.page, FormStep)
    on(wizard, qtbot, runner)
    content = wizard.page
    assert isinstance(content, ContentStep)
    assert wizard.step == CONTENT
    assert [group.name for group in wizard.draft.classes] == ["软件2601班", "软件2602班"]
    assert content.details.texts[0] == CLASS
    other = wizard.draft.classes[1].class_id
    content.table.tick(other, ticked=False)
    assert wizard.draft.chosen == (wizard.draft.classes[0].class_id,)
    on(wizard, qtbot, runner)
    place = wizard.page
    assert isinstance(place, PlaceStep)
    on(wizard, qtbot, runner)
    assert wizard.step == PLACE  # no place was chosen
    gone = tmp_path / "U盘"
    place.fill(str(gone))
    on(wizard, qtbot, runner)
    assert wizard.step == CONFIRM
    on(wizard, qtbot, runner)
    assert wizard.failure
    assert wizard.failure.code == "JC-111"
    assert wizard.step == CONFIRM
    assert "已经打好包" in "\n".join(confirm_sentences(wizard.draft))
    gone.mkdir()
    for number, code in (
        (errno.ENOSPC, "JC-112"),
        (errno.EROFS, "JC-113"),
        (errno.EBUSY, "JC-114"),
        (errno.EIO, "JC-111"),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(files.os, "fsync", partial(fail, number))
            on(wizard, qtbot, runner)
        assert wizard.failure.code == code
        assert list(gone.iterdir()) == []
    on(wizard, qtbot, runner)
    assert wizard.step == DONE
    (file,) = gone.glob("*.jice")
    assert "第1号" in file.name
    assert file.name in "\n".join(done_sentences(wizard.draft))
    wizard.go_on()
    idle(qtbot, runner)
    assert page.sent.table.count_text == "共 1 份"


def test_nothing_to_export_is_said_before_a_stick_is_asked_for(
    open_window: OpenWindow, tmp_path: Path, qtbot: QtBot, runner: Runner
) -> None:
    with at_work(tmp_path) as school:
        school.send(school.first, "registrar")  # the answer to the roster
    wizard = opened(open_window("first"), qtbot, runner).export()
    on(wizard, qtbot, runner)
    on(wizard, qtbot, runner)
    assert wizard.step == CONTENT
    wizard.go_back()
    assert wizard.step == ROUND
    wizard.close()


def test_the_registrar_issues_everything_again_to_all(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, runner: Runner
) -> None:
    wizard = opened(window, qtbot, runner).export()
    assert isinstance(wizard.page, FormStep)
    wizard.page.fill(what="again")
    on(wizard, qtbot, runner)
    content = wizard.page
    assert isinstance(content, ContentStep)
    assert wizard.draft.chosen == ()  # everything again is for the one that asked
    for office in ("college-01", "college-02"):
        content.table.tick(office, ticked=True)
    on(wizard, qtbot, runner)
    assert isinstance(wizard.page, PlaceStep)
    wizard.page.fill(str(tmp_path))
    on(wizard, qtbot, runner)
    on(wizard, qtbot, runner)
    assert wizard.step == DONE
    assert len(list(tmp_path.glob("*.jice"))) == 2
    told = "\n".join(done_sentences(wizard.draft))
    assert "信息技术学院：第2号" in told
    assert "医学院：第2号" in told
    wizard.go_on()


def test_a_single_stick_is_chosen_by_itself(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, runner: Runner
) -> None:
    assert window.shell
    full = Stick(tmp_path / "b", "旧U盘", 10, read_only=True)
    good = Stick(tmp_path / "a", "KINGSTON", 3 * 1024**3, read_only=False)
    step = PlaceStep(runner, "写到哪里？", lambda _draft: "", lambda: [good, full])
    qtbot.addWidget(step)
    step.show_draft(college_draft())
    idle(qtbot, runner)
    assert step.take(college_draft()).folder == str(tmp_path / "a")
    assert "可用 3.0 GB" in step.box.offered[0]
    assert "不能写入" in step.box.offered[1]
    nothing = PlaceStep(runner, "写到哪里？", lambda _draft: "", list)
    qtbot.addWidget(nothing)
    nothing.show_draft(college_draft())
    idle(qtbot, runner)
    assert "没有找到U盘" in nothing.box.sentence


def test_a_sent_bundle_is_written_again_byte_for_byte(
    open_window: OpenWindow, tmp_path: Path, qtbot: QtBot, runner: Runner
) -> None:
    with at_work(tmp_path) as school:
        sent = school.send(school.first, "registrar")
    page = opened(open_window("first"), qtbot, runner)
    wizard = page.write_again(page.sent.table.model.record(0))
    place = wizard.page
    assert isinstance(place, PlaceStep)
    stick = tmp_path / "另一个U盘"
    stick.mkdir()
    place.fill(str(stick))
    on(wizard, qtbot, runner)
    assert (stick / sent.name).read_bytes() == sent.read_bytes()
    wizard.go_on()
