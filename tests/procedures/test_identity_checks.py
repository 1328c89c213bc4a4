"""What is recorded, proposed, accepted or filled in is checked as an imported list is."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.domain.id_numbers import check_character
from desktop.domain.sheets import Mark, Sheet
from desktop.domain.statements import Key, Statement
from desktop.errors import (
    CorrectionRefused,
    Incomplete,
    TextRefused,
    Unconfirmed,
    UserError,
    ValueRefused,
)
from desktop.procedures.deciding.decisions import (
    accept_addition,
    complete_identity,
    decide_correction,
)
from desktop.procedures.evidence_files import Evidence
from desktop.procedures.identity_checks import checked_values
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
from desktop.store import registration
from desktop.store.journal import Draft
from desktop.store.students import Student
from desktop.store.tables import statements_of
from tests.conftest import ROUND, School, identity

from .acts import complete_class, members, print_class, snapshot

CLASS = "软件2601班"
SCAN = [Evidence("扫描件.pdf", b"%PDF scan")]


def number(birth: str, order: str) -> str:
    """Return a lawful ID number."""
    body = f"420602{birth}{order}"
    return body + check_character(body)


def stranger(sheet: Sheet, **changes: str) -> AddedStudent:
    added = AddedStudent(
        sheet=sheet.number,
        name="欧阳頔",
        sex="女",
        exam_number="26420602119999",
        id_number=number("20080505", "998"),
        explanation="名单漏列",
    )
    return replace(added, **changes)


def propose(
    session: Session, student: str, field: str, new: str, confirmed: Collection[str] = ()
) -> str:
    proposed = ProposedCorrection(student, field, new, "证件为准")
    return propose_correction(session, ROUND, proposed, SCAN, confirmed=confirmed)


def said(session: Session, subject: str, aspect: str, round_id: str = ROUND) -> Statement:
    """Return the last statement about something."""
    key = Key(subject, aspect, round_id)
    with session.unit_of_work() as unit:
        return max(statements_of(unit.connection, [key])[key], key=lambda s: s.number)


# --- what is typed at the college ----------------------------------------------------------------


def attempts(
    session: Session, sheet: Sheet, student: str, name: str, text: str
) -> dict[str, Callable[[], object]]:
    """Return every way in which a college types a name or a text."""
    by_proxy = StudentMark(student, Mark.BY_PROXY, "住院", proxy=name)
    unsigned = StudentMark(student, Mark.UNSIGNED, text)
    change = ProposedCorrection(student, "ethnicity", "土家族", text)
    kept = PlaceReport(student, "given_up", "复读", text)
    return {
        "proxy": lambda: record_marks(session, ROUND, sheet.number, [by_proxy]),
        "explanation": lambda: record_marks(session, ROUND, sheet.number, [unsigned]),
        "sign-off": lambda: record_sign_off(
            session, ROUND, sheet.number, "head", name, "2026-09-20"
        ),
        "teacher": lambda: set_class_teacher(session, sheet.class_id, name),
        "added name": lambda: record_addition(session, ROUND, stranger(sheet, name=name)),
        "added why": lambda: record_addition(session, ROUND, stranger(sheet, explanation=text)),
        "new name": lambda: propose(session, student, "name", name),
        "new text": lambda: propose(session, student, "phone", text),
        "why": lambda: propose_correction(session, ROUND, change, SCAN),
        "document": lambda: report_place(session, ROUND, kept),
        "place": lambda: report_place(session, ROUND, replace(kept, explanation=text)),
    }


WAYS = ("proxy", "explanation", "sign-off", "teacher", "added name", "added why", "new name",
        "new text", "why", "document", "place")  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("strange", ["\x07", "\uf8ff", "\u0378", "\ufffd"])
def test_what_nobody_can_read_is_recorded_nowhere(school: School, way: str, strange: str) -> None:
    sheet = print_class(school.first, CLASS)
    student = members(school.first, CLASS)[0].subject
    before = snapshot(school.store_folder("first"))
    ways = attempts(school.first, sheet, student, f"王{strange}", f"请{strange}假")
    with pytest.raises(TextRefused, match=f"U\\+{ord(strange):04X}"):
        ways[way]()
    assert snapshot(school.store_folder("first")) == before


@pytest.mark.parametrize("way", ["proxy", "sign-off", "teacher", "added name", "new name"])
@pytest.mark.parametrize("sign", "?□〓")
def test_no_sign_stands_for_a_part_of_a_name(school: School, way: str, sign: str) -> None:
    sheet = print_class(school.first, CLASS)
    student = members(school.first, CLASS)[0].subject
    with pytest.raises(TextRefused, match="代替了缺字"):
        attempts(school.first, sheet, student, f"王{sign}", "x")[way]()


def test_every_text_is_set_right_before_it_is_kept(school: School) -> None:
    sheet = print_class(school.first, CLASS)
    one, two, three = (student.subject for student in members(school.first, CLASS))
    college = school.first
    record_marks(
        college,
        ROUND,
        sheet.number,
        [StudentMark(one, Mark.BY_PROXY, " 住院\n３天 ", proxy="阿卜杜拉•买 买提")],
    )
    mark = said(college, one, "signature").values
    assert (mark["proxy"], mark["explanation"]) == ("阿卜杜拉·买买提", "住院 3天")
    record_sign_off(college, ROUND, sheet.number, "head", " 钱 主任", "２０２６-09-20 ")
    signed = said(college, f"sheet:{sheet.number}", "sign_off").values
    assert signed == {"head": "钱主任", "head_date": "2026-09-20"}
    set_class_teacher(college, sheet.class_id, "孙\u3000老师")
    (group,) = [g for g in school.classes(college) if g.name == CLASS]
    assert group.class_teacher == "孙老师"
    report_place(college, ROUND, PlaceReport(two, "given_up", "复读 ", " 声明（1）"))
    assert said(college, two, "place_report").values["document"] == "声明（1）"
    added = stranger(
        sheet,
        name="买买提・艾力",
        exam_number="２６４２０６ ０２１１９９９９",
        id_number=" 42060220080505 068x",
        explanation="漏列\t",
    )
    values = said(college, record_addition(college, ROUND, added), "addition").values
    assert values["name"] == "买买提·艾力"
    assert values["exam_number"] == "26420602119999"
    assert values["id_number"] == "42060220080505068X"
    assert values["explanation"] == "漏列"
    corrected = propose(college, three, "name", " 阿里.木 江")
    assert said(college, corrected, "correction").values["new"] == "阿里·木江"


def test_what_is_nothing_but_spaces_is_missing(school: School) -> None:
    sheet = print_class(school.first, CLASS)
    student = members(school.first, CLASS)[0].subject
    ways = attempts(school.first, sheet, student, " ", " \n")
    for way in ("proxy", "explanation", "sign-off", "added name", "added why", "why", "document"):
        with pytest.raises(Incomplete):
            ways[way]()
    for way in ("new name", "new text"):
        with pytest.raises(CorrectionRefused):
            ways[way]()


@pytest.mark.parametrize(
    "changes",
    [
        {"id_number": "420602200805059988"},  # the check character
        {"id_number": "42060220080505998"},  # a digit is missing
        {"id_number": number("20080231", "998")},  # no such day
        {"id_number": "4.20602E+17"},
        {"exam_number": "4.20602E+17"},
        {"exam_number": "1" * 19},
        {"student_number": "2" * 16},
        {"sex": "不详"},
    ],
)
def test_a_number_that_can_not_be_right_is_not_added(
    school: School, changes: dict[str, str]
) -> None:
    sheet = print_class(school.first, CLASS)
    with pytest.raises(ValueRefused):
        record_addition(school.first, ROUND, stranger(sheet, **changes))
    with school.first.unit_of_work() as unit:
        assert registration.additions(unit.connection, ROUND) == []


@pytest.mark.parametrize("document", ["H12345678", "A123456(3)", "E12345678", "12345678"])
def test_other_documents_have_numbers_of_their_own(school: School, document: str) -> None:
    sheet = print_class(school.first, CLASS)
    subject = record_addition(school.first, ROUND, stranger(sheet, id_number=document))
    assert said(school.first, subject, "addition").values["id_number"] == document


@pytest.mark.parametrize("who", ["class_teacher", "head", "seal"])
@pytest.mark.parametrize("date", ["2026-02-30", "昨天", "20260920", "2026-9-1"])
def test_a_sign_off_is_dated_with_a_day(school: School, who: str, date: str) -> None:
    sheet = print_class(school.first, CLASS)
    with pytest.raises(ValueRefused, match="日期"):
        record_sign_off(school.first, ROUND, sheet.number, who, "钱主任", date)


def test_a_place_is_kept_until_a_day_that_is_to_come(school: School) -> None:
    student = members(school.first, CLASS)[0].subject
    today = school.first.today()
    report = PlaceReport(student, "kept", "参军入伍", "申请表")
    for wrong in ("2028-02-30", "两年", today.isoformat(), "2020-12-31"):
        with pytest.raises(ValueRefused):
            report_place(school.first, ROUND, replace(report, until=wrong))
    until = (today + timedelta(days=1)).isoformat()
    report_place(school.first, ROUND, replace(report, until=until))
    assert said(school.first, student, "place_report").values["until"] == until


# --- corrections ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "new"),
    [
        ("id_number", "420602200805059988"),
        ("id_number", "42060220080505998"),
        ("id_number", "4.20602E+17"),
        ("birth_date", "20080230"),
        ("birth_date", "三月"),
        ("entry_date", "2026年9月"),
    ],
)
def test_a_value_that_can_not_be_right_is_not_proposed(
    school: School, field: str, new: str
) -> None:
    student = members(school.first, CLASS)[0].subject
    with pytest.raises(ValueRefused):
        propose(school.first, student, field, new, confirmed=["id-checksum", "date-invalid"])


def question_of(student: Student, code: str) -> tuple[str, str]:
    """Return a correction that raises one question."""
    return {
        "id-birth-mismatch": ("birth_date", "20070101"),
        "id-sex-mismatch": ("sex", "女" if student.identity.sex == "男" else "男"),
        "code-unknown": ("ethnicity", "穿青人"),
        "width-exceeded": ("student_number", "2" * 16),
        "study-dates": ("expected_graduation_date", "20310630"),
    }[code]


@pytest.mark.parametrize(
    "code",
    ["id-birth-mismatch", "id-sex-mismatch", "code-unknown", "width-exceeded", "study-dates"],
)
def test_a_question_is_confirmed_by_the_college_and_again_by_the_registrar(
    school: School, code: str
) -> None:
    student = members(school.first, CLASS)[0]
    field, new = question_of(student, code)
    with pytest.raises(Unconfirmed) as asked:
        propose(school.first, student.subject, field, new)
    (question,) = asked.value.questions.items()
    assert question[0] == code
    assert question[1].endswith("。")
    with pytest.raises(Unconfirmed):
        propose(school.first, student.subject, field, new, confirmed=["another-question"])
    subject = propose(school.first, student.subject, field, new, confirmed=[code])
    assert said(school.first, subject, "correction").reason == f"已确认：{question[1]}"

    school.carry(school.first, school.registrar)
    with pytest.raises(Unconfirmed) as again:
        decide_correction(school.registrar, ROUND, subject, accept=True, reason="属实")
    assert again.value.questions == asked.value.questions
    assert members(school.registrar, CLASS)[0].identity == student.identity
    decide_correction(
        school.registrar, ROUND, subject, accept=True, reason="属实", confirmed=[code]
    )
    kept = said(school.registrar, student.subject, "identity", "")
    assert kept.values == {field: new}
    assert kept.reason == f"属实（已确认：{question[1]}）"


def test_a_rejection_asks_nothing(school: School) -> None:
    student = members(school.first, CLASS)[0]
    field, new = question_of(student, "code-unknown")
    subject = propose(school.first, student.subject, field, new, confirmed=["code-unknown"])
    school.carry(school.first, school.registrar)
    decide_correction(school.registrar, ROUND, subject, accept=False, reason="没有这个民族")
    assert members(school.registrar, CLASS)[0].identity == student.identity


def test_an_id_number_is_asked_about_birth_date_and_sex_at_once(school: School) -> None:
    student = members(school.first, CLASS)[0]
    new = number("20070101", "998" if student.identity.sex == "男" else "999")
    with pytest.raises(Unconfirmed) as asked:
        propose(school.first, student.subject, "id_number", new)
    assert set(asked.value.questions) == {"id-birth-mismatch", "id-sex-mismatch"}
    one = ["id-sex-mismatch"]
    with pytest.raises(Unconfirmed) as left:
        propose(school.first, student.subject, "id_number", new, confirmed=one)
    assert set(left.value.questions) == {"id-birth-mismatch"}


def test_what_was_wrong_before_asks_nothing_of_another_field() -> None:
    known = identity(1)._replace(sex="女", ethnicity="汉族")
    assert identity(1).sex == "男"
    assert checked_values(known, {"ethnicity": "土家族"}) == ({"ethnicity": "土家族"}, "")
    with pytest.raises(Unconfirmed):
        checked_values(identity(1), {"sex": "女"})


def test_two_values_that_raise_the_same_question_are_both_named() -> None:
    with pytest.raises(Unconfirmed) as asked:
        checked_values(identity(1), {"ethnicity": "穿青人", "political_status": "无"})
    (question,) = asked.value.questions.values()
    assert "民族“穿青人”" in question
    assert "政治面貌“无”" in question


def test_spellings_of_the_standard_are_set_right() -> None:
    values, confirmed = checked_values(
        identity(1),
        {"ethnicity": "土家", "birth_date": "2008.3.2", "id_number": "a123456（3）"},
    )
    assert values == {"ethnicity": "土家族", "birth_date": "20080302", "id_number": "A123456(3)"}
    assert confirmed == ""


def test_the_same_value_spelt_otherwise_is_no_correction(school: School) -> None:
    student = members(school.first, CLASS)[0]
    with pytest.raises(CorrectionRefused, match="相同"):
        propose(school.first, student.subject, "name", f" {student.identity.name} ")


@pytest.mark.parametrize("field", ["id_number", "student_number"])
def test_a_number_of_another_student_is_not_proposed(school: School, field: str) -> None:
    one, two, _ = members(school.first, CLASS)
    taken = getattr(two.identity, field)
    questions = ["id-birth-mismatch", "id-sex-mismatch"]
    with pytest.raises(CorrectionRefused, match=f"已属于{two.identity.name}"):
        propose(school.first, one.subject, field, taken, confirmed=questions)


@pytest.mark.parametrize("field", ["id_number", "student_number"])
def test_a_number_of_a_student_whom_only_the_registrar_knows_is_not_accepted(
    school: School, field: str
) -> None:
    one = members(school.first, CLASS)[0]
    other = members(school.registrar, "护理2601班")[0]
    questions = ["id-birth-mismatch", "id-sex-mismatch"]
    subject = propose(
        school.first, one.subject, field, getattr(other.identity, field), confirmed=questions
    )
    school.carry(school.first, school.registrar)
    with pytest.raises(CorrectionRefused, match=f"已属于{other.identity.name}"):
        decide_correction(
            school.registrar, ROUND, subject, accept=True, reason="属实", confirmed=questions
        )
    assert members(school.registrar, CLASS)[0] == one


def test_of_two_corrections_to_one_number_only_one_is_accepted(school: School) -> None:
    one, two, _ = members(school.first, CLASS)
    subjects = [
        propose(school.first, student.subject, "student_number", "202688880001")
        for student in (one, two)
    ]
    school.carry(school.first, school.registrar)
    decide_correction(school.registrar, ROUND, subjects[0], accept=True, reason="属实")
    with pytest.raises(CorrectionRefused, match="已属于"):
        decide_correction(school.registrar, ROUND, subjects[1], accept=True, reason="属实")


@pytest.mark.parametrize(
    ("field", "new", "error"),
    [
        ("id_number", "420602200805059988", ValueRefused),
        ("birth_date", "20080230", ValueRefused),
        ("name", "王□", TextRefused),
        ("phone", "1387\x071234567", TextRefused),
        ("birth_date", "2008-03-02", CorrectionRefused),  # right, but not so spelt
    ],
)
def test_a_correction_that_no_desk_let_in_is_not_accepted(
    school: School, field: str, new: str, error: type[UserError]
) -> None:
    student = members(school.first, CLASS)[0]
    subject = "correction:019a0000-0000-7000-8000-000000000001"
    values = {
        "student": student.subject,
        "field": field,
        "old": getattr(student.identity, field),
        "new": new,
        "explanation": "证件为准",
    }
    with school.first.unit_of_work() as unit:
        unit.journal.state_all([Draft(Key(subject, "correction", ROUND), dict(values))])
        unit.commit()
    school.carry(school.first, school.registrar)
    with pytest.raises(error) as refused:
        decide_correction(school.registrar, ROUND, subject, accept=True, reason="属实")
    assert "驳回" in refused.value.todo
    assert members(school.registrar, CLASS)[0] == student


# --- filling in ----------------------------------------------------------------------------------


@pytest.fixture
def added(school: School) -> str:
    """A student who was added by hand and accepted, with hardly any data."""
    sheet = complete_class(school.first, CLASS)
    subject = record_addition(school.first, ROUND, stranger(sheet))
    school.carry(school.first, school.registrar)
    return accept_addition(school.registrar, ROUND, subject, "确认已录取")


def test_what_is_filled_in_is_set_right_and_checked(school: School, added: str) -> None:
    registrar = school.registrar
    with pytest.raises(ValueRefused):
        complete_identity(registrar, added, {"birth_date": "20080230"}, "通知书")
    with pytest.raises(ValueRefused):
        complete_identity(registrar, added, {"major_name": " "}, "通知书")
    with pytest.raises(TextRefused):
        complete_identity(registrar, added, {"major_name": "软件\uf8ff"}, "通知书")
    taken = members(registrar, CLASS)[-1].identity.student_number
    with pytest.raises(CorrectionRefused, match="已属于"):
        complete_identity(registrar, added, {"student_number": taken}, "通知书")
    doubtful = {"birth_date": "2008年5月6日", "ethnicity": "土家"}
    with pytest.raises(Unconfirmed) as asked:
        complete_identity(registrar, added, doubtful, "通知书")
    assert set(asked.value.questions) == {"id-birth-mismatch"}
    complete_identity(registrar, added, doubtful, "通知书", confirmed=["id-birth-mismatch"])
    kept = said(registrar, added, "identity", "")
    assert kept.values == {"birth_date": "20080506", "ethnicity": "土家族"}
    assert kept.reason.startswith("通知书（已确认：出生日期“20080506”与身份证号")


def test_an_added_student_whose_sex_and_number_disagree_is_asked_about(school: School) -> None:
    college, sheet = school.first, print_class(school.first, CLASS)
    added = stranger(sheet, sex="男", id_number="42060220080505068X")
    with pytest.raises(Unconfirmed) as asked:
        record_addition(college, ROUND, added)
    with college.unit_of_work() as unit:
        assert not registration.additions(unit.connection, ROUND)
    subject = record_addition(college, ROUND, added, confirmed=tuple(asked.value.questions))
    kept = said(college, subject, "addition")
    assert kept.values["sex"] == "男"
    assert "已确认" in kept.reason
    agreeing = replace(added, sex="女")
    assert not said(college, record_addition(college, ROUND, agreeing), "addition").reason
