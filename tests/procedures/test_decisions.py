"""What the registrar decides: contradictions, withdrawals, and whom an outcome is issued to."""

from collections import Counter
from pathlib import Path

import pytest

from desktop.domain.sheets import Mark
from desktop.domain.student_registration import Outcome
from desktop.errors import (
    AlreadyIssued,
    Cancelled,
    DecisionStale,
    Incomplete,
    NotAllowed,
    NotFound,
    RoundNotOpen,
)
from desktop.procedures.deciding.decisions import (
    OpenConflict,
    accept_addition,
    complete_identity,
    decide_conflict,
    open_conflicts,
)
from desktop.procedures.exchange.exporting import export
from desktop.procedures.exchange.merging import merge
from desktop.procedures.exchange.withdrawals import withdraw_bundle
from desktop.procedures.registration.boards import outcome_counts
from desktop.procedures.registration.recorded_verdicts import record_verdict
from desktop.procedures.registration.student_registration import issue
from desktop.procedures.rounds import close_round, reopen_round
from desktop.procedures.session import Session, cancel
from desktop.procedures.signing.recording import (
    AddedStudent,
    PlaceReport,
    StudentMark,
    record_addition,
    record_marks,
    record_sign_off,
    report_place,
)
from desktop.store import registration
from tests.conftest import ROUND, School, roster_rows

from .acts import (
    class_id,
    complete_class,
    complete_everything,
    digest,
    members,
    print_class,
    reasons,
    rename,
    require_healthy,
    sign,
    sign_off,
    verdicts,
)

CLASS = "软件2601班"


def registrations(session: Session) -> dict[str, registration.Registration]:
    with session.unit_of_work() as unit:
        return registration.registrations(unit.connection, ROUND)


def everything_arrives(school: School) -> None:
    """Let both colleges complete and send everything."""
    complete_everything(school)
    for session in (school.first, school.second):
        school.carry(session, school.registrar)


# --- contradictions ------------------------------------------------------------------------------


def contradict(school: School) -> str:
    """Let two secretaries of one college record opposite things of one student."""
    sheet = complete_class(school.first, CLASS)
    merge(school.first_again, [school.send(school.first, "college-01")])
    student = members(school.first, CLASS)[0].subject
    record_marks(
        school.first_again, ROUND, sheet.number, [StudentMark(student, Mark.UNSIGNED, "栏里是空的")]
    )
    record_marks(school.first, ROUND, sheet.number, [StudentMark(student, Mark.SIGNED)])
    school.carry(school.first, school.registrar)
    report = school.carry(school.first_again, school.registrar)
    assert {c.field for c in report.bundles[0].conflicts} == {"mark", "explanation"}
    return student


def conflict_about(session: Session, field: str) -> OpenConflict:
    (found,) = [c for c in open_conflicts(session, ROUND) if c.field == field]
    return found


def test_two_secretaries_stand_side_by_side_with_who_where_and_when(school: School) -> None:
    student = contradict(school)
    conflict = conflict_about(school.registrar, "mark")
    assert conflict.key == (student, "signature", ROUND)
    assert [(a.value, a.seat, a.office) for a in conflict.alternatives] == [
        ("signed", "002", "college-01"),
        ("unsigned", "003", "college-01"),
    ]
    assert all(a.operator == "张老师" and a.at for a in conflict.alternatives)


def test_an_undecided_contradiction_holds_back_that_student_alone(school: School) -> None:
    student = contradict(school)
    issued = issue(school.registrar, ROUND, [class_id(school.registrar, CLASS)])
    assert issued.outcomes == {Outcome.REGISTERED: 2}
    assert [one.student.subject for one in issued.held_back] == [student]
    assert set(reasons(school.registrar, student)) >= {"conflict"}


@pytest.mark.parametrize(("value", "code"), [("signed", "signed"), ("unsigned", "unsigned")])
def test_a_decision_settles_a_contradiction_everywhere(
    school: School, value: str, code: str
) -> None:
    student = contradict(school)
    for conflict in open_conflicts(school.registrar, ROUND):
        side = next(
            a.value for a in conflict.alternatives if (a.seat == "002") is (value == "signed")
        )
        decide_conflict(school.registrar, conflict.key, conflict.field, side, "查看了签字表原件")
    assert open_conflicts(school.registrar, ROUND) == []
    assert set(reasons(school.registrar, student)) == {code}
    bundle = school.send(school.registrar, "college-01")
    for seat in (school.first, school.first_again):
        merge(seat, [bundle])
        assert set(reasons(seat, student)) == {code}
        require_healthy(seat)


