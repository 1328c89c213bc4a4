"""What a college recorded by mistake is taken back, here and at the registrar."""

from collections.abc import Callable
from itertools import permutations
from shutil import copytree

import pytest

from desktop.domain.sheets import Mark
from desktop.errors import (
    AlreadyDecided,
    AlreadyIssued,
    Incomplete,
    NotAllowed,
    NotFound,
    NothingToChange,
    RoundNotOpen,
)
from desktop.procedures.deciding.decisions import (
    accept_addition,
    complete_identity,
    decide_conflict,
    decide_correction,
    open_conflicts,
    reject_addition,
)
from desktop.procedures.evidence_files import Evidence
from desktop.procedures.exchange.merging import merge, plan_merge
from desktop.procedures.overview.histories import student_page
from desktop.procedures.registration.boards import class_progress
from desktop.procedures.registration.outcomes import change_outcome
from desktop.procedures.registration.student_registration import issue
from desktop.procedures.rounds import close_round
from desktop.procedures.session import Session, open_and_sign_in
from desktop.procedures.signing.recording import (
    AddedStudent,
    PlaceReport,
    ProposedCorrection,
    StudentMark,
    propose_correction,
    record_addition,
    record_marks,
    report_place,
)
from desktop.procedures.signing.recording_desk import sheet_on_desk
from desktop.procedures.signing.retracting import (
    retract_addition,
    retract_correction,
    retract_mark,
    retract_place,
    retract_sign_off,
)
from desktop.store import registration
from tests.conftest import FAR_DAY, OPERATOR, PASSPHRASE, ROUND, School, identity

from .acts import (
    class_id,
    complete_class,
    digest,
    members,
    print_class,
    reasons,
    require_healthy,
    sign,
    sign_off,
    verdicts,
)

CLASS = "软件2601班"
WHY = "登记错了学生"


def silent(session: Session) -> tuple[str, ...]:
    """Return of whom in the class nobody has said anything."""
    wanted = class_id(session, CLASS)
    with session.unit_of_work() as unit:
        return registration.silent_students(unit.connection, ROUND, [wanted]).get(wanted, ())


def correct(session: Session, student: str, new: str = "土家族") -> str:
    proposed = ProposedCorrection(student, "ethnicity", new, "户口簿")
    return propose_correction(session, ROUND, proposed, [Evidence("户口簿.pdf", b"%PDF-")])


def add(session: Session, sheet: str, place: int = 60) -> str:
    data = identity(place)
    added = AddedStudent(
        sheet, data.name, "漏列", data.sex, data.exam_number, data.student_number, data.id_number
    )
    return record_addition(session, ROUND, added)


# --- each of the five ----------------------------------------------------------------------------


def test_a_mark_is_taken_back_whole_and_can_be_recorded_anew(school: School) -> None:
    sheet = complete_class(school.first, CLASS)
    student = members(school.first, CLASS)[0].subject
    school.carry(school.first, school.registrar)
    record_marks(
        school.first, ROUND, sheet.number, [StudentMark(student, Mark.BY_PROXY, "住院", "李家长")]
    )
    retract_mark(school.first, ROUND, student, WHY)
    assert silent(school.first) == (student,)
    assert sheet_on_desk(school.first, ROUND, sheet.number).rows[0].mark is None
    school.carry(school.first, school.registrar)
    assert silent(school.registrar) == (student,)
    assert set(reasons(school.registrar, student)) == {"no-word"}
    (line,) = class_progress(school.registrar, ROUND, [class_id(school.registrar, CLASS)])
    assert (line.recorded, line.ready) == (2, 2)
    record_marks(school.first, ROUND, sheet.number, [StudentMark(student, Mark.SIGNED)])
    school.carry(school.first, school.registrar)
    assert set(reasons(school.registrar, student)) == {"signed"}
    require_healthy(school.registrar)


