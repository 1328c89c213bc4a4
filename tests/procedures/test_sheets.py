"""Signature sheets: who stands on which page, when it no longer counts, what is made again."""

from dataclasses import replace
from hashlib import sha256

import pytest

from desktop.domain.sheets import Mark, sheet_number_valid
from desktop.errors import Cancelled, NotAllowed, NotFound, RoundNotOpen, SheetVoid
from desktop.procedures.decisions import decide_correction
from desktop.procedures.recording import (
    Evidence,
    ProposedCorrection,
    StudentMark,
    propose_correction,
    record_marks,
)
from desktop.procedures.rounds import close_round, reopen_round
from desktop.procedures.session import cancel
from desktop.procedures.sheets import make_sheets
from tests.conftest import ROUND, School, roster_rows

from .acts import (
    class_id,
    complete_class,
    fill_class,
    members,
    print_class,
    reasons,
    rename,
    sign,
    sign_off,
    void_pages,
)

CLASS = "软件2601班"


def test_everybody_of_a_class_stands_on_its_sheet_once(school: School) -> None:
    sheet = print_class(school.first, CLASS)
    assert [row.student for row in sheet.rows] == [
        student.subject for student in members(school.first, CLASS)
    ]
    assert sheet_number_valid(sheet.number)
    assert void_pages(school.first, sheet) == set()


def test_one_pdf_holds_the_sheets_of_several_classes_and_is_kept(school: School) -> None:
    classes = [class_id(school.first, name) for name in (CLASS, "软件2602班")]
    made = make_sheets(school.first, ROUND, classes)
    assert [sheet.class_id for sheet in made.sheets] == classes
    assert made.pdf.startswith(b"%PDF")
    assert made.document.sha256 == sha256(made.pdf).hexdigest()
    assert school.first.store.attachments.get(made.document.sha256) == made.pdf
    assert made.document.pages == 2


def test_no_two_sheets_of_an_office_have_one_number(school: School) -> None:
    numbers = [
        print_class(session, CLASS).number
        for session in (school.first, school.first_again, school.first, school.first_again)
    ]
    assert len(set(numbers)) == 4
    assert {number[:3] for number in numbers} == {"002", "003"}


def test_only_the_page_on_which_something_changed_is_void_and_printed_again(
    school: School,
) -> None:
    fill_class(school, CLASS, 30)
    sheet = complete_class(school.first, CLASS)
    assert sheet.pages == (1, 2)
    rename(school.registrar, roster_rows()[0], name="王大改")
    school.carry(school.registrar, school.first)
    assert void_pages(school.first, sheet) == {1}
    on_page = {page: [r for r in sheet.rows if r.page == page] for page in (1, 2)}
    mark = StudentMark(on_page[1][5].student, Mark.SIGNED)
    with pytest.raises(SheetVoid, match=r"第1页已作废.*王大改"):
        record_marks(school.first, ROUND, sheet.number, [mark])
    # the other page counts as before
    mark = StudentMark(on_page[2][0].student, Mark.SIGNED)
    record_marks(school.first, ROUND, sheet.number, [mark])
    again = print_class(school.first, CLASS, only_needed=True)
    assert again.pages == (1,)
    assert again.page_count == 2
    assert {r.student for r in again.rows} == {r.student for r in on_page[1]}
    changed, untouched = on_page[1][0].student, on_page[2][0].student
    assert "sheet-void" in reasons(school.first, changed)
    sign(school.first, again)
    sign_off(school.first, again)
    assert set(reasons(school.first, changed)) == {"signed"}
    assert set(reasons(school.first, untouched)) == {"signed"}


def test_nothing_is_printed_again_while_everything_counts(school: School) -> None:
    print_class(school.first, CLASS)
    with pytest.raises(NotFound):
        print_class(school.first, CLASS, only_needed=True)


def test_a_student_who_came_later_needs_a_page(school: School) -> None:
    sheet = print_class(school.first, CLASS)
    fill_class(school, CLASS, 4)
    again = print_class(school.first, CLASS, only_needed=True)
    new = {row.student for row in again.rows} - {row.student for row in sheet.rows}
    assert len(new) == 1
    assert void_pages(school.first, sheet) == set()


def test_a_student_who_moved_makes_the_old_page_void(school: School) -> None:
    sheet = print_class(school.first, CLASS)
    row = roster_rows()[0]
    rename(school.registrar, replace(row, class_name="软件2602班"))
    school.carry(school.registrar, school.first)
    assert void_pages(school.first, sheet) == {1}


def test_what_is_not_printed_may_change(school: School) -> None:
    sheet = print_class(school.first, CLASS)
    rename(school.registrar, roster_rows()[0], phone="13900000000")
    school.carry(school.registrar, school.first)
    assert void_pages(school.first, sheet) == set()


@pytest.mark.parametrize(("noted", "void"), [(True, set()), (False, {1})])
def test_a_correction_that_is_written_on_the_sheet_leaves_it_good(
    school: School, noted: bool, void: set[int]
) -> None:
    sheet = complete_class(school.first, CLASS)
    student = members(school.first, CLASS)[0].subject
    proposed = ProposedCorrection(
        student, "name", "王小喆", "身份证为准", sheet.number if noted else ""
    )
    subject = propose_correction(school.first, ROUND, proposed, [Evidence("身份证.jpg", b"jpg")])
    school.carry(school.first, school.registrar)
    assert void_pages(school.registrar, sheet) == set()
    decide_correction(school.registrar, ROUND, subject, accept=True, reason="材料齐全")
    assert void_pages(school.registrar, sheet) == void
    school.carry(school.registrar, school.first)
    assert void_pages(school.first, sheet) == void


def test_only_the_college_prints_and_only_its_own_classes(school: School) -> None:
    with pytest.raises(NotAllowed):
        print_class(school.registrar, CLASS)
    with pytest.raises(NotFound):  # the college does not even know the other one's class
        make_sheets(school.first, ROUND, [class_id(school.second, "护理2601班")])
    with pytest.raises(NotFound):
        make_sheets(school.first, ROUND, ["class:没有"])


def test_nothing_is_printed_when_the_round_is_closed_or_the_user_stops(school: School) -> None:
    with pytest.raises(Cancelled):
        make_sheets(school.first, ROUND, [class_id(school.first, CLASS)], progress=cancel)
    close_round(school.registrar, ROUND)
    school.carry(school.registrar, school.first)
    with pytest.raises(RoundNotOpen):
        print_class(school.first, CLASS)
    reopen_round(school.registrar, ROUND, "补办")
    school.carry(school.registrar, school.first)
    assert print_class(school.first, CLASS).number.startswith("002-00001-")