def test_a_decision_needs_a_reason_and_is_the_registrars(school: School) -> None:
    contradict(school)
    conflict = conflict_about(school.registrar, "mark")
    with pytest.raises(Incomplete):
        decide_conflict(school.registrar, conflict.key, "mark", "signed", "")
    with pytest.raises(NotAllowed):
        decide_conflict(school.first, conflict.key, "mark", "signed", "我说了算")
    assert conflict_about(school.registrar, "mark") == conflict


def test_a_decision_for_what_nobody_said_or_somebody_has_decided_is_stale(school: School) -> None:
    contradict(school)
    conflict = conflict_about(school.registrar, "mark")
    with pytest.raises(DecisionStale):
        decide_conflict(school.registrar, conflict.key, "mark", "by_proxy", "第三种")
    decide_conflict(school.registrar, conflict.key, "mark", "signed", "看了原件")
    with pytest.raises(DecisionStale):
        decide_conflict(school.registrar, conflict.key, "mark", "unsigned", "晚了一步")


def test_who_has_not_seen_a_decision_contradicts_it_again(school: School) -> None:
    student = contradict(school)
    decide_conflict(
        school.registrar,
        conflict_about(school.registrar, "mark").key,
        "mark",
        "signed",
        "看了原件",
    )
    with school.first_again.unit_of_work() as unit:
        number = registration.texts_of_round(unit.connection, "signature", ROUND)[student]["sheet"]
    mark = StudentMark(student, Mark.STRUCK_OUT, "划去了")
    record_marks(school.first_again, ROUND, number, [mark])
    school.carry(school.first_again, school.registrar)
    sides = conflict_about(school.registrar, "mark").alternatives
    assert {(a.value, a.office) for a in sides} == {
        ("signed", "registrar"),
        ("struck_out", "college-01"),
    }


# --- taking a bundle back ------------------------------------------------------------------------


def test_a_withdrawn_bundle_no_longer_counts_and_says_so_everywhere(school: School) -> None:
    before = digest(school.registrar)
    complete_class(school.first, CLASS)
    sent = school.send(school.first, "registrar")
    (bundle,) = merge(school.registrar, [sent]).bundles
    students = [student.subject for student in members(school.registrar, CLASS)]
    assert set(reasons(school.registrar, students[0])) == {"signed"}
    with pytest.raises(Incomplete):
        withdraw_bundle(school.registrar, bundle.bundle_id, "")
    withdraw_bundle(school.registrar, bundle.bundle_id, "报错了班级")
    assert all(set(reasons(school.registrar, s)) == {"no-word"} for s in students)
    (again,) = merge(school.registrar, [sent]).bundles
    assert again.new_statements == 0
    assert digest(school.registrar) != before  # the withdrawal itself is something that was said
    require_healthy(school.registrar)
    with pytest.raises(NotFound):
        withdraw_bundle(school.registrar, "没有这一份", "报错了")
    with pytest.raises(NotAllowed):
        withdraw_bundle(school.first, bundle.bundle_id, "收回")


def test_what_rests_on_a_withdrawn_bundle_waits(school: School) -> None:
    sheet = print_class(school.first, CLASS)
    (first,) = school.carry(school.first, school.registrar).bundles
    sign(school.first, sheet)
    sign_off(school.first, sheet)
    school.carry(school.first, school.registrar)
    withdraw_bundle(school.registrar, first.bundle_id, "印错了")
    student = members(school.registrar, CLASS)[0].subject
    assert set(reasons(school.registrar, student)) == {"sheet-unknown"}
    require_healthy(school.registrar)


@pytest.mark.parametrize("which", ["marks", "sign-offs"])
def test_a_bundle_from_which_something_was_issued_is_not_taken_back(
    school: School, which: str
) -> None:
    sheet = print_class(school.first, CLASS)
    sign(school.first, sheet)
    bundles = {"marks": school.carry(school.first, school.registrar).bundles[0]}
    sign_off(school.first, sheet)
    bundles["sign-offs"] = school.carry(school.first, school.registrar).bundles[0]
    issue(school.registrar, ROUND)
    before = digest(school.registrar)
    with pytest.raises(AlreadyIssued, match="3 名学生"):
        withdraw_bundle(school.registrar, bundles[which].bundle_id, "反悔")
    assert digest(school.registrar) == before


