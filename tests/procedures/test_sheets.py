"""Signature sheets: who stands on which page, when it no longer counts, what is made again."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from hashlib import sha256

import pytest

from desktop.domain.import_problems import RosterRow
from desktop.domain.papers import SignatureSheet
from desktop.domain.sheets import Mark, sheet_number_valid
from desktop.domain.student_registration import Outcome
from desktop.errors import Cancelled, NotAllowed, NotFound, NothingToExport, RoundNotOpen, SheetVoid
from desktop.printing.signature_sheets import render_signature_sheets
from desktop.procedures.deciding.decisions import decide_correction
from desktop.procedures.evidence_files import Evidence
from desktop.procedures.imports.rosters import admit_rows
from desktop.procedures.registration.student_registration import issue
from desktop.procedures.rounds import close_round, reopen_round
from desktop.procedures.session import cancel
from desktop.procedures.signing.recording import (
    ProposedCorrection,
    StudentMark,
    propose_correction,
    record_marks,
)
from desktop.procedures.signing.sheets import make_sheets
from tests.conftest import ROUND, School, identity, roster_rows

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
    verdicts,
    void_pages,
)

CLASS = "软件2601班"


@pytest.fixture
def papers(monkeypatch: pytest.MonkeyPatch) -> list[SignatureSheet]:
    """Return every paper that is printed from now on."""
    printed: list[SignatureSheet] = []

    def render(sheets: Sequence[SignatureSheet]) -> bytes:
        printed.extend(sheets)
        return render_signature_sheets(sheets)

    monkeypatch.setattr("desktop.procedures.signing.sheets.render_signature_sheets", render)
    return printed


def why(school: School, students: Collection[str]) -> list[set[str]]:
    """Return the reasons of students' verdicts as the registrar sees them."""
    with suppress(NothingToExport):  # the registrar may know everything already
        school.carry(school.first, school.registrar)
    now = verdicts(school.registrar)
    return [{reason.code for reason in now[s].verdict.reasons} for s in sorted(students)]


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
    assert again.pages == (1, 2)  # of its own: the last has room for the sign-offs
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
    assert {row.student for row in again.rows} == new
    assert again.pages == (1,)
    assert void_pages(school.first, sheet) == set()


def test_a_reprint_has_sign_offs_of_its_own_and_the_other_pages_count_as_before(
    school: School, papers: list[SignatureSheet]
) -> None:
    fill_class(school, CLASS, 45)
    sheet = complete_class(school.first, CLASS)
    first, second = ({r.student for r in sheet.rows if r.page == page} for page in (1, 2))
    assert (len(first), len(second)) == (27, 18)
    rename(school.registrar, roster_rows()[0], name="王大改")
    school.carry(school.registrar, school.first)
    again = print_class(school.first, CLASS, only_needed=True)
    numbers = {row.student: row.number for row in sheet.rows}
    assert {row.student: row.number for row in again.rows} == {s: numbers[s] for s in first}
    sign(school.first, again)
    missing = {"class-teacher-missing", "head-missing", "seal-missing"}
    assert all(reasons_now == missing for reasons_now in why(school, first))
    assert all(reasons_now == {"signed"} for reasons_now in why(school, second))
    sign_off(school.first, again)
    assert all(reasons_now == {"signed"} for reasons_now in why(school, first | second))
    assert issue(school.registrar, ROUND).outcomes[Outcome.REGISTERED] == 45
    whole, supplement = papers
    assert "补充页" in supplement.title
    assert "补充页" not in whole.title
    for paper in papers:
        assert [page.sign_offs for page in paper.pages] == [False, True]
        assert [page.page for page in paper.pages] == [1, 2]
        assert paper.page_count == 2
        assert paper.student_count == 45


def test_a_student_who_joins_in_the_middle_leaves_nobody_without_a_page(
    school: School, papers: list[SignatureSheet]
) -> None:
    fill_class(school, CLASS, 45)
    sheet = complete_class(school.first, CLASS)
    before = {student.subject for student in members(school.first, CLASS)}
    joined = identity(900)._replace(student_number="202600000000")
    row = RosterRow("", 0, joined, "信息技术学院", CLASS)
    admit_rows(school.registrar, ROUND, [row], "补录")
    school.carry(school.registrar, school.first)
    again = print_class(school.first, CLASS, only_needed=True)
    (new,) = again.rows
    assert new.student not in before
    assert [page.sign_offs for page in papers[-1].pages] == [True]
    sign(school.first, again)
    sign_off(school.first, again)
    assert void_pages(school.first, sheet) == set()
    assert all(reasons_now == {"signed"} for reasons_now in why(school, before | {new.student}))


def test_a_class_of_which_nothing_counts_gets_a_whole_sheet(
    school: School, papers: list[SignatureSheet]
) -> None:
    again = print_class(school.first, CLASS, only_needed=True)
    assert len(again.rows) == len(members(school.first, CLASS))
    assert "补充页" not in papers[0].title


def test_a_student_who_moved_makes_the_old_page_void(school: School) -> None:
    sheet = print_class(school.first, CLASS)
    row = roster_rows()[0]
    rename(school.registrar, row._replace(class_name="软件2602班"))
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


def test_two_corrections_of_one_field_that_are_written_on_the_sheet_leave_it_good(
    school: School,
) -> None:
    sheet = complete_class(school.first, CLASS)
    student = members(school.first, CLASS)[0].subject
    for name in ("王二名", "王三名"):
        proposed = ProposedCorrection(student, "name", name, "身份证为准", sheet.number)
        scans = [Evidence("身份证.jpg", name.encode())]
        subject = propose_correction(school.first, ROUND, proposed, scans)
        school.carry(school.first, school.registrar)
        decide_correction(school.registrar, ROUND, subject, accept=True, reason="材料齐全")
        school.carry(school.registrar, school.first)
        assert void_pages(school.registrar, sheet) == set()
        assert void_pages(school.first, sheet) == set()


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
