"""The program as a process, from its first start to its end, by real key presses."""

from pathlib import Path

import pytest

from desktop.domain.sheets import Mark, Sheet
from desktop.procedures.demo.stage import PASSPHRASE
from desktop.procedures.exchange.merging import merge
from desktop.procedures.overview.overview import known_rounds
from desktop.procedures.signing.recording_desk import sheet_on_desk
from desktop.procedures.signing.sheets import make_sheets
from desktop.procedures.signing.signing_desk import class_lines
from desktop.views.memory import Memory
from tests.display.screen import Screen
from tests.scenarios.rounds import copy_of, examined, signed_in

pytestmark = pytest.mark.display


def test_a_first_start_leads_to_practice_and_the_program_ends_well(
    screen: Screen, tmp_path: Path
) -> None:
    program = screen.run()
    screen.waits_for("籍册")
    screen.picture("1-first-start")
    screen.presses("Down", "Down", "Down", "space")
    screen.turns_the_page("Return")
    screen.turns_the_page("Return")
    screen.turns_the_page("Return")  # which plays the whole round
    screen.picture("2-ready")
    screen.turns_the_page("Return")
    screen.waits_for("籍册")
    screen.picture("3-sign-in")
    screen.types(PASSPHRASE)
    screen.presses("Return")
    screen.waits_for("教务处学籍科")
    screen.picture("4-workbench")
    screen.presses("ctrl+f")
    screen.types("w")
    screen.picture("5-search")
    screen.turns_the_page("Return")
    screen.picture("6-student")
    screen.presses("ctrl+k")
    screen.types("2026")
    screen.picture("7-jump")
    screen.turns_the_page("Return")
    screen.turns_the_page("F1")
    screen.picture("8-help")
    screen.turns_the_page("ctrl+l")
    screen.types("wrong")
    screen.presses("Return")
    screen.picture("9-locked")
    screen.types(PASSPHRASE)
    screen.turns_the_page("Return")
    screen.turns_the_page("ctrl+8")
    screen.picture("10-documents")
    screen.presses("alt+F4")
    assert program.wait(timeout=60) == 0
    seat = tmp_path / "Jice-Training" / "seats" / "registrar"
    assert examined(seat).findings == ()
    assert Memory(seat).text("page") == "documents"


def test_a_sheet_is_recorded_by_one_key_for_each_student(screen: Screen, tmp_path: Path) -> None:
    seat = copy_of("issued", tmp_path / "demo") / "seats" / "college-01"
    round_id, sheet = printed_sheet(seat, tmp_path / "demo" / "bundles")
    program = screen.run("window", "--data", str(seat))
    screen.waits_for("籍册")
    screen.types(PASSPHRASE)
    screen.presses("Return")
    screen.waits_for("信息技术学院")
    screen.turns_the_page("ctrl+7")
    screen.turns_the_page("Return")  # what is to be done next with the first class
    screen.presses("Return", "Return", "Return", "ctrl+z")  # the third was read too quickly
    screen.presses("3", "1")  # not signed, for the first of the usual reasons
    screen.presses("4", "1")
    screen.presses("2")
    screen.types("father")
    screen.presses("Return", "1")
    screen.picture("recorded")
    screen.presses("ctrl+Return", "ctrl+s")
    screen.picture("saved")
    screen.presses("alt+F4")
    assert program.wait(timeout=60) == 0
    with signed_in(seat) as session:
        desk = sheet_on_desk(session, round_id, sheet.number)
    first = [row.mark for row in desk.rows[:6]]
    signed = Mark.SIGNED
    assert first == [signed, signed, Mark.UNSIGNED, Mark.STRUCK_OUT, Mark.BY_PROXY, signed]
    assert desk.rows[4].proxy == "father"
    assert all(row.explanation for row in desk.rows[2:5])
    page = [row.mark for row in desk.rows if row.page == 1]
    assert None not in page  # Ctrl and Enter recorded the rest of the page
    assert desk.recorded == len(page)
    assert examined(seat).findings == ()


def test_a_demo_ends_in_the_registrar_s_window(screen: Screen, tmp_path: Path) -> None:
    out = tmp_path / "demo"
    program = screen.run("demo", "--students", "120", "--colleges", "2", "--out", str(out))
    screen.waits_for("教务处学籍科")
    screen.picture("workbench")
    screen.turns_the_page("ctrl+4")
    screen.picture("registration")
    screen.presses("alt+F4")
    assert program.wait(timeout=60) == 0
    assert Memory(out / "seats" / "registrar").text("page") == "registration"


def printed_sheet(seat: Path, bundles: Path) -> tuple[str, Sheet]:
    """Let a college take its roster in, and print the sheet of its first class."""
    with signed_in(seat) as session:
        merge(session, sorted(bundles.rglob("*.jice")))
        round_ = known_rounds(session)[0]  # the one that is in hand
        group = class_lines(session, round_.id)[0].group
        (sheet,) = make_sheets(session, round_.id, [group.id]).sheets
    return round_.id, sheet
