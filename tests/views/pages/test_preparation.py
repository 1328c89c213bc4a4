"""The page 报到准备: rules, checklist and training, as a person sets them."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.domain.checklists import DEFAULT_CHECKLIST, EVERYBODY
from desktop.domain.class_training import TrainingState
from desktop.domain.offices import OfficeKind
from desktop.domain.review_rules import ReviewRules
from desktop.domain.rounds import Procedure
from desktop.procedures.entry_review.class_training import training_list
from desktop.procedures.entry_review.preparation import rules_on_desk
from desktop.procedures.entry_review.year_checklist import TypedLine, checklist_on_desk
from desktop.procedures.rounds import NewRound, open_round
from desktop.views.dialogs import asking
from desktop.views.frame.window import MainWindow
from desktop.views.memory import REMEMBERED_ROUND
from desktop.views.pages.preparation import lines as editing
from desktop.views.pages.preparation.checklist import ChecklistTopic
from desktop.views.pages.preparation.line_editor import NOBODY, SOME
from desktop.views.pages.preparation.page import PreparationPage
from desktop.views.pages.preparation.rules import RulesTopic, deadline_sentence
from desktop.views.pages.preparation.training import TrainingTopic
from desktop.views.pages.workbench.training_sentence import training_sentence
from desktop.views.runner import Runner
from desktop.views.wizards.frame import Wizard
from desktop.views.wizards.preparation.trained import (
    ChosenClass,
    Trained,
    confirm_sentences,
    problems,
)
from tests.conftest import School
from tests.reviewing import say
from tests.reviews import CHECK_IN, REVIEW
from tests.views.conftest import OpenWindow
from tests.views.desks import ask, open_page, settle
from tests.views.wizards.walking import Walk

LINES = editing.as_lines(DEFAULT_CHECKLIST)


@pytest.fixture
def window(reviewing: School, open_window: OpenWindow) -> MainWindow:
    """Student affairs' window; one class has a teacher."""
    session = reviewing.sessions[OfficeKind.STUDENT_AFFAIRS]
    first = training_list(session, REVIEW)[0].group.id
    admissions = reviewing.sessions[OfficeKind.ADMISSIONS]
    say(admissions, "", {(first, "class_staff"): {"class_teacher": "赵老师"}})
    reviewing.carry(admissions, session, REVIEW)
    reviewing.close()
    return open_window(OfficeKind.STUDENT_AFFAIRS)


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> PreparationPage:
    """The page."""
    return open_page(window, qtbot, PreparationPage)


def part(page: PreparationPage, window: MainWindow, qtbot: QtBot, id_: str) -> None:
    page.chips.choose(id_)
    settle(window, qtbot)


def what_went_wrong(page: PreparationPage) -> str:
    assert page.errors.failure
    return page.errors.failure.what


def type_in(field: QLineEdit, text: str) -> None:
    """Type as an input method does, which hands over whole words."""
    field.setText(text)
    field.textEdited.emit(text)


# --- lines as plain functions --------------------------------------------------------------------


def test_a_line_moves_within_the_list() -> None:
    assert editing.moved(LINES, 0, -1) == LINES
    assert editing.moved(LINES, len(LINES) - 1, 1) == LINES
    down = editing.moved(LINES, 0, 1)
    assert down[:2] == (LINES[1], LINES[0])
    assert editing.moved(down, 1, -1) == LINES


def test_what_is_not_saved_is_said() -> None:
    assert editing.changes_sentence(LINES, LINES) == ""
    assert editing.changes_sentence(editing.moved(LINES, 0, 1), LINES) == "还没有保存：次序有变动。"
    other = (*editing.put(LINES[1:], 0, replace(LINES[1], title="居民身份证")), TypedLine("承诺书"))
    assert editing.changes_sentence(other, LINES) == (
        "还没有保存：新增 1 项，修改 1 项，取消录取通知书。"
    )


def test_who_must_bring_it_is_said_in_words() -> None:
    assert editing.required_text(TypedLine("甲", (EVERYBODY,))) == "所有学生"
    assert editing.required_text(TypedLine("甲", ("单独招生", "专升本"))) == "单独招生、专升本"
    assert editing.required_text(TypedLine("甲")) == "涉及的学生"


def test_deadlines_follow_from_the_end_of_check_in() -> None:
    assert "填写报到截止以后" in deadline_sentence(ReviewRules())
    said = deadline_sentence(ReviewRules(check_in_until="2026-09-07"))
    assert "2026-09-21" in said
    assert "2026-09-27" in said


