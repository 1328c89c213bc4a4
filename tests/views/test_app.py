"""The whole program from its start: first start, signing in, locking, closing, bugs."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.app import Application, SignIn, program_bug, speak_chinese
from desktop.bundles import keys
from desktop.domain.offices import OfficeKind
from desktop.errors import StoreExists
from desktop.procedures.demo.play import play
from desktop.procedures.demo.wishes import Wishes
from desktop.procedures.keeping.backups import back_up
from desktop.procedures.school.enrolment import ask_to_join
from desktop.procedures.school.waiting import WaitingPlace
from desktop.procedures.seats import applicant
from desktop.views.dialogs import asking
from desktop.views.frame.window import MainWindow
from desktop.views.look.states import STATE_TITLES, State
from desktop.views.pages.page import Page
from desktop.views.pages.workbench.page import WorkbenchPage
from desktop.views.widgets.state_label import StateLabel
from desktop.views.wizards.first_start.answer_step import AnswerStep
from desktop.views.wizards.first_start.draft import ANSWER, TRY
from desktop.views.wizards.step_pages import ChoiceStep, FormStep
from tests.conftest import CHEAPEST, CHOSEN_PASSPHRASE, OPERATOR, PASSPHRASE, School
from tests.views.conftest import Records, Start, idle, look_at
from tests.views.person import Person


def sign_in(program: Application, qtbot: QtBot, passphrase: str = PASSPHRASE) -> MainWindow:
    """Sign in as a person does."""
    window = program.window
    assert window
    window.sign_in.passphrase.setText(passphrase)
    window.sign_in.passphrase.returnPressed.emit()
    idle(qtbot, program.runner)
    return window


@pytest.fixture
def seat(school: School) -> Path:
    """The folder of the registrar's seat, closed."""
    school.close()
    return school.store_folder("registrar")


def test_an_empty_folder_begins_with_the_first_start(start: Start, tmp_path: Path) -> None:
    program = start(tmp_path / "nothing")
    assert program.wizard
    assert program.wizard.step == "choice"
    assert program.window is None
    assert not (tmp_path / "nothing").exists()
    close = [one for one in program.wizard.findChildren(QPushButton) if one.text() == "关闭"]
    assert [one.isVisible() for one in close] == [True]  # nothing is chosen, nothing is done
    (state,) = program.wizard.findChildren(StateLabel)
    assert state.accessibleName().startswith(STATE_TITLES[State.IN_HAND])


def test_signing_in_leads_to_the_workbench(start: Start, seat: Path, qtbot: QtBot) -> None:
    program = start(seat)
    assert program.window
    assert program.window.is_locked
    window = sign_in(program, qtbot)
    assert not window.is_locked
    assert window.shell
    assert window.shell.page.CARD.id == "workbench"


def test_a_wrong_passphrase_is_told_beside_the_field(
    start: Start, seat: Path, qtbot: QtBot
) -> None:
    window = sign_in(start(seat), qtbot, "wrong")
    assert window.is_locked
    assert "JC-201" in window.sign_in.problem


def test_unlocking_returns_to_where_one_was(start: Start, seat: Path, qtbot: QtBot) -> None:
    program = start(seat)
    window = sign_in(program, qtbot)
    assert window.shell
    window.shell.open("students")
    window.lock()
    sign_in(program, qtbot, "wrong")
    assert window.is_locked
    sign_in(program, qtbot)
    assert not window.is_locked
    assert window.shell.page.CARD.id == "students"


def test_the_question_who_is_there_comes_before_the_store_is_open(
    seat: Path, start: Start, qtbot: QtBot
) -> None:
    program = Application(seat, seat)
    start.end_later(program)
    program.start()
    assert program.runner.running  # the store is still being opened
    assert program.window
    assert program.window.isVisible()
    assert program.window.sign_in.operator.currentText() == OPERATOR
    window = sign_in(program, qtbot)  # whoever types faster than that waits for nothing else
    assert window.shell
    assert window.shell.page.state_sentence


