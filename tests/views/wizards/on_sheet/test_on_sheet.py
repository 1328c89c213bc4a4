"""What is written on a sheet besides signatures: each wizard to its end, and its rules."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop.domain.sheets import Mark, Sheet
from desktop.domain.students import Identity
from desktop.errors import FileUnreadable
from desktop.procedures.evidence_files import Evidence, read_evidence
from desktop.procedures.session import Session
from desktop.procedures.signing.recording import (
    AddedStudent,
    PlaceReport,
    ProposedCorrection,
    StudentMark,
    propose_correction,
    record_addition,
    record_marks,
    record_sign_off,
    report_place,
)
from desktop.procedures.signing.recording_desk import DeskSheet, sheet_on_desk
from desktop.procedures.signing.sheets import make_sheets
from desktop.procedures.signing.signing_desk import class_lines
from desktop.views.dialogs import asking
from desktop.views.frame.window import MainWindow
from desktop.views.pages.recording.page import RecordingPage
from desktop.views.wizards.frame import Wizard
from desktop.views.wizards.on_sheet import addition, correction, place, retraction
from desktop.views.wizards.on_sheet.evidence_step import EvidenceStep
from desktop.views.wizards.step_pages import ChoiceStep, FormStep
from tests.conftest import FAR_DAY, ROUND, identity
from tests.views.desks import ask, open_page, settle


@pytest.fixture
def window(college_window: MainWindow) -> MainWindow:
    return college_window


@pytest.fixture
def sheet(window: MainWindow, qtbot: QtBot) -> Sheet:
    def prepare(session: Session) -> Sheet:
        first = class_lines(session, ROUND)[0].group.id
        return make_sheets(session, ROUND, [first]).sheets[0]

    return ask(window, qtbot, prepare)


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot, sheet: Sheet) -> RecordingPage:
    return open_page(window, qtbot, RecordingPage, sheet.number)


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A small photo."""
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(0xFFFFFF)
    path = tmp_path / "身份证.png"
    assert picture.save(str(path))
    return path


def fill(wizard: Wizard[object], window: MainWindow, qtbot: QtBot, **texts: str) -> None:
    """Fill in the form in sight, and go on."""
    assert isinstance(wizard.page, FormStep)
    wizard.page.fill(**texts)
    wizard.go_on()
    settle(window, qtbot)


def on_desk(window: MainWindow, qtbot: QtBot, sheet: Sheet) -> DeskSheet:
    """Return what is recorded about the sheet now."""
    return ask(window, qtbot, lambda session: sheet_on_desk(session, ROUND, sheet.number))


def test_a_correction_travels_with_its_scan(
    page: RecordingPage, window: MainWindow, qtbot: QtBot, sheet: Sheet, scan: Path
) -> None:
    wizard = page.propose_correction()
    assert wizard
    fill(wizard, window, qtbot, new="王大明", explanation="以身份证为准")
    evidence = wizard.page
    assert isinstance(evidence, EvidenceStep)
    wizard.go_on()
    assert wizard.step == correction.EVIDENCE  # nothing is attached yet
    evidence.attach([scan, scan])
    assert evidence.list.count() == 1
    assert not evidence.list.item(0).icon().isNull()
    wizard.go_on()
    settle(window, qtbot)
    assert wizard.step == correction.DONE
    wizard.go_on()
    settle(window, qtbot)
    (proposed,) = on_desk(window, qtbot, sheet).rows[0].corrections
    assert (proposed.field, proposed.new, proposed.sheet) == ("name", "王大明", sheet.number)
    assert page.draft
    assert page.draft.desk.rows[0].corrections == (proposed,)  # the page has read anew


def test_a_student_is_added_by_hand(
    page: RecordingPage, window: MainWindow, qtbot: QtBot, sheet: Sheet
) -> None:
    wizard = page.add_student()
    assert wizard
    fill(wizard, window, qtbot, name="赵新")
    assert wizard.step == addition.STUDENT
    fill(wizard, window, qtbot, exam_number="26420601110999", explanation="漏列")
    assert wizard.step == addition.DONE
    wizard.go_on()
    settle(window, qtbot)
    assert [a.name for a in on_desk(window, qtbot, sheet).additions] == ["赵新"]


def test_a_student_whose_sex_and_id_number_disagree_is_asked_about(
    page: RecordingPage,
    window: MainWindow,
    qtbot: QtBot,
    sheet: Sheet,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[str, Callable[[], None]]] = []
    monkeypatch.setattr(asking, "ask_yes", lambda _p, text, _v, then: asked.append((text, then)))
    wizard = page.add_student()
    assert wizard
    said = {"name": "赵新", "sex": "女", "id_number": "420601200801011011", "explanation": "漏列"}
    fill(wizard, window, qtbot, **said)
    assert wizard.step == addition.STUDENT
    ((question, yes),) = asked
    assert "性别" in question
    assert question.endswith("材料上确实如此吗？")
    assert on_desk(window, qtbot, sheet).additions == ()
    yes()
    settle(window, qtbot)
    assert wizard.step == addition.DONE
    assert len(asked) == 1
    wizard.go_on()
    settle(window, qtbot)
    assert [a.name for a in on_desk(window, qtbot, sheet).additions] == ["赵新"]