def test_names_are_asked_for_classes_whose_teacher_is_not_known() -> None:
    known, second, third = (
        ChosenClass("1", "甲班", "赵老师"),
        ChosenClass("2", "乙班", ""),
        ChosenClass("3", "丙班", ""),
    )
    draft = Trained("r", (known, second, third))
    assert set(problems(draft)) == {"trained_on", "teachers"}
    one = replace(draft, trained_on="2026-08-30", teachers="钱老师")
    assert problems(one) == {"teachers": "这里要填 2 个姓名（乙班、丙班），现在是 1 个。"}
    both = replace(one, teachers="钱老师， 孙老师、")
    assert problems(both) == {}
    assert [teacher for _, teacher in both.who] == ["赵老师", "钱老师", "孙老师"]
    assert "甲班（赵老师）、乙班（钱老师）、丙班（孙老师）" in confirm_sentences(both)[0]
    assert problems(replace(both, teachers="钱老师、孙老师、李老师")) != {}
    alone = Trained("r", (known,), "2026-08-30", "周老师")  # another one has come for the class
    assert [teacher for _, teacher in alone.who] == ["周老师"]
    assert problems(Trained("r", (known,), "2026-08-30")) != {}
    assert problems(Trained("r", (known, known), "2026-08-30")) == {}


# --- rules ---------------------------------------------------------------------------------------


def test_rules_are_typed_checked_and_kept(
    page: PreparationPage, window: MainWindow, qtbot: QtBot
) -> None:
    topic = page.topics[RulesTopic.ID]
    assert isinstance(topic, RulesTopic)
    assert [topic.entry.isVisible(), topic.recheck.isVisible()] == [True, False]
    limit = topic.entry.form.field("face_threshold")
    assert isinstance(limit, QLineEdit)
    assert limit.text() == "80%"  # the custom is shown
    topic.entry.form.fill(check_in_from="2026-09-05", check_in_until="2026-09-01")
    topic.entry.button.click()
    settle(window, qtbot)
    assert "早于报到开始" in what_went_wrong(page)
    topic.entry.form.fill(check_in_until="2026-09-07", face_threshold="0.85")
    topic.entry.button.click()
    settle(window, qtbot)
    assert "规定已保存" in page.state_sentence
    assert limit.text() == "85%"
    assert "2026-09-21" in topic.deadlines.text()
    rules = ask(window, qtbot, lambda session: rules_on_desk(session, REVIEW).rules)
    assert (rules.check_in_until, rules.face_threshold) == ("2026-09-07", 0.85)


def test_what_is_being_typed_survives_that_others_save(
    page: PreparationPage, window: MainWindow, qtbot: QtBot
) -> None:
    topic = page.topics[RulesTopic.ID]
    assert isinstance(topic, RulesTopic)
    topic.entry.form.fill(face_link="https://half-typed")
    page.refresh()
    settle(window, qtbot)
    link = topic.entry.form.field("face_link")
    assert isinstance(link, QLineEdit)
    assert link.text() == "https://half-typed"


def test_a_recheck_has_a_deadline_and_the_fields_of_its_form(
    reviewing: School, open_window: OpenWindow, qtbot: QtBot
) -> None:
    admissions = reviewing.sessions[OfficeKind.ADMISSIONS]
    new = NewRound(Procedure.RECHECK, "2026级入学资格复查", "2026", "2026-12-05")
    recheck = open_round(admissions, new).id
    reviewing.close()
    window = open_window(OfficeKind.ADMISSIONS)
    assert window.shell
    window.shell.desk.memory.keep(REMEMBERED_ROUND, recheck)
    page = open_page(window, qtbot, PreparationPage)
    topic = page.topics[RulesTopic.ID]
    assert isinstance(topic, RulesTopic)
    assert topic.recheck.isVisible()
    assert not page.chips.chip(ChecklistTopic.ID).isVisible()
    topic.fields["height"].setChecked(True)
    topic.recheck.form.fill(recheck_until="2026-12-05")
    topic.recheck.button.click()
    settle(window, qtbot)
    rules = ask(window, qtbot, lambda session: rules_on_desk(session, recheck).rules)
    assert rules.recheck_until == "2026-12-05"
    assert "height" in rules.form_fields


# --- the checklist -------------------------------------------------------------------------------


