"""The desk of the re-check: keyed in, compared, ruled and reviewed by keys alone."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.domain.answers import Agreement
from desktop.domain.recheck import ReviewFinding, Standing
from desktop.procedures.recheck.recheck_drafts import students_with_drafts
from desktop.procedures.session import Session
from desktop.procedures.standing.recheck_files import Rechecked, recheck_of
from desktop.views.frame.window import MainWindow
from desktop.views.pages.recheck.desk_page import ComparisonPage
from desktop.views.runner import Runner
from tests.conftest import identity
from tests.procedures.rechecks import RECHECK
from tests.views.conftest import idle
from tests.views.pages.recheck.conftest import HOME, OLD_HOME
from tests.views.wizards.walking import Walk


@pytest.fixture
def desk(
    recheck_window: MainWindow, subjects: list[str], qtbot: QtBot, runner: Runner
) -> ComparisonPage:
    """The desk with the first student's form."""
    return opened(recheck_window, subjects[0], qtbot, runner)


def opened(window: MainWindow, student: str, qtbot: QtBot, runner: Runner) -> ComparisonPage:
    """Open the desk at a student."""
    assert window.shell
    window.shell.open("comparison", f"{RECHECK} {student}")
    idle(qtbot, runner)
    page = window.shell.page
    assert isinstance(page, ComparisonPage)
    return page


def stands(desk: ComparisonPage, qtbot: QtBot, student: str) -> Rechecked:
    """Return where a student stands in the store."""
    answers: list[Rechecked] = []

    def find(session: Session) -> Rechecked:
        with session.unit_of_work() as unit:
            found = recheck_of(session, unit, RECHECK).students
        return next(one for one in found if one.student.subject == student)

    desk.desk.run(lambda session, _: find(session), answers.append, owner=desk, title="")
    idle(qtbot, desk.desk.runner)
    return answers[0]


def unsure(desk: ComparisonPage) -> list[str]:
    """Return the fields that wait for a ruling."""
    return list(desk.draft.unsure) if desk.draft else []


def key_all(desk: ComparisonPage, **others: str) -> None:
    """Key in what the file says, but for some, each with Enter."""
    assert desk.draft
    for name, row in desk.rows.rows.items():
        row.line.setFocus()
        row.line.setText(others.get(name, desk.draft.archive(name)))
        QTest.keyClick(row.line, Qt.Key.Key_Return)


def press(desk: ComparisonPage, qtbot: QtBot, key: Qt.Key, *, control: bool = False) -> None:
    """Press a key of the page, and wait until it is done."""
    modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    target = desk.focusWidget() or desk
    QTest.keyClick(target, key, modifier)
    idle(qtbot, desk.desk.runner)


def test_the_picture_is_zoomed_turned_and_fitted(desk: ComparisonPage) -> None:
    assert desk.picture.shows_picture
    canvas = desk.picture.view
    whole = canvas.zoom
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.zoom > whole
    QTest.keyClick(canvas, Qt.Key.Key_Minus)
    QTest.keyClick(canvas, Qt.Key.Key_Minus)
    assert canvas.zoom < whole
    QTest.keyClick(canvas, Qt.Key.Key_R)
    assert canvas.angle == 90
    QTest.keyClick(canvas, Qt.Key.Key_0)
    assert canvas.sceneRect().width() > canvas.sceneRect().height()
    for _ in range(3):
        QTest.keyClick(canvas, Qt.Key.Key_R)
    assert canvas.angle == 0


def test_what_the_file_says_is_hidden_until_something_is_keyed_in(
    desk: ComparisonPage,
) -> None:
    assert desk.draft
    row = desk.rows.rows["home_address"]
    assert HOME not in row.archive.text()
    row.line.setFocus()
    row.line.setText(OLD_HOME)
    QTest.keyClick(row.line, Qt.Key.Key_Return)
    assert HOME in row.archive.text()
    assert desk.draft.agreement("home_address") is Agreement.DIFFERENT
    assert row.same.isVisibleTo(row)
    assert HOME not in desk.rows.rows["family"].archive.text()
    desk.hides.setChecked(False)
    assert "父亲张三" in desk.rows.rows["family"].archive.text()


def test_a_form_is_keyed_in_ruled_and_saved_by_keys(
    desk: ComparisonPage, subjects: list[str], qtbot: QtBot
) -> None:
    key_all(desk, home_address=OLD_HOME, name="王大丙")
    assert desk.draft
    assert unsure(desk) == ["name", "home_address"]
    assert desk.rows.focused == "name"  # behind the last field: to what waits
    press(desk, qtbot, Qt.Key.Key_F3)
    assert desk.draft.agreement("name") is Agreement.DOUBT
    assert desk.rows.focused == "home_address"
    press(desk, qtbot, Qt.Key.Key_F2)
    assert unsure(desk) == []
    press(desk, qtbot, Qt.Key.Key_F4)
    assert unsure(desk) == ["home_address"]
    press(desk, qtbot, Qt.Key.Key_F2)
    press(desk, qtbot, Qt.Key.Key_S, control=True)
    assert "已保存" in desk.words
    found = stands(desk, qtbot, subjects[0])
    assert found.file.agreements["home_address"] is Agreement.VARIANT
    assert found.assessment.doubts == ("name",)
    assert found.assessment.standing is Standing.DOUBTFUL
    assert desk.draft.kept.empty


