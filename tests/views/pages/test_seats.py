"""The page 席位: who is there and how each stands; a seat joins, is renewed, is sent away."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.bundles.enrolment import Applicant
from desktop.domain.offices import Office, OfficeKind, Seat
from desktop.procedures.school.enrolment import accept_enrolment, ask_to_join, read_text, write_text
from desktop.procedures.school.seat_list import SeatLine, Standing
from desktop.procedures.session import open_and_sign_in
from desktop.views.frame.window import MainWindow
from desktop.views.pages.seats import revoking
from desktop.views.pages.seats.page import SeatsPage
from desktop.views.pages.seats.words import standing_text, state_sentence
from desktop.views.runner import Runner
from desktop.views.sticks import Stick
from desktop.views.wizards.answer_request.draft import (
    AnswerRequest,
    office_title,
    place_hint,
    problems,
)
from desktop.views.wizards.step_pages import FormStep
from desktop.views.wizards.stick_files import StickFileStep, files_seen
from tests.conftest import CHEAPEST, OPERATOR, PASSPHRASE, SCHOOL_CODE
from tests.views.conftest import idle
from tests.views.wizards.walking import Walk

COLLEGE = Office("college-01", OfficeKind.COLLEGE, "信息技术学院")
LINE = SeatLine(
    Seat("002", "一号机", COLLEGE), Standing.WORKS, date(2029, 1, 1), 900, 3, "", "", "", own=False
)


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot, runner: Runner) -> SeatsPage:
    assert window.shell
    window.shell.open("seats")
    idle(qtbot, runner)
    assert isinstance(window.shell.page, SeatsPage)
    return window.shell.page


def ask(folder: Path, office: str) -> tuple[Path, str]:
    """Let a new PC ask to join, and return its file and digits."""
    folder.mkdir(parents=True, exist_ok=True)
    applicant = Applicant(SCHOOL_CODE, OfficeKind.COLLEGE, office, "王老师的电脑", training=False)
    text, digits = ask_to_join(folder / "data", applicant, OPERATOR, PASSPHRASE, cost=CHEAPEST)
    return write_text(folder, "申请.txt", text), digits


def test_how_a_seat_stands_is_said_in_words() -> None:
    assert standing_text(LINE) == "正常使用"
    soon = replace(LINE, standing=Standing.RUNS_OUT, days_left=5)
    assert standing_text(soon) == "证书 2029-01-01 到期，还有 5 天"
    gone = replace(LINE, standing=Standing.REVOKED, revoked_on="2026-11-01")
    assert standing_text(gone) == "2026-11-01 吊销"
    assert state_sentence([LINE, soon, gone]) == (
        "1 个部门，2 个席位在用，其中 1 个证书快到期或已到期，请换发；已吊销 1 个。"
    )


def test_what_is_missing_is_said_beside_its_field(tmp_path: Path) -> None:
    draft = AnswerRequest()
    assert set(problems("file", draft)) == {"file"}
    assert set(problems("digits", draft)) == {"digits_heard"}
    assert set(problems("office", draft)) == {"office"}
    assert set(problems("place", draft)) == {"folder"}
    assert problems("place", replace(draft, folder=str(tmp_path))) == {}
    assert set(problems("place", replace(draft, folder="U盘"))) == {"folder"}


def test_offices_say_whether_they_are_new() -> None:
    draft = AnswerRequest(known=frozenset({"college-01"}))
    assert office_title(COLLEGE, draft) == "信息技术学院（已有席位，再加一台电脑）"
    new = replace(COLLEGE, id="college-03", name="体育学院")
    assert office_title(new, draft) == "体育学院（新加入，编号 03）"
    finance = Office("finance", OfficeKind.FINANCE, "计划财务处")
    assert office_title(finance, draft) == "计划财务处（新加入）"


def test_revoking_asks_for_a_reason_and_says_what_it_means() -> None:
    draft = revoking.Revoking(LINE)
    assert set(revoking.problems(draft)) == {"reason"}
    said = "".join(revoking.confirm_sentences(replace(draft, reason="电脑丢失")))
    assert "“一号机”（席位 002）" in said
    assert "已经收入的 3 份报送包仍然有效" in said
    assert "不能恢复" in said


def test_every_seat_is_there_with_the_schools_digits(page: SeatsPage) -> None:
    assert page.state_sentence == "3 个部门，4 个席位在用。"
    assert [line.seat.id for line in page.table.records] == ["001", "002", "003", "004"]
    assert len([c for c in page.digits.text() if c.isdigit()]) == 20


def test_a_college_joins(page: SeatsPage, qtbot: QtBot, runner: Runner, tmp_path: Path) -> None:
    asks = tmp_path / "asks"
    asks.mkdir()
    request, digits = ask(asks, "体育/学院")
    page.answer.click()
    walk = Walk(page, qtbot, runner)
    walk.fill(file=str(request))
    assert walk.step == "digits"
    walk.fill(digits_heard="1111 2222 3333 4444 5555")
    assert walk.step == "digits"  # what was heard is not what was asked
    walk.fill(digits_heard=digits)
    assert walk.step == "office"
    assert walk.wizard.draft.office_name == "体育/学院"
    walk.go_on()
    assert "体育/学院（院部）的“王老师的电脑”" in walk.sentences
    assert len(page.table.records) == 4  # nothing has happened yet
    walk.go_on()
    assert walk.step == "place"
    assert walk.wizard.draft.folder == str(asks)  # where the request came from
    walk.fill(folder=str(tmp_path / "no stick"))
    assert walk.step == "place"
    assert walk.wizard.failure
    assert walk.wizard.failure.code == "JC-111"
    walk.fill(folder=str(tmp_path))
    assert walk.step == "done"
    answer = Path(walk.wizard.draft.written)
    assert answer.parent == tmp_path
    assert walk.wizard.draft.school_digits == page.digits.text()
    walk.go_on()
    idle(qtbot, runner)
    assert page.state_sentence == "4 个部门，5 个席位在用。"
    accept_enrolment(asks / "data", read_text(answer), page.digits.text())
    with open_and_sign_in(asks / "data", OPERATOR, PASSPHRASE).store as store:
        assert store.folder == asks / "data"
    page.answer.click()
    walk = Walk(page, qtbot, runner)
    walk.fill(file=str(request))
    assert walk.step == "place"  # a request is answered once; its answer can be written again
    assert "内容和上次相同" in place_hint(walk.wizard.draft)
    walk.fill(folder=str(tmp_path))
    assert read_text(Path(walk.wizard.draft.written)) == read_text(answer)
    walk.go_on()
    idle(qtbot, runner)
    assert page.state_sentence == "4 个部门，5 个席位在用。"


def test_a_file_that_is_no_request_is_told(
    page: SeatsPage, qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    (tmp_path / "note.txt").write_text("今天开会", encoding="utf-8")
    page.answer.click()
    walk = Walk(page, qtbot, runner)
    assert isinstance(walk.wizard.page, FormStep)
    walk.fill(file=str(tmp_path / "note.txt"))
    assert walk.wizard.failure
    assert walk.wizard.failure.code == "JC-203"
    walk.wizard.reject()


def test_a_seat_is_renewed_and_sent_away(page: SeatsPage, qtbot: QtBot, runner: Runner) -> None:
    page.table.choose(page.table.records[0])
    assert [b.text() for b in page.details.buttons] == ["换发证书"]  # the root stays
    page.table.choose(page.table.records[1])
    next(b for b in page.details.buttons if b.text() == "换发证书").click()
    idle(qtbot, runner)
    assert "证书已换发，有效到" in page.state_sentence
    next(b for b in page.details.buttons if b.text() == "吊销席位…").click()
    walk = Walk(page, qtbot, runner)
    walk.fill(reason="电脑丢失")
    walk.go_on()
    walk.go_on()
    idle(qtbot, runner)
    assert page.state_sentence == "3 个部门，3 个席位在用；已吊销 1 个。"
    assert page.details.buttons == []
    assert "电脑丢失" in page.details.texts


def test_the_digits_of_a_request_are_in_sight_only_once_they_were_heard(
    page: SeatsPage, qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    request, digits = ask(tmp_path, "体育学院")
    page.answer.click()
    walk = Walk(page, qtbot, runner)
    walk.fill(file=str(request))
    assert walk.step == "digits"
    walk.fill(digits_heard="1111 2222 3333 4444 5555")
    shown = [text.text() for text in walk.wizard.page.findChildren(QLabel)]
    assert not [text for text in shown if digits in text]  # nobody can copy what should be heard
    walk.fill(digits_heard=digits)
    walk.go_on()
    assert f"与这份申请一致：{digits}" in walk.sentences
    walk.wizard.reject()


def test_the_answer_of_a_seat_is_written_again_when_its_stick_was_lost(
    page: SeatsPage, qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    page.table.choose(page.table.records[0])
    assert "再写一次批复文件…" not in [b.text() for b in page.details.buttons]  # the root's own
    page.table.choose(page.table.records[1])
    next(b for b in page.details.buttons if b.text() == "再写一次批复文件…").click()
    walk = Walk(page, qtbot, runner)
    walk.fill(folder=str(tmp_path))
    assert walk.step == "done"
    assert Path(walk.wizard.draft.written).is_file()
    assert walk.wizard.draft.school_digits == page.digits.text()
    walk.go_on()
    idle(qtbot, runner)
    assert len(page.table.records) == 4  # no seat more


def test_requests_on_a_stick_are_offered_by_who_asks(
    page: SeatsPage, qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    request, _ = ask(tmp_path / "stick" / "部门", "体育学院")
    (tmp_path / "stick" / "说明.txt").write_text("请批复", encoding="utf-8")
    plugged_in = [Stick(tmp_path / "stick", "KINGSTON", 1, read_only=False)]
    page.answer.click()
    walk = Walk(page, qtbot, runner)
    step = walk.wizard.page
    assert isinstance(step, StickFileStep)
    step.found = list
    step.box.look()
    idle(qtbot, runner)
    assert "没有找到U盘" in step.box.sentence
    step.found = lambda: plugged_in
    step.box.look()
    idle(qtbot, runner)
    (offered,) = step.box.offered
    assert offered.startswith("体育学院的“王老师的电脑”")
    assert "KINGSTON" in offered
    assert walk.wizard.draft.file == str(request)  # the only one is taken by itself
    walk.go_on()
    assert walk.step == "digits"
    walk.wizard.reject()


def test_a_stick_without_requests_says_so(tmp_path: Path) -> None:
    stick = Stick(tmp_path, "KINGSTON", 1, read_only=False)
    assert "U盘“KINGSTON”上没有加入申请" in files_seen([stick], lambda _s: [], "加入申请").sentence
