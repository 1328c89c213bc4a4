"""The page of all classes: one next action each, and the way there."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.sheets import Mark
from desktop.domain.signing import Action, NextAction
from desktop.procedures.overview.overview import known_rounds
from desktop.procedures.session import Session
from desktop.procedures.signing.recording import StudentMark, record_marks
from desktop.procedures.signing.sheets import make_sheets
from desktop.procedures.signing.signing_desk import class_lines
from desktop.views.frame.window import MainWindow
from desktop.views.pages.recording.page import RecordingPage
from desktop.views.pages.signing.class_list import ClassListPage
from desktop.views.pages.signing.page import SigningPage
from tests.conftest import ROUND
from tests.views.desks import ask, open_page, settle


@pytest.fixture
def window(college_window: MainWindow) -> MainWindow:
    return college_window


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> SigningPage:
    return open_page(window, qtbot, SigningPage)


def print_first(session: Session) -> str:
    """Print the sheet of the first class, record one student, and return the class's id."""
    first = class_lines(session, ROUND)[0].group.id
    (sheet,) = make_sheets(session, ROUND, [first]).sheets
    record_marks(session, ROUND, sheet.number, [StudentMark(sheet.rows[0].student, Mark.SIGNED)])
    return first


def shown(page: SigningPage) -> list[tuple[str, str]]:
    """Return the classes in sight with their next action."""
    model = page.table.model
    records = [model.record(n) for n in range(model.rowCount())]
    return [(line.group.name, line.next.words) for line in records]


def test_every_class_has_one_next_action(
    page: SigningPage, window: MainWindow, qtbot: QtBot
) -> None:
    assert page.state_sentence == "共 2 个班：要打印 2 个。"
    ask(window, qtbot, print_first)
    page.refresh()
    settle(window, qtbot)
    assert shown(page) == [("软件2601班", "登记其余 2 人的签字"), ("软件2602班", "打印签字表")]
    page.chips.choose("record")
    assert shown(page) == [("软件2601班", "登记其余 2 人的签字")]


def test_enter_goes_where_the_next_action_is_done(
    page: SigningPage, window: MainWindow, qtbot: QtBot
) -> None:
    ask(window, qtbot, print_first)
    page.refresh()
    settle(window, qtbot)
    page.table.view.setFocus()
    page.table.view.selectRow(0)
    QTest.keyClick(page.table.view, Qt.Key.Key_Return)
    settle(window, qtbot)
    assert window.shell
    recording = window.shell.page
    assert isinstance(recording, RecordingPage)
    assert recording.draft
    assert recording.draft.desk.group.name == "软件2601班"


def test_the_class_teacher_is_set_beside_the_class(
    page: SigningPage, window: MainWindow, qtbot: QtBot
) -> None:
    page.table.view.selectRow(1)
    page.beside.teacher.setText(" 谢老师 ")
    QTest.keyClick(page.beside.teacher, Qt.Key.Key_Return)
    settle(window, qtbot)
    lines = ask(window, qtbot, lambda session: class_lines(session, ROUND))
    assert [line.group.class_teacher for line in lines] == ["", "谢老师"]
    current = page.table.current
    assert current
    assert current.group.class_teacher == "谢老师"


def test_a_class_to_be_printed_opens_the_wizard(page: SigningPage) -> None:
    page.do_next(page.table.model.record(1))
    wizard = page.print_sheets(page.table.model.record(1).group.id)
    assert wizard
    assert wizard.draft.classes == (page.table.model.record(1).group.id,)
    for opened in page.findChildren(type(wizard)):
        opened.reject()


def test_the_list_of_a_class_shows_every_field(window: MainWindow, qtbot: QtBot) -> None:
    lines = ask(window, qtbot, lambda session: class_lines(session, ROUND))
    page = open_page(window, qtbot, ClassListPage, lines[0].group.id)
    assert page.state_sentence == ("软件2601班共 3 人，没有生僻字。发现不对的，选中后提出更正。")
    member = page.table.model.record(0)
    texts = [column.text(member).replace(" ", "") for column in page.table.model.columns]
    for value in (member.identity.id_number, member.identity.exam_number, member.identity.name):
        assert value in texts
    wizard = page.propose_correction()
    assert wizard
    assert wizard.draft.student == member.subject
    wizard.reject()


def test_beside_a_class_stands_either_a_button_or_how_things_are(
    page: SigningPage, window: MainWindow, qtbot: QtBot
) -> None:
    page.open_at("软件2602班")
    settle(window, qtbot)
    current = page.table.current
    assert current
    assert current.group.name == "软件2602班"
    beside = page.beside
    assert (beside.next.isVisible(), beside.state.isVisible()) == (True, False)
    over = replace(current, next=NextAction(Action.WAIT, "已结束，1 人未注册"))
    beside.show_class(over)
    assert (beside.next.isVisible(), beside.state.isVisible()) == (False, True)
    assert beside.state.text() == "已结束，1 人未注册"


@pytest.mark.parametrize(
    ("action", "others"),
    [
        (Action.PRINT, ["核对班级名单…", "登记签字…"]),
        (Action.PRINT_AGAIN, ["核对班级名单…", "登记签字…"]),
        (Action.RECORD, ["核对班级名单…", "打印这个班的签字表…"]),
        (Action.SIGN_OFF, ["核对班级名单…", "打印这个班的签字表…"]),
        (Action.EXPORT, ["核对班级名单…", "打印这个班的签字表…", "登记签字…"]),
        (Action.WAIT, ["核对班级名单…", "打印这个班的签字表…", "登记签字…"]),
    ],
)
def test_the_next_action_is_offered_once(
    page: SigningPage, action: Action, others: list[str]
) -> None:
    line = page.table.model.record(0)
    page.beside.show_class(replace(line, next=NextAction(action, "下一步")))
    offered = [one.text() for one in page.beside.findChildren(QPushButton) if one.isVisible()]
    assert [text for text in offered if text.endswith("…")] == others


def test_no_sheet_is_printed_for_a_round_before_its_classes_are_in_sight(
    page: SigningPage, window: MainWindow, qtbot: QtBot
) -> None:
    (known,) = ask(window, qtbot, known_rounds)
    page._read(replace(known, id="another"))
    assert len(shown(page)) == 2  # of the round before
    assert page.print_sheets() is None
    settle(window, qtbot)
    page._read(known)
    settle(window, qtbot)
    wizard = page.print_sheets()
    assert wizard
    wizard.close()
