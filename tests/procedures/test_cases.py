"""Cases: opened from a doubt, looked into by college and admissions, concluded, reopened."""

import pytest

from desktop.domain.offices import OfficeKind
from desktop.domain.recheck import RecheckVerdict, Standing
from desktop.errors import (
    AlreadyDecided,
    CaseForLeadingGroup,
    CaseSettled,
    CaseStands,
    CaseUnexamined,
    Incomplete,
    NotAllowed,
    NotFound,
    NothingToChange,
    ValueRefused,
    VerdictRests,
)
from desktop.procedures.cases.case_conclusions import conclude_case, reopen_case
from desktop.procedures.cases.case_files import Case, case_by_number, case_desk
from desktop.procedures.cases.case_notes import NewNote, add_note, retract_note
from desktop.procedures.cases.cases import (
    NewCase,
    amend_case,
    keep_statement,
    mark_important,
    open_cases,
    retract_case,
)
from desktop.procedures.evidence_files import Evidence
from desktop.procedures.overview.histories import student_page
from desktop.procedures.session import Session
from desktop.procedures.standing.recheck_files import counted
from tests.conftest import FAR_DAY, School
from tests.list_offices import join
from tests.rechecks import Rechecking, begin_recheck, conclusion, doubtful, sound
from tests.reviewing import say

CAUSE = "复查表上的考生号与档案不一致"
INTERVIEW = "说明考生号记错，当场核对准考证"


@pytest.fixture
def world(founded: School) -> Rechecking:
    """The school in the three months of the re-check."""
    return begin_recheck(founded)


def opened(world: Rechecking, session: Session, *, important: bool = False) -> str:
    """Open a case of the first student of the first class, and return its number."""
    student = world.subjects()[0]
    (number,) = open_cases(session, world.round, [NewCase(student, CAUSE, important)])
    return number


def case_of(world: Rechecking, session: Session, number: str) -> Case:
    """Return a case as a seat sees it."""
    with session.unit_of_work() as unit:
        return case_by_number(unit, world.round, number)


def interview(world: Rechecking, session: Session, number: str) -> str:
    """Write an interview of today down."""
    note = NewNote("interview", session.today().isoformat(), "李老师、王小乙", INTERVIEW)
    return add_note(session, world.round, number, note)


def test_a_case_is_suggested_for_every_doubt_and_opened_with_its_cause(world: Rechecking) -> None:
    mine, round_ = world.college, world.round
    first, second, third = world.subjects()
    sound(mine, round_, [first])
    doubtful(mine, round_, second)
    doubtful(mine, round_, third, "name")
    desk = case_desk(mine, round_)
    assert [(one.one.student.subject, one.important) for one in desk.suggested] == [
        (second, True),
        (third, True),
    ]
    assert desk.suggested[0].cause == "复查表与档案不一致：考生号"
    wanted = [NewCase(one.one.student.subject, one.cause, one.important) for one in desk.suggested]
    assert open_cases(mine, round_, wanted) == ("002-001", "002-002")
    desk = case_desk(mine, round_)
    assert desk.suggested == ()
    assert [case.student.subject for case in desk.open] == [second, third]
    assert world.found(mine, second).standing is Standing.UNDER_CASE
    assert world.found(mine, first).standing is Standing.APPROVED


def test_one_open_case_is_enough_and_another_colleges_student_is_not_ours(
    world: Rechecking,
) -> None:
    number = opened(world, world.college)
    student = world.subjects()[0]
    with pytest.raises(CaseStands, match=number):
        open_cases(world.college, world.round, [NewCase(student, CAUSE)])
    with pytest.raises(Incomplete):
        open_cases(world.college, world.round, [NewCase(world.subjects()[1], " ")])
    with pytest.raises(Incomplete):
        open_cases(world.college, world.round, [])
    theirs = next(iter(world.everybody(world.school.second)))
    with pytest.raises(NotFound):
        open_cases(world.college, world.round, [NewCase(theirs, CAUSE)])
    with pytest.raises(NotFound):  # the entry review has no cases
        open_cases(world.college, world.reviewing.round, [NewCase(student, CAUSE)])
    assert len(case_desk(world.college, world.round).cases) == 1


