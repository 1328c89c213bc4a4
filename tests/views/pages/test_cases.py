"""The page 专项核查: what waits, what was found, and every wizard walked to its end."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.recheck import RecheckVerdict
from desktop.domain.written_papers import PaperKind
from desktop.procedures.cases.case_conclusions import Conclusion, conclude_case
from desktop.procedures.cases.case_files import CaseDesk, case_desk
from desktop.views.dialogs.evidence import EvidenceDialog
from desktop.views.frame.window import MainWindow
from desktop.views.look.states import State
from desktop.views.pages.cases import lines
from desktop.views.pages.cases.page import CasesPage
from desktop.views.pages.review_papers.page import ReviewPapersPage
from desktop.views.runner import Runner
from desktop.views.wizards.cases import concluding, noting, opening, reasons
from desktop.views.wizards.cases.opening import SuggestedForm
from desktop.views.wizards.on_sheet.evidence_step import EvidenceStep
from desktop.views.wizards.step_pages import ChoiceStep, FormStep
from tests.conftest import FAR_DAY, School
from tests.rechecks import Rechecking, begin_recheck
from tests.views.conftest import OpenWindow, idle
from tests.views.desks import ask, open_page
from tests.views.rechecks import after_reviewing, open_case
from tests.views.wizards.walking import Walk


@pytest.fixture
def world(founded: School) -> Rechecking:
    """The first college has found two doubtful."""
    world = begin_recheck(founded)
    after_reviewing(world)
    return world


def page_of(world: Rechecking, seat: str, open_window: OpenWindow, qtbot: QtBot) -> CasesPage:
    """Close the school and open the page in a seat's window."""
    world.school.close()
    return open_page(open_window(seat), qtbot, CasesPage)


def now(page: CasesPage, world: Rechecking, qtbot: QtBot) -> CaseDesk:
    """Return the cases as they stand now."""
    window = page.window()
    assert isinstance(window, MainWindow)
    return ask(window, qtbot, lambda session: case_desk(session, world.round))


def press(page: CasesPage, words: str) -> None:
    """Press a button beside the table."""
    found: list[QPushButton] = [one for one in page.details.buttons if one.text() == words]
    assert found, [one.text() for one in page.details.buttons]
    found[0].click()


def test_what_waits_for_a_case_is_opened_with_its_doubts(
    world: Rechecking, open_window: OpenWindow, qtbot: QtBot, runner: Runner
) -> None:
    page = page_of(world, "first", open_window, qtbot)
    assert "专项核查 0 件" in page.state_sentence
    assert "还有 2 名学生有疑点没有立案" in page.state_sentence
    assert [one.title for one in page.table.records] == ["待立案", "待立案"]
    assert page.table.records[0].state is State.ATTENTION
    page.begin.click()
    walk = Walk(page, qtbot, runner)
    form = walk.wizard.page
    assert isinstance(form, SuggestedForm)
    assert len(form.table.picked) == 2
    walk.go_on()
    assert "2 名学生各立一件" in walk.sentences
    assert "2 件是重点对象" in walk.sentences
    walk.go_on()
    assert "002-001、002-002" in walk.sentences
    walk.go_on()
    desk = now(page, world, qtbot)
    assert [case.number for case in desk.open] == ["002-001", "002-002"]
    assert desk.suggested == ()
    assert not page.begin.isEnabled()


def test_one_doubt_is_taken_up_from_the_table(
    world: Rechecking, open_window: OpenWindow, qtbot: QtBot, runner: Runner
) -> None:
    page = page_of(world, "first", open_window, qtbot)
    page.table.choose(page.table.records[1])
    press(page, "立案核查…")
    walk = Walk(page, qtbot, runner)
    walk.fill(cause="")
    assert walk.step == "form"  # it says what is missing
    walk.fill(cause="复查表上的姓名与档案不同\n照片不像")
    assert "列为重点对象" in walk.sentences
    walk.go_on()
    walk.go_on()
    (case,) = now(page, world, qtbot).cases
    assert (case.cause, case.important) == ("复查表上的姓名与档案不同\n照片不像", True)
    current = page.table.current
    assert current
    assert current.case  # the row that was chosen is the case now


