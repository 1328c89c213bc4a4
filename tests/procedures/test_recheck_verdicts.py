"""From doubt to case to conclusion to approval to verdict to the registrar (细则 二(三)4, 5)."""

import pytest

from desktop.domain.recheck import RecheckVerdict, Standing
from desktop.domain.rounds import Procedure
from desktop.domain.student_registration import Outcome
from desktop.domain.written_papers import SEALED, SIGNERS_OF, PaperKind
from desktop.errors import (
    AlreadyIssued,
    Incomplete,
    NotAllowed,
    NotApproved,
    NotFound,
    NothingToChange,
    ValueRefused,
    VerdictRests,
    VerdictUnfounded,
)
from desktop.procedures.cases.case_conclusions import conclude_case, reopen_case
from desktop.procedures.cases.case_files import case_desk
from desktop.procedures.cases.case_notes import NewNote, add_note
from desktop.procedures.cases.cases import NewCase, open_cases
from desktop.procedures.evidence_files import Evidence
from desktop.procedures.recheck.recheck_approval import (
    approval_of,
    closing_reports,
    record_approval,
    retract_approval,
)
from desktop.procedures.recheck.recheck_board import recheck_board
from desktop.procedures.recheck.recheck_desk import recheck_desk
from desktop.procedures.recheck.recheck_verdicts import (
    enrolled_students,
    issue_verdicts,
    issuing,
    take_back_verdicts,
)
from desktop.procedures.registration.student_registration import eligibility
from desktop.procedures.review_papers.paper_standing import PaperState
from desktop.procedures.review_papers.review_papers import make_papers, record_paper_sign_off
from desktop.procedures.rounds import NewRound
from desktop.procedures.session import Session
from desktop.procedures.standing.following_rounds import begin_following
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

PASSED, FAILED, CASE = RecheckVerdict.PASSED, RecheckVerdict.FAILED, RecheckVerdict.CASE


@pytest.fixture
def world(founded: School) -> Rechecking:
    """The school in the three months of the re-check."""
    return begin_recheck(founded)


def reviewed(world: Rechecking) -> tuple[str, str, str]:
    """Let the first college find two sound and one doubtful, and admissions hear of it."""
    first, second, third = world.subjects()
    sound(world.college, world.round, [first, second])
    doubtful(world.college, world.round, third)
    world.to_admissions(world.college)
    return first, second, third


def looked_into(world: Rechecking, session: Session, outcome: str, **more: str) -> str:
    """Let an office open the suggested case, look into it and conclude it; return its number."""
    (suggested,) = case_desk(session, world.round).suggested
    student = suggested.one.student.subject
    (number,) = open_cases(session, world.round, [NewCase(student, suggested.cause)])
    note = NewNote("finding", session.today().isoformat(), "", "当场核对了准考证和身份证。")
    add_note(session, world.round, number, note)
    conclude_case(session, world.round, number, conclusion(session, outcome, **more))
    return number


def approve(world: Rechecking) -> None:
    """Let the leading group approve the closing report."""
    report = report_made(world.admissions, world.round)
    record_approval(world.admissions, world.round, approval(world.admissions, report))


def verdicts(world: Rechecking, session: Session) -> dict[str, RecheckVerdict]:
    """Return the verdicts that a seat knows."""
    everybody = world.everybody(session)
    return {s: one.file.verdict for s, one in everybody.items() if one.file.verdict}


def test_before_the_approval_only_cases_are_told(world: Rechecking) -> None:
    theirs, round_ = world.admissions, world.round
    _, _, third = reviewed(world)
    with pytest.raises(NotApproved, match="2名"):
        issue_verdicts(theirs, round_)
    open_cases(theirs, round_, [NewCase(third, "考生号与档案不一致", important=True)])
    found = issuing(theirs, round_)
    assert [(one.one.student.subject, one.words) for one in found.told] == [(third, "核查中")]
    assert len(found.waiting) == 2
    assert found.left_by_standing == {Standing.NO_FORM: 6}
    issue_verdicts(theirs, round_)
    assert verdicts(world, theirs) == {third: CASE}
    with pytest.raises(NotApproved):
        issue_verdicts(theirs, round_)
    with pytest.raises(NothingToChange):
        issue_verdicts(theirs, round_, [CASE])
    with pytest.raises(NotAllowed):
        issue_verdicts(world.college, round_)