def test_a_bundle_that_brought_a_student_who_was_registered_is_not_taken_back(
    school: School,
) -> None:
    sheet = complete_class(school.first, CLASS)
    school.carry(school.first, school.registrar)
    added = AddedStudent(
        sheet.number,
        "欧阳頔",
        "名单漏列",
        "女",
        "26420602119999",
        "202699990001",
        "420602200805059983",
    )
    subject = record_addition(school.first, ROUND, added)
    (bundle,) = school.carry(school.first, school.registrar).bundles
    student = accept_addition(school.registrar, ROUND, subject, "确认已录取")
    complete_identity(
        school.registrar, student, {"birth_date": "20080505", "major_code": "510203"}, "通知书"
    )
    issue(school.registrar, ROUND)
    assert registrations(school.registrar)[student].outcome is Outcome.REGISTERED
    with pytest.raises(AlreadyIssued):
        withdraw_bundle(school.registrar, bundle.bundle_id, "反悔")


# --- who is ready, and why -----------------------------------------------------------------------


def test_every_verdict_rests_on_an_article(school: School) -> None:
    sheet = print_class(school.first, CLASS)
    one, two, three = (student.subject for student in members(school.first, CLASS))
    marks = [
        StudentMark(one, Mark.UNSIGNED, "请假"),
        StudentMark(two, Mark.BY_PROXY, "住院", "王父"),
        StudentMark(three, Mark.STRUCK_OUT, "不是本班的"),
    ]
    record_marks(school.first, ROUND, sheet.number, marks)
    sign_off(school.first, sheet, leaving_out=["seal", "head", "student_section"])
    four, five, six = (student.subject for student in members(school.first, "软件2602班"))
    for student, report in (
        (four, PlaceReport(four, "given_up", "复读", "放弃声明")),
        (five, PlaceReport(five, "kept", "参军入伍", "保留申请表", "2098-12-31")),
    ):
        report_place(school.first, ROUND, report)
        assert student == report.student
    school.carry(school.first, school.registrar)
    record_verdict(
        school.registrar, ROUND, six, passed=False, reason="照片不符", document="小结1号"
    )
    assert {student: reasons(school.registrar, student) for student in (one, two, three)} == {
        one: {"unsigned": "细则 三(三)1"},
        two: {"head-missing": "细则 三(二)", "seal-missing": "细则 三(三)1"},
        three: {"struck-out": "细则 三(三)1"},
    }
    assert {student: reasons(school.registrar, student) for student in (four, five, six)} == {
        four: {"place-given-up": "41号令 第八条"},
        five: {"place-kept": "41号令 第十条"},
        six: {"recheck-failed": "细则 三(三)2"},
    }
    silent = members(school.registrar, "护理2601班")[0].subject
    assert reasons(school.registrar, silent) == {"no-word": "细则 三(三)1"}


def test_a_passed_recheck_alone_registers_nobody(school: School) -> None:
    student = members(school.registrar, CLASS)[0].subject
    record_verdict(school.registrar, ROUND, student, passed=True, reason="合格", document="小结1号")
    assert set(reasons(school.registrar, student)) == {"no-word"}
    with pytest.raises(Incomplete):
        record_verdict(
            school.registrar, ROUND, student, passed=False, reason="", document="小结1号"
        )
    with pytest.raises(NotAllowed):
        record_verdict(school.first, ROUND, student, passed=True, reason="x", document="x")


def test_a_changed_name_after_signing_waits_for_a_new_signature(school: School) -> None:
    everything_arrives(school)
    rename(school.registrar, roster_rows()[0], name="王大改")
    waiting = {s for s, j in verdicts(school.registrar).items() if j.verdict.outcome is None}
    assert len(waiting) == 3  # the whole page of that class
    assert all(set(reasons(school.registrar, s)) == {"sheet-void"} for s in waiting)


# --- issuing -------------------------------------------------------------------------------------


