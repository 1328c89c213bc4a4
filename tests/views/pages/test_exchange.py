"""The page of what came and went: lists, filters, answers, withdrawal."""

from pathlib import Path

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.offices import OfficeKind
from desktop.procedures.exchange.exchange_desk import exchange_desk
from desktop.procedures.exchange.withdrawals import withdraw_bundle
from desktop.procedures.registration.student_registration import issue
from desktop.views.frame.window import MainWindow
from desktop.views.pages.exchange.page import ExchangePage
from desktop.views.runner import Runner
from desktop.views.widgets.details import Deed
from desktop.views.wizards.frame import Wizard
from desktop.views.wizards.step_pages import FormStep
from desktop.views.wizards.withdrawal.flow import Withdrawal, hindered, plan_sentences
from tests.conftest import ROUND, School
from tests.procedures.acts import complete_class
from tests.rechecks import come
from tests.reviewing import begin_review, say
from tests.views.conftest import OpenWindow, idle
from tests.views.offices import CLASS, at_work


def opened(window: MainWindow, qtbot: QtBot, runner: Runner, at: str = "") -> ExchangePage:
    assert window.shell
    window.shell.open("exchange", at)
    idle(qtbot, runner)
    assert isinstance(window.shell.page, ExchangePage)
    return window.shell.page


def withdrawing(page: ExchangePage, qtbot: QtBot, runner: Runner) -> Wizard[Withdrawal]:
    """Ask for the withdrawal of the first bundle in sight."""
    page.withdraw(page.received.table.model.record(0).bundle.bundle_id)
    idle(qtbot, runner)
    return page.findChildren(Wizard)[-1]