def test_the_workbench_is_made_out_of_sight_while_somebody_types(
    start: Start, seat: Path, qtbot: QtBot
) -> None:
    program = start(seat)
    window = program.window
    assert window
    (made,) = window.findChildren(WorkbenchPage)
    assert made.board.board.rows
    assert not made.isVisible()
    assert window.shell is None
    assert not made.desk.signed_in
    with pytest.raises(RuntimeError):
        made.desk.run(lambda session, _progress: session.operator, owner=made, title="")
    sign_in(program, qtbot)
    assert window.shell
    assert window.shell.page is made
    assert made.isVisible()
    assert made.desk.operator == OPERATOR


def test_a_page_that_needs_somebody_waits_for_them(start: Start, seat: Path, qtbot: QtBot) -> None:
    program = start(seat)
    window = sign_in(program, qtbot)
    assert window.shell
    window.shell.open("exchange")
    start.close(program)
    program = start(seat)
    assert program.window
    assert not program.window.findChildren(Page)
    window = sign_in(program, qtbot)
    assert window.shell
    assert window.shell.page.CARD.id == "exchange"


def test_a_store_that_is_open_elsewhere_is_told(start: Start, school: School) -> None:
    program = start(school.store_folder("registrar"))
    assert program.window
    assert "JC-101" in program.window.sign_in.problem


def test_practice_has_a_banner_on_every_page(
    start: Start, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "DEFAULT_COST", CHEAPEST)

    def small_play(wishes: Wishes, say: Callable[[str], None]) -> None:
        assert wishes.training
        small = Wishes(
            out=wishes.out, students=40, colleges=2, until="prepared", training=wishes.training
        )
        play(small, say)

    monkeypatch.setattr("desktop.views.wizards.first_start.acts.play", small_play)
    program = start(tmp_path / "data")
    wizard = program.wizard
    assert wizard
    for value in (TRY, "college-01"):
        assert isinstance(wizard.page, ChoiceStep)
        wizard.page.choose(value)
        wizard.go_on()
    wizard.go_on()
    idle(qtbot, program.runner)
    assert wizard.step == "ready"
    wizard.go_on()
    idle(qtbot, program.runner)
    assert program.window
    Person(qtbot, program.runner).waits()
    assert Person(qtbot, program.runner).sees(f"口令都是“{PASSPHRASE}”")
    window = sign_in(program, qtbot)
    (banner,) = [w for w in window.findChildren(QLabel) if w.property("role") == "practice"]
    for page in ("workbench", "students"):
        assert window.shell
        window.shell.open(page)
        assert banner.isVisible()
    assert not (tmp_path / "data").exists()


