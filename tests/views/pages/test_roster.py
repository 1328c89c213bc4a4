"""The page 批次名单: what is let in belongs to the round that is in sight."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from desktop.domain.import_problems import ImportProblem, RosterRow
from desktop.domain.rounds import Round
from desktop.interchange.problems import SEVERITIES
from desktop.procedures.imports.held_rows import HeldRow, RosterDesk
from desktop.procedures.overview.overview import known_rounds
from desktop.procedures.school.class_offices import ClassDesk
from desktop.views.frame.window import MainWindow
from desktop.views.pages.roster.page import RosterPage
from desktop.views.runner import Runner
from desktop.views.wizards.frame import Wizard
from tests.conftest import identity
from tests.views.conftest import idle

ROW = RosterRow("新生名单", 7, identity(50), "医学院", "护理2601班")
HELD = HeldRow("f" * 64, "名单.xlsx", ROW, ())


def test_no_row_is_let_into_a_round_before_its_own_rows_are_in_sight(
    window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    assert window.shell
    window.shell.open("roster")
    idle(qtbot, runner)
    page = window.shell.page
    assert isinstance(page, RosterPage)
    rounds: list[Round] = []
    page.desk.run(
        lambda session, _progress: known_rounds(session), rounds.extend, owner=page, title=""
    )
    idle(qtbot, runner)
    page._read(replace(rounds[0], id="another"))
    page.admit([HELD])
    assert not page.findChildren(Wizard)
    idle(qtbot, runner)
    page._read(rounds[0])
    idle(qtbot, runner)
    page.admit([HELD])
    (wizard,) = page.findChildren(Wizard)
    wizard.close()


def test_rows_are_filtered_by_kind_and_let_in_by_kind(
    window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    assert window.shell
    window.shell.open("roster")
    idle(qtbot, runner)
    page = window.shell.page
    assert isinstance(page, RosterPage)
    assert page._round

    def held(row: int, *codes: str) -> HeldRow:
        problems = tuple(
            ImportProblem("新生名单", row, "栏", "", code, SEVERITIES[code], "说明。")
            for code in codes
        )
        return replace(HELD, row=ROW._replace(row=row), problems=problems)

    rows = (
        held(2, "code-unknown"),
        held(3, "code-unknown"),
        held(4, "code-unknown", "id-checksum"),
        held(5, "id-checksum"),
    )
    page._show(page._round, RosterDesk(9, rows), ClassDesk((), ()))
    assert not page.admit_kind.isVisible()
    assert page.chips.chip("code-unknown").text() == "名称不在标准里 3"
    assert not page.chips.chip("study-dates").isVisible()
    page.chips.choose("id-checksum")
    assert page.table.count_text == "共 4 行，筛选出 2 行"
    assert not page.admit_kind.isVisible()  # errors are mended one by one
    page.chips.choose("code-unknown")
    assert page.table.count_text == "共 4 行，筛选出 3 行"
    assert page.admit_kind.text() == "这一种的 2 行一起收入…"
    page.admit_kind.click()
    (wizard,) = page.findChildren(Wizard)
    assert wizard.draft.rows == rows[:2]
    wizard.close()


def test_rows_with_errors_do_not_come_in_as_they_stand() -> None:
    def held(code: str) -> HeldRow:
        found = ImportProblem("新生名单", 2, "身份证号", "", code, SEVERITIES[code], "说明。")
        return replace(HELD, row=ROW, problems=(found,))

    assert held("code-unknown").can_stay
    assert not held("id-checksum").can_stay