def test_everybody_who_is_ready_is_told_at_once_by_the_approving_paper(world: Rechecking) -> None:
    theirs, round_ = world.admissions, world.round
    first, second, third = reviewed(world)
    approve(world)
    found = issue_verdicts(theirs, round_)
    assert {one.one.student.subject for one in found.of(PASSED)} == {first, second}
    assert {one.document for one in found.told} == {"校招〔2026〕18号"}
    assert verdicts(world, theirs) == {first: PASSED, second: PASSED}
    assert third not in verdicts(world, theirs)  # a doubt that nobody has looked into
    assert issuing(theirs, round_).already == 2
    desk = recheck_desk(theirs, round_)
    assert (desk.issued, desk.by_standing[Standing.DOUBTFUL]) == (2, 1)
    assert desk.days is not None
    assert desk.until == FAR_DAY


def test_approving_needs_day_paper_leader_and_the_report(world: Rechecking) -> None:
    theirs, round_ = world.admissions, world.round
    assert closing_reports(theirs, round_) == ()
    right = approval(theirs)
    with pytest.raises(Incomplete, match="复查小结"):
        record_approval(theirs, round_, right)
    report = report_made(theirs, round_)
    assert [one.sha256 for one in closing_reports(theirs, round_)] == [report]
    for wrong, error in (
        ({"approved_on": ""}, Incomplete),
        ({"document": " "}, Incomplete),
        ({"leader": ""}, Incomplete),
        ({"approved_on": FAR_DAY}, ValueRefused),
        ({"report": "0" * 64}, NotFound),
    ):
        values = {"report": report, **wrong}
        said = {f: getattr(right, f) for f in ("approved_on", "document", "leader", "members")}
        with pytest.raises(error):
            record_approval(theirs, round_, type(right)(**{**said, **values}))
    with pytest.raises(NotAllowed):
        record_approval(world.college, round_, right)
    scan = Evidence("小结（签字）.pdf", b"signed report")
    record_approval(theirs, round_, right, [scan])  # written and signed elsewhere
    with theirs.unit_of_work() as unit:
        found = approval_of(unit, round_)
    assert found is not None
    assert theirs.store.attachments.get(found.report) == b"signed report"
    retract_approval(theirs, round_, "文号填错了")
    with theirs.unit_of_work() as unit:
        assert approval_of(unit, round_) is None
    with pytest.raises(NothingToChange):
        retract_approval(theirs, round_, "再撤一次")
    reviewed(world)
    approve(world)
    issue_verdicts(theirs, round_)
    with pytest.raises(VerdictRests, match="2名"):
        retract_approval(theirs, round_, "想改")


def test_nothing_is_told_of_whom_offices_say_different_things(world: Rechecking) -> None:
    theirs, round_ = world.admissions, world.round
    first, *_ = reviewed(world)
    again = {"verdict": "doubtful", "reviewer": "钱老师"}
    say(world.school.first_again, round_, {(first, "recheck_second_review"): again})
    world.to_admissions(world.school.first_again)
    assert world.everybody(theirs)[first].file.conflicts
    approve(world)
    issue_verdicts(theirs, round_)
    assert first not in verdicts(world, theirs)
    # that there is a case can be told all the same
    open_cases(theirs, round_, [NewCase(first, "两次复核结果不同")])
    issue_verdicts(theirs, round_)
    assert verdicts(world, theirs)[first] is CASE


def test_verdicts_are_taken_back_with_a_reason_and_then_change(world: Rechecking) -> None:
    theirs, round_ = world.admissions, world.round
    first, second, _ = reviewed(world)
    approve(world)
    issue_verdicts(theirs, round_)
    with pytest.raises(Incomplete):
        take_back_verdicts(theirs, round_, [first], "")
    with pytest.raises(Incomplete):
        take_back_verdicts(theirs, round_, [], "没有人")
    with pytest.raises(NotFound):
        take_back_verdicts(theirs, round_, ["student:nobody"], "没有这个人")
    assert take_back_verdicts(theirs, round_, [first], "接到举报，需要再查") == 1
    assert verdicts(world, theirs) == {second: PASSED}
    with pytest.raises(NothingToChange):
        take_back_verdicts(theirs, round_, [first], "再收一次")
    # of whom it was told that they passed, a case may still be told
    open_cases(theirs, round_, [NewCase(second, "接到举报")])
    issue_verdicts(theirs, round_, [CASE])
    assert verdicts(world, theirs)[second] is CASE