def test_the_written_material_of_a_case_is_printed_from_its_side(
    world: Rechecking, open_window: OpenWindow, qtbot: QtBot, runner: Runner
) -> None:
    for subject in world.subjects()[1:3]:
        number = open_case(world, world.college, subject)
    page = page_of(world, "first", open_window, qtbot)
    assert "离复查截止还有" in page.state_sentence
    page.open_at(number)
    idle(qtbot, runner)
    press(page, "打印书面材料…")
    idle(qtbot, runner)
    window = page.window()
    assert isinstance(window, MainWindow)
    assert window.shell
    papers = window.shell.page
    assert isinstance(papers, ReviewPapersPage)
    current = papers.table.current
    assert current
    assert (current.kind, current.about) == (PaperKind.CASE_STATEMENT, f"case:{number}")


def test_a_concluded_case_without_findings_says_so_on_the_page_of_its_paper(
    world: Rechecking, open_window: OpenWindow, qtbot: QtBot, runner: Runner
) -> None:
    number = open_case(world, world.college, world.subjects()[1])
    today = world.college.today().isoformat()
    conclusion = Conclusion("passed", "招生工作处", today, "材料一致")
    conclude_case(world.college, world.round, number, conclusion)
    page = page_of(world, "first", open_window, qtbot)
    page.open_at(number)
    idle(qtbot, runner)
    press(page, "打印书面材料…")
    idle(qtbot, runner)
    window = page.window()
    assert isinstance(window, MainWindow)
    assert window.shell
    papers = window.shell.page
    assert isinstance(papers, ReviewPapersPage)
    assert "“查明的情况”还没有写" in papers.about_text
    assert papers.print.isEnabled()