def test_a_place_report_is_taken_back_and_the_signature_counts_again(school: School) -> None:
    complete_class(school.first, CLASS)
    student = members(school.first, CLASS)[0].subject
    report_place(school.first, ROUND, PlaceReport(student, "kept", "参军", "申请表", FAR_DAY))
    school.carry(school.first, school.registrar)
    assert set(reasons(school.registrar, student)) == {"place-kept"}
    retract_place(school.first, ROUND, student, WHY)
    school.carry(school.first, school.registrar)
    assert set(reasons(school.registrar, student)) == {"signed"}


def test_a_sign_off_is_taken_back_alone(school: School) -> None:
    sheet = complete_class(school.first, CLASS)
    student = members(school.first, CLASS)[0].subject
    retract_sign_off(school.first, ROUND, sheet.number, "head", "签的是另一张")
    retract_sign_off(school.first, ROUND, sheet.number, "seal", "盖的是另一张")
    missing = sheet_on_desk(school.first, ROUND, sheet.number).missing_sign_offs
    assert {box.who for box in missing} == {"head", "seal"}
    school.carry(school.first, school.registrar)
    assert set(reasons(school.registrar, student)) == {"head-missing", "seal-missing"}


def test_a_correction_is_taken_back_and_holds_nobody_back(school: School) -> None:
    sheet = complete_class(school.first, CLASS)
    student = members(school.first, CLASS)[0].subject
    correction = correct(school.first, student)
    school.carry(school.first, school.registrar)
    assert set(reasons(school.registrar, student)) == {"correction-open"}
    retract_correction(school.first, ROUND, correction, WHY)
    assert sheet_on_desk(school.first, ROUND, sheet.number).rows[0].corrections == ()
    school.carry(school.first, school.registrar)
    assert set(reasons(school.registrar, student)) == {"signed"}
    with school.registrar.unit_of_work() as unit:
        assert registration.corrections(unit.connection, ROUND) == []
    told = [entry for entry in student_page(school.registrar, student).history if entry.reason]
    assert told[0].reason == WHY  # still found from the student, who it was about
    require_healthy(school.registrar)


def test_a_retracted_name_leaves_room_for_the_id_number(school: School) -> None:
    student = members(school.first, CLASS)[0].subject
    evidence = [Evidence("身份证.pdf", b"%PDF-")]
    name = ProposedCorrection(student, "name", "王大甲", "身份证")
    number = ProposedCorrection(student, "id_number", identity(57).id_number, "身份证")
    subject = propose_correction(school.first, ROUND, name, evidence)
    retract_correction(school.first, ROUND, subject, WHY)
    confirmed = ("id-birth-mismatch", "id-sex-mismatch")
    assert propose_correction(school.first, ROUND, number, evidence, confirmed=confirmed)


def test_an_addition_is_taken_back_and_nobody_has_to_decide_it(school: School) -> None:
    sheet = complete_class(school.first, CLASS)
    addition = add(school.first, sheet.number)
    school.carry(school.first, school.registrar)
    retract_addition(school.first, ROUND, addition, WHY)
    assert sheet_on_desk(school.first, ROUND, sheet.number).additions == ()
    report = school.carry(school.first, school.registrar)
    assert report.bundles[0].without_authority == ()
    with school.registrar.unit_of_work() as unit:
        assert registration.additions(unit.connection, ROUND) == []
    with pytest.raises(NotFound):
        accept_addition(school.registrar, ROUND, addition, "已录取")


# --- the bundle, and the order of bundles --------------------------------------------------------


def test_the_plan_shows_a_retraction_as_a_change(school: School) -> None:
    complete_class(school.first, CLASS)
    student = members(school.first, CLASS)[0].subject
    school.carry(school.first, school.registrar)
    retract_mark(school.first, ROUND, student, WHY)
    bundle = school.send(school.first, "registrar")
    (report,) = plan_merge(school.registrar, [bundle]).bundles
    changed = {(c.key.subject, c.key.aspect, c.field, c.new) for c in report.changes}
    assert (student, "signature", "mark", "") in changed
    assert report.conflicts == ()
    assert silent(school.registrar) == ()  # a plan writes nothing


