"""The page 入学复查: numbers, days left, who is missing; forms come in and go out, many at once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.domain.recheck import Standing
from desktop.domain.recheck_forms import FormHead, RecheckForm, form_code
from desktop.domain.written_papers import PaperKind
from desktop.printing.recheck_forms import render_forms
from desktop.procedures.named_files import Verdict
from desktop.procedures.recheck.recheck_answers import key_in
from desktop.procedures.recheck.recheck_drafts import RecheckDraft, keep_draft
from desktop.procedures.review_papers.review_papers import make_papers
from desktop.procedures.session import Session
from desktop.procedures.standing.recheck_files import Rechecked, recheck_of
from desktop.views.frame.window import MainWindow
from desktop.views.look.appearance import Scheme, current_appearance
from desktop.views.pages.recheck.desk_page import ComparisonPage
from desktop.views.pages.recheck.page import RecheckPage
from desktop.views.pages.recheck.words import UNSAVED
from desktop.views.pages.review_papers.page import ReviewPapersPage
from desktop.views.runner import Runner
from desktop.views.wizards.collect_forms.draft import CONFIRM, DONE, FOUND, PLACE, REASON
from desktop.views.wizards.found_pictures.choosing import WITHOUT
from desktop.views.wizards.found_pictures.step import FoundStep
from tests.conftest import identity
from tests.procedures.rechecks import RECHECK, scan, truth
from tests.scans import as_pdf, blank_page, pages_of
from tests.views.conftest import idle
from tests.views.wizards.walking import Walk


@pytest.fixture
def page(recheck_window: MainWindow, qtbot: QtBot, runner: Runner) -> RecheckPage:
    """The page, open."""
    assert recheck_window.shell
    recheck_window.shell.open("recheck")
    idle(qtbot, runner)
    found = recheck_window.shell.page
    assert isinstance(found, RecheckPage)
    return found


def ask(page: Any, qtbot: QtBot, question: Callable[[Session], Any]) -> Any:  # noqa: ANN401
    """Ask the store something, on its thread."""
    answers: list[Any] = []
    page.desk.run(lambda session, _: question(session), answers.append, owner=page, title="")
    idle(qtbot, page.desk.runner)
    return answers[0]


def everybody(session: Session) -> list[Rechecked]:
    """Return all students of the re-check as this seat knows them."""
    with session.unit_of_work() as unit:
        return list(recheck_of(session, unit, RECHECK).students)


def test_classes_days_and_missing_forms_are_in_sight(page: RecheckPage) -> None:
    assert [one.group.name for one in page.classes.records] == ["软件2601班", "软件2602班"]
    assert "6 人，已交复查表 2 张，缺 4 张" in page.state_sentence
    assert "复查" in page.state_sentence
    assert "2026-12-01" in page.state_sentence
    assert page.missing_words == f"软件2601班还缺 1 张复查表：{identity(3).name}。"
    assert len(page.students.records) == 3
    page.chips.choose(str(Standing.NO_FORM))
    assert [one.student.identity.name for one in page.students.records] == [identity(3).name]
    page.chips.choose("all")
    page.classes.choose(page.classes.records[1])
    assert page.missing_words.startswith("软件2602班还缺 3 张复查表")


def test_enter_leads_to_the_student_on_the_desk(
    page: RecheckPage, recheck_window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    page.students.choose(page.students.records[1])
    QTest.keyClick(page.students.view, Qt.Key.Key_Return)
    idle(qtbot, runner)
    assert recheck_window.shell
    desk = recheck_window.shell.page
    assert isinstance(desk, ComparisonPage)
    assert desk.title.startswith(identity(2).name)


def test_why_a_student_waits_is_said_whole_below_the_table(page: RecheckPage) -> None:
    waits = page.students.records[2]
    page.students.choose(waits)
    assert page.why.text().startswith(f"{waits.student.identity.name}：")
    assert all(reason.sentence in page.why.text() for reason in waits.assessment.reasons)


def test_large_text_leaves_the_room_to_the_table(page: RecheckPage, qtbot: QtBot) -> None:
    page.students.choose(page.students.records[2])
    prints, why = page.print, page.why
    assert prints.isVisible()
    assert why.isVisible()
    current_appearance().choose(Scheme.LIGHT, 2.0)
    qtbot.waitUntil(lambda: not prints.isVisible())
    page.students.choose(page.students.records[1])
    assert not why.isVisible()
    current_appearance().choose(Scheme.LIGHT, 1.0)
    qtbot.waitUntil(prints.isVisible)


def test_forms_are_printed_from_here(
    page: RecheckPage, recheck_window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    page.classes.choose(page.classes.records[1])
    page.print_forms()
    idle(qtbot, runner)
    assert recheck_window.shell
    papers = recheck_window.shell.page
    assert isinstance(papers, ReviewPapersPage)
    current = papers.table.current
    assert current
    assert (current.kind, current.name) == (PaperKind.RECHECK_FORMS, "软件2602班")


def test_who_was_keyed_in_and_not_saved_is_marked_and_found(
    page: RecheckPage, subjects: list[str], qtbot: QtBot, runner: Runner
) -> None:
    assert "没有保存" not in page.state_sentence
    page.desk.change(
        lambda session, _: keep_draft(session, RECHECK, subjects[1], RecheckDraft({"name": "王"})),
        owner=page,
        title="",
    )
    idle(qtbot, runner)
    assert "本机有 1 人录入了还没有保存。" in page.state_sentence
    page.chips.choose(UNSAVED)
    assert [one.student.subject for one in page.students.records] == [subjects[1]]
    model = page.students.view.model()
    texts = [model.index(0, place).data() for place in range(model.columnCount())]
    assert "录入了还没有保存，请打开核对以后保存。" in texts


def test_forms_come_in_to_the_end_and_one_is_given_to_its_student_by_hand(
    page: RecheckPage, tmp_path: Path, qtbot: QtBot, runner: Runner
) -> None:
    folder = tmp_path / "手机"
    folder.mkdir()
    third, other = identity(3), identity(4)
    (folder / "IMG_2041.jpg").write_bytes(scan(31))
    (folder / f"{other.name} {other.student_number}.jpg").write_bytes(scan(32))
    (folder / f"{identity(1).student_number}.jpg").write_bytes(scan(33, blur=5))
    (folder / "扫描.pdf").write_bytes(b"%PDF-1.7")
    page.collect()
    walk = Walk(page, qtbot, runner)
    assert walk.step == PLACE
    walk.fill(source=str(folder))
    assert walk.step == FOUND
    found = walk.wizard.page
    assert isinstance(found, FoundStep)
    assert {line.doubts for line in found.table.records} == {"别的班级", "模糊、换下已有的"}
    found.chips.choose(str(Verdict.REFUSED))
    assert "PDF" in "".join(found.details.texts)
    found.chips.choose(str(Verdict.WHOSE))
    qtbot.waitUntil(lambda: found.photo.words == "")
    assert found.assign.isVisibleTo(found)
    QTest.keyClicks(found.assign.line, third.student_number)
    QTest.keyClick(found.assign.line, Qt.Key.Key_Return)
    assert found.table.records[0].name == third.name
    assert found.table.records[0].decision == "收入"
    found.chips.choose(WITHOUT)
    walk.go_on()
    assert walk.step == REASON
    walk.fill(reason="照片上写着姓名，看得清")
    assert walk.step == CONFIRM
    assert "收入复查表 1 张" in walk.sentences
    assert third.name in walk.sentences
    walk.go_on()
    assert walk.step == DONE
    assert "已收入复查表 1 张" in walk.sentences
    walk.go_on()
    idle(qtbot, runner)
    assert page.missing_words == "软件2601班的复查表已经收齐。"
    assert "6 人，已交复查表 3 张" in page.state_sentence


def test_a_class_comes_as_one_scan_to_the_end_and_everybody_is_known_by_the_code(
    page: RecheckPage, tmp_path: Path, qtbot: QtBot, runner: Runner
) -> None:
    other = page.classes.records[1].group.id

    def printed(session: Session) -> bytes:
        return make_papers(session, RECHECK, PaperKind.RECHECK_FORMS, [other]).pdf

    forms = pages_of(ask(page, qtbot, printed))
    sides = [side for form in forms for side in (form, blank_page(size=form.size))]
    sides[2] = sides[2].rotate(180)
    scanned = tmp_path / "scan0001.pdf"
    scanned.write_bytes(as_pdf(sides))
    page.classes.choose(page.classes.records[1])
    page.collect()
    walk = Walk(page, qtbot, runner)
    walk.fill(source=str(scanned))
    assert walk.step == FOUND
    found = walk.wizard.page
    assert isinstance(found, FoundStep)
    assert "共 3 张，可以收入的 3 张" in found.sentence
    assert "空白页 3 页，已跳过：scan0001.pdf 第2、4、6页。" in found.sentence
    assert "现在选了收入 3 张" in found.sentence
    found.chips.choose(str(Verdict.READY))
    names = [identity(n).name for n in (4, 5, 6)]
    assert [line.name for line in found.table.records] == names
    assert [line.file for line in found.table.records][1] == "scan0001.pdf 第3页"
    qtbot.waitUntil(lambda: found.photo.words == "")
    walk.go_on()
    assert walk.step == CONFIRM
    assert "收入复查表 3 张" in walk.sentences
    assert "1 张横放或者倒放的，按表上的二维码转正" in walk.sentences
    assert "扫描件每一页存成一张照片，共 3 张" in walk.sentences
    assert "其余" not in walk.sentences
    walk.go_on()
    assert walk.step == DONE
    assert "已收入复查表 3 张" in walk.sentences
    assert "1 张已转正" in walk.sentences
    walk.go_on()
    idle(qtbot, runner)
    assert page.missing_words == "软件2602班的复查表已经收齐。"
    assert "6 人，已交复查表 5 张" in page.state_sentence


def test_a_form_for_practice_can_not_be_given_to_anybody(
    page: RecheckPage, subjects: list[str], tmp_path: Path, qtbot: QtBot, runner: Runner
) -> None:
    head = FormHead("学校", "复查", "学院", "软件2601班", "王老师", training=True)
    form = RecheckForm(head, ("name",), 1, "202600000001", form_code(RECHECK, subjects[2]))
    scanned = tmp_path / "scan0001.pdf"
    scanned.write_bytes(as_pdf(pages_of(render_forms([form]).data)))
    page.collect()
    walk = Walk(page, qtbot, runner)
    walk.fill(source=str(scanned))
    found = walk.wizard.page
    assert isinstance(found, FoundStep)
    found.chips.choose(str(Verdict.REFUSED))
    assert "练习用的表" in "".join(found.details.texts)
    assert not found.assign.isEnabled()
    found.assign.chosen.emit(subjects[2])
    assert "现在选了收入 0 张" in found.sentence
    walk.go_on()
    assert walk.step == FOUND
    walk.wizard.reject()


def test_a_scan_that_was_not_copied_whole_is_told_where_it_was_chosen(
    page: RecheckPage, tmp_path: Path, qtbot: QtBot, runner: Runner
) -> None:
    scanned = tmp_path / "scan0001.pdf"
    scanned.write_bytes(as_pdf([blank_page()])[:-300])
    page.collect()
    walk = Walk(page, qtbot, runner)
    walk.fill(source=str(scanned))
    assert walk.step == PLACE
    assert walk.wizard.failure
    assert walk.wizard.failure.code == "JC-654"
    walk.wizard.reject()


def test_forms_are_saved_where_a_person_says(
    page: RecheckPage, tmp_path: Path, chosen: list[Any], qtbot: QtBot, runner: Runner
) -> None:
    target = tmp_path / "stick"
    target.mkdir()
    chosen.append(target)
    page.save_class()
    idle(qtbot, runner)
    saved = sorted(path.name for path in (target / "软件2601班-入学资格复查表").iterdir())
    assert saved == [f"{identity(n).student_number}+{identity(n).name}.jpg" for n in (1, 2)]
    assert "2 张复查表" in page.state_sentence


def test_all_who_agree_are_called_sound_by_two_people(
    page: RecheckPage, subjects: list[str], qtbot: QtBot, runner: Runner
) -> None:
    def compare(session: Session) -> None:
        for one in everybody(session):
            if one.student.subject in subjects[:2]:
                key_in(session, RECHECK, one.student.subject, truth(one))

    ask(page, qtbot, compare)
    page.refresh()
    idle(qtbot, runner)
    page.call_all_sound()
    walk = Walk(page, qtbot, runner)
    walk.fill(part="first", reviewer="张老师")
    assert f"2 名学生初核，意见都是“符合”：{identity(1).name}、{identity(2).name}" in walk.sentences
    assert "其余 1 人不在其中" in walk.sentences
    walk.go_on()
    assert "已登记 2 人" in walk.sentences
    walk.go_on()
    idle(qtbot, runner)
    page.call_all_sound()
    walk = Walk(page, qtbot, runner)
    walk.fill(part="second", reviewer="张老师")
    assert walk.step == "form"  # it must be another person
    walk.fill(part="second", reviewer="李老师")
    walk.go_on()
    walk.go_on()
    idle(qtbot, runner)
    standings = [one.assessment.standing for one in page.students.records]
    assert standings == [Standing.APPROVED, Standing.APPROVED, Standing.NO_FORM]


def test_without_a_re_check_the_page_says_what_to_do(
    college_window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    assert college_window.shell
    college_window.shell.open("recheck")
    idle(qtbot, runner)
    page = college_window.shell.page
    assert isinstance(page, RecheckPage)
    assert page.state_sentence == "还没有入学资格复查的批次。"
    assert page.collect() is None
    assert page.call_all_sound() is None
    page.compare()
    page.save_class()
