"""Procedures one and two for the sample of a store's form: something of everything that is said."""

from desktop.domain.review_fields import SIX_THINGS
from desktop.domain.statements import Key
from desktop.procedures.cases.case_conclusions import conclude_case
from desktop.procedures.cases.case_files import case_desk
from desktop.procedures.cases.case_notes import NewNote, add_note
from desktop.procedures.cases.cases import NewCase, open_cases
from desktop.procedures.entry_review.review_verdicts import (
    Ground,
    confirm_given_up,
    issue_qualified,
)
from desktop.procedures.exchange.withdrawals import withdraw_bundle
from desktop.procedures.recheck.recheck_approval import record_approval
from desktop.procedures.recheck.recheck_spellings import spelling_subject
from desktop.procedures.recheck.recheck_verdicts import issue_verdicts
from desktop.procedures.session import Session
from desktop.store import exchange
from desktop.store.journal import Draft
from tests.conftest import FAR_DAY, School
from tests.rechecks import (
    Rechecking,
    approval,
    begin_recheck,
    conclusion,
    doubtful,
    report_made,
    sound,
)
from tests.reviewing import say


def play_reviews(school: School) -> Session:
    """Let admissions and the colleges go through both procedures; return admissions' session.

    The registrar has heard the verdicts. Admissions has withdrawn a bundle.
    """
    world = begin_recheck(school)
    _prepare(world)
    _withdraw(world)
    _review(world)
    _recheck(world)
    for round_id in (world.reviewing.round, world.round):
        assert school.carry(world.admissions, school.registrar, round_id).refusals == ()
    return world.admissions


def _prepare(world: Rechecking) -> None:
    """Say what the review asks for, and whose class teacher was trained."""
    round_ = world.reviewing.round
    first, second = (g.id for g in world.school.classes(world.college) if g.office == "college-01")
    trained = {"teacher": "赵老师", "trained_on": "2026-08-30"}
    waiver = {"head": "王院长", "waived_on": "2026-09-04", "explanation": "班主任临时更换"}
    item = {"title": "录取通知书", "required_types": "*", "place": "01", "note": "原件"}
    rules = {"face_threshold": "0.9", "check_in_until": "2026-09-07", "second_check": "doubtful"}
    say(
        world.admissions,
        round_,
        {
            (f"round:{round_}", "review_rules"): rules,
            ("item:item_01", "checklist_item"): item,
            (first, "training"): trained,
        },
    )
    say(world.college, round_, {(second, "training_waiver"): waiver})


def _review(world: Rechecking) -> None:
    """One is doubted and looked at twice, one gives the place up; the others pass."""
    round_, college = world.reviewing.round, world.college
    doubted, gone, _ = world.reviewing.subjects("软件2602班")
    doubt = {**dict.fromkeys(SIX_THINGS, "same"), "photo": "different", "verdict": "doubtful"}
    absent = {"state": "absent", "cause": "gave_up", "arrived_on": None}
    group = next(g.id for g in world.school.classes(college) if g.name == "软件2602班")
    number = f"paper:{college.home.seat.id}-901"
    paper = {"kind": "class-verification", "about": group, "title": "核验报告单", "page_count": "1"}
    say(
        college,
        round_,
        {
            (doubted, "class_verdict"): {**doubt, "checker": "李老师", "explanation": "不像"},
            (doubted, "second_verdict"): {"verdict": "doubtful", "checker": "周老师"},
            (gone, "arrival"): absent,
            (gone, "place_report"): {"kind": "given_up", "explanation": "复读", "document": "声明"},
            (number, "paper"): paper,
        },
    )
    signed = {"class_teacher": "李老师", "seal": "信息技术学院"}
    say(college, round_, {(number, "paper_sign_off"): signed})
    world.school.carry(college, world.admissions, round_)
    confirm_given_up(world.admissions, round_, [gone], Ground("复读", "放弃声明"))
    issue_qualified(world.admissions, round_, document="核验报告")


def _recheck(world: Rechecking) -> None:
    """Two are sound, a third is looked into; the leading group approves; verdicts are issued."""
    ours, round_ = world.admissions, world.round
    first, second, third = world.subjects()
    sound(world.college, round_, [first, second])
    doubtful(world.college, round_, third)
    world.to_admissions(world.college)
    (suggested,) = case_desk(ours, round_).suggested
    student = suggested.one.student.subject
    (number,) = open_cases(ours, round_, [NewCase(student, suggested.cause)])
    note = NewNote("finding", ours.today().isoformat(), "", "当场核对了准考证和身份证。")
    add_note(ours, round_, number, note)
    more = {"until": FAR_DAY, "document": "保留入学资格通知"}
    conclude_case(ours, round_, number, conclusion(ours, "kept", **more))
    record_approval(ours, round_, approval(ours, report_made(ours, round_)))
    issue_verdicts(ours, round_)
    spelling = {"field": "home_address", "one": "襄樊市", "other": "襄阳市", "verdict": "same"}
    subject = spelling_subject(spelling["field"], spelling["one"], spelling["other"])
    lasting = {
        (subject, "spelling_ruling"): spelling,
        (first, "archive"): {"home_address": "襄阳市", "height": "172", "exam_score": "421"},
    }
    say(ours, "", lasting)


def _withdraw(world: Rechecking) -> None:
    """The second college reports for the wrong class, and admissions takes that back."""
    round_, other = world.reviewing.round, world.school.second
    (group,) = (g.id for g in world.school.classes(other) if g.office == "college-02")
    with other.unit_of_work() as unit:
        unit.journal.state_all([Draft(Key(group, "class_staff", ""), {"class_teacher": "钱老师"})])
        unit.commit()
    world.school.carry(other, world.admissions, round_)
    with world.admissions.unit_of_work() as unit:
        last = exchange.incoming(unit.connection)[-1]
    withdraw_bundle(world.admissions, last.bundle_id, "写的是别的班")
