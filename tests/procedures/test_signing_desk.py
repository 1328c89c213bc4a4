"""The classes of a college: one next action each, through a whole round."""

import pytest

from desktop.domain.sheets import Mark
from desktop.domain.signing import Action
from desktop.errors import NotAllowed
from desktop.procedures.evidence_files import Evidence
from desktop.procedures.registration.student_registration import issue
from desktop.procedures.signing.recording import (
    PlaceReport,
    ProposedCorrection,
    StudentMark,
    propose_correction,
    record_marks,
    record_sign_off,
    report_place,
)
from desktop.procedures.signing.recording_desk import sheet_on_desk
from desktop.procedures.signing.signing_desk import ClassLine, class_lines, class_list
from tests.conftest import ROUND, School, roster_rows
from tests.procedures.acts import SIGNED_ON, members, print_class, rename, sign, sign_off

CLASS = "软件2601班"


def line(school: School) -> ClassLine:
    """Return the first class of the first college."""
    return next(one for one in class_lines(school.first, ROUND) if one.group.name == CLASS)


def test_a_class_goes_from_print_to_registered(school: School) -> None:
    college = school.first
    assert [one.group.name for one in class_lines(college, ROUND)] == ["软件2601班", "软件2602班"]
    assert line(school).next.action is Action.PRINT
    assert line(school).unprinted == tuple(s.identity.name for s in members(college, CLASS))
    sheet = print_class(college, CLASS)
    assert line(school).next.words == "登记签字"
    assert (line(school).sheets, line(school).printed_at) == ((sheet.number,), sheet.printed_at)
    record_marks(college, ROUND, sheet.number, [StudentMark(sheet.rows[0].student, Mark.SIGNED)])
    assert line(school).next.words == "登记其余 2 人的签字"
    sign(college, sheet)
    assert line(school).next.words == "补班主任、主要负责人签字和印章"
    for who in ("class_teacher", "head"):
        record_sign_off(college, ROUND, sheet.number, who, "钱主任", SIGNED_ON)
    assert line(school).next.words == "补盖院部印章"
    record_sign_off(college, ROUND, sheet.number, "seal", "院部", SIGNED_ON)
    assert line(school).next.action is Action.EXPORT
    assert line(school).standing.ready == 3
    school.carry(college, school.registrar)
    assert line(school).next.action is Action.WAIT
    issue(school.registrar, ROUND)
    school.carry(school.registrar, college)
    assert line(school).next.action is Action.NOTHING


def test_who_did_not_sign_is_caught_up_after_sending(school: School) -> None:
    college = school.first
    sheet = print_class(college, CLASS)
    marks = [StudentMark(row.student, Mark.UNSIGNED, "请假") for row in sheet.rows[:2]]
    marks.append(StudentMark(sheet.rows[2].student, Mark.SIGNED))
    record_marks(college, ROUND, sheet.number, marks)
    sign_off(college, sheet)
    school.carry(college, school.registrar)
    assert line(school).next.words == "补 2 人的签字"


def test_what_changed_since_the_print_is_said_page_by_page(school: School) -> None:
    college = school.first
    sheet = print_class(college, CLASS)
    sign(college, sheet)
    row = next(row for row in roster_rows() if row.class_name == CLASS)
    rename(school.registrar, row, name="王晓铭")
    school.carry(school.registrar, college)
    changed = line(school)
    assert changed.next.words == "重新打印 3 人的签字表"
    assert [(state.sheet, state.page) for state in changed.void] == [(sheet.number, 1)]
    assert "王晓铭" in changed.void[0].void
    assert changed.standing.recorded == 0  # what stands on a void page does not count
    again = print_class(college, CLASS, only_needed=True)
    assert line(school).void == ()
    assert line(school).next.action is not Action.PRINT_AGAIN
    sign(college, again)
    assert line(school).sheets == (again.number,)


def test_a_place_that_was_given_up_needs_no_signature(school: School) -> None:
    college = school.first
    sheet = print_class(college, CLASS)
    report_place(college, ROUND, PlaceReport(sheet.rows[0].student, "given_up", "出国", "声明书"))
    sign(college, sheet, leaving_out={sheet.rows[0].student})
    assert line(school).standing.recorded == 3
    assert line(school).next.action is Action.SIGN_OFF


def test_what_two_seats_recorded_differently_is_settled_first(school: School) -> None:
    sheet = print_class(school.first, CLASS)
    assert school.carry(school.first, school.first_again).refusals == ()
    student = sheet.rows[0].student
    unsigned = StudentMark(student, Mark.UNSIGNED, "请假")
    record_marks(school.first, ROUND, sheet.number, [StudentMark(student, Mark.SIGNED)])
    record_marks(school.first_again, ROUND, sheet.number, [unsigned])
    assert school.carry(school.first_again, school.first).refusals == ()
    assert line(school).next.words == "核对 1 人不一致的登记"
    assert sheet_on_desk(school.first, ROUND, sheet.number).rows[0].disputed
    record_marks(school.first, ROUND, sheet.number, [StudentMark(student, Mark.SIGNED)])
    assert line(school).standing.disputed == 0


def test_the_list_of_a_class_marks_rare_characters_and_proposals(school: School) -> None:
    college = school.first
    row = next(row for row in roster_rows() if row.class_name == CLASS)
    rename(school.registrar, row, name="王喆𡈽")
    school.carry(school.registrar, college)
    listed = class_list(college, ROUND, line(school).group.id).members
    (rare,) = [one for one in listed if one.rare]
    assert rare.rare == "喆𡈽"
    proposed = ProposedCorrection(rare.subject, "name", "王喆土", "身份证为准")
    propose_correction(college, ROUND, proposed, [Evidence("身份证.jpg", b"scan")])
    found = class_list(college, ROUND, line(school).group.id).members
    assert [one.corrections[0].new for one in found if one.corrections] == ["王喆土"]


def test_only_a_college_has_classes_of_its_own(school: School) -> None:
    with pytest.raises(NotAllowed):
        class_lines(school.registrar, ROUND)
