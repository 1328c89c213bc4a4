"""Opening a round: its decisions as plain functions, and the whole way from the page 批次名单."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.procedures.imports.opening import RosterPlan, plan_roster
from desktop.views.frame.window import MainWindow
from desktop.views.pages.roster.page import RosterPage
from desktop.views.runner import Runner
from desktop.views.wizards.open_round.content import (
    CHANGED,
    HELD,
    ContentStep,
    content_lines,
    content_sentence,
)
from desktop.views.wizards.open_round.draft import (
    OpenRound,
    confirm_sentences,
    done_sentences,
    first_names,
    fresh_draft,
    next_step,
    planned,
    problems,
)
from desktop.views.wizards.open_round.steps import (
    LATER,
    OfficesStep,
    RoundStep,
    RulesStep,
    offices_sentence,
)
from desktop.views.wizards.read_file.mending.draft import MendDraft
from desktop.views.wizards.read_file.mending.file_step import FileStep
from desktop.views.wizards.read_file.mending.mend_step import MendStep
from desktop.views.wizards.read_file.target_step import TargetStep
from tests.conftest import ROUND, School, identity, roster_rows
from tests.procedures.acts import mended_roster, roster_file
from tests.views.conftest import idle
from tests.views.wizards.walking import Walk

SUMMER = date(2026, 7, 1)


def choose(walk: Walk, path: Path) -> None:
    """Choose the file, and go on."""
    assert isinstance(walk.wizard.page, FileStep)
    walk.wizard.page.fill(str(path))
    idle(walk.qtbot, walk.runner)
    walk.go_on()


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot, runner: Runner) -> RosterPage:
    assert window.shell
    window.shell.open("roster")
    idle(qtbot, runner)
    assert isinstance(window.shell.page, RosterPage)
    return window.shell.page


@pytest.fixture
def plan(school: School, tmp_path: Path) -> RosterPlan:
    """A roster with students who are known: one moved, one of an unknown college, one wrong."""
    rows = roster_rows()
    moved = rows[0]._replace(class_name="软件2602班")
    sport = rows[0]._replace(identity=identity(50), college="体育学院", class_name="体育2601班")
    wrong = rows[0]._replace(identity=identity(60)._replace(sex="未知"))
    mended = mended_roster(tmp_path / "名单.xlsx", [moved, *rows[1:-1], sport, wrong])
    return plan_roster(school.registrar, mended, "2026")


def test_the_way_of_a_new_round() -> None:
    new = fresh_draft(SUMMER, [])
    way = ["round"]
    while step := next_step(way[-1], new):
        way.append(step)
    assert way == ["round", "rules", "file", "mend", "content", "offices", "confirm", "done"]


def test_defaults_are_those_of_the_rule_book() -> None:
    draft = fresh_draft(SUMMER, [])
    assert (draft.name, draft.year, draft.deadline) == (
        "2026级新生学籍注册",
        "2026",
        "2026-11-30",
    )
    assert draft.new_round.required_sign_offs == ("class_teacher", "head")
    assert not draft.new_round.proxy_allowed
    assert fresh_draft(date(2026, 12, 20), []).deadline == "2027-01-19"


@pytest.mark.parametrize(
    ("step", "changes", "field"),
    [
        ("round", {"year": "２０２６"}, "year"),
        ("round", {"name": ""}, "name"),
        ("round", {"name": "一"}, "name"),
        ("round", {"deadline": "2026-13-01"}, "deadline"),
        ("round", {"deadline": "2026-06-30"}, "deadline"),
        ("rules", {"sign_offs": ()}, ""),
        ("file", {"mend": MendDraft(source="/nowhere.xlsx")}, "source"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    step: str, changes: dict[str, object], field: str
) -> None:
    draft = replace(fresh_draft(SUMMER, []), known_names=("一",))
    if step != "file":
        assert problems(step, draft) == {}
    assert set(problems(step, replace(draft, **changes))) == {field}  # type: ignore[arg-type]


def test_what_the_file_brings_is_listed_one_by_one(plan: RosterPlan) -> None:
    lines = content_lines(plan)
    kinds = [line.group for line in lines]
    assert kinds.count(CHANGED) == 1
    held = [line for line in lines if line.group == HELD]
    assert {(line.place, line.name, line.column, line.value) for line in held} == {
        ("新生名单 第11行", identity(60).name, "性别", "未知")
    }
    assert all(line.sentence for line in held)
    changed = next(line for line in lines if line.group == CHANGED)
    assert changed.sentence == "现在是“软件2601班”，将改为“软件2602班”。"
    assert "可以收入 9 人" in content_sentence(plan)
    assert "暂不收入的 1 行" in content_sentence(plan)


def test_colleges_without_a_seat_are_named_and_can_wait(plan: RosterPlan) -> None:
    draft = planned(OpenRound(SUMMER, name="一"), plan)
    assert "体育学院" in offices_sentence(draft)
    assert dict(draft.offices) == {
        "信息技术学院": "college-01",
        "医学院": "college-02",
        "体育学院": "",
    }
    said = "\n".join(confirm_sentences(draft))
    assert "班级分配给 2 个院部" in said
    assert "暂不分配：体育学院（1 个班，1 人）" in said
    given = replace(draft, offices=(*draft.offices[:-1], ("体育学院", "college-02")))
    assert "体育学院（1 个班，1 人）给医学院" in "\n".join(confirm_sentences(given))
    assert done_sentences(draft) == ()


def test_names_are_told_up_to_five() -> None:
    assert first_names(["甲", "乙"]) == "甲、乙"
    assert first_names(list("甲乙丙丁戊己")) == "甲、乙、丙、丁、戊等 6 个"


def test_a_round_is_opened_with_its_roster(
    page: RosterPage, qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    rows = [row._replace(identity=identity(200 + n)) for n, row in enumerate(roster_rows())]
    rows[-1] = rows[-1]._replace(college="体育学院", class_name="体育2601班")
    wrong = rows[0]._replace(identity=identity(260)._replace(sex="未知"))
    path = roster_file(tmp_path / "名单.xlsx", [*rows, wrong])
    page.begin.click()
    walk = Walk(page, qtbot, runner)
    assert isinstance(walk.wizard.page, RoundStep)
    walk.fill(year="2031", deadline="2031-11-30")
    assert walk.wizard.draft.name == "2031级新生学籍注册"
    assert isinstance(walk.wizard.page, RulesStep)
    walk.wizard.page.boxes["student_section"].click()
    walk.go_on()
    choose(walk, path)
    assert walk.step == "mend"
    walk.go_on()  # what is not mended waits
    assert walk.step == "content"
    assert isinstance(walk.wizard.page, ContentStep)
    assert "有疑问暂不收入的 1 行" in walk.wizard.page.sentence
    assert walk.wizard.page.table.count_text == "共 1 条"
    walk.wizard.go_back()
    assert walk.step == "mend"  # what was only looked at can be gone back to
    walk.go_on()
    walk.go_on()
    assert isinstance(walk.wizard.page, OfficesStep)
    assert "体育学院" in walk.wizard.page.hint
    box = walk.wizard.page.boxes["体育学院"]
    assert box.currentText() == LATER
    walk.go_on()
    assert walk.step == "confirm"
    assert "班主任、学工科、主要负责人的签字" in walk.sentences
    assert page.state_sentence == "名单上有 9 名学生；没有遗留的行。"
    walk.go_on()
    assert walk.step == "done"
    assert "收入新的学生 9 人" in walk.sentences
    assert "还没有分配的院部：体育学院" in walk.sentences
    assert "打开“收发”" in walk.sentences
    nobody = tuple((college, "") for college, _office in walk.wizard.draft.offices)
    alone = done_sentences(replace(walk.wizard.draft, offices=nobody))
    assert "再到“席位”批复" in alone[-1]  # there is nobody yet to export to
    walk.go_on()
    idle(qtbot, runner)
    assert page.state_sentence == (
        "名单上有 9 名学生；还有 1 行有疑问，没有收入。"
        "还没有分配的班级：体育学院（1 个班，1 名学生）。"
    )
    assert [held.row.identity.name for held in page.table.records] == [identity(260).name]


def test_a_row_is_mended_before_the_round_begins(
    page: RosterPage, qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    rows = [row._replace(identity=identity(200 + n)) for n, row in enumerate(roster_rows())]
    rows[0] = rows[0]._replace(identity=rows[0].identity._replace(sex="未知"))
    page.begin.click()
    walk = Walk(page, qtbot, runner)
    walk.fill(year="2031", deadline="2031-11-30")
    walk.go_on()
    choose(walk, roster_file(tmp_path / "名单.xlsx", rows))
    assert isinstance(walk.wizard.page, MendStep)
    mend = walk.wizard.page
    assert len(mend.mending.rows) == 1
    mend.model.setData(mend.grid.currentIndex(), identity(200).sex)
    idle(qtbot, runner)
    assert not mend.mending.rows[0].open_problems
    while walk.step != "done":
        before = walk.step
        walk.go_on()
        assert walk.step != before, walk.wizard.failure
    assert "收入新的学生 9 人" in walk.sentences
    walk.go_on()
    idle(qtbot, runner)
    assert page.state_sentence == "名单上有 9 名学生；没有遗留的行。"


def test_a_list_is_read_into_the_round_in_sight_and_its_row_let_in(
    page: RosterPage, qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    wrong = roster_rows()[0]._replace(identity=identity(60)._replace(sex="未知"))
    page.read_again()
    walk = Walk(page, qtbot, runner)
    assert isinstance(walk.wizard.page, FileStep)
    assert walk.wizard.page.kind.currentData() == "new-students"
    choose(walk, roster_file(tmp_path / "名单.xlsx", [*roster_rows(), wrong]))
    assert walk.step == "mend"
    walk.go_on()
    assert isinstance(walk.wizard.page, TargetStep)
    assert walk.wizard.page.choice.currentData() == ROUND
    while walk.step != "done":
        before = walk.step
        walk.go_on()
        assert walk.step != before, walk.wizard.failure
    walk.go_on()
    idle(qtbot, runner)
    page.table.view.selectRow(0)
    assert any("性别" in text for text in page.details.texts)
    page.admit(page.table.selected)
    walk = Walk(page, qtbot, runner)
    walk.go_on()
    assert walk.step == "form"  # a reason is asked for
    walk.fill(sex=identity(60).sex, reason="已与招生工作处核对")
    assert f"性别：文件里是“未知”，改正为“{identity(60).sex}”。" in walk.sentences
    walk.go_on()
    assert "收入名单 1 人" in walk.sentences
    walk.go_on()
    idle(qtbot, runner)
    assert page.state_sentence == "名单上有 10 名学生；没有遗留的行。"
