"""The page 审查材料: what is to be printed, what is void and why, signatures, Word."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.checklists import SLOTS
from desktop.domain.offices import OfficeKind
from desktop.domain.written_papers import PaperKind
from desktop.procedures.review_papers.paper_standing import PaperLine, PaperState
from desktop.procedures.session import Session
from desktop.views.dialogs import printing
from desktop.views.frame.window import MainWindow
from desktop.views.pages.cards import REVIEW_PAPERS, cards_for
from desktop.views.pages.review_papers import page as page_module
from desktop.views.pages.review_papers import words
from desktop.views.pages.review_papers.page import ReviewPapersPage
from desktop.views.runner import Runner
from desktop.views.wizards.frame import Wizard
from desktop.views.wizards.paper_sign_off import flow
from desktop.views.wizards.step_pages import FormStep
from tests.conftest import School
from tests.reviewing import Reviewing, begin_review, say
from tests.views.conftest import OpenWindow, idle
from tests.views.desks import open_page


@pytest.fixture
def reviewing(founded: School) -> Reviewing:
    """The school in the days of check-in: three students of a class came."""
    made = begin_review(founded)
    said = {
        (subject, "arrival"): {"state": "arrived", "arrived_on": "2026-09-05"}
        for subject in made.subjects()
    }
    say(made.college, made.round, said)
    return made


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What was sent to the printer's dialog."""
    sent: list[bytes] = []

    def send(_desk: object, _parent: object, pdf: bytes, *_rest: Any) -> None:  # noqa: ANN401
        sent.append(pdf)

    monkeypatch.setattr(page_module, "print_pdf", send)
    assert printing.print_pdf is not send
    return sent


def opened(
    reviewing: Reviewing, open_window: OpenWindow, qtbot: QtBot, seat: str
) -> tuple[MainWindow, ReviewPapersPage]:
    reviewing.school.close()
    window = open_window(seat)
    return window, open_page(window, qtbot, ReviewPapersPage)


def choose(page: ReviewPapersPage, qtbot: QtBot, runner: Runner, kind: PaperKind) -> PaperLine:
    line = next(one for one in page.table.records if one.kind is kind)
    page.table.choose(line)
    idle(qtbot, runner)
    return line


def current_state(page: ReviewPapersPage) -> PaperState:
    assert page.table.current
    return page.table.current.state


def later(window: MainWindow, qtbot: QtBot, act: Callable[[Session], object]) -> None:
    """Let something happen at the seat, after which pages refresh themselves."""
    assert window.shell
    window.shell.desk.change(lambda session, _p: act(session), owner=window, title="变动")
    idle(qtbot, window.shell.desk.runner)


def test_only_offices_of_these_procedures_see_it() -> None:
    kinds = {kind for kind in OfficeKind if REVIEW_PAPERS in cards_for(kind)}
    assert kinds == {OfficeKind.COLLEGE, OfficeKind.ADMISSIONS, OfficeKind.STUDENT_AFFAIRS}


def test_a_paper_is_looked_at_printed_and_signed(
    reviewing: Reviewing,
    open_window: OpenWindow,
    qtbot: QtBot,
    runner: Runner,
    printed: list[bytes],
) -> None:
    _window, page = opened(reviewing, open_window, qtbot, "first")
    assert page.state_sentence == "共 5 份材料：没有打印 5 份。"
    choose(page, qtbot, runner, PaperKind.CLASS_REPORT)
    assert page.preview.page_count == 1
    assert "还没有打印" in page.about_text
    assert not page.sign.isEnabled()
    page.print.click()
    idle(qtbot, runner)
    assert len(printed) == 1
    assert "编号 002-001" in page.done_text
    assert page.table.current
    assert page.table.current.state is PaperState.PRINTED
    assert "还没有登记的签字：班主任、学工科" in page.about_text
    assert page.print.text() == "再打印一份…"
    page.print.click()  # the same paper under the same number
    idle(qtbot, runner)
    assert page.table.current.paper
    assert page.table.current.paper.number == "002-001"
    assert printed[1] == printed[0]

    wizard = page.record_signatures()
    assert wizard
    form = wizard.page
    assert isinstance(form, FormStep)
    form.fill(class_teacher="王老师", class_teacher_date="2026-09-08")
    wizard.go_on()
    idle(qtbot, runner)
    assert wizard.step == flow.DONE
    wizard.go_on()
    idle(qtbot, runner)
    assert page.table.current.missing == ("学工科",)


def test_what_has_changed_is_said_and_printed_anew(
    reviewing: Reviewing,
    open_window: OpenWindow,
    qtbot: QtBot,
    runner: Runner,
    printed: list[bytes],
) -> None:
    subject = reviewing.subjects()[0]
    window, page = opened(reviewing, open_window, qtbot, "first")
    choose(page, qtbot, runner, PaperKind.CLASS_REPORT)
    page.print.click()
    idle(qtbot, runner)
    missing = {(subject, "document_check"): {SLOTS[1]: "due 2026-09-20"}}
    later(window, qtbot, lambda session: say(session, reviewing.round, missing))
    assert current_state(page) is PaperState.VOID
    assert "王小乙甲" in page.about_text
    assert page.print.text() == "重新打印…"
    assert not page.sign.isEnabled()
    page.print.click()
    idle(qtbot, runner)
    assert page.table.current
    assert page.table.current.paper
    assert page.table.current.paper.number == "002-002"
    assert current_state(page) is PaperState.PRINTED
    assert len(printed) == 2


