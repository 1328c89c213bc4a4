"""Admissions and student affairs take back what they have taken in, with the registrar's care."""

import pytest

from desktop.domain.entry_review import Standing
from desktop.domain.exchange import IncomingBundle
from desktop.domain.statements import Key
from desktop.errors import AlreadyIssued, NotAllowed
from desktop.procedures.entry_review.review_verdicts import take_back_verdicts
from desktop.procedures.exchange.exchange_desk import exchange_desk
from desktop.procedures.exchange.withdrawals import plan_withdrawal, withdraw_bundle
from desktop.procedures.keeping.doctor import diagnose
from desktop.procedures.session import Session
from desktop.procedures.standing.review_files import review_of
from desktop.store import exchange
from desktop.store.journal import Draft
from tests.conftest import School
from tests.rechecks import come
from tests.reviewing import Reviewing, begin_review, say
from tests.reviews import say_as


@pytest.fixture
def reviewing(founded: School) -> Reviewing:
    """The school in the days of check-in."""
    return begin_review(founded)


@pytest.fixture
def came(reviewing: Reviewing) -> IncomingBundle:
    """What the college has told admissions: a class came and is as it should be."""
    come(reviewing.college, reviewing.round, reviewing.subjects())
    return carried(reviewing.college, reviewing.admissions, reviewing)


def carried(sender: Session, receiver: Session, reviewing: Reviewing) -> IncomingBundle:
    """Carry a stick, and return the bundle that was merged."""
    report = reviewing.school.carry(sender, receiver, reviewing.round)
    assert report.refusals == ()
    return bundles_of(receiver)[-1]


def bundles_of(session: Session) -> tuple[IncomingBundle, ...]:
    """Return what a seat has merged, oldest first."""
    with session.unit_of_work() as unit:
        return exchange.incoming(unit.connection)


def standings(session: Session, reviewing: Reviewing) -> set[Standing]:
    """Return where a seat sees the class of the college stand."""
    mine = set(reviewing.subjects())
    with session.unit_of_work() as unit:
        review = review_of(session, unit, reviewing.round)
    return {one.assessment.standing for one in review.students if one.student.subject in mine}


def test_admissions_takes_back_what_a_college_sent(
    reviewing: Reviewing, came: IncomingBundle
) -> None:
    admissions, college = reviewing.admissions, reviewing.college
    assert standings(admissions, reviewing) == {Standing.QUALIFIED}
    plan = plan_withdrawal(admissions, came.bundle_id)
    assert (plan.office_name, plan.statements, plan.issued) == ("信息技术学院", 9, ())
    assert dict(plan.aspects) == {"报到情况": 3, "材料核验": 3, "班主任核对": 3}
    assert len(plan.students) == 3
    withdraw_bundle(admissions, came.bundle_id, "登记的是另一个班")
    assert standings(admissions, reviewing) == {Standing.UNHEARD}
    assert diagnose(admissions.store).findings == ()
    # at the college its own word stands, and it is told that it was taken back, and why
    carried(admissions, college, reviewing)
    assert standings(college, reviewing) == {Standing.QUALIFIED}
    assert [one.withdrawn for one in exchange_desk(college).sent] == ["登记的是另一个班"]
    assert diagnose(college.store).findings == ()
    # said once more, it counts
    come(college, reviewing.round, reviewing.subjects())
    carried(college, admissions, reviewing)
    assert standings(admissions, reviewing) == {Standing.QUALIFIED}


def test_what_a_verdict_rests_on_is_taken_back_after_the_verdict_is(
    reviewing: Reviewing, came: IncomingBundle
) -> None:
    admissions, student = reviewing.admissions, reviewing.subjects()[0]
    say(admissions, reviewing.round, {(student, "entry_review"): {"verdict": "passed"}})
    plan = plan_withdrawal(admissions, came.bundle_id)
    assert (len(plan.issued), plan.verdicts) == (1, True)
    with pytest.raises(AlreadyIssued, match="1 名学生已经下达了审查或复查结论"):
        withdraw_bundle(admissions, came.bundle_id, "登记的是另一个班")
    take_back_verdicts(admissions, reviewing.round, [student], "下达早了")
    withdraw_bundle(admissions, came.bundle_id, "登记的是另一个班")
    assert standings(admissions, reviewing) == {Standing.UNHEARD}