def test_a_difference_that_became_another_one_says_what_was_decided_before(
    desk: ComparisonPage, subjects: list[str], qtbot: QtBot
) -> None:
    key_all(desk, home_address=OLD_HOME)
    press(desk, qtbot, Qt.Key.Key_F2)
    press(desk, qtbot, Qt.Key.Key_S, control=True)
    row = desk.rows.rows["home_address"]
    assert not row.before.isVisibleTo(row)
    row.line.setFocus()
    row.line.setText("湖北省宜昌市")
    QTest.keyClick(row.line, Qt.Key.Key_Return)
    assert unsure(desk) == ["home_address"]
    assert row.before.isVisibleTo(row)
    assert row.before.text() == (
        f"以前认定为一致（填写“{OLD_HOME}”，档案“{HOME}”），后来有改动，请重新认定。"
    )
    row.line.setFocus()
    press(desk, qtbot, Qt.Key.Key_F3)
    assert not row.before.isVisibleTo(row)
    press(desk, qtbot, Qt.Key.Key_S, control=True)
    assert stands(desk, qtbot, subjects[0]).assessment.doubts == ("home_address",)


def test_nothing_is_saved_before_every_field_is_keyed_in(
    desk: ComparisonPage, subjects: list[str], qtbot: QtBot
) -> None:
    row = desk.rows.rows["name"]
    row.line.setFocus()
    row.line.setText(identity(1).name)
    press(desk, qtbot, Qt.Key.Key_S, control=True)
    assert "还有 9 栏没有录入" in desk.words
    assert stands(desk, qtbot, subjects[0]).file.agreements == {}


def test_two_people_review_and_the_same_one_is_refused(
    desk: ComparisonPage, subjects: list[str], qtbot: QtBot
) -> None:
    key_all(desk)
    press(desk, qtbot, Qt.Key.Key_S, control=True)
    assert list(desk.review.five) == [
        "procedure_sound",
        "qualification_sound",
        "identity_sound",
        "health_sound",
    ]
    desk.review.reviewer.setText("张老师")
    press(desk, qtbot, Qt.Key.Key_F8)
    press(desk, qtbot, Qt.Key.Key_F9)
    found = stands(desk, qtbot, subjects[0])
    assert (found.file.first, found.file.first_reviewer) == (ReviewFinding.SOUND, "张老师")
    assert "初核：张老师" in desk.review.said.text()
    desk.review.part.setCurrentIndex(1)
    press(desk, qtbot, Qt.Key.Key_F9)
    assert "换一个人" in str(desk.errors.failure)
    desk.review.reviewer.setText("李老师")
    press(desk, qtbot, Qt.Key.Key_F9)
    assert stands(desk, qtbot, subjects[0]).assessment.standing is Standing.APPROVED


def test_what_was_keyed_in_survives_going_on_and_a_power_cut(
    desk: ComparisonPage, subjects: list[str], qtbot: QtBot, runner: Runner
) -> None:
    row = desk.rows.rows["family"]
    row.line.setFocus()
    row.line.setText("父亲王五")
    press(desk, qtbot, Qt.Key.Key_PageDown, control=True)
    assert desk.title.startswith(identity(2).name)
    assert desk.rows.rows["family"].line.text() == ""
    drafts: list[Any] = []
    desk.desk.run(
        lambda session, _: students_with_drafts(session, RECHECK),
        drafts.append,
        owner=desk,
        title="",
    )
    idle(qtbot, runner)
    assert drafts == [{subjects[0]}]
    press(desk, qtbot, Qt.Key.Key_PageUp, control=True)
    assert desk.rows.rows["family"].line.text() == "父亲王五"
    assert "上次没有保存" in desk.words
    press(desk, qtbot, Qt.Key.Key_PageUp, control=True)
    assert "第一人" in desk.words


def test_a_student_without_a_form_says_so(
    recheck_window: MainWindow, subjects: list[str], qtbot: QtBot, runner: Runner
) -> None:
    desk = opened(recheck_window, subjects[2], qtbot, runner)
    assert not desk.picture.shows_picture
    key_all(desk)
    press(desk, qtbot, Qt.Key.Key_S, control=True)
    assert "还没有可用的复查表" in desk.words
    assert desk.take_back() is None


def test_a_form_of_no_use_is_said_so_with_a_reason(
    desk: ComparisonPage, subjects: list[str], qtbot: QtBot, runner: Runner
) -> None:
    desk.take_back()
    walk = Walk(desk, qtbot, runner)
    walk.fill(what="unusable", reason="")
    assert walk.step == "form"
    walk.fill(what="unusable", reason="看不清")
    assert identity(1).name in walk.sentences
    walk.go_on()
    walk.go_on()
    idle(qtbot, runner)
    assert stands(desk, qtbot, subjects[0]).assessment.standing is Standing.NO_FORM


def test_what_was_keyed_in_is_taken_back_with_a_reason(
    desk: ComparisonPage, subjects: list[str], qtbot: QtBot, runner: Runner
) -> None:
    key_all(desk)
    press(desk, qtbot, Qt.Key.Key_S, control=True)
    desk.take_back()
    walk = Walk(desk, qtbot, runner)
    walk.fill(what="answers", reason="录错了人")
    walk.go_on()
    walk.go_on()
    idle(qtbot, runner)
    assert stands(desk, qtbot, subjects[0]).file.agreements == {}
    assert desk.draft
    assert len(desk.draft.unkeyed) == 10


def test_a_college_is_not_offered_to_decide_for_everybody(desk: ComparisonPage) -> None:
    key_all(desk, home_address=OLD_HOME)
    assert desk.rule_for_everybody() is None
    assert desk.words
