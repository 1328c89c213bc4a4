"""The workbenches of admissions and student affairs in a round of procedure one."""

from dataclasses import replace
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.offices import OfficeKind
from desktop.domain.review_rules import ReviewRules
from desktop.domain.rounds import Procedure
from desktop.procedures.entry_review.preparation import TypedRules, change_rules
from desktop.procedures.entry_review.preparation_board import PreparingStep, preparation_board
from desktop.procedures.entry_review.review_board import ReviewCollege, review_board
from desktop.procedures.entry_review.review_desk import ReviewDesk, review_desk
from desktop.procedures.registration.boards import CameFrom
from desktop.procedures.review_papers.paper_standing import PaperState
from desktop.procedures.rounds import NewRound, open_round
from desktop.views.frame.window import MainWindow
from desktop.views.look.states import State
from desktop.views.memory import REMEMBERED_ROUND
from desktop.views.pages.entry_review.page import EntryReviewPage
from desktop.views.pages.preparation.page import PreparationPage
from desktop.views.pages.workbench import preparation_board as preparing
from desktop.views.pages.workbench import review_board as reviewing_board
from desktop.views.pages.workbench.page import WorkbenchPage
from tests.conftest import School
from tests.reviews import REVIEW
from tests.views.conftest import OpenWindow
from tests.views.desks import ask, open_page, settle
from tests.views.reviews import after_check_in

Known = tuple[ReviewDesk, tuple[ReviewCollege, ...]]


@pytest.fixture
def known(reviewing: School) -> Known:
    """What admissions knows after check-in, without a window."""
    after_check_in(reviewing)
    session = reviewing.reopen(OfficeKind.ADMISSIONS)
    return review_desk(session, REVIEW), review_board(session, REVIEW)


# --- admissions ----------------------------------------------------------------------------------


def test_colleges_stand_beside_their_steps(known: Known) -> None:
    _, colleges = known
    board = reviewing_board.colleges_as_board(colleges)
    assert [row.title for row in board.rows] == ["信息技术学院", "医学院"]
    first = dict(zip(board.steps, board.rows[0].cells, strict=True))
    assert first["下发"].state is State.DONE  # the freshmen were sent down
    assert first["登记报到"].text == "4 / 6"
    assert first["材料核验"].text == "2 / 2"
    assert first["班主任核对"].text == "1 / 2"  # the doubtful one waits for a second person
    assert first["已下达"].text == "0 / 6"
    assert "班主任还没有培训：软件2601班、软件2602班" in board.rows[0].tip
    nobody = dict(zip(board.steps, board.rows[1].cells, strict=True))
    assert nobody["材料核验"].text == "—"


def test_gaps_and_papers_are_seen_in_the_row(known: Known) -> None:
    first = known[1][0]
    assert first.paper
    signed = replace(first.paper, state=PaperState.SIGNED)
    college = replace(first, came=CameFrom((1, 3), (2,), "2026-09-08T10:00:00"), paper=signed)
    board = reviewing_board.colleges_as_board([college])
    cells = dict(zip(board.steps, board.rows[0].cells, strict=True))
    assert (cells["报送包"].text, cells["报送包"].state) == ("缺 1 份", State.ATTENTION)
    assert cells["审核单"].state is State.DONE
    whole = replace(college, came=CameFrom((1, 2), (), "2026-09-08T10:00:00"), sent_down="")
    cells = dict(
        zip(board.steps, reviewing_board.colleges_as_board([whole]).rows[0].cells, strict=True)
    )
    assert cells["报送包"].text == "2 份"
    assert cells["下发"].state is State.ATTENTION


def test_a_paper_that_became_void_is_not_signed_and_is_the_next_step(known: Known) -> None:
    desk, (first, *others) = known
    assert first.paper
    why = "“张三”的情况由“合格”改为“存疑”"
    void = replace(first, paper=replace(first.paper, state=PaperState.VOID, why=why))
    board = reviewing_board.colleges_as_board([void])
    cell = dict(zip(board.steps, board.rows[0].cells, strict=True))["审核单"]
    assert (cell.text, cell.state) == ("已作废", State.ATTENTION)
    assert why in cell.tip
    assert "请重新打印、签字、盖章" in cell.tip
    deed = reviewing_board.next_deed(desk, [void, *others])
    assert deed
    assert (deed.page, deed.argument) == ("review_papers", "void")
    assert deed.words.startswith("下一步：信息技术学院的报到审核单签字以后有变动，已经作废")
    group = replace(first.classes[0], paper=replace(first.classes[0].paper, state=PaperState.VOID))
    board = reviewing_board.colleges_as_board([replace(first, classes=(group,))])
    cell = dict(zip(board.steps, board.rows[0].cells, strict=True))["审核单"]
    assert "核验报告单已作废，要重新打印签字：软件2601班" in cell.tip


