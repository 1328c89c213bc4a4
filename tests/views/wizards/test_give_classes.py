"""Classes that nobody has are seen, and go to a college at once or by hand."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.offices import OfficeKind
from desktop.procedures.school.class_offices import (
    ClassDesk,
    CollegeClasses,
    class_desk,
    give_classes,
)
from desktop.procedures.school.enrolment import ask_to_join, write_text
from desktop.procedures.seats import applicant
from desktop.views.desk import Desk
from desktop.views.frame.window import MainWindow
from desktop.views.memory import Memory
from desktop.views.pages.roster.page import RosterPage
from desktop.views.pages.seats.page import SeatsPage
from desktop.views.pages.workbench.page import WorkbenchPage
from desktop.views.runner import Runner
from desktop.views.wizards.give_classes.flow import confirm_sentences, first_draft, problems
from desktop.views.wizards.give_classes.words import loose_sentence
from tests.conftest import CHEAPEST, OPERATOR, PASSPHRASE, SCHOOL_CODE, School
from tests.procedures.test_class_offices import LATE, bring_roster, join
from tests.views.conftest import OpenWindow, idle
from tests.views.wizards.walking import Walk

MEDICINE = CollegeClasses("医学院", ("护理2601班",), 3, "college-02", "医学院")


def registrars_page(window: MainWindow, name: str, qtbot: QtBot, runner: Runner) -> object:
    assert window.shell
    window.shell.open(name)
    idle(qtbot, runner)
    return window.shell.page


def test_what_is_missing_and_what_changes_is_said_before() -> None:
    nothing = first_draft(ClassDesk((), ()))
    assert set(problems(nothing)) == {"which"}
    draft = first_draft(ClassDesk((MEDICINE,), ()))
    assert set(problems(draft)) == {"office"}
    same = first_draft(ClassDesk((MEDICINE,), ()), "college-02")
    assert "已经归它" in problems(same)["office"]
    moved = first_draft(ClassDesk((MEDICINE,), ()), "college-01")
    assert problems(moved) == {}
    said = "".join(confirm_sentences(moved))
    assert "“医学院”的 1 个班，3 名学生" in said
    assert "现在归医学院" in said


def test_many_colleges_without_a_seat_are_counted() -> None:
    loose = [CollegeClasses(f"{name}学院", ("一班", "二班"), 60) for name in "甲乙丙丁"]
    assert loose_sentence(loose) == "还有 4 个院部的 8 个班没有分配：甲学院、乙学院、丙学院等。"
    assert loose_sentence(loose[:1]) == "还没有分配的班级：甲学院（2 个班，60 名学生）。"
    assert loose_sentence([]) == ""


@pytest.fixture
def late_window(school: School, open_window: OpenWindow) -> MainWindow:
    """The registrar's window where a college of another name has no classes yet."""
    bring_roster(school, "临床医学部")
    join(school)
    school.close()
    return open_window("registrar")


def test_classes_go_to_a_college_of_another_name_from_the_roster(
    late_window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    page = registrars_page(late_window, "roster", qtbot, runner)
    assert isinstance(page, RosterPage)
    assert "还没有分配的班级：临床医学部（2 个班，3 名学生）。" in page.state_sentence
    page.give.click()
    walk = Walk(page, qtbot, runner)
    walk.fill(office="college-03")
    assert (
        "“临床医学部”的 2 个班，3 名学生分配给临床医学院：临床2601班、临床2602班" in walk.sentences
    )
    walk.go_on()
    assert "已分配给临床医学院" in walk.sentences
    walk.go_on()
    idle(qtbot, runner)
    assert "还没有分配" not in page.state_sentence


def test_a_seat_without_classes_says_so_and_is_given_some(
    late_window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    page = registrars_page(late_window, "seats", qtbot, runner)
    assert isinstance(page, SeatsPage)
    page.table.choose(page.table.records[-1])
    assert "还没有分配，它的工作台是空的" in page.details.texts
    next(b for b in page.details.buttons if b.text() == "分配班级…").click()
    walk = Walk(page, qtbot, runner)
    walk.go_on()
    walk.go_on()
    walk.go_on()
    idle(qtbot, runner)
    assert "2 个班，3 名学生" in page.details.texts


def test_the_registrars_board_says_which_college_has_no_class(
    late_window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    page = registrars_page(late_window, "workbench", qtbot, runner)
    assert isinstance(page, WorkbenchPage)
    row = next(row for row in page.board.board.rows if row.title == LATE)
    assert "没有班级" in [cell.text for cell in row.cells]
    assert "0 / 0" not in [cell.text for cell in row.cells]
    assert f"{LATE}还没有班级，请在“批次名单”" in page.state_sentence


def test_a_college_without_classes_is_told_what_is_missing(
    school: School, qtbot: QtBot, runner: Runner, memory: Memory
) -> None:
    bring_roster(school, "临床医学部")
    late = join(school)
    school.carry(school.registrar, late)
    page = WorkbenchPage(Desk(late, runner, memory))
    qtbot.addWidget(page)
    page.refresh()
    page.show()
    idle(qtbot, runner)
    assert page.state_sentence == "这个批次里还没有分配给本部门的班级。"
    assert page.way_on.isVisible()  # not a board of 0 / 0
    assert not page.board.isVisible()
    loose = class_desk(school.registrar).loose[0]
    give_classes(school.registrar, loose, "college-03")
    school.carry(school.registrar, late)
    page.refresh()
    idle(qtbot, runner)
    assert page.board.isVisible()
    assert [row.title for row in page.board.board.rows] == ["临床2601班", "临床2602班"]


def request_of(folder: Path, name: str) -> tuple[Path, str]:
    asking = applicant(SCHOOL_CODE, OfficeKind.COLLEGE, name, "李老师的电脑")
    text, digits = ask_to_join(folder / "data", asking, OPERATOR, PASSPHRASE, cost=CHEAPEST)
    return write_text(folder, "申请.txt", text), digits


@pytest.mark.parametrize(
    "told",
    [
        (
            LATE,
            f"名单里“{LATE}”的 2 个班，3 名学生还没有分配",
            f"{LATE}的 2 个班，3 名学生已分配给它。",
        ),
        ("临床医学部", f"没有待分配的班级叫“{LATE}”", "在“批次名单”里点“分配班级…”"),
    ],
)
def test_answering_says_which_classes_a_college_is_given(
    school: School,
    open_window: OpenWindow,
    qtbot: QtBot,
    runner: Runner,
    told: tuple[str, str, str],
) -> None:
    roster, before, after = told
    bring_roster(school, roster)
    school.close()
    page = registrars_page(open_window("registrar"), "seats", qtbot, runner)
    assert isinstance(page, SeatsPage)
    request, digits = request_of(school.store_folder("asks"), LATE)
    page.answer.click()
    walk = Walk(page, qtbot, runner)
    walk.fill(file=str(request))
    walk.fill(digits_heard=digits)
    walk.go_on()
    assert before in walk.sentences
    walk.go_on()
    walk.go_on()
    assert walk.step == "done"
    assert after in walk.sentences
    walk.wizard.reject()
