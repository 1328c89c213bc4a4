"""A class checks in through the window, by keys alone, to its end."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.domain.checklists import SLOTS
from desktop.domain.entry_review import ArrivalState, Finding, Standing
from desktop.procedures.check_in.check_in_desk import CheckInRow
from desktop.procedures.check_in.check_in_drafts import kept_notes
from desktop.procedures.check_in.check_in_notes import CheckInNotes
from desktop.procedures.check_in.exceptions import About, kept_exceptions
from desktop.procedures.search import initials_of
from desktop.procedures.signing.recording import set_class_teacher
from desktop.views.frame.window import MainWindow
from desktop.views.pages.check_in.class_page import CheckInClassPage
from desktop.views.pages.check_in.except_dialog import ExceptDialog
from desktop.views.pages.check_in.page import CheckInPage
from desktop.views.wizards.frame import Wizard
from desktop.views.wizards.step_pages import ChoiceStep, FormStep
from tests.conftest import FAR_DAY, School
from tests.procedures.acts import class_id
from tests.procedures.reviews import REVIEW, TEACHER, begin_review, check_face, rows_of
from tests.views.conftest import OpenWindow
from tests.views.desks import ask, open_page, settle

KEYS = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
CLASS = "软件2601班"


@pytest.fixture
def window(school: School, open_window: OpenWindow) -> MainWindow:
    """The first college's window, with a round of procedure one; one face was compared."""
    begin_review(school)
    check_face(school.first, rows_of(school.first)[0].student)
    school.close()
    return open_window("first")


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> CheckInClassPage:
    wanted = ask(window, qtbot, lambda session: class_id(session, CLASS))
    page = open_page(window, qtbot, CheckInClassPage, wanted)
    page.place.fill(checker=TEACHER)
    return page


def fill(wizard: Wizard[Any], **texts: str) -> None:
    """Fill a form in, as a person would."""
    form = wizard.page
    assert isinstance(form, FormStep)
    form.fill(**texts)