def test_a_place_is_kept_until_a_day(
    page: RecordingPage, window: MainWindow, qtbot: QtBot, sheet: Sheet
) -> None:
    wizard = page.report_place()
    assert wizard
    assert isinstance(wizard.page, ChoiceStep)
    wizard.page.choose(place.KEPT)
    wizard.go_on()
    fill(wizard, window, qtbot, explanation="应征入伍", document="入伍通知书", until="明年")
    assert wizard.step == place.PAPER
    fill(wizard, window, qtbot, until=FAR_DAY)
    wizard.go_on()
    settle(window, qtbot)
    assert wizard.step == place.DONE
    wizard.reject()
    assert on_desk(window, qtbot, sheet).rows[0].place == "kept"


def test_a_correction_must_change_something_and_say_why() -> None:
    draft = correction.CorrectionDraft("r", "student:1", identity(5))
    assert correction.problems(correction.FIELD, draft).keys() == {"new", "explanation"}
    same = replace(draft, new=identity(5).name, explanation="以身份证为准")
    assert "相同" in correction.problems(correction.FIELD, same)["new"]
    wrong = replace(same, field="id_number", new=identity(5).id_number[:-1] + "?")
    assert "校验位" in correction.problems(correction.FIELD, wrong)["new"]
    good = replace(same, new="王大明")
    assert correction.problems(correction.FIELD, good) == {}
    assert correction.problems(correction.EVIDENCE, good).keys() == {"files"}
    assert [field for field, _title in correction.correctable()][:2] == ["name", "student_number"]
    assert "remark" not in dict(correction.correctable())
    assert "（空）" in correction.standing(
        correction.CorrectionDraft("r", "s", Identity(name="王"), field="phone")
    )


def test_a_place_that_is_kept_has_a_day_and_an_addition_a_number() -> None:
    draft = place.PlaceDraft("r", "student:1", "王小明", explanation="出国", document="声明书")
    assert place.problems(place.PAPER, draft) == {}
    assert place.problems(place.PAPER, replace(draft, kind=place.KEPT)).keys() == {"until"}
    added = addition.AdditionDraft("r", "n", "软件2601班", name="赵新", explanation="漏列")
    assert addition.problems(addition.STUDENT, added).keys() == {"student_number"}
    wrong = replace(added, id_number="420602200803010010")
    assert addition.problems(addition.STUDENT, wrong).keys() == {"id_number"}


def test_a_file_that_can_not_be_read_is_told(tmp_path: Path) -> None:
    empty = tmp_path / "空.pdf"
    empty.touch()
    for path in (empty, tmp_path / "没有.pdf"):
        with pytest.raises(FileUnreadable, match=path.name):
            read_evidence([str(path)])


def test_what_was_saved_by_mistake_is_taken_back_one_by_one(
    page: RecordingPage, window: MainWindow, qtbot: QtBot, sheet: Sheet
) -> None:
    nothing = page.retract()
    assert nothing
    nothing.go_on()
    assert nothing.step == retraction.WHAT  # nothing is saved yet
    nothing.reject()
    settle(window, qtbot)

    def record(session: Session) -> None:
        student = sheet.rows[0].student
        record_marks(session, ROUND, sheet.number, [StudentMark(student, Mark.SIGNED)])
        report_place(session, ROUND, PlaceReport(student, "given_up", "出国", "声明书"))
        propose_correction(
            session,
            ROUND,
            ProposedCorrection(student, "ethnicity", "苗族", "为准"),
            [Evidence("a", b"a")],
        )
        record_addition(
            session, ROUND, AddedStudent(sheet.number, "赵新", "漏列", exam_number="2642")
        )
        record_sign_off(session, ROUND, sheet.number, "head", "刘院长", "2026-09-20")

    ask(window, qtbot, record)
    page.refresh()
    settle(window, qtbot)
    kinds = []
    for _time in range(5):
        page.place.table.go_to(0)
        wizard = page.retract()
        assert wizard
        kinds.append(wizard.draft.chosen.partition(" ")[0])
        wizard.go_on()
        assert wizard.step == retraction.WHAT  # a reason is wanted
        fill(wizard, window, qtbot, reason="看错了行")
        assert wizard.step == retraction.DONE
        wizard.go_on()
        settle(window, qtbot)
    assert kinds == [
        retraction.MARK,
        retraction.PLACE,
        retraction.CORRECTION,
        retraction.ADDITION,
        retraction.SIGN_OFF,
    ]
    desk = on_desk(window, qtbot, sheet)
    assert retraction.retractable(desk, desk.rows[0]) == ()
    assert desk.recorded == 0
    lines = ask(window, qtbot, lambda session: class_lines(session, ROUND))
    assert lines[0].standing.recorded == 0
