"""The workbench of the registrar and of a college."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.domain.offices import OfficeKind
from desktop.domain.rounds import Procedure, Round
from desktop.procedures.overview.overview import known_rounds
from desktop.procedures.rounds import NewRound, open_round
from desktop.views.desk import Desk
from desktop.views.frame.window import MainWindow
from desktop.views.look.states import State
from desktop.views.memory import Memory
from desktop.views.pages.signing.page import SigningPage
from desktop.views.pages.students import StudentsPage
from desktop.views.pages.workbench.boards import (
    arrivals_sentence,
    days_sentence,
    read_round_board,
    timing,
)
from desktop.views.pages.workbench.page import WorkbenchPage
from desktop.views.pages.workbench.places import BOARDS, WORKPLACES
from desktop.views.runner import Runner
from tests.conftest import School
from tests.procedures.acts import complete_class
from tests.views.conftest import idle

ROUND = Round(
    "r", Procedure.STUDENT_REGISTRATION, "2026级", "2026", "2026-10-31", (), True, open=True
)


def workbench(window: MainWindow) -> WorkbenchPage:
    """Return the workbench in sight."""
    assert window.shell
    assert isinstance(window.shell.page, WorkbenchPage)
    return window.shell.page


def test_the_registrar_sees_every_college(window: MainWindow) -> None:
    page = workbench(window)
    assert [row.title for row in page.board.board.rows] == ["信息技术学院", "医学院"]
    assert page.state_sentence == (
        "共 2 个院部，已收到 0 个的报送包，还缺 2 个：信息技术学院、医学院。"
    )
    assert page.board.board.rows[0].cells[1].text == "0 / 6"


@pytest.mark.parametrize(
    ("kind", "seen"),
    [
        (OfficeKind.REGISTRAR, {Procedure.STUDENT_REGISTRATION}),
        (OfficeKind.ADMISSIONS, {Procedure.ENTRY_REVIEW, Procedure.RECHECK}),
        (
            OfficeKind.COLLEGE,
            {Procedure.ENTRY_REVIEW, Procedure.RECHECK, Procedure.STUDENT_REGISTRATION},
        ),
    ],
)
def test_there_is_a_board_of_the_rounds_in_which_something_is_done_here(
    kind: OfficeKind, seen: set[Procedure]
) -> None:
    three = (Procedure.ENTRY_REVIEW, Procedure.RECHECK, Procedure.STUDENT_REGISTRATION)
    assert {p for p in three if WORKPLACES[kind].rounds(replace(ROUND, procedure=p))} == seen
    for procedure in seen - {Procedure.STUDENT_REGISTRATION}:
        assert (kind, procedure) in BOARDS  # not the board of a registration


def test_a_college_sees_its_own_classes(college_window: MainWindow) -> None:
    page = workbench(college_window)
    assert [row.title for row in page.board.board.rows] == ["软件2601班", "软件2602班"]
    assert page.state_sentence == "共 2 个班，0 个班材料齐全，还有 2 个班没有办齐。"
    step = page.board.board.rows[0].cells[-1]
    assert step.text == "打印签字表"  # what to do, not what the registrar waits for
    assert "院部还没有报来本人签字情况" in step.tip


def test_what_is_to_be_done_next_moves_with_the_work(school: School) -> None:
    complete_class(school.first, "软件2601班")
    (round_,) = known_rounds(school.first)
    rows = read_round_board(school.first, round_, judged=True).board.rows
    assert [row.cells[-1].text for row in rows] == ["导出报送包", "打印签字表"]


def test_a_row_leads_where_the_class_is_worked_on(
    college_window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    page = workbench(college_window)
    page.board.setFocus()
    QTest.keyClick(page.board, Qt.Key.Key_Down)
    QTest.keyClick(page.board, Qt.Key.Key_Return)
    idle(qtbot, runner)
    assert college_window.shell
    signing = college_window.shell.page
    assert isinstance(signing, SigningPage)
    assert signing.table.current
    assert signing.table.current.group.name == "软件2602班"


def test_a_row_of_the_registrar_leads_to_the_students_of_a_college(
    window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    page = workbench(window)
    page.board.setFocus()
    QTest.keyClick(page.board, Qt.Key.Key_Return)
    idle(qtbot, runner)
    assert window.shell
    students = window.shell.page
    assert isinstance(students, StudentsPage)
    assert students.table.count_text == "共 9 人，筛选出 6 人"


def test_before_the_first_round_a_button_leads_to_where_work_begins(
    founded: School, qtbot: QtBot, runner: Runner, memory: Memory
) -> None:
    for session, leads_to in ((founded.registrar, "roster"), (founded.first, "exchange")):
        desk = Desk(session, runner, memory)
        page = WorkbenchPage(desk)
        qtbot.addWidget(page)
        page.refresh()
        page.show()
        idle(qtbot, runner)
        assert page.way_on.isVisible()
        assert page.begins_at is page.way_on
        with qtbot.waitSignal(desk.wanted) as wanted:
            QTest.keyClick(page.way_on, Qt.Key.Key_Space)
        assert wanted.args == [leads_to, ""]


def test_with_a_round_and_no_college_it_says_how_colleges_come() -> None:
    assert "再到“席位”批复" in arrivals_sentence([])


def test_days_are_counted_to_the_deadline() -> None:
    assert days_sentence(ROUND, date(2026, 10, 26)) == "离截止 5 天"
    assert days_sentence(ROUND, date(2026, 10, 31)) == "今天截止"
    assert days_sentence(ROUND, date(2026, 11, 2)) == "已过截止 2 天"
    assert days_sentence(replace(ROUND, open=False), date(2026, 1, 1)) == "批次已结束"
    assert timing(ROUND, date(2026, 11, 2)) is State.ATTENTION
    assert timing(ROUND, date(2026, 10, 31)) is State.IN_HAND


def test_counts_are_there_before_everybody_is_judged(school: School) -> None:
    session = school.registrar
    (round_,) = known_rounds(session)
    counted = read_round_board(session, round_, judged=False)
    judged = read_round_board(session, round_, judged=True)
    assert counted.board.rows[0].cells[3].text == "正在核对…"
    assert judged.board.rows[0].cells[3].text == "0 / 6"
    assert counted.total == judged.total == 9


def test_a_round_that_was_left_again_is_not_shown_in_place_of_the_chosen_one(
    window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    page = workbench(window)
    rounds: list[Round] = []
    new = NewRound(Procedure.STUDENT_REGISTRATION, "2027级新生学籍注册", "2027", "2027-10-31")
    page.desk.run(
        lambda session, _progress: (*known_rounds(session), open_round(session, new)),
        rounds.extend,
        owner=page,
        title="正在新建批次",
    )
    idle(qtbot, runner)
    chosen, left = rounds
    before = page.state_sentence, page.board.board
    page._read(left)
    page._read(chosen)
    idle(qtbot, runner)
    assert (page.state_sentence, page.board.board) == before
