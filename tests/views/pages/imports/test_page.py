"""读入记录: every import with its rows, filtered, and undone with a reason."""

from collections.abc import Sequence

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.import_problems import ListFile, ListRow, ListSheet
from desktop.domain.imports import Fate, Target
from desktop.domain.mended_lists import Mended
from desktop.procedures.imports.imports import write_import
from desktop.views.pages.imports.page import ImportsPage
from desktop.views.runner import Runner
from desktop.views.wizards.step_pages import SummaryStep
from tests.conftest import School, identity
from tests.views.conftest import OpenWindow, idle
from tests.views.wizards.walking import Walk

YEAR = Target("fees", year="2026-2027")


def fees(states: Sequence[str], name: str) -> Mended:
    rows = tuple(
        ListRow(
            "Sheet1",
            place + 1,
            {
                "student_number": identity(place).student_number,
                "name": identity(place).name,
                "fee_state": state,
            },
            held_back=False,
        )
        for place, state in enumerate(states, 1)
    )
    sheet = ListSheet("Sheet1", 1, len(rows))
    return Mended(ListFile(name, "cd" * 32, "fees", (sheet,), rows, ()), {}, frozenset())


@pytest.fixture
def page(school: School, open_window: OpenWindow, qtbot: QtBot, runner: Runner) -> ImportsPage:
    """The page of a registrar who has read two lists of fees in."""
    write_import(school.registrar, fees(["已缴费"] * 3, "第一次.xlsx"), YEAR)
    write_import(school.registrar, fees(["缓缴", *["已缴费"] * 11], "第二次.xlsx"), YEAR)
    school.close()
    window = open_window("registrar")
    assert window.shell
    window.shell.open("imports")
    idle(qtbot, runner)
    found = window.shell.page
    assert isinstance(found, ImportsPage)
    return found


def test_every_import_is_listed_with_every_row(page: ImportsPage) -> None:
    assert page.state_sentence == "读入过 2 次。"
    assert [line.kept.file_name for line in page.table.records] == ["第二次.xlsx", "第一次.xlsx"]
    assert [row.fate for row in page.rows.records] == [
        Fate.CHANGED,
        *[Fate.SAME] * 2,
        *[Fate.NEW] * 6,
        *[Fate.UNKNOWN] * 3,
    ]
    page.fates.choose(Fate.UNKNOWN)
    assert len(page.rows.records) == 3


def test_what_was_built_on_is_told_and_the_later_one_is_undone(
    page: ImportsPage, qtbot: QtBot, runner: Runner
) -> None:
    later, earlier = page.table.records
    page.undo(earlier)
    walk = Walk(page, qtbot, runner)
    assert "缴费情况" in walk.sentences
    walk.go_on()
    assert walk.step == "look"  # it can not be
    walk.wizard.reject()
    page.undo(later)
    walk = Walk(page, qtbot, runner)
    assert isinstance(walk.wizard.page, SummaryStep)
    assert "7 条记载不再计入" in walk.sentences
    walk.go_on()
    walk.go_on()
    assert walk.step == "reason"  # nothing was written there
    walk.fill(reason="财务处换了一份")
    assert "已撤销" in walk.sentences
    walk.go_on()
    idle(qtbot, runner)
    assert page.state_sentence == "读入过 2 次，其中 1 次已经撤销。"
    assert [line.can_be_undone for line in page.table.records] == [False, True]
    assert not [made for made in page.details.buttons if "撤销" in made.text()]


def test_a_kind_is_chosen(page: ImportsPage) -> None:
    page.kinds.setCurrentIndex(page.kinds.findData("fees"))
    page.kinds.activated.emit(page.kinds.currentIndex())
    assert len(page.table.records) == 2