def test_a_case_is_noted_and_concluded_at_the_college(
    world: Rechecking, open_window: OpenWindow, qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    open_case(world, world.college, world.subjects()[1])
    page = page_of(world, "first", open_window, qtbot)
    page.chips.choose(lines.OPEN)
    page.table.choose(page.table.records[0])
    assert any("说明考生号写错" in text for text in page.details.texts)
    press(page, "登记核查记录…")
    walk = Walk(page, qtbot, runner)
    walk.fill(kind="evidence", people="")
    files = walk.wizard.page
    assert isinstance(files, EvidenceStep)
    walk.go_on()
    assert walk.step == noting.FILES  # neither a text nor a file
    scan = tmp_path / "准考证.png"
    scan.write_bytes(b"\x89PNG")
    files.attach([scan])
    walk.go_on()
    assert "附 1 个文件" in walk.sentences
    walk.go_on()
    press(page, "核查情况小结…")
    walk = Walk(page, qtbot, runner)
    walk.fill(text="准考证与档案一致，系笔误。")
    walk.go_on()
    walk.go_on()
    press(page, "作结论…")
    walk = Walk(page, qtbot, runner)
    walk.go_on()  # passed, as the wizard begins
    walk.fill(explanation="", decided_by="刘处长")
    assert walk.step == concluding.PAPER
    walk.fill(explanation="系笔误，已核对原件")
    walk.go_on()
    assert "排除疑点，合格" in walk.sentences
    walk.go_on()
    assert "已有结论" in walk.sentences
    walk.go_on()
    (case,) = now(page, world, qtbot).cases
    assert (case.concluded, case.outcome, case.findings) == (
        True,
        "passed",
        "准考证与档案一致，系笔误。",
    )
    page.chips.choose(lines.CONCLUDED)
    page.table.choose(page.table.records[0])
    press(page, "查看“准考证.png”")
    qtbot.waitUntil(lambda: bool(page.findChildren(EvidenceDialog)))
    page.findChildren(EvidenceDialog)[0].close()
    press(page, "重新核查…")
    walk = Walk(page, qtbot, runner)
    walk.fill(text="收到新的材料")
    assert "原来的结论作废" in walk.sentences
    walk.go_on()
    walk.go_on()
    (case,) = now(page, world, qtbot).open
    assert case.outcome == ""


def test_an_important_case_ends_at_admissions(
    world: Rechecking, open_window: OpenWindow, qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    open_case(world, world.college, world.subjects()[1], important=True)
    world.to_admissions(world.college)
    world.school.close()
    page = open_page(open_window("first"), qtbot, CasesPage)
    page.table.choose(page.table.records[1])
    assert "作结论…" not in [one.text() for one in page.details.buttons]
    assert any("由招生工作处报领导小组决定" in text for text in page.details.texts)

    page = open_page(open_window("admissions"), qtbot, CasesPage)
    page.chips.choose(lines.OPEN)
    page.table.choose(page.table.records[0])
    press(page, "作结论…")
    walk = Walk(page, qtbot, runner)
    choice = walk.wizard.page
    assert isinstance(choice, ChoiceStep)
    choice.choose(RecheckVerdict.FAILED)
    walk.go_on()
    assert isinstance(walk.wizard.page, FormStep)
    assert not walk.wizard.page.field("until").isVisible()  # nothing is kept
    walk.fill(explanation="由他人代考", decided_by="领导小组")
    assert walk.step == concluding.PAPER  # the paper is missing
    walk.fill(document="纪要〔2026〕3号")
    walk.go_on()
    assert "取消入学资格" in walk.sentences
    walk.go_on()
    walk.go_on()
    paper = tmp_path / "书面材料.pdf"
    paper.write_bytes(b"%PDF-1.4 signed")
    page.chips.choose(lines.CONCLUDED)
    page.table.choose(page.table.records[0])
    press(page, "附上书面材料…")
    walk = Walk(page, qtbot, runner)
    walk.fill(text=str(paper))
    walk.go_on()
    walk.go_on()
    (case,) = now(page, world, qtbot).cases
    assert (case.outcome, case.document) == ("failed", "纪要〔2026〕3号")
    assert case.statement


@pytest.mark.parametrize(
    ("words", "left"), [("撤回这条…", 1), ("列为重点对象…", 1)], ids=["note", "important"]
)
def test_what_was_recorded_is_set_right(
    words: str,
    left: int,
    world: Rechecking,
    open_window: OpenWindow,
    qtbot: QtBot,
    runner: Runner,
) -> None:
    open_case(world, world.college, world.subjects()[1])
    page = page_of(world, "first", open_window, qtbot)
    page.chips.choose(lines.OPEN)
    page.table.choose(page.table.records[0])
    press(page, words)
    walk = Walk(page, qtbot, runner)
    walk.fill(text="")
    assert walk.step == "form"
    walk.fill(text="核对后更改")
    walk.go_on()
    walk.go_on()
    found = now(page, world, qtbot).cases
    assert len(found) == left
    assert (found[0].notes == ()) is (words == "撤回这条…")
    assert found[0].important is (words == "列为重点对象…")
    if words == "撤回这条…":  # now the case itself can be taken back
        press(page, "撤回立案…")
        walk = Walk(page, qtbot, runner)
        walk.fill(text="选错了学生")
        walk.go_on()
        walk.go_on()
        assert now(page, world, qtbot).cases == ()


def test_the_page_opens_at_a_case(world: Rechecking, open_window: OpenWindow, qtbot: QtBot) -> None:
    number = open_case(world, world.college, world.subjects()[1])
    world.school.close()
    page = open_page(open_window("first"), qtbot, CasesPage, number)
    current = page.table.current
    assert current
    assert current.id == number
    page.open_at("important")
    assert page.chips.current == lines.IMPORTANT


def test_steps_are_plain_functions() -> None:
    one = opening.OpeningOne("r", "student:1", "王小甲")
    assert set(opening.problems_of_one(one)) == {"cause"}
    assert "重点对象" not in "".join(opening.confirm_one(replace(one, cause="照片不像")))
    note = noting.Noting("r", "002-001", "王小甲", "2026-10-08")
    assert set(noting.problems(noting.FORM, note)) == {"people", "text"}
    plain = concluding.Concluding(
        "r", "002-001", "王小甲", important=False, decided_on="2026-10-08"
    )
    assert set(concluding.problems(concluding.PAPER, plain)) == {"explanation", "decided_by"}
    kept = replace(plain, outcome=RecheckVerdict.KEPT)
    assert {"document", "until"} <= set(concluding.problems(concluding.PAPER, kept))
    assert concluding.outcome_words(replace(kept, until=FAR_DAY)).endswith(FAR_DAY)
    registered = replace(plain, outcome=RecheckVerdict.FAILED, enrolled=True)
    assert concluding.outcome_words(registered) == "不合格，取消学籍"
    for what in reasons.What:
        deed = reasons.CaseDeed(what, "r", "002-001", "王小甲")
        assert reasons.problems(deed)
        assert "王小甲" in "".join(reasons.confirm_sentences(replace(deed, text="原因")))