def test_a_seat_that_waits_is_led_to_the_telephone(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    monkeypatch.setattr(keys, "DEFAULT_COST", CHEAPEST)
    who = applicant("12354", OfficeKind.COLLEGE, "医学院", "二号机")
    _text, digits = ask_to_join(tmp_path / "data", who, "李老师", "abc")
    program = start(tmp_path / "data")
    assert program.wizard
    assert program.wizard.step == ANSWER
    assert program.wizard.draft.digits == digits


def test_a_seat_that_waits_has_one_window(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "DEFAULT_COST", CHEAPEST)
    who = applicant("12354", OfficeKind.COLLEGE, "医学院", "二号机")
    ask_to_join(tmp_path / "data", who, "李老师", "abc")
    first = start(tmp_path / "data")
    second = start(tmp_path / "data")
    assert second.wizard is None
    assert second.window
    assert "JC-101" in second.window.sign_in.problem
    start.close(second)
    start.close(first)
    assert start(tmp_path / "data").wizard


def test_what_was_filled_in_wrongly_is_asked_for_anew(
    start: Start, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "DEFAULT_COST", CHEAPEST)
    asked: list[str] = []

    def yes(_parent: QWidget, question: str, _verb: str, then: Callable[[], None]) -> None:
        asked.append(question)
        then()

    monkeypatch.setattr(asking, "ask_yes", yes)
    who = applicant("99999", OfficeKind.COLLEGE, "医学院", "二号机")
    ask_to_join(tmp_path / "data", who, "李老师", "abc")
    program = start(tmp_path / "data")
    assert program.wizard
    step = program.wizard.page
    assert isinstance(step, AnswerStep)
    over: list[bool] = []
    program.over.connect(lambda: over.append(True))
    step.anew.click()
    idle(qtbot, program.runner)
    assert "吊销那个席位" in asked[0]
    assert not over  # the program goes on, from its beginning
    assert program.wizard
    assert program.wizard.step == "choice"
    assert not (tmp_path / "data").exists()
    facts = look_at(tmp_path / "data-作废的申请1")  # nothing was deleted
    assert facts.home
    assert facts.home.school_code == "99999"


def test_a_seat_that_has_joined_is_not_put_aside(founded: School) -> None:
    folder = founded.store_folder("first")
    founded.sessions.pop("first").store.close()
    with pytest.raises(StoreExists):
        WaitingPlace().give_up(folder)
    assert look_at(folder).operators


def test_a_bug_in_the_window_is_logged_and_told(
    start: Start, seat: Path, qtbot: QtBot, records: Records
) -> None:
    window = sign_in(start(seat), qtbot)
    program_bug(ZeroDivisionError, ZeroDivisionError("here"), None)
    (record,) = records.take()
    assert "ZeroDivisionError: here" in record.getMessage()
    assert window.shell
    assert window.shell.errors.failure
    assert window.shell.errors.failure.is_bug


def test_qt_speaks_chinese(qapp: QApplication) -> None:
    speak_chinese(qapp)
    assert qapp.translate("QPlatformTheme", "Cancel") == "取消"


def test_the_program_outlives_its_first_start(
    start: Start, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "DEFAULT_COST", CHEAPEST)
    program = start(tmp_path / "data")
    over: list[bool] = []
    program.over.connect(lambda: over.append(True))
    wizard = program.wizard
    assert wizard
    person = Person(qtbot, program.runner)
    person.presses("创建学校")
    person.goes_on()
    person.types(学校代码="12354", 学校全称="襄阳职业技术学院")
    person.goes_on()
    person.types(经办人姓名=OPERATOR, 口令=CHOSEN_PASSPHRASE, 再输入一次口令=CHOSEN_PASSPHRASE)
    for _step in ("operator", "confirm", "created"):
        person.goes_on()
    assert not QApplication.quitOnLastWindowClosed()  # no window is open for a moment
    assert program.window
    assert program.window.isVisible()
    assert not over
    program.window.close()
    assert over


def test_leaving_the_first_start_ends_the_program(
    start: Start, qtbot: QtBot, tmp_path: Path
) -> None:
    program = start(tmp_path / "data")
    assert program.wizard
    with qtbot.waitSignal(program.over):
        QTest.keyClick(program.wizard, Qt.Key.Key_Escape)


def test_a_demo_ends_in_the_window_without_asking(start: Start, school: School) -> None:
    school.close()
    program = start(school.store_folder("registrar"), SignIn(OPERATOR, PASSPHRASE))
    assert program.window
    assert program.window.shell
    assert program.window.shell.page.state_sentence


def test_damaged_data_are_restored_from_where_one_signs_in(
    start: Start, school: School, qtbot: QtBot, tmp_path: Path
) -> None:
    shelf, folder = tmp_path / "shelf", school.store_folder("registrar")
    shelf.mkdir()
    back_up(school.registrar, shelf)
    school.close()
    (folder / "jice.db").write_bytes(b"spoilt" * 1000)
    program = start(folder)
    assert program.window
    assert "JC-103" in program.window.sign_in.problem
    program.window.sign_in.restore.click()
    wizard = program.wizard
    assert wizard
    for texts in ({"backups_folder": str(shelf)}, {}, {"passphrase": PASSPHRASE}, {}, {}):
        if texts:
            assert isinstance(wizard.page, FormStep)
            wizard.page.fill(**texts)
        wizard.go_on()
        idle(qtbot, program.runner)
    assert program.wizard is None
    window = sign_in(program, qtbot)
    assert not window.is_locked
    window.lock()
    assert window.sign_in.restore.isHidden()