def press(page: CheckInClassPage, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(page.place.table, key)


def save(page: CheckInClassPage, window: MainWindow, qtbot: QtBot) -> Sequence[CheckInRow]:
    """Save by the key, and return what the store says now."""
    QTest.keyClick(page.place.table, KEYS.Key_S, CTRL)
    settle(window, qtbot)
    return ask(window, qtbot, lambda session: rows_of(session, CLASS))


def test_a_class_checks_in_by_keys_alone(
    page: CheckInClassPage, window: MainWindow, qtbot: QtBot
) -> None:
    table, question = page.place.table, page.place.question
    assert table.place == 0
    press(page, KEYS.Key_Return, KEYS.Key_2)
    assert question.isVisible()
    QTest.keyClicks(question.day, FAR_DAY)
    QTest.keyClick(question.day, KEYS.Key_Return)
    QTest.keyClicks(question.words, "2")
    assert not question.isVisible()
    press(page, KEYS.Key_3)
    QTest.keyClicks(question.words, "4")
    assert "3 人还没有保存" in page.state_sentence
    rows = save(page, window, qtbot)
    assert [row.file.arrival for row in rows] == list(ArrivalState)
    assert (rows[1].file.leave_until, rows[1].file.arrival_explanation) == (FAR_DAY, "家中有事")
    assert rows[2].file.cause == "unreachable"
    assert "还没有保存" not in page.state_sentence
    # documents, and the verdict of one whose face was compared
    press(page, KEYS.Key_Home)
    table.go_to(0)
    press(page, KEYS.Key_7)
    table.go_to(0)
    press(page, KEYS.Key_4)
    rows = save(page, window, qtbot)
    assert rows[0].assessment.standing is Standing.QUALIFIED
    assert rows[0].file.checker == TEACHER
    assert ask(window, qtbot, lambda s: kept_notes(s, REVIEW, class_id(s, CLASS))) == CheckInNotes()


def test_what_can_not_be_noted_is_said_and_not_noted(page: CheckInClassPage) -> None:
    assert page.draft
    press(page, KEYS.Key_4)
    assert page.place.said == f"{page.draft.desk.rows[0].identity.name}还没有登记报到。"
    page.place.table.go_to(1)
    press(page, KEYS.Key_1, KEYS.Key_Up, KEYS.Key_4)
    assert "人像比对没有通过" in page.place.said
    assert not page.draft.notes.verdicts
    page.place.table.go_to(1)
    press(page, KEYS.Key_8, KEYS.Key_4)
    assert len(page.draft.notes.verdicts) == 1
    page.place.table.go_to(1)
    press(page, KEYS.Key_3)
    assert not page.place.question.isVisible()
    assert "请先撤回" in page.place.said


def test_a_doubt_by_key_with_evidence_and_a_second_person(
    page: CheckInClassPage,
    window: MainWindow,
    qtbot: QtBot,
    chosen: list[Any],
    tmp_path: Path,
) -> None:
    scan = tmp_path / "对比.jpg"
    scan.write_bytes(b"scan")
    panel, question = page.place.panel, page.place.question
    press(page, KEYS.Key_1, KEYS.Key_Up, KEYS.Key_5)
    QTest.keyClick(question.words, KEYS.Key_Return)
    assert question.problem
    QTest.keyClicks(question.words, "1")
    page.place.table.go_to(0)
    chosen.append([scan])
    panel.attach.click()
    assert "对比.jpg" in "".join(panel.texts)
    assert panel.second.isVisible()
    panel.second.setCurrentIndex(panel.second.findData("doubtful"))
    panel.second.activated.emit(panel.second.currentIndex())
    assert page.place.said == "请先在上面填写复核人的姓名。"
    assert panel.second.currentIndex() == 0
    page.place.fill(second=TEACHER)
    panel.second.setCurrentIndex(2)
    panel.second.activated.emit(2)
    assert page.place.said == "复核人不能和核对人是同一个人。"
    page.place.fill(second="吴老师")
    panel.second_words.setText("同意存疑")
    panel.second.setCurrentIndex(2)
    panel.second.activated.emit(2)
    rows = save(page, window, qtbot)
    file = rows[0].file
    assert (file.finding, file.finding_explanation) == (Finding.DOUBTFUL, "照片与本人不像")
    assert (file.second, file.second_explanation) == (Finding.DOUBTFUL, "同意存疑")
    assert file.second_checker == "吴老师"
    assert rows[0].assessment.standing is Standing.DOUBTFUL


def test_documents_line_by_line_with_a_day_for_what_is_missing(
    page: CheckInClassPage, window: MainWindow, qtbot: QtBot
) -> None:
    press(page, KEYS.Key_1, KEYS.Key_Up)
    lines = page.place.panel.documents
    box, day = lines.states[SLOTS[3]], lines.days[SLOTS[3]]
    assert not day.isEnabled()
    box.setCurrentIndex(box.findData("missing"))
    box.activated.emit(box.currentIndex())
    assert day.isEnabled()
    type_day(day, "明天")
    assert page.draft
    assert page.draft.notes.documents[0].items == {SLOTS[3]: "missing"}
    type_day(day, FAR_DAY)
    assert page.draft.notes.documents[0].items == {SLOTS[3]: f"due {FAR_DAY}"}
    page.place.buttons["seen"].click()
    rows = save(page, window, qtbot)
    assert rows[0].file.documents == {
        SLOTS[0]: "seen",
        SLOTS[1]: "seen",
        SLOTS[3]: f"due {FAR_DAY}",
        SLOTS[4]: "seen",
    }


def type_day(line: QLineEdit, text: str) -> None:
    line.setText(text)
    line.editingFinished.emit()


def test_all_the_others_at_once_and_undone_again(page: CheckInClassPage) -> None:
    assert page.draft
    press(page, KEYS.Key_3)
    QTest.keyClicks(page.place.question.words, "1")
    QTest.keyClick(page.place.table, KEYS.Key_Return, CTRL)
    files = list(page.draft.files.values())
    assert [file.arrival for file in files] == [
        ArrivalState.ABSENT,
        ArrivalState.ARRIVED,
        ArrivalState.ARRIVED,
    ]
    assert page.place.said.startswith("其余 2 人记为已报到")
    page.place.buttons["normal"].click()  # nobody's face was compared of those who came
    assert page.place.said.startswith("没有可以这样登记的学生")
    QTest.keyClick(page.place.table, KEYS.Key_Z, CTRL)
    assert len(page.draft.notes.arrivals) == 1
    page.place.table.go_to(0)
    press(page, KEYS.Key_Backspace)
    assert not page.draft.notes
    page.place.buttons["arrived"].click()
    page.place.buttons["normal"].click()
    assert [note.finding for note in page.draft.notes.verdicts] == [Finding.NORMAL]


def test_a_draft_is_there_when_one_comes_back(
    page: CheckInClassPage, window: MainWindow, qtbot: QtBot
) -> None:
    press(page, KEYS.Key_1, KEYS.Key_1)
    settle(window, qtbot)
    wanted = page.draft.desk.line.group.id if page.draft else ""
    assert len(ask(window, qtbot, lambda s: kept_notes(s, REVIEW, wanted)).arrivals) == 2
    board = open_page(window, qtbot, CheckInPage)
    assert "（有草稿）" in board.table.model.index(0, 1).data()
    other = CheckInClassPage(window.shell.desk)  # type: ignore[union-attr]
    qtbot.addWidget(other)
    other.open_at(wanted)
    settle(window, qtbot)
    assert other.draft
    assert len(other.draft.notes.arrivals) == 2
    assert "已接上上次没有保存的 2 人的登记" in other.place.said
    other.place.buttons["discard"].click()
    settle(window, qtbot)
    assert ask(window, qtbot, lambda s: kept_notes(s, REVIEW, wanted)) == CheckInNotes()


def test_what_was_saved_by_mistake_is_taken_back(
    page: CheckInClassPage, window: MainWindow, qtbot: QtBot
) -> None:
    press(page, KEYS.Key_1)
    save(page, window, qtbot)
    page.place.table.go_to(0)
    wizard = page.retract()
    assert wizard
    fill(wizard, reason="看错了行")
    wizard.go_on()
    settle(window, qtbot)
    assert wizard.step == "done"
    wizard.go_on()
    settle(window, qtbot)
    rows = ask(window, qtbot, lambda session: rows_of(session, CLASS))
    assert rows[0].file.arrival is None


def test_a_conscript_keeps_the_place(
    page: CheckInClassPage, window: MainWindow, qtbot: QtBot
) -> None:
    wizard = page.report_place()
    assert wizard
    choice = wizard.page
    assert isinstance(choice, ChoiceStep)
    choice.choose("kept")
    wizard.go_on()
    assert isinstance(wizard.page, FormStep)
    assert wizard.page.field("until").isVisible()
    fill(wizard, explanation="应征入伍", document="入伍通知书", until=FAR_DAY)
    wizard.go_on()
    wizard.go_on()
    settle(window, qtbot)
    wizard.go_on()
    settle(window, qtbot)
    rows = ask(window, qtbot, lambda session: rows_of(session, CLASS))
    assert rows[0].assessment.standing is Standing.KEPT
    page.place.table.go_to(0)
    press(page, KEYS.Key_1)
    assert "请先撤回那项报告" in page.place.said


def test_a_refusal_keeps_everything_that_was_noted(
    page: CheckInClassPage, window: MainWindow, qtbot: QtBot
) -> None:
    page.place.fill(day=FAR_DAY)
    press(page, KEYS.Key_1)
    QTest.keyClick(page.place.table, KEYS.Key_S, CTRL)
    settle(window, qtbot)
    assert page.errors.isVisible()
    assert page.draft
    assert page.draft.unsaved
    wanted = page.draft.desk.line.group.id
    assert ask(window, qtbot, lambda s: kept_notes(s, REVIEW, wanted)).arrivals


def test_whoever_passes_by_the_words_of_a_second_look_says_nothing(page: CheckInClassPage) -> None:
    panel = page.place.panel
    press(page, KEYS.Key_1, KEYS.Key_Up, KEYS.Key_5)
    QTest.keyClicks(page.place.question.words, "1")
    page.place.table.go_to(0)
    page.place.fill(second="吴老师")
    panel.second.setCurrentIndex(2)
    panel.second.activated.emit(2)
    page.place.say("")
    page.place.fill(second=TEACHER)  # who may not look again
    panel.second_words.editingFinished.emit()
    assert page.place.said == ""
    panel.second_words.clear()
    QTest.keyClicks(panel.second_words, "same")
    panel.second_words.editingFinished.emit()
    assert page.place.said == "复核人不能和核对人是同一个人。"


def excepting(
    page: CheckInClassPage, window: MainWindow, qtbot: QtBot, key: Qt.Key
) -> ExceptDialog:
    """Open the dialog for the whole class by its key."""
    press(page, key)
    settle(window, qtbot)
    qtbot.waitUntil(lambda: bool(page.findChildren(ExceptDialog)))
    return page.findChildren(ExceptDialog)[-1]


def closed(page: CheckInClassPage, window: MainWindow, qtbot: QtBot) -> None:
    """Wait until no dialog stands any more."""
    qtbot.waitUntil(lambda: not page.findChildren(ExceptDialog))
    settle(window, qtbot)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def test_the_documents_of_a_whole_class_but_for_some_by_keys_alone(
    page: CheckInClassPage, window: MainWindow, qtbot: QtBot
) -> None:
    assert page.draft
    press(page, KEYS.Key_1, KEYS.Key_1)
    dialog = excepting(page, window, qtbot, KEYS.Key_9)
    assert dialog.said == "2 人已交；1 人还没有登记报到，不登记。"
    name = page.draft.desk.rows[1].identity.name
    QTest.keyClicks(dialog.line, "".join(initials_of(one)[0] for one in name))
    assert dialog.table.place == 1
    QTest.keyClick(dialog.line, KEYS.Key_Return)
    assert dialog.said.startswith("1 人已交，1 人缺（1 人没有约定补交日期）")
    assert dialog.line.text() == ""
    QTest.keyClick(dialog.line, KEYS.Key_Return)  # from the empty line on to the day
    QTest.keyClicks(dialog.day, "2020-01-01")
    assert "已经过了" in dialog.problem
    QTest.keyClick(dialog.day, KEYS.Key_Return)
    assert dialog.isVisible()
    dialog.day.clear()
    QTest.keyClicks(dialog.day, FAR_DAY)
    dialog.table.setCurrentCell(1, 0)
    QTest.keyClick(dialog.table, KEYS.Key_4)  # not all of them: the archive file alone
    assert dialog.table.text_of(1)[2:4] == ("缺纸质档案", FAR_DAY)
    QTest.keyClick(dialog.day, KEYS.Key_Return)
    closed(page, window, qtbot)
    assert page.place.said.startswith("已记入：1 人已交，1 人缺")
    rows = save(page, window, qtbot)
    assert set(rows[0].file.documents.values()) == {"seen"}
    assert rows[1].file.documents[SLOTS[3]] == f"due {FAR_DAY}"
    assert rows[2].file.documents == {}


def test_half_a_dialog_outlives_a_power_cut(
    page: CheckInClassPage, window: MainWindow, qtbot: QtBot
) -> None:
    assert page.draft
    press(page, KEYS.Key_1)
    dialog = excepting(page, window, qtbot, KEYS.Key_9)
    QTest.keyClick(dialog.table, KEYS.Key_Space)
    QTest.keyClicks(dialog.day, FAR_DAY)
    settle(window, qtbot)
    wanted = page.draft.desk.line.group.id
    about = About.DOCUMENTS
    kept = ask(window, qtbot, lambda s: kept_exceptions(s, REVIEW, wanted, about))
    assert kept
    assert (len(kept.lacking), kept.day) == (1, FAR_DAY)
    dialog.reject()
    closed(page, window, qtbot)
    other = CheckInClassPage(window.shell.desk)  # type: ignore[union-attr]
    qtbot.addWidget(other)
    other.open_at(wanted)
    settle(window, qtbot)
    assert "“材料：全班，除了…”填到一半，按 9 接着办" in other.place.said
    again = excepting(other, window, qtbot, KEYS.Key_9)
    assert again.table.text_of(0)[2] == "所选的都缺"
    again.start_again()
    assert again.table.text_of(0)[2] == ""
    again.note()
    closed(other, window, qtbot)
    assert ask(window, qtbot, lambda s: kept_exceptions(s, REVIEW, wanted, about)) is None


def test_what_is_chosen_and_by_when_is_filled_in_by_the_mouse_too(
    page: CheckInClassPage, window: MainWindow, qtbot: QtBot
) -> None:
    press(page, KEYS.Key_1, KEYS.Key_1)
    page.place.buttons[About.DOCUMENTS].click()
    settle(window, qtbot)
    qtbot.waitUntil(lambda: bool(page.findChildren(ExceptDialog)))
    dialog = page.findChildren(ExceptDialog)[-1]
    for place in range(dialog.items.count()):
        dialog.items.item(place).setCheckState(Qt.CheckState.Unchecked)
    assert dialog.problem == "请至少选一项。"
    assert not dialog.go.isEnabled()
    dialog.items.item(3).setCheckState(Qt.CheckState.Checked)
    assert dialog.items.item(3).text() == "1 纸质档案"
    dialog.table.item(0, 0).setCheckState(Qt.CheckState.Checked)  # type: ignore[union-attr]
    dialog.table.item(0, 3).setText(FAR_DAY)  # type: ignore[union-attr]
    assert dialog.plan.told.days == {dialog.plan.rows[0].row.student: FAR_DAY}
    dialog.table.setCurrentCell(2, 0)
    QTest.keyClick(dialog.table, KEYS.Key_Space)  # who did not come can be no exception
    assert len(dialog.plan.told.lacking) == 1
    QTest.keyClicks(dialog.table, "z")
    assert dialog.line.text() == "z"
    QTest.keyClick(dialog.line, KEYS.Key_Return, CTRL)
    closed(page, window, qtbot)
    assert page.draft
    said = [dict(note.items) for note in page.draft.notes.documents]
    assert said == [{SLOTS[3]: f"due {FAR_DAY}"}, {SLOTS[3]: "seen"}]


def test_the_six_things_of_a_whole_class_but_for_one(
    page: CheckInClassPage, window: MainWindow, qtbot: QtBot
) -> None:
    press(page, KEYS.Key_1)
    dialog = excepting(page, window, qtbot, KEYS.Key_0)
    assert not dialog.day.isVisible()
    QTest.keyClick(dialog.line, KEYS.Key_Return)  # nobody is an exception: on to the button
    assert dialog.go.hasFocus()
    QTest.keyClick(dialog.go, KEYS.Key_Return)
    closed(page, window, qtbot)
    assert page.draft
    assert set(page.draft.notes.verdicts[0].compared.values()) == {"same"}


def test_a_class_that_may_not_begin_asks_for_no_exceptions(
    page: CheckInClassPage, window: MainWindow, qtbot: QtBot
) -> None:
    other = ask(window, qtbot, lambda session: class_id(session, CLASS))
    ask(window, qtbot, lambda session: set_class_teacher(session, other, "新班主任"))
    page.refresh()
    settle(window, qtbot)
    press(page, KEYS.Key_9)
    settle(window, qtbot)
    assert not page.findChildren(ExceptDialog)
    assert "暂不能核验" in page.place.said
    assert not page.place.buttons[About.DOCUMENTS].isEnabled()
