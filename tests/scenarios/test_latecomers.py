"""A late student goes the whole way; whoever is in no round is counted, with the reason."""

from collections.abc import Mapping

import pytest

from desktop.domain.authority import SIGN_OFFS
from desktop.domain.offices import OfficeKind
from desktop.domain.rounds import Procedure, Round
from desktop.domain.sheets import Mark
from desktop.domain.student_registration import Outcome
from desktop.errors import Incomplete
from desktop.procedures.entry_review.review_verdicts import (
    Ground,
    confirm_given_up,
    issue_qualified,
    qualifying,
    take_back_verdicts,
)
from desktop.procedures.exchange.merging import merge
from desktop.procedures.recheck.recheck_approval import record_approval
from desktop.procedures.recheck.recheck_verdicts import issue_verdicts
from desktop.procedures.registration.registers import register_of
from desktop.procedures.registration.student_registration import eligibility, issue
from desktop.procedures.rounds import NewRound, open_round
from desktop.procedures.session import Session
from desktop.procedures.signing.recording import StudentMark, record_marks, record_sign_off
from desktop.procedures.signing.sheets import make_sheets
from desktop.procedures.standing.following_gaps import COMING, UNTOLD, following_gaps
from desktop.procedures.standing.following_rounds import begin_following, take_followers
from desktop.procedures.standing.following_starts import following_starts
from tests.conftest import FAR_DAY, School
from tests.procedures.acts import require_healthy
from tests.rechecks import NAME, approval, come, report_made, sound
from tests.reviewing import Reviewing, begin_review, say

REGISTRATION = "2026级新生学籍注册"


@pytest.fixture
def reviewing(founded: School) -> Reviewing:
    """Check-in is over: of the first college one is on leave, one doubted; one has given up.

    Of the second college nothing was heard.
    """
    world = begin_review(founded, [OfficeKind.ADMISSIONS])
    first, late, doubted = world.subjects()
    gone, *others = world.subjects("软件2602班")
    college, round_ = world.college, world.round
    come(college, round_, [first, doubted, *others])
    doubt = {"verdict": "doubtful", "explanation": "照片与本人不像"}
    leave = {"state": "leave", "until": FAR_DAY, "cause": "illness"}
    given_up = {"kind": "given_up", "explanation": "复读", "document": "放弃声明"}
    say(
        college,
        round_,
        {
            (doubted, "class_verdict"): doubt,
            (late, "arrival"): leave,
            (gone, "place_report"): given_up,
        },
    )
    founded.carry(college, world.admissions, round_)
    confirm_given_up(world.admissions, round_, [gone], Ground("复读", "放弃声明"))
    return world


def told(world: Reviewing) -> None:
    """Let admissions issue the list, and the registrar hear of it."""
    issue_qualified(world.admissions, world.round, document="核验报告")
    heard(world, world.round)


def heard(world: Reviewing, round_id: str) -> None:
    """Let the registrar hear what admissions has to say of a round."""
    report = world.school.carry(world.admissions, world.school.registrar, round_id)
    assert report.refusals == ()


def gaps(session: Session, round_: Round) -> tuple[int, Mapping[str, int]]:
    """Return how many can be taken into a round, and how many can not, by the reason."""
    found = following_gaps(session, round_.id)
    coming = sum(gap.coming for gap in found)
    return coming, {title: n for gap in found for title, n in gap.waiting.items()}


def begin(world: Reviewing) -> Round:
    """Let the registrar begin the registration with those about whom there is a verdict."""
    new = NewRound(
        Procedure.STUDENT_REGISTRATION, REGISTRATION, "2026", FAR_DAY, asks_verdicts=True
    )
    round_, following = begin_following(world.school.registrar, new, world.round)
    assert len(following.students) == 4  # three pass, and one has given up: the register marks it
    return round_


