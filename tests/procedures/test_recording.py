"""What came back on paper is recorded as it stands there, or not at all."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from desktop.bundles.lines import decode
from desktop.domain.id_numbers import check_character
from desktop.domain.rounds import Procedure
from desktop.domain.sheets import Mark
from desktop.errors import (
    CorrectionRefused,
    DecisionStale,
    Incomplete,
    NotAllowed,
    NotFound,
    NotOnSheet,
    ProxyNotAllowed,
    RoundNotOpen,
    Unconfirmed,
    UserError,
)
from desktop.procedures.deciding.decision_desk import decision_desk
from desktop.procedures.deciding.decisions import (
    accept_addition,
    complete_identity,
    decide_correction,
    reject_addition,
)
from desktop.procedures.evidence_files import Evidence
from desktop.procedures.exchange.merging import merge
from desktop.procedures.imports.rosters import admit_rows
from desktop.procedures.registration.boards import class_progress
from desktop.procedures.rounds import NewRound, close_round, open_round
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
    set_class_teacher,
)
from desktop.procedures.signing.sheets import make_sheets
from desktop.store import registration
from desktop.store.students import Student, students_by_subject
from tests.conftest import ROUND, School, roster_rows

from .acts import (
    complete_class,
    members,
    print_class,
    reasons,
    rename,
    sign_off,
    snapshot,
    verdicts,
)

CLASS = "软件2601班"
SCAN = [Evidence("扫描件.pdf", b"%PDF scan")]


def corrections(session: Session) -> list[registration.Correction]:
    with session.unit_of_work() as unit:
        return registration.corrections(unit.connection, ROUND)


def additions(session: Session) -> list[registration.Addition]:
    with session.unit_of_work() as unit:
        return registration.additions(unit.connection, ROUND)


def marks(session: Session) -> dict[str, dict[str, str]]:
    with session.unit_of_work() as unit:
        return registration.texts_of_round(unit.connection, "signature", ROUND)


# --- marks ---------------------------------------------------------------------------------------


def test_every_kind_of_mark_is_recorded_as_on_paper(school: School) -> None:
    sheet = print_class(school.first, CLASS)
    one, two, three = (student.subject for student in members(school.first, CLASS))
    record_marks(
        school.first,
        ROUND,
        sheet.number,
        [
            StudentMark(one, Mark.SIGNED),
            StudentMark(two, Mark.BY_PROXY, "住院", proxy="王父"),
            StudentMark(three, Mark.STRUCK_OUT, "不是本班的"),
        ],
    )
    said = marks(school.first)
    assert (said[one]["mark"], said[one]["sheet"]) == ("signed", sheet.number)
    assert (said[two]["proxy"], said[two]["explanation"]) == ("王父", "住院")
    assert said[three]["mark"] == "struck_out"
    record_marks(
        school.first, ROUND, sheet.number, [StudentMark(two, Mark.SIGNED)]
    )  # the student came after all
    assert marks(school.first)[two]["mark"] == "signed"
    assert marks(school.first)[two]["proxy"] == ""


def refused_mark(school: School, student: str, mark: StudentMark) -> None:
    """Try to record a mark beside one that is fine."""
    sheet = print_class(school.first, CLASS)
    fine = StudentMark(members(school.first, CLASS)[2].subject, Mark.SIGNED)
    record_marks(school.first, ROUND, sheet.number, [fine, replace(mark, student=student)])


@pytest.mark.parametrize(
    ("mark", "error"),
    [
        (StudentMark("", Mark.UNSIGNED), Incomplete),
        (StudentMark("", Mark.STRUCK_OUT), Incomplete),
        (StudentMark("", Mark.BY_PROXY, "住院"), Incomplete),
        (StudentMark("", Mark.BY_PROXY, proxy="王父"), Incomplete),
    ],
)
def test_a_mark_without_what_it_needs_records_nothing(
    school: School, mark: StudentMark, error: type[UserError]
) -> None:
    with pytest.raises(error):
        refused_mark(school, members(school.first, CLASS)[0].subject, mark)
    assert marks(school.first) == {}


def test_a_student_who_is_not_on_the_sheet_is_not_marked_on_it(school: School) -> None:
    other = members(school.first, "软件2602班")[0].subject
    with pytest.raises(NotOnSheet):
        refused_mark(school, other, StudentMark("", Mark.SIGNED))
    assert marks(school.first) == {}


def test_nobody_signs_for_another_where_the_round_does_not_allow_it(school: School) -> None:
    strict = open_round(
        school.registrar,
        NewRound(Procedure.STUDENT_REGISTRATION, "补办", "2026", "2026-12-31"),
    ).id
    admit_rows(school.registrar, strict, roster_rows(), "同一名单")
    merge(school.first, [school.send(school.registrar, "college-01", strict)])

    student = members(school.first, CLASS)[0]
    made = make_sheets(school.first, strict, [student.class_id])
    mark = StudentMark(student.subject, Mark.BY_PROXY, "住院", proxy="王父")
    with pytest.raises(ProxyNotAllowed):
        record_marks(school.first, strict, made.sheets[0].number, [mark])


@pytest.mark.parametrize(
    "spoil",
    [
        lambda number: number[:-1] + str((int(number[-1]) + 1) % 10),  # a digit misread
        lambda number: number[:4] + "9" + number[5:],
        lambda _number: "",
        lambda _number: "第一号",
        lambda _number: "002-00099-" + f"{int('00200099') * 100 % 97:02d}",  # valid, not made
    ],
)
def test_a_number_that_is_no_sheets_is_not_found(
    school: School, spoil: Callable[[str], str]
) -> None:
    sheet = print_class(school.first, CLASS)
    student = members(school.first, CLASS)[0].subject
    wrong = spoil(sheet.number)
    with pytest.raises(NotFound):
        record_marks(school.first, ROUND, wrong, [StudentMark(student, Mark.SIGNED)])
    with pytest.raises(NotFound):
        record_sign_off(school.first, ROUND, wrong, "head", "钱主任", "2026-09-20")


# --- sign-offs -----------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["class_teacher", "head", "seal"])
def test_a_student_waits_for_every_sign_off_that_the_round_asks_for(
    school: School, who: str
) -> None:
    sheet = print_class(school.first, CLASS)
    student = members(school.first, CLASS)[0].subject
    record_marks(school.first, ROUND, sheet.number, [StudentMark(student, Mark.SIGNED)])
    sign_off(school.first, sheet, leaving_out=[who])
    (code,) = reasons(school.first, student)
    assert code.startswith(who.replace("_", "-"))
    record_sign_off(school.first, ROUND, sheet.number, who, "钱主任", "2026-09-21")
    assert set(reasons(school.first, student)) == {"signed"}


@pytest.mark.parametrize(("name", "date"), [("", "2026-09-20"), ("钱主任", "")])
def test_a_sign_off_has_a_name_and_a_date(school: School, name: str, date: str) -> None:
    sheet = print_class(school.first, CLASS)
    with pytest.raises(Incomplete):
        record_sign_off(school.first, ROUND, sheet.number, "head", name, date)


def test_the_class_teacher_is_known_to_the_class(school: School) -> None:
    student = members(school.first, CLASS)[0]
    set_class_teacher(school.first, student.class_id, "孙老师")
    (group,) = [g for g in school.classes(school.first) if g.name == CLASS]
    assert group.class_teacher == "孙老师"


def test_what_is_still_missing_is_said_class_by_class(school: School) -> None:
    complete_class(school.first, CLASS)
    print_class(school.first, "软件2602班")
    done, begun = class_progress(school.first, ROUND)
    assert (done.group.name, done.ready, done.missing) == (CLASS, 3, ())
    assert (begun.printed, begun.recorded, begun.ready) == (3, 0, 0)
    assert begun.missing == ("院部还没有报来本人签字情况。（3人）",)


# --- additions -----------------------------------------------------------------------------------


def stranger(sheet: str, **changes: str) -> AddedStudent:
    added = AddedStudent(
        sheet=sheet,
        name="欧阳頔",
        sex="女",
        exam_number="26420602119999",
        student_number="202699990001",
        id_number="420602200805059983",
        explanation="名单漏列",
    )
    return replace(added, **changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"name": ""},
        {"explanation": ""},
        {"exam_number": "", "student_number": "", "id_number": ""},
    ],
)
def test_an_addition_has_a_name_a_number_and_a_reason(
    school: School, changes: dict[str, str]
) -> None:
    sheet = print_class(school.first, CLASS)
    with pytest.raises(Incomplete):
        record_addition(school.first, ROUND, stranger(sheet.number, **changes))
    assert additions(school.first) == []


def test_a_student_added_by_hand_is_registered_when_the_rest_is_known(school: School) -> None:
    sheet = complete_class(school.first, CLASS)
    subject = record_addition(school.first, ROUND, stranger(sheet.number))
    school.carry(school.first, school.registrar)
    student = accept_addition(school.registrar, ROUND, subject, "招生工作处确认已录取")
    assert set(reasons(school.registrar, student)) == {"incomplete"}
    missing = {
        "birth_date": "20080505",
        "major_code": "510203",
        "major_name": "软件技术",
    }
    complete_identity(school.registrar, student, missing, "录取通知书")
    assert set(reasons(school.registrar, student)) == {"signed"}
    with pytest.raises(CorrectionRefused):
        complete_identity(school.registrar, student, {"name": "欧阳笛"}, "改名")
    with pytest.raises(DecisionStale):
        accept_addition(school.registrar, ROUND, subject, "再来一次")


def test_a_student_added_in_another_class_moves_there(school: School) -> None:
    first = complete_class(school.first, CLASS)
    second = complete_class(school.first, "软件2602班")
    mover = members(school.first, CLASS)[0]
    struck = StudentMark(mover.subject, Mark.STRUCK_OUT, "在另一个班")
    record_marks(school.first, ROUND, first.number, [struck])
    added = AddedStudent(
        second.number, mover.identity.name, "分班有误", exam_number=mover.identity.exam_number
    )
    subject = record_addition(school.first, ROUND, added)
    school.carry(school.first, school.registrar)
    assert set(reasons(school.registrar, mover.subject)) == {"struck-out"}
    assert accept_addition(school.registrar, ROUND, subject, "属实") == mover.subject
    assert set(reasons(school.registrar, mover.subject)) == {"signed"}
    assert len(verdicts(school.registrar)) == 9
    assert [len(members(school.registrar, c)) for c in (CLASS, "软件2602班")] == [2, 4]


def test_an_addition_that_contradicts_itself_is_asked_about_at_both_desks(school: School) -> None:
    sheet = print_class(school.first, "软件2601班")
    added = stranger(sheet.number, sex="女", id_number="420601200801011011")
    with pytest.raises(Unconfirmed, match="性别") as asked:
        record_addition(school.first, ROUND, added)
    assert additions(school.first) == []
    with pytest.raises(Unconfirmed):
        record_addition(school.first, ROUND, added, confirmed=["another question"])
    subject = record_addition(school.first, ROUND, added, confirmed=asked.value.questions)
    school.carry(school.first, school.registrar)
    desk = decision_desk(school.registrar, ROUND)
    (shown,) = desk.additions
    assert shown.voice
    assert shown.voice.reason.startswith("已确认：")
    with pytest.raises(Unconfirmed, match="性别") as asked:
        accept_addition(school.registrar, ROUND, subject, "属实")
    student = accept_addition(
        school.registrar, ROUND, subject, "属实", confirmed=asked.value.questions
    )
    with school.registrar.unit_of_work() as unit:
        known = students_by_subject(unit.connection, [student])[student].identity
    assert (known.sex, known.id_number) == ("女", "420601200801011011")


def test_a_rejected_addition_adds_nobody(school: School) -> None:
    sheet = complete_class(school.first, CLASS)
    subject = record_addition(school.first, ROUND, stranger(sheet.number))
    school.carry(school.first, school.registrar)
    with pytest.raises(Incomplete):
        reject_addition(school.registrar, ROUND, subject, "")
    reject_addition(school.registrar, ROUND, subject, "没有录取")
    assert len(verdicts(school.registrar)) == 9
    with pytest.raises(DecisionStale):
        accept_addition(school.registrar, ROUND, subject, "还是收下")
    with pytest.raises(NotFound):
        accept_addition(school.registrar, ROUND, "addition:没有", "收下")


def test_an_addition_whose_numbers_are_two_students_is_not_accepted(school: School) -> None:
    sheet = complete_class(school.first, CLASS)
    one, two, _ = members(school.first, CLASS)
    both = stranger(
        sheet.number,
        exam_number=one.identity.exam_number,
        student_number=two.identity.student_number,
    )
    subject = record_addition(school.first, ROUND, both)
    school.carry(school.first, school.registrar)
    with pytest.raises(DecisionStale):
        accept_addition(school.registrar, ROUND, subject, "收下")


# --- corrections ---------------------------------------------------------------------------------


def propose(session: Session, student: str, field: str, new: str) -> str:
    proposed = ProposedCorrection(student, field, new, "证件为准")
    return propose_correction(session, ROUND, proposed, SCAN)


def new_value(student: Student, field: str) -> str:
    """Return another name, or another ID number of the same day and sex."""
    if field == "name":
        return "王小喆"
    number = student.identity.id_number
    body = f"{number[:14]}9{number[15:17]}"
    return body + check_character(body)


def test_a_correction_changes_nothing_until_the_registrar_accepts_it(school: School) -> None:
    student = members(school.first, CLASS)[0]
    subject = propose(school.first, student.subject, "ethnicity", "土家族")
    assert members(school.first, CLASS)[0] == student
    school.carry(school.first, school.registrar)
    assert members(school.registrar, CLASS)[0] == student
    assert "correction-open" in reasons(school.registrar, student.subject)
    decide_correction(school.registrar, ROUND, subject, accept=True, reason="材料齐全")
    assert members(school.registrar, CLASS)[0].identity.ethnicity == "土家族"
    assert "correction-open" not in reasons(school.registrar, student.subject)
    school.carry(school.registrar, school.first)
    assert members(school.first, CLASS)[0].identity.ethnicity == "土家族"


def test_a_rejected_correction_changes_nothing(school: School) -> None:
    student = members(school.first, CLASS)[0]
    subject = propose(school.first, student.subject, "ethnicity", "土家族")
    school.carry(school.first, school.registrar)
    with pytest.raises(Incomplete):
        decide_correction(school.registrar, ROUND, subject, accept=False, reason="")
    decide_correction(school.registrar, ROUND, subject, accept=False, reason="没有证明")
    assert members(school.registrar, CLASS)[0] == student
    with pytest.raises(DecisionStale):
        decide_correction(school.registrar, ROUND, subject, accept=True, reason="又有了")
    with pytest.raises(NotFound):
        decide_correction(school.registrar, ROUND, "correction:没有", accept=True, reason="x")


@pytest.mark.parametrize(
    ("field", "new"),
    [("exam_number", "26420600000099"), ("remark", "x"), ("height", "180"), ("name", ""),
     ("ethnicity", "汉族")],
)  # fmt: skip
def test_what_can_not_be_corrected_is_not_proposed(school: School, field: str, new: str) -> None:
    with pytest.raises(CorrectionRefused):
        propose(school.first, members(school.first, CLASS)[0].subject, field, new)
    assert corrections(school.first) == []


def test_a_correction_has_a_reason_and_evidence(school: School) -> None:
    student = members(school.first, CLASS)[0].subject
    proposed = ProposedCorrection(student, "ethnicity", "土家族", "证件为准")
    with pytest.raises(Incomplete):
        propose_correction(school.first, ROUND, proposed, [])
    with pytest.raises(Incomplete):
        propose_correction(school.first, ROUND, replace(proposed, explanation=""), SCAN)
    with pytest.raises(NotFound):
        propose_correction(school.first, ROUND, replace(proposed, student="student:x"), SCAN)


@pytest.mark.parametrize("order", [("name", "id_number"), ("id_number", "name")])
def test_name_and_id_number_of_one_student_are_not_corrected_together(
    school: School, order: tuple[str, str]
) -> None:
    student, other, _ = members(school.first, CLASS)
    one, two = order
    subject = propose(school.first, student.subject, one, new_value(student, one))
    with pytest.raises(CorrectionRefused):
        propose(school.first, student.subject, two, new_value(student, two))
    # another student's is another thing
    propose(school.first, other.subject, two, new_value(other, two))
    # and so is the other field once the first was rejected
    school.carry(school.first, school.registrar)
    decide_correction(school.registrar, ROUND, subject, accept=False, reason="没有证明")
    school.carry(school.registrar, school.first)
    propose(school.first, student.subject, two, new_value(student, two))


@pytest.mark.parametrize("first", ["name", "id_number"])
def test_two_seats_that_do_not_know_of_one_another_do_not_get_both_through(
    school: School, first: str
) -> None:
    student = members(school.first, CLASS)[0]
    subjects = {
        field: propose(seat, student.subject, field, new_value(student, field))
        for field, seat in (("name", school.first), ("id_number", school.first_again))
    }
    school.carry(school.first, school.registrar)
    school.carry(school.first_again, school.registrar)
    second = "id_number" if first == "name" else "name"
    decide_correction(school.registrar, ROUND, subjects[first], accept=True, reason="属实")
    with pytest.raises(CorrectionRefused):
        decide_correction(school.registrar, ROUND, subjects[second], accept=True, reason="属实")
    decide_correction(school.registrar, ROUND, subjects[second], accept=False, reason="不能都改")


def test_a_correction_of_a_value_that_changed_meanwhile_is_stale(school: School) -> None:
    student = members(school.first, CLASS)[0].subject
    subject = propose(school.first, student, "ethnicity", "土家族")
    school.carry(school.first, school.registrar)
    rename(school.registrar, roster_rows()[0], ethnicity="苗族")
    with pytest.raises(DecisionStale):
        decide_correction(school.registrar, ROUND, subject, accept=True, reason="材料齐全")
    assert members(school.registrar, CLASS)[0].identity.ethnicity == "苗族"


# --- places --------------------------------------------------------------------------------------


def test_a_place_is_given_up_or_kept_with_reason_and_document(school: School) -> None:
    gone, kept, _ = (student.subject for student in members(school.first, CLASS))
    report_place(school.first, ROUND, PlaceReport(gone, "given_up", "复读", "放弃声明"), SCAN)
    report_place(
        school.first,
        ROUND,
        PlaceReport(kept, "kept", "参军入伍", "保留申请表", "2098-12-31"),
        SCAN,
    )
    assert reasons(school.first, gone) == {"place-given-up": "41号令 第八条"}
    assert reasons(school.first, kept) == {"place-kept": "41号令 第十条"}
    with school.first.unit_of_work() as unit:
        lines = unit.connection.exec_driver_sql(
            "SELECT line FROM statement WHERE aspect = 'place_report'"
        ).scalars()
        assert all(len(decode(line).evidence) == 1 for line in lines)


@pytest.mark.parametrize(
    "report",
    [
        PlaceReport("", "given_up", "", "放弃声明"),
        PlaceReport("", "given_up", "复读", ""),
        PlaceReport("", "kept", "参军入伍", "申请表"),
    ],
)
def test_a_report_of_a_place_without_its_paper_is_not_taken(
    school: School, report: PlaceReport
) -> None:
    student = members(school.first, CLASS)[0].subject
    with pytest.raises(Incomplete):
        report_place(school.first, ROUND, replace(report, student=student))


# --- who, and when -------------------------------------------------------------------------------


def attempts(
    session: Session, student: str, class_of: str, sheet: str
) -> list[Callable[[], object]]:
    """Return every way in which a college says something about a student."""
    return [
        lambda: record_marks(session, ROUND, sheet, [StudentMark(student, Mark.SIGNED)]),
        lambda: record_sign_off(session, ROUND, sheet, "head", "钱主任", "2026-09-20"),
        lambda: set_class_teacher(session, class_of, "孙老师"),
        lambda: record_addition(session, ROUND, stranger(sheet)),
        lambda: propose(session, student, "ethnicity", "土家族"),
        lambda: report_place(session, ROUND, PlaceReport(student, "given_up", "复读", "放弃声明")),
    ]


def test_the_registrar_does_not_record_for_a_college(school: School) -> None:
    sheet = complete_class(school.first, CLASS)
    school.carry(school.first, school.registrar)
    student = members(school.first, CLASS)[0]
    for attempt in attempts(school.registrar, student.subject, student.class_id, sheet.number):
        with pytest.raises(NotAllowed):
            attempt()


def test_a_college_says_nothing_about_another_ones_students(school: School) -> None:
    sheet = print_class(school.first, CLASS)
    other = members(school.second, "护理2601班")[0]
    before = snapshot(school.store_folder("first"))
    _, _, teacher, _, correction, place = attempts(
        school.first, other.subject, other.class_id, sheet.number
    )
    for attempt, error in (
        (teacher, NotAllowed),
        (place, NotAllowed),
        (correction, NotFound),  # it does not know the student
    ):
        with pytest.raises(error):
            attempt()
    assert snapshot(school.store_folder("first"))["jice.db"] == before["jice.db"]


def test_nothing_is_recorded_in_a_closed_round(school: School) -> None:
    sheet = print_class(school.first, CLASS)
    student = members(school.first, CLASS)[0]
    close_round(school.registrar, ROUND)
    school.carry(school.registrar, school.first)
    tries = attempts(school.first, student.subject, student.class_id, sheet.number)
    del tries[2]  # who the class teacher is does not depend on a round
    for attempt in tries:
        with pytest.raises(RoundNotOpen):
            attempt()


def test_nothing_is_recorded_in_a_round_that_nobody_opened(school: School) -> None:
    with pytest.raises(NotFound):
        record_marks(school.first, "2031-student_registration-1", "002-00001-58", [])
