"""The page 写法认定: what colleges' rulings suggest is decided for everybody, and taken back."""

import pytest
from pytestqt.qtbot import QtBot

from desktop.procedures.recheck.recheck_answers import rule
from desktop.procedures.recheck.recheck_spellings import rule_everywhere, spelling_rulings
from desktop.views.frame.window import MainWindow
from desktop.views.pages.recheck.page import RecheckPage
from desktop.views.pages.spellings import lines
from desktop.views.pages.spellings.page import SpellingsPage
from desktop.views.runner import Runner
from tests.conftest import School
from tests.rechecks import Rechecking, begin_recheck, sound
from tests.reviewing import say
from tests.views.conftest import OpenWindow
from tests.views.desks import ask, open_page, settle
from tests.views.pages.recheck.conftest import HOME, OLD_HOME
from tests.views.wizards.walking import Walk


@pytest.fixture
def world(founded: School) -> Rechecking:
    """Two students of a college wrote the old name; of one of them a person said that it is it."""
    world = begin_recheck(founded)
    first, second, _ = world.subjects()
    rules = {(f"round:{world.round}", "review_rules"): {"form_fields": "name,home_address"}}
    say(world.admissions, world.round, rules)
    filed = {(student, "archive"): {"home_address": HOME} for student in (first, second)}
    say(world.admissions, "", filed)
    world.to_colleges()
    sound(world.college, world.round, [first, second])
    for student in (first, second):
        written = {(student, "recheck_answer"): {"home_address": OLD_HOME}}
        say(world.college, world.round, written)
    rule(world.college, world.round, first, {"home_address": "same"})
    world.to_admissions(world.college)
    return world


def page_of(
    world: Rechecking, open_window: OpenWindow, qtbot: QtBot, seat: str = "admissions"
) -> SpellingsPage:
    """Close the school and open the page in a seat's window."""
    world.school.close()
    return open_page(open_window(seat), qtbot, SpellingsPage)


def window_of(page: SpellingsPage) -> MainWindow:
    window = page.window()
    assert isinstance(window, MainWindow)
    return window


def press(page: SpellingsPage, words: str) -> None:
    """Press a button beside the table."""
    {one.text(): one for one in page.details.buttons}[words].click()


def test_what_a_college_said_of_one_is_decided_for_all_and_taken_back(
    world: Rechecking, open_window: OpenWindow, qtbot: QtBot, runner: Runner
) -> None:
    page = page_of(world, open_window, qtbot)
    assert page.state_sentence == "已认定 0 对写法。院部对单个学生认定过、可以统一认定的有 1 对。"
    (line,) = page.table.records
    assert (line.one, line.other, line.proposed, len(line.touched)) == ("襄樊", "襄阳", 1, 2)
    page.table.choose(line)
    assert f"填写“{OLD_HOME}”，档案“{HOME}”" in page.details.texts
    press(page, "认定为同一内容…")
    walk = Walk(page, qtbot, runner)
    walk.fill(reason="")
    assert walk.step == "form"
    walk.fill(reason="襄樊市 2010 年更名为襄阳市")
    assert "家庭住址里的“襄樊”和“襄阳”，对所有学生都按同一内容比对" in walk.sentences
    assert "有 2 名学生的表和档案只差这两种写法" in walk.sentences
    walk.go_on()
    assert "导出给各院部" in walk.sentences
    walk.go_on()
    settle(window_of(page), qtbot)
    (line,) = page.table.records
    assert lines.kind_of(line) == lines.SAME
    assert len(line.touched) == 2
    assert lines.decided_by(line).startswith("招生工作处 ")
    page.table.choose(line)
    press(page, "撤回认定…")
    walk = Walk(page, qtbot, runner)
    assert "本批次有 2 名学生受影响" in walk.sentences
    walk.go_on()
    walk.fill(reason="查明是两个地方")
    assert walk.step == "done"
    walk.go_on()
    settle(window_of(page), qtbot)
    assert ask(window_of(page), qtbot, spelling_rulings) == ()
    (line,) = page.table.records
    assert lines.kind_of(line) == lines.PROPOSED


def test_what_is_not_the_same_is_decided_once_and_proposed_no_more(
    world: Rechecking, open_window: OpenWindow, qtbot: QtBot, runner: Runner
) -> None:
    page = page_of(world, open_window, qtbot)
    page.decide(page.table.records[0], lines.TWO)
    walk = Walk(page, qtbot, runner)
    walk.fill(reason="两个地方")
    assert "是不同内容，所有学生都要逐人认定" in walk.sentences
    walk.go_on()
    walk.go_on()
    settle(window_of(page), qtbot)
    assert [lines.kind_of(one) for one in page.table.records] == [lines.TWO]
    page.open_at(lines.SAME)
    settle(window_of(page), qtbot)
    assert page.table.records == []


def test_a_spelling_that_nobody_proposed_is_decided(
    world: Rechecking, open_window: OpenWindow, qtbot: QtBot, runner: Runner
) -> None:
    page = page_of(world, open_window, qtbot)
    page.begin.click()
    walk = Walk(page, qtbot, runner)
    walk.fill(field="secondary_school", one="襄樊五中", other="襄阳五中", reason="随市更名")
    walk.go_on()
    walk.go_on()
    settle(window_of(page), qtbot)
    (decided,) = ask(window_of(page), qtbot, spelling_rulings)
    assert (decided.field, decided.verdict) == ("secondary_school", "same")


def test_a_college_sees_what_holds_and_decides_nothing(
    world: Rechecking, open_window: OpenWindow, qtbot: QtBot
) -> None:
    rule_everywhere(world.admissions, "home_address", "襄樊市", "襄阳市", why="2010年更名")
    world.to_colleges()
    page = page_of(world, open_window, qtbot, "first")
    assert "由招生工作处统一认定" in page.state_sentence
    (line,) = page.table.records
    page.table.choose(line)
    assert page.details.buttons == []
    assert "2010年更名" in page.details.texts
    assert not page.begin.isVisibleTo(page)
    window = window_of(page)
    assert isinstance(open_page(window, qtbot, RecheckPage), RecheckPage)
