"""Deciding anew: what was decided by mistake is decided otherwise, with all that follows."""

from dataclasses import replace

import pytest

from desktop.domain.sheets import Mark
from desktop.errors import AlreadyIssued, DecisionStale, Incomplete, NotAllowed
from desktop.procedures.deciding.decision_desk import decision_desk
from desktop.procedures.deciding.decisions import decide_conflict, decide_correction, open_conflicts
from desktop.procedures.deciding.redeciding import DecidedConflict, decide_anew, decided_conflicts
from desktop.procedures.evidence_files import Evidence
from desktop.procedures.exchange.merging import merge
from desktop.procedures.registration.student_registration import issue
from desktop.procedures.session import Session
from desktop.procedures.signing.recording import (
    ProposedCorrection,
    StudentMark,
    propose_correction,
    record_marks,
)
from desktop.store.registration import texts_of_round
from desktop.store.students import students_by_subject
from tests.conftest import ROUND, School

from .acts import complete_everything, digest, members, require_healthy, second_registrar
from .test_decisions import contradict

CLASS = "软件2601班"


def decide_all(session: Session, which: int) -> None:
    """Decide every open conflict for one of its sides."""
    for conflict in open_conflicts(session, ROUND):
        value = conflict.alternatives[which].value
        decide_conflict(session, conflict.key, conflict.field, value, "看了原件")


def decided_about(session: Session, field: str) -> DecidedConflict:
    (found,) = [one for one in decided_conflicts(session, ROUND) if one.field == field]
    return found


def mark_of(session: Session, student: str) -> str:
    with session.unit_of_work() as unit:
        return texts_of_round(unit.connection, "signature", ROUND)[student]["mark"]


def test_what_nobody_decided_is_not_among_the_decided(school: School) -> None:
    assert decided_conflicts(school.registrar, ROUND) == []
    contradict(school)
    assert decided_conflicts(school.registrar, ROUND) == []
    assert decision_desk(school.registrar, ROUND).decided == ()


def test_a_decision_is_replaced_and_replaced_back(school: School) -> None:
    student = contradict(school)
    decide_all(school.registrar, 1)
    one = decided_about(school.registrar, "mark")
    assert [side.value for side in one.alternatives] == ["signed", "unsigned"]
    assert (one.decision.value, one.decision.reason) == ("unsigned", "看了原件")
    decide_anew(school.registrar, ROUND, one, "signed", "看错了行")
    assert mark_of(school.registrar, student) == "signed"
    assert open_conflicts(school.registrar, ROUND) == []
    again = decided_about(school.registrar, "mark")
    assert again.alternatives == one.alternatives
    assert (again.decision.value, again.decision.reason) == ("signed", "看错了行")
    decide_anew(school.registrar, ROUND, again, "unsigned", "还是没有签")
    assert mark_of(school.registrar, student) == "unsigned"
    school.carry(school.registrar, school.first)
    assert mark_of(school.first, student) == "unsigned"
    require_healthy(school.registrar)


def test_the_desk_tells_who_decided_and_why(school: School) -> None:
    contradict(school)
    decide_all(school.registrar, 1)
    desk = decision_desk(school.registrar, ROUND)
    assert desk.waiting == (0, 0, 0)
    (one,) = [d for d in desk.decided if d.field == "mark"]
    assert one.decided
    assert (one.decided.side.text, one.decided.side.voice.reason) == ("未签", "看了原件")
    assert [side.text for side in one.sides] == ["本人签字", "未签"]


@pytest.mark.parametrize(
    ("value", "reason", "error"),
    [
        ("signed", " ", Incomplete),
        ("unsigned", "再说一次", DecisionStale),  # holds already
        ("struck_out", "另有说法", DecisionStale),  # nobody said so
    ],
)
def test_what_decides_nothing_is_refused(
    school: School, value: str, reason: str, error: type[Exception]
) -> None:
    contradict(school)
    decide_all(school.registrar, 1)
    before = digest(school.registrar)
    one = decided_about(school.registrar, "mark")
    with pytest.raises(error):
        decide_anew(school.registrar, ROUND, one, value, reason)
    with pytest.raises(NotAllowed):
        decide_anew(school.first, ROUND, one, "signed", "看错了行")
    with pytest.raises(DecisionStale):
        decide_anew(school.registrar, ROUND, replace(one, statement="other"), "signed", "看错了行")
    assert digest(school.registrar) == before


def test_what_somebody_said_since_is_no_decision_any_more(school: School) -> None:
    student = contradict(school)
    decide_all(school.registrar, 1)
    one = decided_about(school.registrar, "mark")
    school.carry(school.registrar, school.first)
    with school.first.unit_of_work() as unit:
        sheet = texts_of_round(unit.connection, "signature", ROUND)[student]["sheet"]
    record_marks(school.first, ROUND, sheet, [StudentMark(student, Mark.SIGNED)])
    school.carry(school.first, school.registrar)
    assert "mark" not in {found.field for found in decided_conflicts(school.registrar, ROUND)}
    with pytest.raises(DecisionStale):
        decide_anew(school.registrar, ROUND, one, "signed", "看错了行")


def test_what_an_outcome_rests_on_is_not_decided_anew(school: School) -> None:
    complete_everything(school)
    student = members(school.first, CLASS)[0].subject
    with school.first.unit_of_work() as unit:
        sheet = texts_of_round(unit.connection, "signature", ROUND)[student]["sheet"]
    merge(school.first_again, [school.send(school.first, "college-01")])
    record_marks(
        school.first_again, ROUND, sheet, [StudentMark(student, Mark.UNSIGNED, "栏里是空的")]
    )
    record_marks(school.first, ROUND, sheet, [StudentMark(student, Mark.SIGNED)])
    for session in (school.first, school.first_again, school.second):
        school.carry(session, school.registrar)
    decide_all(school.registrar, 0)
    one = decided_about(school.registrar, "mark")
    assert one.decision.value == "signed"
    assert issue(school.registrar, ROUND).held_back == ()
    with pytest.raises(AlreadyIssued, match="有1名学生"):
        decide_anew(school.registrar, ROUND, one, "unsigned", "看错了行")


@pytest.mark.parametrize("first", ["accepted", "rejected"])
def test_a_students_data_follow_the_new_decision_between_two_decisions(
    school: School, first: str
) -> None:
    registrar, other = school.registrar, second_registrar(school)
    student = members(school.first, CLASS)[0]
    names = {"accepted": "王小喆", "rejected": student.identity.name}
    proposed = ProposedCorrection(student.subject, "name", names["accepted"], "证件为准")
    subject = propose_correction(school.first, ROUND, proposed, [Evidence("扫描件.pdf", b"%PDF")])
    bundle = school.send(school.first, "registrar")
    for seat in (registrar, other):
        merge(seat, [bundle])
    decide_correction(registrar, ROUND, subject, accept=True, reason="属实")
    decide_correction(other, ROUND, subject, accept=False, reason="看不清")
    school.carry(other, registrar)
    (second,) = {"accepted", "rejected"} - {first}
    for conflict in open_conflicts(registrar, ROUND):
        value = first if conflict.field == "decision" else conflict.alternatives[0].value
        decide_conflict(registrar, conflict.key, conflict.field, value, "看了材料")
    for decision in (second, first, second):
        decide_anew(registrar, ROUND, decided_about(registrar, "decision"), decision, "再核对过")
        with registrar.unit_of_work() as unit:
            found = students_by_subject(unit.connection, [student.subject])[student.subject]
        assert found.identity.name == names[decision]
    school.carry(registrar, other)
    assert digest(registrar) == digest(other)
    require_healthy(registrar)
