"""Two seats of the registrar decide differently: what then holds of the student follows."""

import pytest

from desktop.domain.sheets import Mark
from desktop.errors import CorrectionRefused
from desktop.procedures.deciding.decisions import (
    accept_addition,
    complete_identity,
    decide_conflict,
    decide_correction,
    open_conflicts,
    reject_addition,
)
from desktop.procedures.evidence_files import Evidence
from desktop.procedures.exchange.merging import merge
from desktop.procedures.session import Session
from desktop.procedures.signing.recording import (
    AddedStudent,
    ProposedCorrection,
    StudentMark,
    propose_correction,
    record_addition,
    record_marks,
)
from desktop.store.students import Student, students_by_subject
from tests.conftest import ROUND, School, identity

from .acts import (
    complete_class,
    digest,
    members,
    require_healthy,
    second_registrar,
    verdicts,
)

CLASS, OTHER = "软件2601班", "软件2602班"


@pytest.fixture
def both(school: School) -> tuple[Session, Session]:
    """Two seats of the registrar, both of which know the roster."""
    return school.registrar, second_registrar(school)


def from_college(school: School, both: tuple[Session, Session]) -> None:
    """Bring what the college has to both seats."""
    bundle = school.send(school.first, "registrar")
    for seat in both:
        merge(seat, [bundle])


def settle(session: Session, decision: str) -> None:
    """Decide the conflict of decisions, and what else is open."""
    for conflict in open_conflicts(session, ROUND):
        value = decision if conflict.field == "decision" else conflict.alternatives[0].value
        decide_conflict(session, conflict.key, conflict.field, value, "查看了材料原件")
    assert open_conflicts(session, ROUND) == []


def student_of(session: Session, subject: str) -> Student | None:
    with session.unit_of_work() as unit:
        return students_by_subject(unit.connection, [subject]).get(subject)


def meet(school: School, both: tuple[Session, Session], decider: int) -> tuple[Session, Session]:
    """Let one seat hear the other, and return it and the other."""
    here, there = both[decider], both[1 - decider]
    school.carry(there, here)
    return here, there


def agree(school: School, here: Session, there: Session) -> None:
    """Bring the decision back, and require that both seats then say the same."""
    school.carry(here, there)
    assert digest(here) == digest(there)
    for seat in (here, there):
        require_healthy(seat)


@pytest.mark.parametrize("decider", [0, 1])
@pytest.mark.parametrize("accepter", [0, 1])
@pytest.mark.parametrize(("decision", "name"), [("accepted", "王小喆"), ("rejected", "王小乙甲")])
def test_a_students_data_follow_the_decision_between_two_decisions(
    school: School,
    both: tuple[Session, Session],
    decider: int,
    accepter: int,
    decision: str,
    name: str,
) -> None:
    student = members(school.first, CLASS)[0]
    assert student.identity.name == "王小乙甲"
    subject = propose_correction(
        school.first,
        ROUND,
        ProposedCorrection(student.subject, "name", "王小喆", "证件为准"),
        [Evidence("扫描件.pdf", b"%PDF")],
    )
    from_college(school, both)
    decide_correction(both[accepter], ROUND, subject, accept=True, reason="属实")
    decide_correction(both[1 - accepter], ROUND, subject, accept=False, reason="看不清")
    here, there = meet(school, both, decider)
    settle(here, decision)
    agree(school, here, there)
    for seat in both:
        found = student_of(seat, student.subject)
        assert found is not None
        assert found.identity.name == name


def test_a_value_that_was_changed_again_since_is_left_alone(
    school: School, both: tuple[Session, Session]
) -> None:
    student = members(school.first, CLASS)[0].subject
    proposed = ProposedCorrection(student, "name", "王小喆", "证件为准")
    subject = propose_correction(school.first, ROUND, proposed, [Evidence("证明.pdf", b"%PDF")])
    from_college(school, both)
    decide_correction(both[0], ROUND, subject, accept=True, reason="属实")
    decide_correction(both[1], ROUND, subject, accept=False, reason="看不清")
    school.carry(both[0], school.first)
    proposed = ProposedCorrection(student, "name", "王小真", "更名证明")
    later = propose_correction(school.first, ROUND, proposed, [Evidence("更名.pdf", b"%PDF")])
    school.carry(school.first, both[0])
    decide_correction(both[0], ROUND, later, accept=True, reason="又更了名")
    here, _ = meet(school, both, 0)
    settle(here, "rejected")
    found = student_of(here, student)
    assert found is not None
    assert found.identity.name == "王小真"