def test_notes_say_who_when_and_what_and_keep_their_files(world: Rechecking) -> None:
    mine, round_ = world.college, world.round
    number = opened(world, mine)
    today = mine.today().isoformat()
    own = interview(world, mine, number)
    scan = Evidence("准考证.jpg", b"a scan")
    second = add_note(mine, round_, number, NewNote("evidence", "2026-09-20"), [scan])
    amend_case(mine, round_, number, findings="准考证与档案一致。\n\n本人笔误。")
    case = case_of(world, mine, number)
    assert (case.findings, case.opened_on) == ("准考证与档案一致。\n本人笔误。", today)
    by_number = {note.number: note for note in case.notes}
    assert by_number[own].people == "李老师、王小乙"
    (file,) = by_number[second].evidence
    assert file.name == "准考证.jpg"
    assert mine.store.attachments.get(file.sha256) == b"a scan"
    for note in (
        NewNote("interview", today, "", "说明"),
        NewNote("interview", "", "李老师", "说明"),
        NewNote("finding", today),
        NewNote("evidence", today),
    ):
        with pytest.raises(Incomplete):
            add_note(mine, round_, number, note)
    with pytest.raises(ValueRefused):
        add_note(mine, round_, number, NewNote("finding", FAR_DAY, "", "说明"))
    with pytest.raises(NothingToChange):
        amend_case(mine, round_, number, cause=CAUSE)
    with pytest.raises(Incomplete):
        amend_case(mine, round_, number, cause=" ")


def test_what_was_recorded_by_mistake_is_taken_back(world: Rechecking) -> None:
    mine, round_ = world.college, world.round
    number = opened(world, mine)
    note = interview(world, mine, number)
    with pytest.raises(CaseSettled):
        retract_case(mine, round_, number, "选错了学生")
    with pytest.raises(Incomplete):
        retract_note(mine, round_, number, note, "")
    retract_note(mine, round_, number, note, "记到了别人名下")
    assert case_of(world, mine, number).notes == ()
    with pytest.raises(NothingToChange):
        retract_note(mine, round_, number, note, "再撤一次")
    retract_case(mine, round_, number, "选错了学生")
    assert case_desk(mine, round_).cases == ()
    student = world.subjects()[0]
    assert counted(world.everybody(mine).values()).cases == 0
    assert world.found(mine, student).standing is Standing.NO_FORM
    assert opened(world, mine) != number  # its number is not given again


def test_a_plain_case_ends_at_the_college_with_what_its_outcome_needs(world: Rechecking) -> None:
    mine, round_ = world.college, world.round
    number = opened(world, mine)
    passed = conclusion(mine, "passed")
    with pytest.raises(CaseUnexamined):
        conclude_case(mine, round_, number, passed)
    interview(world, mine, number)
    with pytest.raises(Incomplete):
        conclude_case(mine, round_, number, conclusion(mine, "passed", explanation=""))
    with pytest.raises(Incomplete):  # failing needs a paper
        conclude_case(mine, round_, number, conclusion(mine, "failed"))
    with pytest.raises(Incomplete):  # a kept place a day
        conclude_case(mine, round_, number, conclusion(mine, "kept", document="诊断书"))
    gone = conclusion(mine, "kept", document="诊断书", until="2020-01-01")
    with pytest.raises(ValueRefused):
        conclude_case(mine, round_, number, gone)
    conclude_case(mine, round_, number, passed, [Evidence("情况说明.pdf", b"signed")])
    case = case_of(world, mine, number)
    assert (case.concluded, case.outcome, case.decided_by) == (True, "passed", "刘处长")
    assert [file.name for file in case.evidence] == ["情况说明.pdf"]
    assert world.found(mine, world.subjects()[0]).standing is Standing.APPROVED
    for change in (
        lambda: conclude_case(mine, round_, number, passed),
        lambda: interview(world, mine, number),
        lambda: amend_case(mine, round_, number, findings="别的"),
        lambda: mark_important(mine, round_, number, "补报", important=True),
        lambda: retract_case(mine, round_, number, "不要了"),
    ):
        with pytest.raises(CaseSettled):
            change()
    # the written statement is made of the conclusion, and signed after it
    keep_statement(mine, round_, number, Evidence("书面材料.pdf", b"statement"))
    assert mine.store.attachments.get(case_of(world, mine, number).statement) == b"statement"


