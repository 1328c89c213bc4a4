"""The page 复查汇总: where everybody stands, the new round, the approval, the verdicts."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.offices import OfficeKind
from desktop.domain.recheck import RecheckCount, RecheckVerdict, Standing
from desktop.domain.rounds import Procedure, Round
from desktop.procedures.overview.overview import known_rounds
from desktop.procedures.recheck.recheck_board import recheck_board
from desktop.procedures.recheck.recheck_desk import RecheckDesk, recheck_desk
from desktop.procedures.review_papers.paper_standing import PaperState
from desktop.procedures.session import Session
from desktop.views.frame.window import MainWindow
from desktop.views.look.states import State
from desktop.views.pages.cases.page import CasesPage
from desktop.views.pages.recheck_desk import filters
from desktop.views.pages.recheck_desk.page import RecheckDeskPage
from desktop.views.pages.recheck_desk.parts import college_words
from desktop.views.pages.roster.page import RosterPage
from desktop.views.pages.workbench import recheck_board as recheck_words
from desktop.views.pages.workbench.page import WorkbenchPage
from desktop.views.runner import Runner
from desktop.views.wizards.on_sheet.evidence_step import EvidenceStep
from desktop.views.wizards.recheck import approving, beginning
from tests.conftest import School
from tests.rechecks import Rechecking, begin_recheck, come, report_made
from tests.reviewing import begin_review, say
from tests.views.conftest import OpenWindow
from tests.views.desks import ask, open_page, settle
from tests.views.rechecks import after_reviewing, open_case
from tests.views.wizards.walking import Walk


@pytest.fixture
def world(founded: School) -> Rechecking:
    """The first college has found two doubtful, and one sound."""
    world = begin_recheck(founded)
    after_reviewing(world)
    return world


def page_of(world: Rechecking, open_window: OpenWindow, qtbot: QtBot) -> RecheckDeskPage:
    """Close the school and open the page in admissions' window."""
    world.school.close()
    return open_page(open_window("admissions"), qtbot, RecheckDeskPage)


def window_of(page: RecheckDeskPage) -> MainWindow:
    """Return the window in which the page is."""
    window = page.window()
    assert isinstance(window, MainWindow)
    return window


def now(page: RecheckDeskPage, world: Rechecking, qtbot: QtBot) -> RecheckDesk:
    """Return the round as it stands now."""
    return ask(window_of(page), qtbot, lambda session: recheck_desk(session, world.round))


def test_everybody_stands_in_the_table_with_why_and_days(
    world: Rechecking, open_window: OpenWindow, qtbot: QtBot
) -> None:
    page = page_of(world, open_window, qtbot)
    assert "应复查 9 人，已交复查表 3 人，合格 1 人" in page.state_sentence
    assert "还有" in page.state_sentence
    assert "2 人有疑点，请到“专项核查”立案" in page.next.text()
    assert len(page.table.records) == 9
    page.chips.choose("doubtful")
    assert len(page.table.records) == 2
    page.table.choose(page.table.records[0])
    assert any("考生号" in text for text in page.details.texts)
    page.chips.choose(filters.ALL)
    page.search.setText("护理")
    assert len(page.table.records) == 3
    page.open_at("")
    settle(window_of(page), qtbot)
    overview = page.details.texts
    assert overview  # somebody, or the round


def test_the_overview_tells_of_every_college(
    world: Rechecking, open_window: OpenWindow, qtbot: QtBot
) -> None:
    page = page_of(world, open_window, qtbot)
    page.table.view.clearSelection()
    page.table.view.setCurrentIndex(page.table.model.index(-1, -1))
    told = "\n".join(page.details.texts)
    assert "信息技术学院" in told
    assert "6 人，已交表 3，合格 1，核查中 0；汇总表未收回；收到 1 份报送包" in told
    assert "还没有登记审定" in told


