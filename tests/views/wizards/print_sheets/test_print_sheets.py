"""Printing sheets: the decisions as plain functions, and the whole way through the window."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.domain.rounds import ClassGroup, Procedure, Round
from desktop.domain.signing import ClassStanding, next_action
from desktop.procedures.signing.sheets import make_sheets
from desktop.procedures.signing.signing_desk import ClassLine, class_lines
from desktop.views.dialogs import asking, printing
from desktop.views.frame.window import MainWindow
from desktop.views.pages.signing.page import SigningPage
from desktop.views.wizards.frame import Wizard
from desktop.views.wizards.print_sheets import draft as d
from desktop.views.wizards.print_sheets.draft import (
    PrintDraft,
    begin,
    next_step,
    picked_sentence,
    problems,
)
from desktop.views.wizards.print_sheets.step_views import ClassesStep, OutputStep, PreviewStep
from desktop.views.wizards.step_pages import ChoiceStep
from tests.conftest import ROUND
from tests.views.desks import ask, open_page, settle
from tests.views.dialogs.test_printing import file_printer

OPEN = Round("r", Procedure.STUDENT_REGISTRATION, "2026级", "2026", "2026-10-31", (), True, True)


def line(number: int, standing: ClassStanding) -> ClassLine:
    """Return a class with a standing."""
    group = ClassGroup(f"class:{number}", f"软件260{number}班", "", "", "", "", "2026", "")
    left = tuple("甲乙丙"[: standing.students - standing.printed])
    return ClassLine(group, standing, next_action(standing), (), left, "", ())


FRESH = line(1, ClassStanding(3))
VALID = line(2, ClassStanding(3, 3, ever_printed=True))
PARTLY = line(3, ClassStanding(3, 2, ever_printed=True))


def test_it_begins_with_what_has_no_valid_sheet() -> None:
    assert begin(OPEN, (FRESH, VALID, PARTLY)).classes == ("class:1", "class:3")
    assert begin(OPEN, (FRESH, VALID), "class:2").scope == d.WHOLE
    assert begin(OPEN, (FRESH, VALID), "class:1").scope == d.NEEDED


def test_one_class_is_spoken_of_by_its_name() -> None:
    one = begin(OPEN, (FRESH, VALID, PARTLY), "class:2")
    assert picked_sentence(one) == "已经选好软件2602班。别的班也要打印的，用空格键勾选。"
    assert "没有有效签字表的班" in picked_sentence(begin(OPEN, (FRESH, VALID)))


def test_how_much_is_asked_only_where_something_is_valid() -> None:
    assert next_step(d.CLASSES, begin(OPEN, (FRESH, VALID))) == d.PREVIEW
    assert next_step(d.CLASSES, begin(OPEN, (FRESH, PARTLY))) == d.SCOPE
    assert [next_step(s, begin(OPEN, (FRESH,))) for s in (d.SCOPE, d.PREVIEW, d.OUTPUT)] == [
        d.PREVIEW, d.OUTPUT, "",
    ]  # fmt: skip


def test_what_is_wrong_is_said() -> None:
    draft = begin(OPEN, (FRESH, VALID))
    assert problems(d.CLASSES, draft) == {}
    assert "至少选一个班" in problems(d.CLASSES, replace(draft, classes=()))[""]
    closed = replace(draft, round=replace(OPEN, open=False))
    assert "已经结束" in problems(d.CLASSES, closed)[""]
    valid = replace(draft, classes=("class:2",))
    assert "都有效" in problems(d.SCOPE, valid)[""]
    assert problems(d.SCOPE, replace(valid, scope=d.WHOLE)) == {}


@pytest.fixture
def page(college_window: MainWindow, qtbot: QtBot) -> SigningPage:
    return open_page(college_window, qtbot, SigningPage)


def walk_to_output(
    page: SigningPage, window: MainWindow, qtbot: QtBot, class_id: str = ""
) -> Wizard[PrintDraft]:
    """Walk the wizard to its last page."""
    wizard: Wizard[PrintDraft] | None = page.print_sheets(class_id)
    assert wizard
    assert isinstance(wizard.page, ClassesStep)
    wizard.go_on()
    settle(window, qtbot)
    if isinstance(wizard.page, ChoiceStep):
        wizard.page.choose(d.WHOLE)
        wizard.go_on()
        settle(window, qtbot)
    assert isinstance(wizard.page, PreviewStep)
    assert wizard.page.preview.place_text.startswith("第 1 页，共 ")
    wizard.go_on()
    settle(window, qtbot)
    assert isinstance(wizard.page, OutputStep)
    return wizard


def test_all_classes_are_printed_and_saved(
    page: SigningPage,
    college_window: MainWindow,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wizard = walk_to_output(page, college_window, qtbot)
    last = wizard.page
    assert isinstance(last, OutputStep)
    printer = file_printer(tmp_path / "printed.pdf")

    def choose(_parent: object, pages: int, _preferred: str, then: Any) -> None:  # noqa: ANN401
        assert pages == 2
        then(printer)

    monkeypatch.setattr(printing, "ask_for_printer", choose)
    last.print.click()
    settle(college_window, qtbot)
    assert last.done_text.startswith("已把 2 页交给打印机")
    monkeypatch.setattr(asking, "ask_for_folder", lambda _p, _t, then: then(tmp_path))
    last.save.click()
    settle(college_window, qtbot)
    made = wizard.draft.made
    assert made
    assert (tmp_path / made.document.name).read_bytes() == made.pdf
    assert "已存为" in last.done_text
    wizard.go_on()
    settle(college_window, qtbot)
    lines = ask(college_window, qtbot, lambda session: class_lines(session, ROUND))
    assert [one.sheets for one in lines] == [(sheet.number,) for sheet in made.sheets]
    assert page.state_sentence == "共 2 个班：要登记 2 个。"


def test_a_class_with_a_valid_sheet_is_printed_whole(
    page: SigningPage, college_window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def print_first(session: Any) -> str:  # noqa: ANN401
        first = class_lines(session, ROUND)[0].group.id
        return make_sheets(session, ROUND, [first]).sheets[0].class_id

    class_id = ask(college_window, qtbot, print_first)
    page.refresh()
    settle(college_window, qtbot)
    wizard = walk_to_output(page, college_window, qtbot, class_id)
    assert wizard.draft.made
    assert len(wizard.draft.made.sheets[0].rows) == 3
    assert isinstance(wizard.page, OutputStep)
    assert wizard.page.next_text.startswith("已生成软件2601班的签字表，共 1 页")
    leave_unprinted(wizard, monkeypatch)


def leave_unprinted(wizard: Wizard[PrintDraft], monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the last page, although nothing was printed."""
    monkeypatch.setattr(asking, "ask_yes", lambda _p, _question, _verb, then: then())
    wizard.reject()