def test_the_checklist_is_edited_beside_the_table_and_saved(
    page: PreparationPage, window: MainWindow, qtbot: QtBot
) -> None:
    part(page, window, qtbot, ChecklistTopic.ID)
    topic = page.topics[ChecklistTopic.ID]
    assert isinstance(topic, ChecklistTopic)
    assert topic.lines == LINES
    assert not topic.save.isEnabled()
    topic.table.choose(topic.table.records[2])
    topic.up.click()
    assert topic.lines[1].title == "准考证"
    assert topic.table.current
    assert topic.table.current.line.title == "准考证"  # it stays chosen where it went
    topic.add.click()
    type_in(topic.editor.title, "入学承诺书")
    topic.editor.who.setCurrentIndex(topic.editor.who.findData(SOME))
    topic.editor.who.activated.emit(0)
    topic.editor.types["单独招生"].setChecked(True)
    type_in(topic.editor.note, "本人签名")
    assert topic.lines[-1] == TypedLine("入学承诺书", ("普通高考", "单独招生"), "本人签名")
    assert "新增 1 项" in topic.unsaved.text()
    page.refresh()
    settle(window, qtbot)
    assert topic.lines[-1].title == "入学承诺书"  # others' saving does not undo what is edited
    topic.table.choose(topic.table.records[0])
    topic.drop.click()
    topic.save.click()
    settle(window, qtbot)
    assert "清单已保存，共 9 项" in page.state_sentence
    saved = ask(window, qtbot, lambda session: checklist_on_desk(session, REVIEW))
    assert [item.title for item in saved.items][:2] == ["准考证", "身份证"]
    assert saved.items[-1].slot == "item_10"
    assert not topic.save.isEnabled()


def test_what_was_edited_can_be_given_up(
    page: PreparationPage, window: MainWindow, qtbot: QtBot
) -> None:
    part(page, window, qtbot, ChecklistTopic.ID)
    topic = page.topics[ChecklistTopic.ID]
    assert isinstance(topic, ChecklistTopic)
    topic.table.choose(topic.table.records[0])
    topic.editor.who.setCurrentIndex(topic.editor.who.findData(NOBODY))
    topic.editor.who.activated.emit(0)
    assert topic.lines[0].required_types == ()
    topic.back.click()
    assert topic.lines == LINES
    topic.add.click()
    topic.save.click()
    settle(window, qtbot)
    assert "材料的名称" in what_went_wrong(page)
    assert topic.lines[-1] == TypedLine("")


# --- training ------------------------------------------------------------------------------------


def test_training_is_recorded_for_ticked_classes_and_taken_back(
    page: PreparationPage, window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    part(page, window, qtbot, TrainingTopic.ID)
    topic = page.topics[TrainingTopic.ID]
    assert isinstance(topic, TrainingTopic)
    assert "3 个班中还有 3 个班的班主任没有培训" in topic.sentence.text()
    assert not topic.record.isEnabled()
    known = next(one for one in topic._classes if one.group.class_teacher)
    topic.table.tick(known.group.id, ticked=True)
    topic.record.click()
    walk = Walk(topic, qtbot, runner)
    walk.fill(trained_on="")
    assert walk.step == "form"
    walk.fill(trained_on="2026-08-30")
    assert f"{known.group.name}（赵老师）" in walk.sentences
    walk.go_on()
    walk.go_on()
    settle(window, qtbot)
    found = ask(window, qtbot, lambda session: training_list(session, REVIEW))
    states = {one.group.id: one.file.state for one in found}
    assert states[known.group.id] is TrainingState.TRAINED
    assert "还有 2 个班" in topic.sentence.text()
    topic.chips.choose("trained")
    topic.table.tick(known.group.id, ticked=True)
    topic.back.click()
    walk = Walk(topic, qtbot, runner)
    walk.fill(reason="登记错了班级")
    walk.go_on()
    walk.go_on()
    settle(window, qtbot)
    assert "还有 3 个班" in topic.sentence.text()


def test_no_classes_say_where_they_come_from() -> None:
    assert "请招生工作处" in training_sentence(())


# --- issuing -------------------------------------------------------------------------------------


def test_issuing_asks_says_everything_and_leads_to_the_export(
    page: PreparationPage, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def yes(_parent: object, question: str, _verb: str, then: object) -> None:
        asked.append(question)
        assert callable(then)
        then()

    monkeypatch.setattr(asking, "ask_yes", yes)
    page.issue.click()
    settle(window, qtbot)
    assert "还没有填写报到开始和截止" in what_went_wrong(page)
    ask(
        window,
        qtbot,
        lambda session: say(session, REVIEW, {(f"round:{REVIEW}", "review_rules"): CHECK_IN}),
    )
    page.issue.click()
    settle(window, qtbot)
    assert "2026级新生入学资格审查" in asked[-1]
    assert ask(window, qtbot, lambda session: checklist_on_desk(session, REVIEW).said)
    assert window.shell
    assert window.shell.page.CARD.id == "exchange"
    for wizard in window.shell.page.findChildren(Wizard):
        wizard.close()


def test_without_a_round_the_page_says_where_it_comes_from(
    reviewing: School, open_window: OpenWindow, qtbot: QtBot
) -> None:
    reviewing.close()
    window = open_window(OfficeKind.STUDENT_AFFAIRS)
    page = open_page(window, qtbot, PreparationPage)
    page._take(None)
    assert "还没有入学资格审查的批次" in page.state_sentence
    assert page.begins_at is page.way_on
    assert not page.issue.isEnabled()