def test_approval_and_verdicts_are_walked_to_the_end(
    world: Rechecking, open_window: OpenWindow, qtbot: QtBot, runner: Runner
) -> None:
    second = world.subjects()[1]
    open_case(world, world.admissions, second)
    report_made(world.admissions, world.round)
    page = page_of(world, open_window, qtbot)
    assert "请先下达“核查中”" in page.next.text()
    page.issue.click()
    walk = Walk(page, qtbot, runner)
    walk.go_on()
    assert "下达“核查中” 1 人" in walk.sentences
    assert "1 人要等领导小组审定" in walk.sentences
    walk.go_on()
    walk.go_on()
    assert now(page, world, qtbot).issued == 1

    page.approve.click()
    walk = Walk(page, qtbot, runner)
    walk.fill(document="", leader="王副校长")
    assert walk.step == approving.FORM
    walk.fill(document="校招〔2026〕18号")
    files = walk.wizard.page
    assert isinstance(files, EvidenceStep)
    walk.go_on()
    assert "复查工作小结.docx" in walk.sentences
    assert "还有 8 人没有复查结果" in walk.sentences
    walk.go_on()
    walk.go_on()
    approval = now(page, world, qtbot).approval
    assert approval
    assert approval.document == "校招〔2026〕18号"

    page.issue.click()
    walk = Walk(page, qtbot, runner)
    walk.go_on()
    assert "下达“合格” 1 人：王小" in walk.sentences
    walk.go_on()
    walk.go_on()
    desk = now(page, world, qtbot)
    assert desk.issued == 2
    assert sum(one.due is not None for one in desk.students) == 0

    page.take_back.click()
    walk = Walk(page, qtbot, runner)
    walk.fill(reason="再查")
    assert walk.step == "form"  # nobody is chosen
    passed = next(one for one in desk.students if one.one.file.verdict is RecheckVerdict.PASSED)
    walk.wizard.page.table.tick(passed.one.student.subject, ticked=True)  # type: ignore[attr-defined]
    walk.go_on()
    assert "收回 1 名学生" in walk.sentences
    walk.go_on()
    walk.go_on()
    assert now(page, world, qtbot).issued == 1

    page.unapprove.click()
    walk = Walk(page, qtbot, runner)
    walk.fill(reason="文号填错了")
    walk.go_on()
    walk.go_on()
    assert now(page, world, qtbot).approval is None


def test_a_report_from_elsewhere_must_be_attached(
    world: Rechecking, open_window: OpenWindow, qtbot: QtBot, runner: Runner
) -> None:
    page = page_of(world, open_window, qtbot)
    page.approve.click()
    walk = Walk(page, qtbot, runner)
    walk.fill(document="校招〔2026〕18号", leader="王副校长")
    walk.go_on()
    assert walk.step == approving.FILES
    walk.wizard.close()


def test_a_case_is_opened_and_looked_at_from_here(
    world: Rechecking, open_window: OpenWindow, qtbot: QtBot, runner: Runner
) -> None:
    page = page_of(world, open_window, qtbot)
    page.chips.choose("doubtful")
    page.table.choose(page.table.records[0])
    next(b for b in page.details.buttons if b.text() == "立案核查…").click()
    walk = Walk(page, qtbot, runner)
    walk.go_on()
    walk.go_on()
    walk.go_on()
    desk = now(page, world, qtbot)
    assert desk.count.open_cases == 1
    page.chips.choose("under_case")
    page.table.choose(page.table.records[0])
    next(b for b in page.details.buttons if b.text().startswith("查看专项核查")).click()
    settle(window_of(page), qtbot)
    shell = window_of(page).shell
    assert shell
    cases = open_page(window_of(page), qtbot, CasesPage)
    assert cases.table.current
    assert cases.table.current.case


def after_check_in(school: School) -> None:
    """Let six of the first college come, and close the school."""
    reviewing = begin_review(school, [OfficeKind.ADMISSIONS])
    mine = [*reviewing.subjects(), *reviewing.subjects("软件2602班")]
    come(reviewing.college, reviewing.round, mine)
    school.carry(reviewing.college, reviewing.admissions, reviewing.round)
    verdicts = {(s, "entry_review"): {"verdict": "passed"} for s in mine[:4]}
    say(reviewing.admissions, reviewing.round, verdicts)
    school.carry(reviewing.admissions, school.registrar, reviewing.round)
    school.close()


def rounds(session: Session, procedure: Procedure) -> list[Round]:
    """Return the rounds of a procedure."""
    return [one for one in known_rounds(session) if one.procedure is procedure]