def test_the_registrar_is_told_who_has_no_verdict_and_why(reviewing: Reviewing) -> None:
    told(reviewing)
    registrar = reviewing.school.registrar
    registration = begin(reviewing)
    counted = {"还没有登记报到情况": 3, "请假": 1, "存疑": 1}
    assert gaps(registrar, registration) == (0, counted)
    (gap,) = following_gaps(registrar, registration.id)
    whys = {one.student.subject: one.why for one in gap.students}
    assert whys[reviewing.subjects()[1]] == f"请假至 {FAR_DAY}（因病）。"
    assert "照片与本人不像" in whys[reviewing.subjects()[2]]
    # nine of the entry review: four in the round, five not, nobody forgotten
    assert len(eligibility(registrar, registration.id)) + len(gap.students) == 9
    require_healthy(registrar)
    require_healthy(reviewing.admissions)


def test_who_was_never_told_of_is_counted_too(reviewing: Reviewing) -> None:
    """The registrar merges before admissions issues: nobody has said why anybody waits."""
    heard(reviewing, reviewing.round)
    registrar = reviewing.school.registrar
    new = NewRound(Procedure.STUDENT_REGISTRATION, REGISTRATION, "2026", FAR_DAY)
    registration, _ = begin_following(registrar, new, reviewing.round)  # with who has given up
    assert gaps(registrar, registration) == (0, {UNTOLD: 8})


def test_what_has_changed_is_told_though_nobody_passes(reviewing: Reviewing) -> None:
    told(reviewing)
    admissions, round_ = reviewing.admissions, reviewing.round
    registration = begin(reviewing)
    assert qualifying(admissions, round_).untold == ()
    absent = {(reviewing.subjects()[1], "arrival"): {"state": "absent", "cause": "unreachable"}}
    say(reviewing.college, round_, absent)
    reviewing.school.carry(reviewing.college, admissions, round_)
    assert [one.student.subject for one in qualifying(admissions, round_).untold] == [
        reviewing.subjects()[1]
    ]
    told(reviewing)
    assert gaps(reviewing.school.registrar, registration)[1]["未报到"] == 1
    assert "请假" not in gaps(reviewing.school.registrar, registration)[1]


def test_a_verdict_that_is_taken_back_is_told_with_the_reason(reviewing: Reviewing) -> None:
    told(reviewing)
    passed = reviewing.subjects()[0]
    take_back_verdicts(reviewing.admissions, reviewing.round, [passed], "档案有误")
    heard(reviewing, reviewing.round)
    registrar = reviewing.school.registrar
    new = NewRound(Procedure.STUDENT_REGISTRATION, REGISTRATION, "2026", FAR_DAY)
    registration, _ = begin_following(registrar, new, reviewing.round)
    (gap,) = following_gaps(registrar, registration.id)
    whys = {one.student.subject: (one.title, one.why) for one in gap.students}
    assert whys[passed] == ("审查中", "审查结论已收回：档案有误")