def test_a_verdict_of_one_round_does_not_hold_what_was_said_in_another(
    reviewing: Reviewing, came: IncomingBundle
) -> None:
    admissions, student = reviewing.admissions, reviewing.subjects()[0]
    say(admissions, "2026-recheck-9", {(student, "recheck"): {"verdict": "passed"}})
    assert plan_withdrawal(admissions, came.bundle_id).issued == ()
    # what lasts holds a verdict in any round
    said = {"face_result": "成功", "face_likeness": "0.95"}
    with reviewing.college.unit_of_work() as unit:
        unit.journal.state(Key(student, "face_check", ""), said)
        unit.commit()
    lasting = carried(reviewing.college, admissions, reviewing)
    assert len(plan_withdrawal(admissions, lasting.bundle_id).issued) == 1


def test_student_affairs_takes_back_what_a_college_sent(reviewing: Reviewing) -> None:
    group = next(g for g in reviewing.school.classes(reviewing.college) if g.office == "college-01")
    waiver = {"head": "王院长", "waived_on": "2026-09-04", "explanation": "辅导员病假"}
    say(reviewing.college, reviewing.round, {(group.id, "training_waiver"): waiver})
    bundle = carried(reviewing.college, reviewing.affairs, reviewing)
    assert dict(plan_withdrawal(reviewing.affairs, bundle.bundle_id).aspects) == {
        "未培训先行开展": 1
    }
    withdraw_bundle(reviewing.affairs, bundle.bundle_id, "写错了班")
    assert plan_withdrawal(reviewing.affairs, bundle.bundle_id).statements == 0
    carried(reviewing.affairs, reviewing.college, reviewing)
    sent = exchange_desk(reviewing.college).sent
    assert [one.withdrawn for one in sent if one.bundle.to_office == "student_affairs"] == [
        "写错了班"
    ]


def test_nobody_takes_back_the_word_of_who_leads(reviewing: Reviewing) -> None:
    from_registrar = bundles_of(reviewing.admissions)[0]
    from_admissions = bundles_of(reviewing.affairs)[-1]
    to_college = bundles_of(reviewing.college)[-1]
    for session, bundle in (
        (reviewing.admissions, from_registrar),
        (reviewing.affairs, from_admissions),
        (reviewing.college, to_college),
    ):
        desk = {one.bundle.bundle_id: one for one in exchange_desk(session).received}
        assert not desk[bundle.bundle_id].withdrawable
        with pytest.raises(NotAllowed):
            plan_withdrawal(session, bundle.bundle_id)
        with pytest.raises(NotAllowed):
            withdraw_bundle(session, bundle.bundle_id, "不要了")


def test_a_withdrawal_binds_the_office_alone_that_took_the_bundle_in(
    reviewing: Reviewing, came: IncomingBundle
) -> None:
    """Else admissions could let the registrar lose what a college has told the registrar."""
    registrar = reviewing.school.registrar
    said = Key("bundle:" + came.bundle_id, "withdrawal", "")
    heard = carried(reviewing.admissions, registrar, reviewing)
    elsewhere = Key("bundle:" + heard.bundle_id, "withdrawal", "")
    drafts = [Draft(key, {"withdrawn": "yes"}) for key in (said, elsewhere)]
    say_as(reviewing.affairs, registrar, drafts)
    assert plan_withdrawal(registrar, heard.bundle_id).statements > 0
    say_as(reviewing.affairs, reviewing.admissions, drafts)
    assert standings(reviewing.admissions, reviewing) == {Standing.QUALIFIED}
    assert all(not one.withdrawn for one in exchange_desk(reviewing.admissions).received)
    for session in (registrar, reviewing.admissions):
        assert diagnose(session.store).findings == ()
    # the registrar's word binds everybody
    say_as(registrar, reviewing.admissions, drafts)
    assert standings(reviewing.admissions, reviewing) == {Standing.UNHEARD}