def test_empty_lists_say_what_to_do(
    college_window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    page = opened(college_window, qtbot, runner)
    assert page.state_sentence == "收入 1 份，导出 0 份；没有等待回执的。"
    assert page.received.table.count_text == "共 1 份"
    page.lists.choose("sent")
    assert page.sent.table.count_text == "共 0 份"


def test_an_answer_stands_beside_what_was_sent(
    open_window: OpenWindow, tmp_path: Path, qtbot: QtBot, runner: Runner
) -> None:
    with at_work(tmp_path) as school:
        complete_class(school.first, CLASS)
        school.carry(school.first, school.registrar)
        school.carry(school.registrar, school.first)
    page = opened(open_window("first"), qtbot, runner, "sent")
    assert page.lists.current == "sent"
    assert any("第1号已收下" in text for text in page.sent.details.texts)
    assert page.sent.chips
    page.sent.chips.choose("unanswered")
    assert page.sent.table.count_text == "共 1 份，筛选出 0 份"


def test_a_bundle_is_withdrawn_after_the_question_with_names(
    open_window: OpenWindow, tmp_path: Path, qtbot: QtBot, runner: Runner
) -> None:
    with at_work(tmp_path) as school:
        complete_class(school.first, CLASS)
        school.carry(school.first, school.registrar)
    page = opened(open_window("registrar"), qtbot, runner)
    wizard = withdrawing(page, qtbot, runner)
    told = "\n".join(plan_sentences(wizard.draft))
    assert "签字情况 3 条" in told
    assert "涉及 3 名学生" in told
    wizard.go_on()
    wizard.go_on()
    form = wizard.page
    assert isinstance(form, FormStep)
    assert form.field("reason").property("wrong") is True
    form.fill(reason="报错了班级")
    wizard.go_on()
    idle(qtbot, runner)
    wizard.go_on()
    idle(qtbot, runner)
    assert page.received.chips
    page.received.chips.choose("withdrawn")
    assert page.received.table.count_text == "共 1 份"


def test_what_was_issued_from_is_not_withdrawn(
    open_window: OpenWindow, tmp_path: Path, qtbot: QtBot, runner: Runner
) -> None:
    with at_work(tmp_path) as school:
        complete_class(school.first, CLASS)
        school.carry(school.first, school.registrar)
        issue(school.registrar, ROUND)
    page = opened(open_window("registrar"), qtbot, runner)
    wizard = withdrawing(page, qtbot, runner)
    wizard.go_on()
    assert wizard.step == "look"
    wizard.close()


def test_what_was_withdrawn_before_offers_nothing_more(
    open_window: OpenWindow, tmp_path: Path, qtbot: QtBot, runner: Runner
) -> None:
    with at_work(tmp_path) as school:
        complete_class(school.first, CLASS)
        school.carry(school.first, school.registrar)
        bundle = exchange_desk(school.registrar).received[0].bundle
        withdraw_bundle(school.registrar, bundle.bundle_id, "报错了")
    page = opened(open_window("registrar"), qtbot, runner)
    assert page.received.details.findChildren(QPushButton) == []


def test_admissions_takes_back_what_a_college_sent(
    founded: School, open_window: OpenWindow, qtbot: QtBot, runner: Runner
) -> None:
    world = begin_review(founded, [OfficeKind.ADMISSIONS])
    come(world.college, world.round, world.subjects())
    founded.carry(world.college, world.admissions, world.round)
    founded.close()
    page = opened(open_window("admissions"), qtbot, runner)
    records = page.received.table.records
    deeds = {
        one.office_name: [p.text for p in page._received_parts(one) if isinstance(p, Deed)]
        for one in records
    }
    assert deeds == {"信息技术学院": ["撤回这份报送包…"], "教务处学籍科": []}
    wizard = withdrawing(page, qtbot, runner)
    assert "报到情况 3 条" in "\n".join(plan_sentences(wizard.draft))
    wizard.go_on()
    form = wizard.page
    assert isinstance(form, FormStep)
    form.fill(reason="登记的是另一个班")
    wizard.go_on()
    idle(qtbot, runner)
    wizard.go_on()
    idle(qtbot, runner)
    assert page.received.chips
    page.received.chips.choose("withdrawn")
    assert page.received.table.count_text == "共 2 份，筛选出 1 份"


def test_a_verdict_is_taken_back_before_what_it_rests_on(
    founded: School, open_window: OpenWindow, qtbot: QtBot, runner: Runner
) -> None:
    world = begin_review(founded, [OfficeKind.ADMISSIONS])
    come(world.college, world.round, world.subjects())
    founded.carry(world.college, world.admissions, world.round)
    verdict = {(world.subjects()[0], "entry_review"): {"verdict": "passed"}}
    say(world.admissions, world.round, verdict)
    founded.close()
    page = opened(open_window("admissions"), qtbot, runner)
    wizard = withdrawing(page, qtbot, runner)
    assert "已经下达了审查或复查结论" in hindered(wizard.draft)
    wizard.go_on()
    assert wizard.step == "look"
    wizard.close()


def test_a_college_sees_that_and_why_it_was_taken_back(
    open_window: OpenWindow, tmp_path: Path, qtbot: QtBot, runner: Runner
) -> None:
    with at_work(tmp_path) as school:
        complete_class(school.first, CLASS)
        school.carry(school.first, school.registrar)
        bundle = exchange_desk(school.registrar).received[0].bundle
        withdraw_bundle(school.registrar, bundle.bundle_id, "报错了班级")
        school.carry(school.registrar, school.first)
    page = opened(open_window("first"), qtbot, runner, "sent")
    assert page.sent.chips
    page.sent.chips.choose("taken_back")
    assert page.sent.table.count_text == "共 1 份"
    assert "报错了班级" in "\n".join(page.sent.details.texts)


def test_wizards_open_from_anywhere(window: MainWindow, qtbot: QtBot, runner: Runner) -> None:
    page = opened(window, qtbot, runner, "merge")
    (wizard,) = page.findChildren(Wizard)
    assert wizard.windowTitle() == "收入报送包"
    wizard.close()
    idle(qtbot, runner)