@pytest.mark.parametrize("decision", ["accepted", "rejected"])
def test_a_number_that_is_another_students_by_now_does_not_come_back(
    school: School, both: tuple[Session, Session], decision: str
) -> None:
    one, two, _ = members(school.first, CLASS)
    old, new = one.identity.student_number, "202688880001"
    proposed = ProposedCorrection(one.subject, "student_number", new, "学号重排")
    subject = propose_correction(school.first, ROUND, proposed, [Evidence("证明.pdf", b"%PDF")])
    from_college(school, both)
    decide_correction(both[0], ROUND, subject, accept=True, reason="属实")
    decide_correction(both[1], ROUND, subject, accept=False, reason="看不清")
    school.carry(both[0], school.first)
    proposed = ProposedCorrection(two.subject, "student_number", old, "学号重排")
    later = propose_correction(school.first, ROUND, proposed, [Evidence("证明.pdf", b"%PDF")])
    school.carry(school.first, both[0])
    decide_correction(both[0], ROUND, later, accept=True, reason="属实")
    here, _ = meet(school, both, 0)
    if decision == "rejected":
        with pytest.raises(CorrectionRefused, match=f"已属于{two.identity.name}"):
            settle(here, decision)
    else:
        settle(here, decision)
    for student, number in ((one, new), (two, old)):
        found = student_of(here, student.subject)
        assert found is not None
        assert found.identity.student_number == number


@pytest.mark.parametrize("decider", [0, 1])
@pytest.mark.parametrize(("decision", "place"), [("accepted", OTHER), ("rejected", CLASS)])
def test_a_student_who_was_moved_is_where_the_decision_says(
    school: School, both: tuple[Session, Session], decider: int, decision: str, place: str
) -> None:
    first, second = complete_class(school.first, CLASS), complete_class(school.first, OTHER)
    mover = members(school.first, CLASS)[0]
    struck = StudentMark(mover.subject, Mark.STRUCK_OUT, "在另一个班")
    record_marks(school.first, ROUND, first.number, [struck])
    added = AddedStudent(
        second.number, mover.identity.name, "分班有误", exam_number=mover.identity.exam_number
    )
    subject = record_addition(school.first, ROUND, added)
    from_college(school, both)
    accept_addition(both[0], ROUND, subject, "属实")
    reject_addition(both[1], ROUND, subject, "不属实")
    here, there = meet(school, both, decider)
    settle(here, decision)
    agree(school, here, there)
    for seat in both:
        assert mover.subject in {s.subject for s in members(seat, place)}
        assert len(verdicts(seat)) == 9


@pytest.mark.parametrize("decider", [0, 1])
@pytest.mark.parametrize(("decision", "count"), [("accepted", 10), ("rejected", 9)])
def test_a_student_who_was_new_is_on_the_roster_only_if_accepted(
    school: School, both: tuple[Session, Session], decider: int, decision: str, count: int
) -> None:
    new = identity(77)
    sheet = complete_class(school.first, CLASS)
    added = AddedStudent(
        sheet.number, new.name, "名单漏列", new.sex, new.exam_number, "", new.id_number
    )
    subject = record_addition(school.first, ROUND, added)
    from_college(school, both)
    student = accept_addition(both[0], ROUND, subject, "属实")
    complete_identity(both[0], student, {"birth_date": new.birth_date}, "通知书")
    reject_addition(both[1], ROUND, subject, "不属实")
    here, there = meet(school, both, decider)
    settle(here, decision)
    agree(school, here, there)
    for seat in both:
        assert len(verdicts(seat)) == count
        # who was never admitted keeps no number that another student may bring
        assert (student_of(seat, student) is not None) is (decision == "accepted")


def test_a_decision_that_is_disputed_again_brings_the_student_back(
    school: School, both: tuple[Session, Session]
) -> None:
    new = identity(77)
    sheet = complete_class(school.first, CLASS)
    added = AddedStudent(sheet.number, new.name, "名单漏列", new.sex, new.exam_number)
    subject = record_addition(school.first, ROUND, added)
    from_college(school, both)
    one, two = both
    student = accept_addition(one, ROUND, subject, "属实")
    reject_addition(two, ROUND, subject, "不属实")
    bundles = [school.send(one, "registrar"), school.send(two, "registrar")]
    merge(two, bundles[:1])
    merge(one, bundles[1:])
    settle(one, "rejected")
    settle(two, "accepted")
    school.carry(one, two)
    school.carry(two, one)
    for conflict in open_conflicts(two, ROUND):
        if conflict.key.aspect == "addition_decision":
            value = "accepted" if conflict.field == "decision" else conflict.alternatives[0].value
            decide_conflict(two, conflict.key, conflict.field, value, "再次核实，属实")
    for conflict in open_conflicts(two, ROUND):
        side = next(a.value for a in conflict.alternatives if a.value)
        decide_conflict(two, conflict.key, conflict.field, side, "同上")
    found = student_of(two, student)
    assert found is not None
    assert found.identity.exam_number == new.exam_number
    assert student in {s.subject for s in members(two, CLASS)}