def test_all_classes_go_to_the_printer_at_once_and_kinds_are_not_mixed(
    reviewing: Reviewing,
    open_window: OpenWindow,
    qtbot: QtBot,
    runner: Runner,
    printed: list[bytes],
) -> None:
    _window, page = opened(reviewing, open_window, qtbot, "first")
    page.table.view.selectAll()
    assert not page.print.isEnabled()
    assert "同一种" in page.about_text
    page.table.search("核验报告单")
    page.table.view.selectAll()
    assert page.print.text() == "打印这 2 份…"
    page.print.click()
    idle(qtbot, runner)
    assert len(printed) == 1
    page.chips.choose(str(PaperState.PRINTED))
    assert len(page.table.records) == 2


def test_a_scanned_paper_is_found_and_asked_who_signed_it(
    reviewing: Reviewing,
    open_window: OpenWindow,
    qtbot: QtBot,
    runner: Runner,
    printed: list[bytes],
) -> None:
    _window, page = opened(reviewing, open_window, qtbot, "first")
    choose(page, qtbot, runner, PaperKind.COLLEGE_RETURN)
    page.print.click()
    idle(qtbot, runner)
    choose(page, qtbot, runner, PaperKind.CLASS_REPORT)
    page.scan.setText("JICE/002-777/1/ABCDEF")
    page.scan.returnPressed.emit()
    assert "002-777" in page.done_text
    page.scan.setText("ＪＩＣＥ/002-001/1/ABCDEF")
    page.scan.returnPressed.emit()
    idle(qtbot, runner)
    assert page.table.current
    assert page.table.current.kind is PaperKind.COLLEGE_RETURN
    wizard = next(child for child in page.children() if isinstance(child, Wizard))
    assert isinstance(wizard.page, FormStep)
    wizard.page.fill(head="赵院长", head_date="2026-09-10")
    wizard.go_on()
    idle(qtbot, runner)
    wizard.go_on()
    idle(qtbot, runner)
    assert page.table.current.missing == ("学工科", "盖章")
    assert len(printed) == 1


def test_why_a_poster_can_not_be_printed_stands_beside_the_list(
    reviewing: Reviewing, open_window: OpenWindow, qtbot: QtBot, runner: Runner
) -> None:
    _window, page = opened(reviewing, open_window, qtbot, "student_affairs")
    choose(page, qtbot, runner, PaperKind.POSTER)
    assert "还没有设置人像比对核查系统的网址" in page.about_text
    assert not page.print.isEnabled()
    assert not page.word.isVisible()


def test_admissions_saves_its_report_for_word(
    reviewing: Reviewing,
    open_window: OpenWindow,
    qtbot: QtBot,
    runner: Runner,
    chosen: list[Any],
    tmp_path: Path,
) -> None:
    _window, page = opened(reviewing, open_window, qtbot, "admissions")
    choose(page, qtbot, runner, PaperKind.SCHOOL_REPORT)
    chosen.append(tmp_path)
    page.word.click()
    idle(qtbot, runner)
    (written,) = tmp_path.glob("*.docx")
    assert written.name in page.done_text
    assert written.read_bytes()[:2] == b"PK"


def test_admissions_reads_what_colleges_make_and_prints_none_of_it(
    reviewing: Reviewing, open_window: OpenWindow, qtbot: QtBot, runner: Runner
) -> None:
    _window, page = opened(reviewing, open_window, qtbot, "admissions")
    choose(page, qtbot, runner, PaperKind.COLLEGE_RETURN)
    assert "还没有报来这份材料" in page.about_text
    assert page.preview.page_count == 1
    assert not page.print.isEnabled()
    assert not page.sign.isEnabled()


def test_a_round_of_another_procedure_has_none(college_window: MainWindow, qtbot: QtBot) -> None:
    page = open_page(college_window, qtbot, ReviewPapersPage)
    assert page.table.records == []
    assert "请在右上角选择" in page.state_sentence


def test_a_concluded_case_that_is_not_written_is_told_before_it_is_printed() -> None:
    names = [f"002-00{n} 王小丁" for n in range(1, 9)]
    line = PaperLine(PaperKind.CASE_STATEMENT, "case:1", names[0], PaperState.NOT_PRINTED)
    assert words.left_open([line]) == ""
    lacking = replace(line, unwritten=("核查经过", "查明的情况"))
    told = words.left_open([lacking])
    assert told.startswith("“核查经过、查明的情况”还没有写：先到“专项核查”重新核查")
    assert words.left_open([replace(lacking, state=PaperState.SIGNED)]) == ""
    many = words.left_open([line, *(replace(lacking, name=name) for name in names[1:])])
    assert "002-007 王小丁等 7 份的“核查经过、查明的情况”还没有写" in many


def test_every_state_has_words_a_shape_and_a_filter() -> None:
    states = {str(state) for state in PaperState}
    assert {key for key, _ in words.FILTERS if key} == states
    for state in PaperState:
        line = PaperLine(PaperKind.CLASS_REPORT, "class:1", "软件2601班", state)
        assert words.about(line)
        assert words.about(replace(line, own=False))
        assert words.print_words(line, 1)