def test_a_verdict_that_no_longer_fits_is_shown_and_not_replaced_in_silence(
    world: Rechecking,
) -> None:
    theirs, round_ = world.admissions, world.round
    first, second, _ = reviewed(world)
    approve(world)
    issue_verdicts(theirs, round_)
    again = {"verdict": "doubtful", "reviewer": "周老师", "explanation": "补充材料有疑点"}
    say(theirs, round_, {(first, "recheck_second_review"): again})
    found = issuing(theirs, round_)
    assert [one.student.subject for one in found.stale] == [first]
    assert found.already == 1
    with pytest.raises(VerdictUnfounded):
        issue_verdicts(theirs, round_)
    assert verdicts(world, theirs) == {first: PASSED, second: PASSED}


def test_a_case_goes_all_the_way_to_the_registrar(world: Rechecking) -> None:
    mine, theirs, registrar, round_ = (
        world.college,
        world.admissions,
        world.school.registrar,
        world.round,
    )
    first, second, third = reviewed(world)
    reviews = {(s, "entry_review"): {"verdict": "passed"} for s in (first, second, third)}
    say(theirs, world.reviewing.round, reviews)
    open_cases(theirs, round_, [NewCase(third, "考生号与档案不一致")])
    issue_verdicts(theirs, round_)
    world.school.carry(theirs, registrar, world.reviewing.round)
    world.to_registrar()
    new = NewRound(
        Procedure.STUDENT_REGISTRATION, "2026级新生学籍注册", "2026", FAR_DAY, asks_verdicts=True
    )
    begun, following = begin_following(registrar, new, world.reviewing.round)
    assert len(following.students) == 3

    def codes(student: str) -> set[str]:
        found = {one.student.subject: one for one in eligibility(registrar, begun.id)}
        return {reason.code for reason in found[student].verdict.reasons}

    assert "recheck-case" in codes(third)
    assert "no-recheck" in codes(first)

    # the college looks into it and admissions concludes it on paper
    world.to_colleges()
    (case,) = case_desk(mine, round_).open
    note = NewNote("interview", mine.today().isoformat(), "李老师、本人", "承认由他人代考")
    add_note(mine, round_, case.number, note)
    world.to_admissions(mine)
    paper = conclusion(theirs, "failed", document="领导小组纪要〔2026〕3号")
    conclude_case(theirs, round_, case.number, paper)
    with pytest.raises(NotApproved):
        issue_verdicts(theirs, round_)
    approve(world)
    found = issue_verdicts(theirs, round_)
    (failed,) = found.of(FAILED)
    assert failed.words == "不合格，取消入学资格"  # nothing is registered yet
    assert failed.document == "领导小组纪要〔2026〕3号"
    assert case.number in failed.explanation
    with pytest.raises(VerdictRests):
        reopen_case(theirs, round_, case.number, "想再查")
    world.to_registrar()
    assert "no-recheck" not in codes(first)
    judged = {one.student.subject: one.verdict for one in eligibility(registrar, begun.id)}
    assert judged[third].outcome is Outcome.PLACE_CANCELLED
    assert "取消入学资格" in judged[third].reasons[0].sentence


