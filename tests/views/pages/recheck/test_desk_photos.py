"""The photos beside the form: which are there, seen large by a key or a click, and back again."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.domain.photos import PhotoKind
from desktop.errors import NotFound
from desktop.views.frame.window import MainWindow
from desktop.views.pages.recheck import desk_place
from desktop.views.pages.recheck.desk_page import ComparisonPage
from desktop.views.runner import Runner
from tests.conftest import School
from tests.portraits import jpeg
from tests.procedures.rechecks import RECHECK, begin_recheck, hand_in, photograph, students
from tests.views.conftest import OpenWindow, idle

from .test_desk_page import opened, press


@pytest.fixture
def subjects(school: School, tmp_path: Path) -> list[str]:
    """The first student has two photos, the second one that was taken here, the third none."""
    begin_recheck(school)
    mine = students(school.registrar)
    numbers = [one.identity.student_number for one in mine]
    taken = {numbers[0]: jpeg(2), numbers[1]: jpeg(3)}
    photograph(school.registrar, tmp_path / "入学", PhotoKind.ENTRANCE, taken)
    photograph(school.registrar, tmp_path / "录取", PhotoKind.ADMISSION, {numbers[0]: jpeg(1)})
    school.carry(school.registrar, school.first, RECHECK)
    hand_in(school.first, tmp_path / "表", mine[:1])
    school.close()
    return [one.subject for one in mine]


@pytest.fixture
def desk(
    subjects: list[str], open_window: OpenWindow, qtbot: QtBot, runner: Runner
) -> ComparisonPage:
    """The desk with the first student's form and photos."""
    page = opened(open_window("first"), subjects[0], qtbot, runner)
    all_opened(page, qtbot)
    return page


def all_opened(page: ComparisonPage, qtbot: QtBot) -> None:
    """Wait until every photo is in sight."""
    qtbot.waitUntil(lambda: not page.picture.photos.row.opening)
    idle(qtbot, page.desk.runner)


def in_sight(page: ComparisonPage) -> list[str]:
    """Return the photos in sight."""
    boxes = page.picture.photos.row.boxes
    return [kind for kind, box in boxes.items() if box.isVisibleTo(page)]


def test_the_photos_that_there_are_stand_beside_the_form(desk: ComparisonPage) -> None:
    assert in_sight(desk) == [PhotoKind.ADMISSION, PhotoKind.ENTRANCE]
    assert all(not desk.picture.photos.row.boxes[PhotoKind(k)].words for k in in_sight(desk))
    assert desk.picture.photos.words == ""
    assert desk.picture.shows_picture
    first = next(iter(desk.rows.rows.values())).line
    assert desk.window().focusWidget() is first, "nothing beside the form takes the keyboard"


def test_f7_shows_each_photo_large_and_then_the_form_as_it_was_turned(
    desk: ComparisonPage, qtbot: QtBot
) -> None:
    form = desk.picture.view
    form.turn()
    for name, then in (("录取照片", "照片"), ("入学照片", "表格")):
        press(desk, qtbot, Qt.Key.Key_F7)
        assert desk.picture.shows_over
        assert desk.picture.view.accessibleName() == name
        assert desk.picture.next.text() == then
    desk.picture.view.turn()
    press(desk, qtbot, Qt.Key.Key_F7)
    assert desk.picture.view is form
    assert (form.angle, desk.picture.next.text()) == (90, "照片")


def test_a_click_shows_a_photo_large_and_another_one_the_form(
    desk: ComparisonPage, qtbot: QtBot
) -> None:
    photo = desk.picture.photos.row.boxes[PhotoKind.ENTRANCE].picture
    QTest.mouseClick(photo, Qt.MouseButton.LeftButton)
    idle(qtbot, desk.desk.runner)
    assert desk.picture.view.accessibleName() == "入学照片"
    QTest.mouseClick(photo, Qt.MouseButton.LeftButton)
    assert not desk.picture.shows_over


def test_another_student_comes_with_the_form_and_words_for_what_is_not_there(
    desk: ComparisonPage, subjects: list[str], qtbot: QtBot, runner: Runner
) -> None:
    press(desk, qtbot, Qt.Key.Key_F7)
    window = desk.window()
    assert isinstance(window, MainWindow)
    opened(window, subjects[1], qtbot, runner)
    all_opened(desk, qtbot)
    assert not desk.picture.shows_over
    assert not desk.picture.shows_picture  # nor has this one handed a form in
    assert in_sight(desk) == [PhotoKind.ENTRANCE]
    assert desk.picture.photos.words == "没有录取照片。"
    press(desk, qtbot, Qt.Key.Key_F7)
    assert desk.picture.shows_over, "a photo is seen large where there is no form"
    opened(window, subjects[2], qtbot, runner)
    assert in_sight(desk) == []
    assert "还没有这名学生的照片" in desk.picture.photos.words
    assert not desk.picture.next.isEnabled()
    press(desk, qtbot, Qt.Key.Key_F7)
    assert not desk.picture.shows_over


def test_a_photo_that_can_not_be_opened_leaves_the_form_in_sight(
    desk: ComparisonPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_asked: object) -> bytes:
        raise NotFound("这张照片不见了。", "请从备份恢复。")

    monkeypatch.setattr(desk_place, "kept_photo", gone)
    press(desk, qtbot, Qt.Key.Key_F7)
    assert not desk.picture.shows_over
    assert desk.picture.shows_picture
    assert desk.picture.next.text() == "照片"
    assert desk.errors.isVisibleTo(desk)