def test_an_important_case_ends_at_admissions_by_the_leading_groups_paper(
    world: Rechecking,
) -> None:
    mine, theirs, round_ = world.college, world.admissions, world.round
    number = opened(world, mine)
    mark_important(mine, round_, number, "照片与本人不像", important=True)
    interview(world, mine, number)
    with pytest.raises(CaseForLeadingGroup):
        conclude_case(mine, round_, number, conclusion(mine, "passed"))
    with pytest.raises(CaseForLeadingGroup):
        mark_important(mine, round_, number, "自己办", important=False)
    with pytest.raises(NothingToChange):
        mark_important(mine, round_, number, "再说一遍", important=True)
    world.to_admissions(mine)
    assert case_of(world, theirs, number).notes[0].text == INTERVIEW
    with pytest.raises(Incomplete):
        conclude_case(theirs, round_, number, conclusion(theirs, "passed"))
    paper = conclusion(theirs, "failed", document="领导小组会议纪要〔2026〕3号")
    conclude_case(theirs, round_, number, paper)
    world.to_colleges()
    case = case_of(world, mine, number)
    assert (case.concluded, case.document) == (True, "领导小组会议纪要〔2026〕3号")
    assert world.found(mine, world.subjects()[0]).standing is Standing.FAILED
    with pytest.raises(CaseForLeadingGroup):
        reopen_case(mine, round_, number, "想再查")
    reopen_case(theirs, round_, number, "有新的材料")
    again = case_of(world, theirs, number)
    assert (again.concluded, again.outcome, again.decided_by) == (False, "", "")
    assert len(again.notes) == 1


def test_what_the_other_office_has_written_is_not_taken_back_here(world: Rechecking) -> None:
    mine, theirs, round_ = world.college, world.admissions, world.round
    number = opened(world, theirs)
    world.to_colleges()
    assert case_of(world, mine, number).opened_by == "admissions"
    with pytest.raises(AlreadyDecided):
        retract_case(mine, round_, number, "不是我们开的")
    note = interview(world, theirs, number)
    world.to_colleges()
    with pytest.raises(AlreadyDecided):
        retract_note(mine, round_, number, note, "不是我们记的")
    assert len(case_desk(world.school.second, round_).cases) == 0  # nobody else's business


def test_a_conclusion_that_the_registrar_was_told_of_is_not_reopened(world: Rechecking) -> None:
    mine, round_ = world.college, world.round
    number = opened(world, mine)
    with pytest.raises(NothingToChange):
        reopen_case(mine, round_, number, "还没有结论")
    interview(world, mine, number)
    conclude_case(mine, round_, number, conclusion(mine, "passed"))
    world.to_admissions(mine)
    student = world.subjects()[0]
    told = {"verdict": str(RecheckVerdict.PASSED)}
    say(world.admissions, round_, {(student, "recheck"): told})
    world.to_colleges()
    with pytest.raises(VerdictRests, match="王小"):
        reopen_case(mine, round_, number, "有人举报")
    # another case can be opened whatever was told, and holds everything back
    assert opened(world, mine) == "002-002"
    assert world.found(mine, student).standing is Standing.UNDER_CASE


def test_two_seats_that_conclude_otherwise_leave_the_case_open(world: Rechecking) -> None:
    first, again, round_ = world.college, world.school.first_again, world.round
    number = opened(world, first)
    interview(world, first, number)
    world.to_admissions(first)
    world.school.carry(first, again, round_)
    for seat, outcome in ((first, "passed"), (again, "failed")):
        conclude_case(seat, round_, number, conclusion(seat, outcome, document="会议纪要"))
        world.to_admissions(seat)
    case = case_of(world, world.admissions, number)
    assert not case.concluded
    assert case.conflicts == ("专项核查：核查结论",)
    assert world.found(world.admissions, world.subjects()[0]).standing is Standing.UNDER_CASE


def test_a_students_history_tells_the_case(world: Rechecking) -> None:
    number = opened(world, world.college)
    interview(world, world.college, number)
    told = student_page(world.college, world.subjects()[0]).history
    assert {"case_file", "case_note"} <= {entry.aspect for entry in told}


def test_the_registrars_other_offices_have_no_part_in_cases(world: Rechecking) -> None:

    finance = join(world.school, OfficeKind.FINANCE)
    with pytest.raises(NotAllowed):
        case_desk(finance, world.round)
