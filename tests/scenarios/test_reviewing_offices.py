"""Procedures one and two between the offices: each hears what concerns it, and nothing else."""

import pytest

from desktop.domain.checklists import DEFAULT_CHECKLIST
from desktop.domain.entry_review import Standing
from desktop.domain.offices import OfficeKind
from desktop.domain.rounds import Procedure
from desktop.errors import NotAllowed
from desktop.procedures.deciding.decisions import decide_conflict, open_conflicts
from desktop.procedures.exchange.export_plans import plan_export, receiving_offices
from desktop.procedures.exchange.merging import merge
from desktop.procedures.keeping.doctor import state_digest
from desktop.procedures.registration.student_registration import eligibility
from desktop.procedures.rounds import NewRound, open_round
from desktop.procedures.session import Session
from desktop.procedures.standing.following_rounds import (
    begin_following,
    plan_following,
    take_followers,
)
from desktop.procedures.standing.review_files import checklist_of, counted, review_of
from desktop.store import school as school_queries
from desktop.store.students import listed_students
from tests.conftest import School
from tests.reviewing import Reviewing, begin_review, say

REGISTRATION = "2026级新生学籍注册"


@pytest.fixture
def reviewing(founded: School) -> Reviewing:
    """The school in the days of check-in."""
    return begin_review(founded)


def standings(session: Session, round_id: str) -> dict[str, Standing]:
    """Return where a seat sees its students stand."""
    with session.unit_of_work() as unit:
        review = review_of(session, unit, round_id)
    return {one.student.subject: one.assessment.standing for one in review.students}


def passes(session: Session, round_id: str, students: list[str]) -> None:
    """Let a college say of students that they came, brought everything, and are themselves."""
    brought = {item.slot: "seen" for item in DEFAULT_CHECKLIST}
    six = dict.fromkeys(
        ("photo", "notice", "exam_card", "archive_file", "id_card", "person"), "same"
    )
    for student in students:
        say(
            session,
            round_id,
            {
                (student, "arrival"): {"state": "arrived", "arrived_on": "2026-09-05"},
                (student, "document_check"): brought,
                (student, "class_verdict"): {"verdict": "normal", "checker": "李老师", **six},
            },
        )


def test_each_office_is_told_what_concerns_it(reviewing: Reviewing) -> None:
    assert len(reviewing.subjects()) == 3
    assert set(standings(reviewing.college, reviewing.round).values()) == {Standing.UNHEARD}
    assert len(standings(reviewing.admissions, reviewing.round)) == 9
    # student affairs knows classes and no student
    assert standings(reviewing.affairs, reviewing.round) == {}
    assert len(reviewing.school.classes(reviewing.affairs)) == 3
    ids = [office.id for office in receiving_offices(reviewing.college, reviewing.round)]
    assert ids == ["admissions", "student_affairs"]
    ids = [office.id for office in receiving_offices(reviewing.admissions, reviewing.round)]
    assert ids == ["college-01", "college-02", "registrar", "student_affairs"]


def test_the_checklist_of_student_affairs_reaches_a_college(reviewing: Reviewing) -> None:
    say(
        reviewing.affairs,
        reviewing.round,
        {("item:item_01", "checklist_item"): {"title": "录取通知书", "required_types": "*"}},
    )
    reviewing.school.carry(reviewing.affairs, reviewing.college, reviewing.round)
    with reviewing.college.unit_of_work() as unit:
        (item,) = checklist_of(unit, reviewing.round)
    assert (item.title, item.required_of("普通高考")) == ("录取通知书", True)


def test_what_a_college_found_becomes_admissions_word_and_the_registrars_register(
    reviewing: Reviewing,
) -> None:
    school, round_ = reviewing.school, reviewing.round
    came = reviewing.subjects()
    passes(reviewing.college, round_, came)
    plan = plan_export(reviewing.college, "admissions", round_)
    assert {one.name: (one.ready, one.students) for one in plan.classes} == {
        "软件2601班": (3, 3),
        "软件2602班": (0, 3),
    }
    school.carry(reviewing.college, reviewing.admissions, round_)
    found = standings(reviewing.admissions, round_)
    assert {found[student] for student in came} == {Standing.QUALIFIED}
    say(
        reviewing.admissions,
        round_,
        {
            (came[0], "entry_review"): {"verdict": "passed"},
            (came[1], "entry_review"): {"verdict": "kept", "document": "入伍通知书"},
        },
    )
    report = school.carry(reviewing.admissions, school.registrar, round_)
    assert report.refusals == ()
    with school.registrar.unit_of_work() as unit:
        heard = {r.id for r in school_queries.rounds(unit.connection)}
    assert round_ in heard
    new = NewRound(
        Procedure.STUDENT_REGISTRATION, REGISTRATION, "2026", "2026-11-30", asks_verdicts=True
    )
    begun, following = begin_following(school.registrar, new, round_)
    assert len(following.students) == 2
    assert following.left == 7
    # the registrar answers for his list: a college hears of its students from him, too
    school.carry(school.registrar, school.second, begun.id)
    report = school.carry(school.registrar, school.first, begun.id)
    assert (report.refusals, report.bundles[0].conflicts) == ((), ())
    with school.first.unit_of_work() as unit:
        listed = listed_students(unit.connection, begun.id)
    assert {one.subject for one in listed} == set(came[:2])
    codes = {
        one.student.subject: {reason.code for reason in one.verdict.reasons}
        for one in eligibility(school.registrar, begun.id)
    }
    assert codes[came[0]] >= {"no-recheck", "no-word"}
    assert "no-entry-review" not in codes[came[0]]
    assert codes[came[1]] == {"place-until-missing"}