def test_a_latecomer_goes_from_check_in_to_the_register(reviewing: Reviewing) -> None:
    told(reviewing)
    school, admissions, registrar = (
        reviewing.school,
        reviewing.admissions,
        reviewing.school.registrar,
    )
    late = reviewing.subjects()[1]
    registration = begin(reviewing)
    # the re-check has begun without the latecomer, and says so
    new = NewRound(Procedure.RECHECK, NAME, "2026", FAR_DAY)
    recheck, _ = begin_following(admissions, new, reviewing.round)
    rules = {(f"round:{recheck.id}", "review_rules"): {"form_fields": "name,exam_number"}}
    say(admissions, recheck.id, rules)
    assert gaps(admissions, recheck) == (
        0,
        {"还没有登记报到情况": 3, "请假": 1, "放弃入学资格": 1},
    )
    to_college(reviewing, recheck.id)

    # the student comes: check-in, then into the re-check
    come(reviewing.college, reviewing.round, [late])
    school.carry(reviewing.college, admissions, reviewing.round)
    coming, waiting = gaps(admissions, recheck)
    assert (coming, waiting) == (1, {"还没有登记报到情况": 3, "放弃入学资格": 1})
    assert take_followers(admissions, recheck.id, reviewing.round).new == (late,)
    assert gaps(admissions, recheck)[0] == 0
    to_college(reviewing, recheck.id)

    # the form of the re-check, the approval, the verdicts
    sound(reviewing.college, recheck.id, [reviewing.subjects()[0], late])
    school.carry(reviewing.college, admissions, recheck.id)
    report = report_made(admissions, recheck.id)
    record_approval(admissions, recheck.id, approval(admissions, report))
    issued = issue_verdicts(admissions, recheck.id)
    assert late in {one.one.student.subject for one in issued.told}
    told(reviewing)
    heard(reviewing, recheck.id)

    # the registrar sees one who can be taken in, and takes the student in
    assert gaps(registrar, registration) == (1, {"还没有登记报到情况": 3, "存疑": 1})
    (gap,) = following_gaps(registrar, registration.id)
    assert [one.title for one in gap.students if one.student.subject == late] == [COMING]
    (start,) = following_starts(registrar, Procedure.STUDENT_REGISTRATION, registration.id)
    assert start.new == 1
    assert take_followers(registrar, registration.id, reviewing.round).new == (late,)
    assert gaps(registrar, registration) == (0, {"还没有登记报到情况": 3, "存疑": 1})
    school.carry(registrar, school.first, registration.id)

    # the class signs; the outcome; the register
    assert signed_outcome(reviewing, registration) == Outcome.REGISTERED
    rows = [
        row.name for group in register_of(registrar, registration.id).classes for row in group.rows
    ]
    assert name_of(reviewing, registration, late) in rows
    for session in (registrar, admissions, school.first):
        require_healthy(session)


def to_college(world: Reviewing, round_id: str) -> None:
    """Bring what is new for the first college to both of its seats."""
    bundle = world.school.send(world.admissions, "college-01", round_id)
    for seat in ("first", "first_again"):
        assert merge(world.school.sessions[seat], [bundle]).refusals == ()


def signed_outcome(world: Reviewing, registration: Round) -> Outcome | None:
    """Let the latecomer's class sign and the registrar issue; return what the latecomer gets."""
    college, registrar = world.school.first, world.school.registrar
    late = world.subjects()[1]
    class_id = next(g.id for g in world.school.classes(college) if g.name == "软件2601班")
    (sheet,) = make_sheets(college, registration.id, [class_id]).sheets
    assert late in {row.student for row in sheet.rows}
    marks = [StudentMark(row.student, Mark.SIGNED) for row in sheet.rows]
    record_marks(college, registration.id, sheet.number, marks)
    for who in (*SIGN_OFFS, "seal"):
        record_sign_off(college, registration.id, sheet.number, who, "钱主任", "2026-11-20")
    world.school.carry(college, registrar, registration.id)
    issue(registrar, registration.id)
    (judged,) = [
        one for one in eligibility(registrar, registration.id) if one.student.subject == late
    ]
    return judged.issued.outcome if judged.issued else None


def name_of(world: Reviewing, registration: Round, student: str) -> str:
    """Return what a student of a round is called."""
    found = eligibility(world.school.registrar, registration.id)
    return next(one.student.identity.name for one in found if one.student.subject == student)


def test_nobody_is_taken_into_a_round_of_another_year(reviewing: Reviewing) -> None:
    told(reviewing)
    registrar = reviewing.school.registrar
    new = NewRound(Procedure.STUDENT_REGISTRATION, "2027级新生学籍注册", "2027", FAR_DAY)
    other = open_round(registrar, new)
    assert following_starts(registrar, Procedure.STUDENT_REGISTRATION, other.id) == ()
    assert following_gaps(registrar, other.id) == ()
    with pytest.raises(Incomplete, match="2026级"):
        take_followers(registrar, other.id, reviewing.round)