@pytest.mark.parametrize("way", ["go_on", "reject", "close"])
def test_whoever_leaves_without_having_printed_is_asked(
    page: SigningPage,
    college_window: MainWindow,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    way: str,
) -> None:
    wizard = walk_to_output(page, college_window, qtbot)
    asked: list[tuple[str, Any]] = []
    monkeypatch.setattr(
        asking, "ask_yes", lambda _p, question, _verb, then: asked.append((question, then))
    )
    getattr(wizard, way)()
    assert wizard.isVisible()
    ((question, leave),) = asked
    assert question.startswith("还没有打印，也没有另存。软件2601班、软件2602班的签字表")
    leave()
    assert not wizard.isVisible()


def test_whoever_has_printed_is_not_asked(
    page: SigningPage,
    college_window: MainWindow,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wizard = walk_to_output(page, college_window, qtbot)
    assert isinstance(wizard.page, OutputStep)
    printer = file_printer(tmp_path / "printed.pdf")
    monkeypatch.setattr(printing, "ask_for_printer", lambda *given: given[-1](printer))
    QTest.keyClick(wizard.page.print, Qt.Key.Key_Return)
    settle(college_window, qtbot)
    assert wizard.isVisible()  # Enter printed, and no more
    QTest.keyClick(wizard.page, Qt.Key.Key_Return)
    assert not wizard.isVisible()


def test_going_back_from_the_preview_makes_nothing(
    page: SigningPage, college_window: MainWindow, qtbot: QtBot
) -> None:
    wizard = page.print_sheets()
    assert wizard
    wizard.go_on()
    settle(college_window, qtbot)
    assert isinstance(wizard.page, PreviewStep)
    wizard.go_back()
    assert isinstance(wizard.page, ClassesStep)
    wizard.reject()
    lines = ask(college_window, qtbot, lambda session: class_lines(session, ROUND))
    assert not any(one.sheets for one in lines)


def test_without_a_printer_the_page_says_so(
    page: SigningPage, college_window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("PySide6.QtPrintSupport.QPrinterInfo.availablePrinterNames", list)
    wizard = walk_to_output(page, college_window, qtbot)
    assert isinstance(wizard.page, OutputStep)
    wizard.page.print.click()
    assert wizard.page.errors.failure
    assert wizard.page.errors.failure.code == "JC-502"
    leave_unprinted(wizard, monkeypatch)