def test_a_recheck_begins_with_everybody_who_came(
    founded: School, open_window: OpenWindow, qtbot: QtBot, runner: Runner
) -> None:
    after_check_in(founded)
    window = open_window("admissions")
    page = open_page(window, qtbot, RecheckDeskPage)
    assert "还没有入学资格复查的批次" in page.state_sentence
    page.begin.click()
    walk = Walk(page, qtbot, runner)
    draft = walk.wizard.draft
    assert draft.name == "2026级新生入学资格复查"
    assert draft.start.deadline == "2026-12-01"  # three months after the first of September
    walk.fill(name="", deadline="2036-12-01")
    assert walk.step == "form"
    walk.fill(name="2026级新生入学资格复查")
    assert "6 名学生直接列入" in walk.sentences
    assert "3 名不列入" in walk.sentences
    walk.go_on()
    walk.go_on()
    settle(window, qtbot)
    (made,) = ask(window, qtbot, lambda session: rounds(session, Procedure.RECHECK))
    assert (made.entry_year, made.deadline) == ("2026", "2036-12-01")
    assert len(page.table.records) == 6
    page.take_in.click()
    walk = Walk(page, qtbot, runner)
    walk.go_on()
    assert walk.step == "form"  # nobody has come since
    walk.wizard.close()


def test_the_registrar_begins_with_those_whom_admissions_has_reviewed(
    founded: School, open_window: OpenWindow, qtbot: QtBot, runner: Runner
) -> None:
    after_check_in(founded)
    window = open_window("registrar")
    page = open_page(window, qtbot, RosterPage)
    page.follow.click()
    walk = Walk(page, qtbot, runner)
    walk.fill(deadline="2036-11-30")
    assert "4 名学生直接列入" in walk.sentences
    walk.go_on()
    walk.go_on()
    settle(window, qtbot)
    (made,) = ask(window, qtbot, lambda session: rounds(session, Procedure.STUDENT_REGISTRATION))
    assert made.asks_verdicts
    assert "名单上有 4 名学生" in page.state_sentence


def test_the_workbench_shows_the_board_of_the_recheck(
    world: Rechecking, open_window: OpenWindow, qtbot: QtBot
) -> None:
    open_case(world, world.college, world.subjects()[1])
    world.school.close()
    page = open_page(open_window("admissions"), qtbot, WorkbenchPage)
    assert "应复查 9 人" in page.state_sentence
    assert "还没有收到医学院的报送包" in page.state_sentence
    assert "2 人有疑点" in page.next.words
    page = open_page(open_window("first"), qtbot, WorkbenchPage)
    assert "共 2 个班 6 人" in page.state_sentence
    assert "1 人有疑点，请立案核查" in page.next.words


def test_a_summary_that_became_void_is_said_on_the_boards_with_the_next_step(
    world: Rechecking,
) -> None:
    desk = recheck_desk(world.admissions, world.round)
    first, *others = recheck_board(world.admissions, world.round)
    assert first.paper
    why = "“王小乙”的复查情况由“合格”改为“有疑点”"
    void = replace(first, paper=replace(first.paper, state=PaperState.VOID, why=why))
    board = recheck_words.colleges_as_board([void, *others])
    cell = dict(zip(board.steps, board.rows[0].cells, strict=True))["汇总表"]
    assert (cell.text, cell.state) == ("已作废", State.ATTENTION)
    assert why in cell.tip
    assert "汇总表已作废，要重新打印、签字、盖章" in college_words(void)
    deed = recheck_words.next_of_admissions(desk, [void, *others])
    assert deed
    assert "立案" in deed.words  # doubts come first
    sure = [one for one in desk.students if one.one.assessment.standing is not Standing.DOUBTFUL]
    deed = recheck_words.next_of_admissions(replace(desk, students=tuple(sure)), [void, *others])
    assert deed
    assert (deed.page, deed.argument) == ("review_papers", "void")
    settled = replace(
        first.steps, count=RecheckCount(), settled=0, standings=dict.fromkeys(Standing, 0)
    )
    deed = recheck_words.next_of_college(desk.round, [settled], [void.paper])
    assert deed
    assert deed.words.startswith("下一步：信息技术学院的汇总表打印以后有变动，已经作废")


def test_beginning_is_plain_functions() -> None:
    bare = beginning.Beginning(Procedure.RECHECK, (), "2026-10-01")
    assert set(beginning.problems(bare)) == {"source"}
    draft = approving.Approving("r", "复查", None, (), "2026-11-20")  # type: ignore[arg-type]
    assert set(approving.problems(approving.FORM, draft)) == {"document", "leader"}
    assert set(approving.problems(approving.FILES, draft)) == {"files"}
    assert approving.problems(approving.FILES, replace(draft, files=("a.pdf",))) == {}