def test_the_next_step_is_said_with_its_number(known: Known) -> None:
    desk, colleges = known

    def words(desk: ReviewDesk) -> str:
        deed = reviewing_board.next_deed(desk, colleges)
        return deed.words if deed else ""

    assert words(desk) == "下一步：1 人审查合格，可以下达给学籍科。"
    undated = replace(desk, rules=ReviewRules())
    assert "填写报到开始和截止" in words(undated)
    rest = tuple(one for one in desk.students if not one.ready)
    assert "1 人可以确认放弃" in words(replace(desk, students=rest))
    waiting = tuple(one for one in rest if not one.may_give_up)
    assert words(replace(desk, students=waiting)) == ""
    unsent = [replace(one, sent_down="") for one in colleges]
    deed = reviewing_board.next_deed(desk, unsent)
    assert deed
    assert deed.page == "exchange"
    closed = replace(desk, round=replace(desk.round, open=False))
    assert words(closed) == ""


def test_the_board_leads_to_the_college_on_the_page(
    reviewing: School, open_window: OpenWindow, qtbot: QtBot
) -> None:
    after_check_in(reviewing)
    window = open_window(OfficeKind.ADMISSIONS)
    page = open_page(window, qtbot, WorkbenchPage)
    assert page.state_sentence.startswith("应报到 8 人，实报到 2 人，审查合格 1 人，存疑 1 人。")
    assert page.next.leads_on
    page.next.way.click()
    settle(window, qtbot)
    assert window.shell
    assert isinstance(window.shell.page, EntryReviewPage)
    assert window.shell.page.chips.current == "ready"
    page = open_page(window, qtbot, WorkbenchPage)
    page.board.chosen.emit("医学院", 0)
    settle(window, qtbot)
    assert isinstance(window.shell.page, EntryReviewPage)
    assert len(window.shell.page.table.records) == 0  # nobody there is ready
    window.shell.page.chips.choose("all")
    assert len(window.shell.page.table.records) == 3


# --- student affairs -----------------------------------------------------------------------------


def test_days_are_counted_to_check_in_and_to_its_end() -> None:
    rules = ReviewRules(check_in_from="2026-09-05", check_in_until="2026-09-07")
    said = [preparing.check_in_words(rules, date(2026, 9, day)) for day in (1, 5, 7, 8)]
    assert said == ["离报到开始 4 天", "离报到截止 2 天", "离报到截止 0 天", "报到已截止"]
    assert preparing.check_in_words(ReviewRules(), date(2026, 9, 1)) == "还没有报到日期"


def test_every_step_of_the_preparation_leads_somewhere(reviewing: School) -> None:
    board = preparation_board(reviewing.sessions[OfficeKind.STUDENT_AFFAIRS], REVIEW)
    assert board.next is PreparingStep.RULES
    led = {
        step: (deed.page, deed.argument)
        for step in PreparingStep
        if (deed := preparing.next_deed(replace(board, next=step)))
    }
    assert led == {
        PreparingStep.RULES: ("preparation", "rules"),
        PreparingStep.ISSUE: ("preparation", "checklist"),
        PreparingStep.TRAIN: ("preparation", "training"),
        PreparingStep.NOTHING: ("exchange", "export"),
    }
    train = preparing.next_deed(replace(board, next=PreparingStep.TRAIN))
    assert "在“审查材料”里打印" in train.words  # where the sheet to be signed comes from


@pytest.fixture
def affairs_window(reviewing: School, open_window: OpenWindow) -> MainWindow:
    """Student affairs' window."""
    reviewing.close()
    return open_window(OfficeKind.STUDENT_AFFAIRS)


def test_student_affairs_sees_which_classes_can_not_begin(
    affairs_window: MainWindow, qtbot: QtBot
) -> None:
    page = open_page(affairs_window, qtbot, WorkbenchPage)
    assert "3 个班中还有 3 个班的班主任没有培训" in page.state_sentence
    rows = page.board.board.rows
    assert [(row.title, row.cells[0].text, row.cells[1].text) for row in rows] == [
        ("信息技术学院", "2", "0 / 2"),
        ("医学院", "1", "0 / 1"),
    ]
    assert rows[1].cells[2].text == "护理2601班"
    page.board.chosen.emit(rows[0].id, 1)
    settle(affairs_window, qtbot)
    assert affairs_window.shell
    assert isinstance(affairs_window.shell.page, PreparationPage)
    assert affairs_window.shell.page.chips.current == "training"


def test_in_a_recheck_student_affairs_sees_its_deadline_alone(
    reviewing: School, open_window: OpenWindow, qtbot: QtBot
) -> None:
    admissions = reviewing.sessions[OfficeKind.ADMISSIONS]
    affairs = reviewing.sessions[OfficeKind.STUDENT_AFFAIRS]
    new = NewRound(Procedure.RECHECK, "2026级入学资格复查", "2026", "2026-12-05")
    recheck = open_round(admissions, new).id
    reviewing.carry(admissions, affairs, recheck)
    reviewing.close()
    window = open_window(OfficeKind.STUDENT_AFFAIRS)
    assert window.shell
    window.shell.desk.memory.keep(REMEMBERED_ROUND, recheck)
    page = open_page(window, qtbot, WorkbenchPage)
    assert page.state_sentence == "还没有填写复查截止的日期。"
    assert "填写复查截止的日期" in page.next.words
    said = TypedRules(recheck_until="2026-12-05")
    ask(window, qtbot, lambda session: change_rules(session, recheck, said))
    page.refresh()
    settle(window, qtbot)
    assert page.state_sentence == "复查应在 2026-12-05 以前完成，由院部和招生工作处办理。"
    assert [row.cells[0].text for row in page.board.board.rows] == ["2", "1"]
