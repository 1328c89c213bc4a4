"""The page 批次名单: what is let in belongs to the round that is in sight."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from desktop.domain.import_problems import RosterRow
from desktop.domain.rounds import Round
from desktop.procedures.held_rows import HeldRow
from desktop.procedures.overview import known_rounds
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
