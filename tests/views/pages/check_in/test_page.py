"""The board of a college's classes at check-in: what is next, and where it leads."""

from pytestqt.qtbot import QtBot

from desktop.procedures.check_in.check_in_desk import check_in_board
from desktop.procedures.signing.recording import set_class_teacher
from desktop.views.frame.window import MainWindow
from desktop.views.pages.check_in.class_page import CheckInClassPage
from desktop.views.pages.check_in.page import CheckInPage
from desktop.views.pages.imports.page import ImportsPage
from desktop.views.wizards.frame import Wizard
from desktop.views.wizards.step_pages import FormStep
from tests.conftest import School
from tests.procedures.acts import class_id
from tests.procedures.reviews import REVIEW, arrive, begin_review, rows_of
from tests.views.conftest import OpenWindow
from tests.views.desks import ask, open_page, settle


def test_without_a_round_the_page_says_what_to_do_next(
    college_window: MainWindow, qtbot: QtBot
) -> None:
    page = open_page(college_window, qtbot, CheckInPage)
    assert page.state_sentence == "还没有入学资格审查的批次。"
    assert not page.table.records
    other = open_page(college_window, qtbot, CheckInClassPage)
    assert other.state_sentence == "还没有入学资格审查的批次。"
    assert not other.save_button.isEnabled()


def test_the_board_leads_to_a_class(school: School, open_window: OpenWindow, qtbot: QtBot) -> None:
    begin_review(school)
    arrive(school.first, rows_of(school.first)[0].student)
    school.close()
    window = open_window("first")
    page = open_page(window, qtbot, CheckInPage)
    assert page.state_sentence == "2 个班，应报到 6 人，已报到 1 人，还没有登记 5 人。"
    assert [line.next.words for line in page.table.records] == [
        "登记其余 2 人的报到情况",
        "登记 3 人的报到情况",
    ]
    page.chips.choose("export")
    assert not page.table.records
    page.chips.choose("all")
    page.do_next(page.table.records[1])
    settle(window, qtbot)
    assert window.shell
    opened = window.shell.page
    assert isinstance(opened, CheckInClassPage)
    assert opened.title == "软件2602班"


def test_the_head_of_the_college_lets_a_class_begin(
    school: School, open_window: OpenWindow, qtbot: QtBot
) -> None:
    begin_review(school)
    college = school.first
    set_class_teacher(college, class_id(college, "软件2601班"), "新班主任")
    arrive(college, *(row.student for row in rows_of(college)))
    school.close()
    window = open_window("first")
    page = open_page(window, qtbot, CheckInPage)
    line = page.table.records[0]
    assert line.next.words == "班主任未经培训，暂不能核验"
    class_page = open_page(window, qtbot, CheckInClassPage, line.group.id)
    assert "暂不能登记" in class_page.place.gate
    assert not class_page.place.panel.same.isEnabled()
    page = open_page(window, qtbot, CheckInPage)
    wizard = page.waive(line)
    assert wizard
    wizard.go_on()
    assert wizard.step == "form"  # nothing was filled in
    form = wizard.page
    assert isinstance(form, FormStep)
    form.fill(head="刘院长", reason="班主任临时更换")
    wizard.go_on()
    wizard.go_on()
    settle(window, qtbot)
    assert wizard.step == "done"
    wizard.go_on()
    settle(window, qtbot)
    gate = ask(window, qtbot, lambda session: check_in_board(session, REVIEW))[0].gate
    assert gate.waived
    assert page.table.records[0].next.words == "核验 3 人的材料"


def test_the_result_of_the_comparison_is_read_in_from_here(
    college_window: MainWindow, qtbot: QtBot
) -> None:
    page = open_page(college_window, qtbot, CheckInPage)
    page.read_faces()
    settle(college_window, qtbot)
    assert college_window.shell
    opened = college_window.shell.page
    assert isinstance(opened, ImportsPage)
    (wizard,) = opened.findChildren(Wizard)
    wizard.reject()
    settle(college_window, qtbot)
