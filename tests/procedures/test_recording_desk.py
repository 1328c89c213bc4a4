"""The desk on which a signed sheet lies: its rows as printed, and what is recorded about them."""

import pytest

from desktop.domain.sheets import Mark, Sheet
from desktop.errors import NotAllowed, NotFound
from desktop.procedures.deciding.decisions import decide_correction
from desktop.procedures.evidence_files import Evidence
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
from desktop.procedures.signing.recording_desk import sheet_on_desk, sheets_of_class
from desktop.procedures.signing.sheets import make_sheets
from desktop.store import registration
from tests.conftest import ROUND, School


@pytest.fixture
def sheet(school: School) -> Sheet:
    """A sheet of the first class of the first college."""
    (made,) = make_sheets(school.first, ROUND, [school.classes(school.first)[0].id]).sheets
    return made


def test_a_fresh_sheet_has_every_row_as_printed_and_nothing_recorded(
    school: School, sheet: Sheet
) -> None:
    desk = sheet_on_desk(school.first, ROUND, f" {sheet.number} ")
    assert [(row.number, row.student) for row in desk.rows] == [
        (row.number, row.student) for row in sheet.rows
    ]
    assert all(row.identity.name and row.mark is None and not row.void for row in desk.rows)
    assert desk.recorded == 0
    assert [box.who for box in desk.missing_sign_offs] == ["class_teacher", "head", "seal"]
    assert desk.group.name == "软件2601班"


def test_what_was_recorded_stands_in_its_row(school: School, sheet: Sheet) -> None:
    college = school.first
    one, two, three = (row.student for row in sheet.rows)
    marks = [StudentMark(one, Mark.SIGNED), StudentMark(two, Mark.UNSIGNED, "住院")]
    record_marks(college, ROUND, sheet.number, marks)
    report_place(college, ROUND, PlaceReport(three, "given_up", "出国", "声明书"))
    record_sign_off(college, ROUND, sheet.number, "head", "刘院长", "2026-09-20")
    added = AddedStudent(sheet.number, "赵新", "漏列", exam_number="26420601110999")
    record_addition(college, ROUND, added)
    desk = sheet_on_desk(college, ROUND, sheet.number)
    assert [(r.mark, r.explanation, r.place) for r in desk.rows] == [
        (Mark.SIGNED, "", ""),
        (Mark.UNSIGNED, "住院", ""),
        (None, "", "given_up"),
    ]
    assert desk.recorded == 3
    assert [box.who for box in desk.missing_sign_offs] == ["class_teacher", "seal"]
    assert [addition.name for addition in desk.additions] == ["赵新"]


def test_a_void_row_says_why_and_a_correction_is_shown(school: School, sheet: Sheet) -> None:
    college = school.first
    one = sheet.rows[0].student
    proposed = ProposedCorrection(one, "sex", "女", "身份证为准")
    confirmed = ["id-sex-mismatch"]  # the ID number says otherwise; both looked at the card
    scans = [Evidence("身份证.jpg", b"scan")]
    propose_correction(college, ROUND, proposed, scans, confirmed=confirmed)
    (correction,) = sheet_on_desk(college, ROUND, sheet.number).rows[0].corrections
    assert (correction.field, correction.decision) == ("sex", "")
    school.carry(college, school.registrar)
    with school.registrar.unit_of_work() as unit:
        (open_one,) = registration.corrections(unit.connection, ROUND)
    decide_correction(
        school.registrar,
        ROUND,
        open_one.subject,
        accept=True,
        reason="属实",
        confirmed=confirmed,
    )
    school.carry(school.registrar, college)
    rows = sheet_on_desk(college, ROUND, sheet.number).rows
    assert all("有变动" in row.void for row in rows)


def test_the_sheets_of_a_class_are_listed_latest_first(school: School, sheet: Sheet) -> None:
    again = make_sheets(school.first, ROUND, [sheet.class_id]).sheets[0]
    found = [desk.sheet.number for desk in sheets_of_class(school.first, ROUND, sheet.class_id)]
    assert found == [again.number, sheet.number]
    assert sheets_of_class(school.first, ROUND, "class:nobody") == []


def test_who_has_no_sheets_has_no_desk(school: School, sheet: Sheet) -> None:
    with pytest.raises(NotFound):
        sheet_on_desk(school.first, ROUND, "002-99999-99")
    with pytest.raises(NotAllowed):
        sheet_on_desk(school.registrar, ROUND, sheet.number)