def test_in_whatever_order_bundles_come_the_same_is_taken_back(school: School) -> None:
    sheet = complete_class(school.first, CLASS)
    first, second, third = (one.subject for one in members(school.first, CLASS))
    addition, correction = add(school.first, sheet.number), correct(school.first, second)
    report_place(school.first, ROUND, PlaceReport(third, "given_up", "复读", "声明"))
    bundles = [school.send(school.first, "registrar")]
    retract_mark(school.first, ROUND, first, WHY)
    retract_addition(school.first, ROUND, addition, WHY)
    retract_correction(school.first, ROUND, correction, WHY)
    bundles.append(school.send(school.first, "registrar"))
    retract_place(school.first, ROUND, third, WHY)
    retract_sign_off(school.first, ROUND, sheet.number, "seal", WHY)
    record_marks(school.first, ROUND, sheet.number, [StudentMark(first, Mark.UNSIGNED, "请病假")])
    bundles.append(school.send(school.first, "registrar"))
    school.sessions.pop("registrar").store.close()
    digests = set()
    for place, order in enumerate(permutations(bundles)):
        copy = school.folder / f"registrar-{place}"
        copytree(school.store_folder("registrar"), copy)
        session = open_and_sign_in(copy, OPERATOR, PASSPHRASE)
        with session.store:
            merge(session, [*order, order[0]])
            require_healthy(session)
            digests.add(digest(session))
            found = {s: set(reasons(session, s)) for s in (first, second, third)}
        assert found == {
            first: {"unsigned"},
            second: {"seal-missing"},
            third: {"seal-missing"},
        }
    assert len(digests) == 1


def test_a_colleague_who_recorded_meanwhile_is_asked_about(school: School) -> None:
    sheet = complete_class(school.first, CLASS)
    student = members(school.first, CLASS)[0].subject
    merge(school.first_again, [school.send(school.first, "college-01")])
    retract_mark(school.first, ROUND, student, WHY)
    record_marks(
        school.first_again, ROUND, sheet.number, [StudentMark(student, Mark.UNSIGNED, "空的")]
    )
    school.carry(school.first, school.registrar)
    report = school.carry(school.first_again, school.registrar)
    assert ("mark", (None, "unsigned")) in {
        (c.field, c.alternatives) for c in report.bundles[0].conflicts
    }
    assert "conflict" in reasons(school.registrar, student)


def test_a_retraction_that_crosses_an_acceptance_gives_nobody_a_signature(school: School) -> None:
    sheet = complete_class(school.first, CLASS)
    addition = add(school.first, sheet.number)
    school.carry(school.first, school.registrar)
    student = accept_addition(school.registrar, ROUND, addition, "已录取")
    lacking = {"birth_date": identity(60).birth_date, "major_code": "510203"}
    complete_identity(school.registrar, student, lacking, "录取名单")
    assert set(reasons(school.registrar, student)) == {"signed"}
    retract_addition(school.first, ROUND, addition, WHY)
    school.carry(school.first, school.registrar)
    assert set(reasons(school.registrar, student)) == {"no-word"}
    require_healthy(school.registrar)


# --- refused -------------------------------------------------------------------------------------


def retract_all_of(session: Session, student: str, sheet: str) -> list[Callable[[], None]]:
    return [
        lambda: retract_mark(session, ROUND, student, WHY),
        lambda: retract_place(session, ROUND, student, WHY),
        lambda: retract_sign_off(session, ROUND, sheet, "head", WHY),
        lambda: retract_addition(session, ROUND, "addition:none", WHY),
        lambda: retract_correction(session, ROUND, "correction:none", WHY),
    ]


def test_nothing_is_taken_back_where_nothing_was_said(school: School) -> None:
    sheet = print_class(school.first, CLASS)
    student = members(school.first, CLASS)[0].subject
    for retract in retract_all_of(school.first, student, sheet.number):
        with pytest.raises(NothingToChange):
            retract()
    sign(school.first, sheet)
    addition, correction = add(school.first, sheet.number), correct(school.first, student)
    retract_addition(school.first, ROUND, addition, WHY)
    retract_correction(school.first, ROUND, correction, WHY)
    retract_mark(school.first, ROUND, student, WHY)
    with pytest.raises(NothingToChange):
        retract_addition(school.first, ROUND, addition, WHY)
    with pytest.raises(NothingToChange):
        retract_correction(school.first, ROUND, correction, WHY)
    with pytest.raises(NothingToChange):
        retract_mark(school.first, ROUND, student, WHY)