def test_who_is_registered_already_loses_the_registration(world: Rechecking) -> None:
    theirs, registrar, round_ = world.admissions, world.school.registrar, world.round
    first, _, third = reviewed(world)
    reviews = {(s, "entry_review"): {"verdict": "passed"} for s in (first, third)}
    say(theirs, world.reviewing.round, reviews)
    approve(world)
    issue_verdicts(theirs, round_)
    world.school.carry(theirs, registrar, world.reviewing.round)
    world.to_registrar()
    new = NewRound(Procedure.STUDENT_REGISTRATION, "2026级新生学籍注册", "2026", FAR_DAY)
    begun, _ = begin_following(registrar, new, world.reviewing.round)
    outcome = {"outcome": "registered", "issued_on": registrar.today().isoformat()}
    say(registrar, begun.id, {(s, "registration"): outcome for s in (first, third)})
    world.school.carry(registrar, theirs, begun.id)
    assert enrolled_students(theirs) == {first, third}
    with pytest.raises(AlreadyIssued):
        take_back_verdicts(theirs, round_, [first], "想改")
    looked_into(world, theirs, "failed", document="纪要〔2026〕5号")
    (failed,) = issue_verdicts(theirs, round_).of(FAILED)
    assert failed.words == "不合格，取消学籍"


def test_a_kept_place_is_told_with_its_day(world: Rechecking) -> None:
    theirs, round_ = world.admissions, world.round
    _, _, third = reviewed(world)
    looked_into(world, theirs, "kept", document="二级甲等医院诊断证明", until=FAR_DAY)
    approve(world)
    (kept,) = issue_verdicts(theirs, round_).of(RecheckVerdict.KEPT)
    assert (kept.one.student.subject, kept.until) == (third, FAR_DAY)
    assert kept.words == f"保留入学资格至 {FAR_DAY}"


def test_the_board_tells_of_every_college_what_has_come(world: Rechecking) -> None:
    theirs, round_ = world.admissions, world.round
    reviewed(world)
    ((paper, _),) = make_papers(world.college, round_, PaperKind.RECHECK_COLLEGE).stated
    signed = dict.fromkeys(("student_section", "head", "seal"), ("王主任", "2026-10-08"))
    record_paper_sign_off(world.college, round_, paper.number, signed)
    looked_into(world, theirs, "passed")
    approve(world)
    issue_verdicts(theirs, round_)
    world.to_admissions(world.college)
    one, other = recheck_board(theirs, round_)
    assert (one.name, one.steps.count.students, one.steps.count.forms) == ("信息技术学院", 6, 3)
    assert (one.steps.compared, one.steps.reviewed, one.steps.settled) == (3, 3, 3)
    assert (one.steps.count.cases, one.steps.count.open_cases, one.steps.issued) == (1, 0, 3)
    assert (one.sealed, other.sealed) == (True, False)
    assert len(one.came.numbers) == 2
    assert (other.steps.count.students, other.steps.count.forms) == (3, 0)
    assert other.sent_down
    (own,) = recheck_board(world.college, round_)
    assert (own.office, [c.group.name for c in own.classes]) == (
        "college-01",
        ["软件2601班", "软件2602班"],
    )
    assert not own.classes[0].signed
    assert own.sealed


def test_a_summary_that_became_void_is_not_signed_any_more(world: Rechecking) -> None:
    theirs, round_ = world.admissions, world.round
    first, *_ = reviewed(world)
    for kind in (PaperKind.RECHECK_CLASS, PaperKind.RECHECK_COLLEGE):
        for paper, _ in make_papers(world.college, round_, kind).stated:
            signers = [*SIGNERS_OF[kind], *(["seal"] if kind in SEALED else [])]
            signed = dict.fromkeys(signers, ("王主任", "2026-10-08"))
            record_paper_sign_off(world.college, round_, paper.number, signed)
    (own,) = recheck_board(world.college, round_)
    assert (own.sealed, [c.signed for c in own.classes]) == (True, [True, True])
    say(world.college, round_, {(first, "recheck_answer"): {"exam_number": "写错了"}})
    world.to_admissions(world.college)
    for session in (world.college, theirs):
        own = recheck_board(session, round_)[0]
        assert own.paper
        assert (own.sealed, own.paper.state) == (False, PaperState.VOID)
        assert [c.signed for c in own.classes] == [False, True]
        assert own.paper.why
    make_papers(world.college, round_, PaperKind.RECHECK_COLLEGE)
    (own,) = recheck_board(world.college, round_)
    assert own.paper
    assert (own.sealed, own.paper.state) == (False, PaperState.PRINTED)