def test_the_recheck_begins_with_everybody_who_came(reviewing: Reviewing) -> None:
    round_, admissions = reviewing.round, reviewing.admissions
    came = reviewing.subjects()
    passes(admissions, round_, came[:2])
    new = NewRound(Procedure.RECHECK, "2026级新生入学资格复查", "2026", "2026-12-01")
    recheck, following = begin_following(admissions, new, round_)
    assert sorted(following.students) == sorted(came[:2])
    passes(admissions, round_, came[2:])
    assert plan_following(admissions, Procedure.RECHECK, round_, recheck.id).new == (came[2],)
    assert take_followers(admissions, recheck.id, round_).new == (came[2],)
    assert take_followers(admissions, recheck.id, round_).new == ()
    with pytest.raises(NotAllowed):
        begin_following(reviewing.college, new, round_)


def test_admissions_decides_what_two_seats_of_a_college_contradict(reviewing: Reviewing) -> None:
    school, round_ = reviewing.school, reviewing.round
    student = reviewing.subjects()[0]
    say(school.first, round_, {(student, "arrival"): {"state": "arrived"}})
    say(school.first_again, round_, {(student, "arrival"): {"state": "absent"}})
    for seat in (school.first, school.first_again):
        school.carry(seat, reviewing.admissions, round_)
    assert standings(reviewing.admissions, round_)[student] is Standing.UNHEARD
    (conflict,) = open_conflicts(reviewing.admissions, round_)
    decide_conflict(reviewing.admissions, conflict.key, conflict.field, "arrived", "看到本人")
    assert open_conflicts(reviewing.admissions, round_) == []
    school.carry(reviewing.admissions, school.first, round_)
    with school.first.unit_of_work() as unit:
        (one,) = [
            s
            for s in review_of(school.first, unit, round_).students
            if s.student.subject == student
        ]
    assert one.file.arrival == "arrived"


def test_nobody_opens_a_round_that_others_lead(reviewing: Reviewing) -> None:
    mine = NewRound(Procedure.STUDENT_REGISTRATION, REGISTRATION, "2026", "2026-11-30")
    for session in (reviewing.admissions, reviewing.college, reviewing.affairs):
        with pytest.raises(NotAllowed):
            open_round(session, mine)
    theirs = NewRound(Procedure.ENTRY_REVIEW, "审查", "2026", "2026-09-30")
    for session in (reviewing.college, reviewing.affairs):
        with pytest.raises(NotAllowed):
            open_round(session, theirs)
    # and a bundle that says otherwise is refused whole
    say(
        reviewing.admissions,
        "",
        {("round:2026-student_registration-1", "round"): {"procedure": "student_registration"}},
    )
    before = state_digest(reviewing.school.registrar.store)
    bundle = reviewing.school.send(reviewing.admissions, "registrar", reviewing.round)
    report = merge(reviewing.school.registrar, [bundle])
    assert [refusal.code for refusal in report.refusals] == ["JC-409"] or report.refusals
    assert state_digest(reviewing.school.registrar.store) == before


def test_numbers_agree_however_the_bundles_come(reviewing: Reviewing) -> None:
    school, round_ = reviewing.school, reviewing.round
    passes(school.first, round_, reviewing.subjects())
    school.carry(school.first, reviewing.admissions, round_)
    school.carry(school.second, reviewing.admissions, round_)
    with reviewing.admissions.unit_of_work() as unit:
        numbers = counted(review_of(reviewing.admissions, unit, round_).students)
    assert (numbers.admitted, numbers.expected, numbers.arrived, numbers.unheard) == (9, 9, 3, 6)
    assert numbers.qualified == 3
    assert OfficeKind.ADMISSIONS in school.sessions