def test_only_the_college_itself_takes_back_and_says_why(school: School) -> None:
    sheet = complete_class(school.first, CLASS)
    student = members(school.first, CLASS)[0].subject
    school.carry(school.first, school.registrar)
    for retract in retract_all_of(school.registrar, student, sheet.number):
        with pytest.raises(NotAllowed):
            retract()
    with pytest.raises(Incomplete):
        retract_mark(school.first, ROUND, student, " ")
    merge(
        school.second, [school.send(school.first, "college-02")]
    )  # another's word, which does not count there
    before = digest(school.second)
    with pytest.raises(NothingToChange):
        retract_mark(school.second, ROUND, student, WHY)
    assert digest(school.second) == before


def test_what_the_registrar_has_decided_stays(school: School) -> None:
    sheet = print_class(school.first, CLASS)
    sign(school.first, sheet)
    student = members(school.first, CLASS)[0].subject
    rejected, accepted = add(school.first, sheet.number), correct(school.first, student)
    school.carry(school.first, school.registrar)
    reject_addition(school.registrar, ROUND, rejected, "未录取")
    decide_correction(school.registrar, ROUND, accepted, accept=True, reason="属实")
    school.carry(school.registrar, school.first)
    with pytest.raises(AlreadyDecided):
        retract_addition(school.first, ROUND, rejected, WHY)
    with pytest.raises(AlreadyDecided):
        retract_correction(school.first, ROUND, accepted, WHY)


def test_what_the_registrar_has_settled_between_two_secretaries_stays(school: School) -> None:
    sheet = print_class(school.first, CLASS)
    student = members(school.first, CLASS)[0].subject
    merge(school.first_again, [school.send(school.first, "college-01")])
    record_marks(school.first, ROUND, sheet.number, [StudentMark(student, Mark.SIGNED)])
    record_marks(
        school.first_again, ROUND, sheet.number, [StudentMark(student, Mark.UNSIGNED, "空的")]
    )
    school.carry(school.first, school.registrar)
    school.carry(school.first_again, school.registrar)
    for conflict in open_conflicts(school.registrar, ROUND):
        value = "signed" if conflict.field == "mark" else None
        decide_conflict(school.registrar, conflict.key, conflict.field, value, "看了原件")
    school.carry(school.registrar, school.first)
    with pytest.raises(AlreadyDecided):
        retract_mark(school.first, ROUND, student, WHY)


def test_what_an_outcome_rests_on_stays_until_the_outcome_is_taken_back(school: School) -> None:
    sheet = complete_class(school.first, CLASS)
    student, *others = (one.subject for one in members(school.first, CLASS))
    school.carry(school.first, school.registrar)
    issue(school.registrar, ROUND)
    school.carry(school.registrar, school.first)
    with pytest.raises(AlreadyIssued):
        retract_mark(school.first, ROUND, student, WHY)
    with pytest.raises(AlreadyIssued):
        retract_sign_off(school.first, ROUND, sheet.number, "head", WHY)
    report_place(school.first, ROUND, PlaceReport(student, "given_up", "复读", "声明"))
    with pytest.raises(AlreadyIssued):
        retract_place(school.first, ROUND, student, WHY)
    change_outcome(school.registrar, ROUND, student, None, "不是本人签字", "院部说明")
    school.carry(school.registrar, school.first)
    retract_mark(school.first, ROUND, student, WHY)
    with pytest.raises(AlreadyIssued):  # the others have signed there
        retract_sign_off(school.first, ROUND, sheet.number, "head", WHY)
    assert all(verdicts(school.first)[other].issued for other in others)


def test_nothing_is_taken_back_in_a_closed_round(school: School) -> None:
    sheet = complete_class(school.first, CLASS)
    sign_off(school.first, sheet)
    student = members(school.first, CLASS)[0].subject
    close_round(school.registrar, ROUND)
    school.carry(school.registrar, school.first)
    with pytest.raises(RoundNotOpen):
        retract_mark(school.first, ROUND, student, WHY)
