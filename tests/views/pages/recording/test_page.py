"""Recording through the window, by keys alone: a class, a scan, a draft, a quarrel."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.domain.pagination import Capacity, paginate
from desktop.domain.sheets import Mark, Sheet, page_digest
from desktop.printing.marks import qr_text
from desktop.procedures.signing import sheets
from desktop.procedures.signing.recording import StudentMark, set_class_teacher
from desktop.procedures.signing.recording_desk import DeskSheet, sheet_on_desk
from desktop.procedures.signing.recording_drafts import BoxDraft, KeptDraft, keep_draft, kept_draft
from desktop.procedures.signing.sheets import make_sheets
from desktop.procedures.signing.signing_desk import class_lines
from desktop.views.frame.window import MainWindow
from desktop.views.pages.recording.page import RecordingPage
from desktop.views.pages.recording.reading import Opened
from desktop.views.pages.recording.table import COLUMNS
from tests.conftest import ROUND
from tests.procedures.acts import print_class
from tests.views.conftest import OpenWindow
from tests.views.desks import ask, open_page, settle
from tests.views.offices import CLASS, at_work

KEYS = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(college_window: MainWindow) -> MainWindow:
    return college_window


@pytest.fixture
def sheet(window: MainWindow, qtbot: QtBot) -> Sheet:
    """A printed sheet of the first class, whose teacher is known."""

    def prepare(session: object) -> Sheet:
        first = class_lines(session, ROUND)[0].group.id  # type: ignore[arg-type]
        set_class_teacher(session, first, "谢老师")  # type: ignore[arg-type]
        return make_sheets(session, ROUND, [first]).sheets[0]  # type: ignore[arg-type]

    return ask(window, qtbot, prepare)


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot, sheet: Sheet) -> RecordingPage:
    return open_page(window, qtbot, RecordingPage, sheet.class_id)


def press(page: RecordingPage, *keys: Qt.Key) -> None:
    """Press keys on the table."""
    for key in keys:
        QTest.keyClick(page.place.table, key)


def on_desk(window: MainWindow, qtbot: QtBot, sheet: Sheet) -> DeskSheet:
    """Return what is recorded about the sheet now."""
    return ask(window, qtbot, lambda session: sheet_on_desk(session, ROUND, sheet.number))


def test_a_class_is_recorded_by_keys_alone_and_saved_at_once(
    page: RecordingPage, window: MainWindow, qtbot: QtBot, sheet: Sheet
) -> None:
    press(page, KEYS.Key_Return, KEYS.Key_3)
    assert page.place.reasons.isVisible()
    QTest.keyClicks(page.place.reasons.reason, "1")
    assert not page.place.reasons.isVisible()
    press(page, KEYS.Key_2)
    QTest.keyClicks(page.place.reasons.proxy, "father")
    QTest.keyClick(page.place.reasons.proxy, KEYS.Key_Return)
    QTest.keyClicks(page.place.reasons.reason, "1")
    assert "3 人还没有保存" in page.state_sentence
    for who in ("class_teacher", "head", "seal"):
        page.place.sign_offs.fill(who, "" if who != "head" else "刘院长")
    QTest.keyClick(page.place.table, KEYS.Key_S, CTRL)
    settle(window, qtbot)
    desk = on_desk(window, qtbot, sheet)
    assert [(row.mark, row.explanation, row.proxy) for row in desk.rows] == [
        (Mark.SIGNED, "", ""),
        (Mark.UNSIGNED, "请病假，尚未返校", ""),
        (Mark.BY_PROXY, "住院治疗", "father"),
    ]
    boxes = {box.who: box.name for box in desk.sign_offs if box.date}
    assert boxes == {"class_teacher": "谢老师", "head": "刘院长", "seal": "信息技术学院"}
    assert page.state_sentence.endswith("已登记 3/3，签字和印章齐全。")
    assert ask(window, qtbot, lambda s: kept_draft(s, sheet.number)) == KeptDraft()


def test_undo_goes_back_step_by_step_and_a_page_is_signed_at_once(page: RecordingPage) -> None:
    QTest.keyClick(page.place.table, KEYS.Key_Return, CTRL)
    assert page.draft
    assert len(page.draft.marks) == 3
    QTest.keyClick(page.place.table, KEYS.Key_Z, CTRL)
    assert not page.draft.marks
    press(page, KEYS.Key_1, KEYS.Key_1)
    assert page.place.table.place == 2
    QTest.keyClick(page.place.table, KEYS.Key_Z, CTRL)
    assert page.place.table.place == 1  # the next key puts right what was undone
    press(page, KEYS.Key_Up, KEYS.Key_Backspace)
    assert not page.draft.marks


def test_the_current_row_stays_in_sight_while_a_reason_is_asked_for(
    page: RecordingPage, window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(900, 420)
    table = page.place.table
    table.go_to(2)
    press(page, KEYS.Key_3)
    qtbot.waitUntil(
        lambda: table.viewport().rect().contains(table.visualRect(table.currentIndex()).center())
    )
    assert table.place == 2


def test_a_reason_is_asked_for_and_can_be_refused(page: RecordingPage) -> None:
    press(page, KEYS.Key_4)
    QTest.keyClick(page.place.reasons.reason, KEYS.Key_Return)
    assert page.place.reasons.isVisible()
    QTest.keyClick(page.place.reasons.reason, KEYS.Key_Escape)
    assert not page.place.reasons.isVisible()
    assert page.draft
    assert not page.draft.marks


def test_a_scanned_page_opens_its_sheet_and_a_strange_one_warns(
    page: RecordingPage, window: MainWindow, qtbot: QtBot, sheet: Sheet
) -> None:
    rows = [row for row in sheet.rows if row.page == 1]
    QTest.keyClicks(page.number, qr_text(sheet.number, 1, page_digest(rows)))
    QTest.keyClick(page.number, KEYS.Key_Return)
    settle(window, qtbot)
    assert page.place.warning == ""
    QTest.keyClicks(page.number, qr_text(sheet.number, 1, "0" * 12))
    QTest.keyClick(page.number, KEYS.Key_Return)
    settle(window, qtbot)
    assert "校验码不同" in page.place.warning


def test_a_scanner_that_types_into_the_table_marks_nobody(
    page: RecordingPage, window: MainWindow, qtbot: QtBot, sheet: Sheet
) -> None:
    press(page, KEYS.Key_Return, KEYS.Key_Down)
    text = qr_text(sheet.number, 1, page_digest(sheet.rows))
    QTest.keyClicks(page.place.table, text[0])
    assert page.number.hasFocus()
    QTest.keyClicks(page.number, text[1:])
    QTest.keyClick(page.number, KEYS.Key_Return)
    settle(window, qtbot)
    assert page.draft
    assert len(page.draft.marks) == 1
    assert page.place.table.place == 1  # the first on this page of whom nothing is known
    assert page.place.table.hasFocus()


def test_another_sheet_that_was_left_unsaved_is_offered(
    page: RecordingPage, window: MainWindow, qtbot: QtBot, sheet: Sheet
) -> None:
    press(page, KEYS.Key_Return)
    settle(window, qtbot)
    again = ask(window, qtbot, lambda s: make_sheets(s, ROUND, [sheet.class_id]).sheets[0])
    page.open_at(again.number)
    settle(window, qtbot)
    assert page.draft
    assert page.draft.desk.sheet.number == again.number
    assert page.choice.count() == 2
    page.place.buttons["other"].click()
    settle(window, qtbot)
    assert page.draft.desk.sheet.number == sheet.number
    assert len(page.draft.marks) == 1


def test_a_wrong_number_is_told_and_the_sheet_stays(
    page: RecordingPage, window: MainWindow, qtbot: QtBot, sheet: Sheet
) -> None:
    press(page, KEYS.Key_Return)
    page.open_at("002-99999-99")
    settle(window, qtbot)
    assert page.errors.failure
    assert page.errors.failure.code == "JC-601"
    page.refresh()
    settle(window, qtbot)
    assert page.draft
    assert page.draft.desk.sheet.number == sheet.number
    assert len(page.draft.marks) == 1


def test_a_draft_survives_and_is_offered_again(
    window: MainWindow, qtbot: QtBot, sheet: Sheet
) -> None:
    read = (StudentMark(sheet.rows[1].student, Mark.SIGNED),)
    ask(window, qtbot, lambda session: keep_draft(session, sheet.number, read))
    page = open_page(window, qtbot, RecordingPage)
    assert page.draft is None
    page.entrance.chosen.emit(sheet.number)
    settle(window, qtbot)
    assert page.draft
    assert page.draft.unsaved == read
    assert "1 人" in page.place.said
    press(page, KEYS.Key_Return)
    settle(window, qtbot)
    assert len(ask(window, qtbot, lambda s: kept_draft(s, sheet.number)).marks) == 2
    page.place.buttons["discard"].click()
    settle(window, qtbot)
    assert ask(window, qtbot, lambda s: kept_draft(s, sheet.number)) == KeptDraft()


def test_what_is_saved_is_not_saved_again(
    page: RecordingPage, window: MainWindow, qtbot: QtBot
) -> None:
    press(page, KEYS.Key_Return, KEYS.Key_Return, KEYS.Key_Return)
    page.save()
    settle(window, qtbot)
    assert page.state_sentence.endswith("已登记 3/3，缺班主任、主要负责人签字和印章。")
    page.save()
    assert page.place.said == "没有要保存的内容。"


@pytest.fixture
def two_pages(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> RecordingPage:
    """A sheet of the first class with two rows on its first page and one on its second."""
    small = Capacity(full=2, last=2, blank=0, kept=1)
    monkeypatch.setattr(sheets, "paginate", lambda rows: paginate(rows, small))
    class_id = ask(window, qtbot, lambda s: class_lines(s, ROUND))[0].group.id
    ask(window, qtbot, lambda s: make_sheets(s, ROUND, [class_id]))
    return open_page(window, qtbot, RecordingPage, class_id)


def test_after_saving_a_page_the_cursor_stands_on_the_next_and_nothing_is_left_to_save(
    two_pages: RecordingPage, window: MainWindow, qtbot: QtBot
) -> None:
    table, save = two_pages.place.table, two_pages.place.buttons["save"]
    assert not save.isEnabled()
    QTest.keyClick(table, KEYS.Key_Return, CTRL)  # the whole page
    assert table.place == 0
    assert save.isEnabled()
    save.setFocus()
    save.click()
    settle(window, qtbot)
    assert (table.place, table.hasFocus(), save.isEnabled()) == (2, True, False)
    two_pages.place.sign_offs.fill("seal")
    assert save.isEnabled()
    two_pages.place.sign_offs.discard()
    two_pages.refresh()
    settle(window, qtbot)
    assert not save.isEnabled()


@pytest.mark.parametrize("allowed", [True, False])
def test_the_key_for_a_proxy_is_told_only_where_one_may_sign(
    window: MainWindow, qtbot: QtBot, sheet: Sheet, *, allowed: bool
) -> None:
    page = open_page(window, qtbot, RecordingPage, sheet.class_id)
    assert page.draft
    desk = page.draft.desk
    page._show(
        Opened(
            (replace(desk, round=replace(desk.round, proxy_allowed=allowed)),),
            0,
            KeptDraft(),
            "",
            (),
            "2026-09-20",
        )
    )
    assert ("代签" in page.place.keys) is allowed
    assert "本人签字" in page.place.keys


def test_a_sign_off_without_a_right_date_is_not_saved(
    page: RecordingPage, window: MainWindow, qtbot: QtBot
) -> None:
    page.place.sign_offs.fill("head", "刘院长", "9月20日")
    settle(window, qtbot)
    page.save()
    assert page.desk.runner.running is None
    assert [box.who for box in page.place.sign_offs.filled] == ["head"]


def test_a_class_without_a_sheet_says_what_to_do(window: MainWindow, qtbot: QtBot) -> None:
    lines = ask(window, qtbot, lambda session: class_lines(session, ROUND))
    page = open_page(window, qtbot, RecordingPage, lines[1].group.id)
    assert page.draft is None
    assert page.state_sentence == "这个班还没有打印签字表。"


def test_the_registrar_has_no_such_page(open_window: OpenWindow) -> None:
    window = open_window("registrar")
    assert window.shell
    before = window.shell.page.CARD.id
    window.shell.open("recording")
    assert before == window.shell.page.CARD.id


def test_twenty_students_are_in_sight_on_a_small_screen_and_45_on_a_large_one(
    page: RecordingPage, window: MainWindow
) -> None:
    table = page.place.table
    for size, count in (((1366, 768), 20), ((1920, 1080), 45)):
        window.resize(*size)
        height = table.viewport().height()
        assert height // 22 >= count or height // count >= 17


def test_sign_offs_that_are_not_saved_outlive_the_program(
    page: RecordingPage, window: MainWindow, qtbot: QtBot, sheet: Sheet
) -> None:
    page.place.sign_offs.fill("head", "刘院长", "2026-09-20")
    settle(window, qtbot)
    kept = ask(window, qtbot, lambda s: kept_draft(s, sheet.number))
    assert kept == KeptDraft((), (BoxDraft("head", "刘院长", "2026-09-20"),))
    page.refresh()
    settle(window, qtbot)
    assert page.place.sign_offs.drafts == kept.boxes  # what others save does not wipe it out
    assert window.shell
    anew = RecordingPage(window.shell.desk)  # as after a power cut: only the folder is left
    qtbot.addWidget(anew)
    anew.open_at(sheet.number)
    settle(window, qtbot)
    assert anew.place.sign_offs.drafts == kept.boxes
    assert not anew.place.buttons["discard"].isHidden()
    anew.save()
    settle(window, qtbot)
    boxes = {box.who: box.name for box in on_desk(window, qtbot, sheet).sign_offs if box.date}
    assert boxes == {"head": "刘院长"}
    assert ask(window, qtbot, lambda s: kept_draft(s, sheet.number)) == KeptDraft()


def test_ticked_sign_offs_survive_a_killed_program(
    tmp_path: Path, open_window: OpenWindow, qtbot: QtBot
) -> None:
    with at_work(tmp_path) as school:
        number = print_class(school.first, CLASS).number
        folder = school.first.store.folder
    with subprocess.Popen(
        [sys.executable, "-m", f"{__package__}.victim", folder, number],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as victim:
        assert victim.stdout
        assert victim.stdout.readline() == "kept\n"
        victim.kill()
    window = open_window("first")
    page = open_page(window, qtbot, RecordingPage)
    page.entrance.chosen.emit(number)
    settle(window, qtbot)
    boxes = page.place.sign_offs
    assert [(box.who, box.name, box.date) for box in boxes.filled] == [
        ("head", "刘院长", "2026-09-20"),
        ("seal", "信息技术学院", "2026-09-2"),
    ]
    assert "2 处签字和印章" in page.place.said
    page.save()
    assert [box.who for box in boxes.filled] == ["head", "seal"]  # the date is still to be mended
    boxes.fill("seal", day="2026-09-20")
    settle(window, qtbot)
    page.save()
    settle(window, qtbot)
    assert boxes.filled == ()
    assert ask(window, qtbot, lambda s: kept_draft(s, number)) == KeptDraft()


def test_a_draft_of_sign_offs_can_be_thrown_away(
    page: RecordingPage, window: MainWindow, qtbot: QtBot, sheet: Sheet
) -> None:
    page.place.sign_offs.fill("seal")
    settle(window, qtbot)
    page.place.buttons["discard"].click()
    settle(window, qtbot)
    assert page.place.sign_offs.filled == ()
    assert ask(window, qtbot, lambda s: kept_draft(s, sheet.number)) == KeptDraft()


def test_where_there_is_little_room_the_least_needed_columns_are_left_out() -> None:
    assert COLUMNS.left_out(830, 13) == frozenset()
    assert COLUMNS.left_out(700, 13) == {7, 6}
    assert COLUMNS.left_out(560, 26) == {7, 6, 3, 1}  # 1366 pixels at 200 %