def test_outcomes_are_issued_for_a_class_a_college_and_all(school: School) -> None:
    everything_arrives(school)
    one = class_id(school.registrar, CLASS)
    assert issue(school.registrar, ROUND, [one]).outcomes == {Outcome.REGISTERED: 3}
    assert set(registrations(school.registrar)) == {
        student.subject for student in members(school.registrar, CLASS)
    }
    college = [g.id for g in school.classes(school.registrar) if g.office == "college-01"]
    issued = issue(school.registrar, ROUND, college)
    assert (issued.outcomes, issued.already) == ({Outcome.REGISTERED: 3}, 3)
    issued = issue(school.registrar, ROUND)
    assert (issued.outcomes, issued.already, issued.held_back) == (
        {Outcome.REGISTERED: 3},
        6,
        (),
    )


def test_issuing_twice_changes_nothing(school: School) -> None:
    everything_arrives(school)
    issue(school.registrar, ROUND)
    before, said = digest(school.registrar), registrations(school.registrar)
    again = issue(school.registrar, ROUND)
    assert (again.outcomes, again.already) == ({}, 9)
    assert (digest(school.registrar), registrations(school.registrar)) == (before, said)


def test_all_four_outcomes_and_those_held_back_add_up(school: School) -> None:
    sheet = print_class(school.first, CLASS)
    gone, kept, failed = (student.subject for student in members(school.first, CLASS))
    report_place(school.first, ROUND, PlaceReport(gone, "given_up", "复读", "放弃声明"))
    report_place(
        school.first, ROUND, PlaceReport(kept, "kept", "参军入伍", "保留申请表", "2098-12-31")
    )
    report_place(school.first, ROUND, PlaceReport(failed, "given_up", "不读了", "另一份声明"))
    assert sheet.rows
    complete_class(school.first, "软件2602班")
    school.carry(school.first, school.registrar)
    record_verdict(
        school.registrar, ROUND, failed, passed=False, reason="照片不符", document="小结1号"
    )
    issued = issue(school.registrar, ROUND)
    assert issued.outcomes == {
        Outcome.REGISTERED: 3,
        Outcome.PLACE_KEPT: 1,
        Outcome.PLACE_GIVEN_UP: 1,
        Outcome.PLACE_CANCELLED: 1,
    }
    assert len(issued.held_back) == 3
    counts = outcome_counts(school.registrar, ROUND)
    assert counts == {
        "registered": 3,
        "place_kept": 1,
        "place_given_up": 1,
        "place_cancelled": 1,
        "held_back": 3,
    }
    said = registrations(school.registrar)
    assert Counter(r.outcome for r in said.values()) == issued.outcomes
    # each rests on its own paper
    assert (said[gone].document, said[gone].until) == ("放弃声明", "")
    assert (said[kept].document, said[kept].until) == ("保留申请表", "2098-12-31")
    assert said[failed].document == "小结1号"
    assert "参军入伍" in said[kept].explanation


def test_only_the_registrar_issues_and_only_in_an_open_round(school: School) -> None:
    everything_arrives(school)
    with pytest.raises(NotAllowed):
        issue(school.first, ROUND)
    with pytest.raises(Cancelled):
        issue(school.registrar, ROUND, progress=cancel)
    with pytest.raises(NotFound):
        issue(school.registrar, "2031-student_registration-1")
    close_round(school.registrar, ROUND)
    with pytest.raises(RoundNotOpen):
        issue(school.registrar, ROUND)
    with pytest.raises(RoundNotOpen):
        close_round(school.registrar, ROUND)
    assert registrations(school.registrar) == {}
    with pytest.raises(Incomplete):
        reopen_round(school.registrar, ROUND, "")
    reopen_round(school.registrar, ROUND, "补办")
    issue(school.registrar, ROUND)
    assert len(registrations(school.registrar)) == 9


def test_a_sign_off_that_came_later_makes_the_rest_ready(school: School, tmp_path: Path) -> None:
    sheet = print_class(school.first, CLASS)
    sign(school.first, sheet)
    sign_off(school.first, sheet, leaving_out=["seal"])
    merge(school.registrar, [export(school.first, "registrar", ROUND, tmp_path).path])
    assert issue(school.registrar, ROUND).outcomes == {}
    record_sign_off(school.first, ROUND, sheet.number, "seal", "院部办公室", "2026-09-25")
    merge(school.registrar, [export(school.first, "registrar", ROUND, tmp_path).path])
    assert issue(school.registrar, ROUND).outcomes == {Outcome.REGISTERED: 3}
