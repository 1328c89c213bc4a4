"""Check-in at the college: what may be recorded, what not, and where it leads."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.domain.check_in import Action
from desktop.domain.checklists import SLOTS
from desktop.domain.entry_review import ArrivalState, Finding, Standing
from desktop.domain.statements import Key
from desktop.errors import (
    ArrivalContradicts,
    CheckInError,
    FaceNotPassed,
    FileUnreadable,
    FindingContradicts,
    Incomplete,
    NotAllowed,
    NotArrived,
    NotFound,
    NothingToChange,
    NotOnChecklist,
    NotStarted,
    RoundNotOpen,
    SameChecker,
    UserError,
    ValueRefused,
    VerdictStands,
)
from desktop.procedures.check_in.check_in import (
    record_check_in,
    record_class_arrived,
    record_class_documents,
    record_rest_normal,
)
from desktop.procedures.check_in.check_in_desk import CheckInRow, check_in_board
from desktop.procedures.check_in.check_in_gate import waive_training
from desktop.procedures.check_in.check_in_notes import (
    ArrivalNote,
    CheckInNotes,
    DocumentNote,
    SecondNote,
    VerdictNote,
)
from desktop.procedures.check_in.check_in_retracting import TAKEN_ALONG, retract_check_in
from desktop.procedures.overview.histories import student_page
from desktop.procedures.rounds import close_round
from desktop.procedures.session import Session
from desktop.procedures.signing.recording import PlaceReport, report_place, set_class_teacher
from desktop.procedures.standing.review_files import counted, review_of
from tests.conftest import FAR_DAY, ROUND, School
from tests.procedures.acts import class_id, digest, require_healthy, say
from tests.procedures.reviews import (
    REVIEW,
    SAME,
    TEACHER,
    arrive,
    begin_review,
    check_face,
    find,
    on_desk,
    rows_of,
    today_of,
    train,
)

FIRST, SECOND = "软件2601班", "软件2602班"


@pytest.fixture
def college(school: School) -> Session:
    """The first college's seat with a round of procedure one."""
    begin_review(school)
    return school.first


def _arrival(student: str, state: ArrivalState, *texts: str) -> CheckInNotes:
    return CheckInNotes(arrivals=(ArrivalNote(student, state, *texts),))


def _row(session: Session, student: str) -> CheckInRow:
    found = [row for name in (FIRST, SECOND) for row in rows_of(session, name)]
    return next(row for row in found if row.student == student)


# --- arrivals ------------------------------------------------------------------------------------


def test_who_came_who_is_on_leave_and_who_did_not_come(college: Session) -> None:
    one, two, three = (row.student for row in rows_of(college))
    today = today_of(college)
    notes = CheckInNotes(
        arrivals=(
            ArrivalNote(one, ArrivalState.ARRIVED, today),
            ArrivalNote(two, ArrivalState.LEAVE, FAR_DAY, "", " 家中有事 "),
            ArrivalNote(three, ArrivalState.ABSENT, "", "unreachable", "电话停机"),
        )
    )
    assert record_check_in(college, REVIEW, notes) == 3
    assert record_check_in(college, REVIEW, notes) == 0  # said once is enough
    files = [row.file for row in rows_of(college)]
    assert [file.arrival for file in files] == list(ArrivalState)
    assert files[0].arrived_on == today
    assert (files[1].leave_until, files[1].arrival_explanation) == (FAR_DAY, "家中有事")
    assert (files[2].cause, files[2].arrival_explanation) == ("unreachable", "电话停机")
    (line, other) = check_in_board(college, REVIEW)
    assert (line.standing.count.arrived, line.standing.count.leave) == (1, 1)
    assert (line.standing.count.no_show, line.standing.count.unheard) == (1, 0)
    assert other.next.words == "登记 3 人的报到情况"
    require_healthy(college)


@pytest.mark.parametrize(
    ("state", "texts", "error"),
    [
        (ArrivalState.ARRIVED, ("",), Incomplete),
        (ArrivalState.ARRIVED, ("昨天",), ValueRefused),
        (ArrivalState.ARRIVED, (FAR_DAY,), ValueRefused),
        (ArrivalState.LEAVE, ("",), Incomplete),
        (ArrivalState.LEAVE, ("2026-02-30",), ValueRefused),
        (ArrivalState.ABSENT, ("", ""), Incomplete),
        (ArrivalState.ABSENT, ("", "bored"), Incomplete),
        (ArrivalState.ABSENT, ("", "other", " "), Incomplete),
    ],
)
def test_an_arrival_that_lacks_what_it_needs_is_refused(
    college: Session, state: ArrivalState, texts: tuple[str, ...], error: type[UserError]
) -> None:
    before = digest(college)
    with pytest.raises(error):
        record_check_in(college, REVIEW, _arrival(rows_of(college)[0].student, state, *texts))
    assert digest(college) == before


def test_a_whole_class_came_except_some(college: Session) -> None:
    one, two, three = (row.student for row in rows_of(college))
    record_check_in(college, REVIEW, _arrival(three, ArrivalState.ABSENT, "", "illness", "住院"))
    group, today = class_id(college, FIRST), today_of(college)
    assert record_class_arrived(college, REVIEW, group, today, [two]) == (one,)
    assert [row.file.arrival for row in rows_of(college)] == [
        ArrivalState.ARRIVED,
        None,
        ArrivalState.ABSENT,  # what was recorded one by one stays
    ]
    assert record_class_arrived(college, REVIEW, group, today) == (two,)
    with pytest.raises(ValueRefused):
        record_class_arrived(college, REVIEW, class_id(college, SECOND), FAR_DAY)


def test_nobody_comes_whose_place_is_kept_and_no_place_is_kept_of_who_came(
    college: Session,
) -> None:
    one, two, _ = (row.student for row in rows_of(college))
    report_place(
        college, REVIEW, PlaceReport(one, "kept", "应征入伍", "保留入学资格申请表", FAR_DAY)
    )
    assert _row(college, one).assessment.standing is Standing.KEPT
    today = today_of(college)
    with pytest.raises(ArrivalContradicts):
        record_check_in(college, REVIEW, _arrival(one, ArrivalState.ARRIVED, today))
    assert one not in record_class_arrived(college, REVIEW, class_id(college, FIRST), today)
    with pytest.raises(ArrivalContradicts):
        report_place(college, REVIEW, PlaceReport(two, "given_up", "复读", "放弃声明"))
    retract_check_in(college, REVIEW, one, "place_report", "点错了人")
    arrive(college, one)
    assert _row(college, one).assessment.standing is Standing.IN_HAND


# --- documents -----------------------------------------------------------------------------------


def test_documents_are_seen_item_by_item_and_stay_as_they_are(college: Session) -> None:
    one = rows_of(college)[0].student
    arrive(college, one)
    notice, card, _, archive, *_ = SLOTS
    due = (college.today() + timedelta(days=7)).isoformat()
    for items in (
        {notice: "seen", archive: f"due {due}"},
        {card: "missing", SLOTS[5]: "not_needed"},
    ):
        notes = CheckInNotes(documents=(DocumentNote(one, items),))
        assert record_check_in(college, REVIEW, notes) == 1
        assert record_check_in(college, REVIEW, notes) == 0
    row = _row(college, one)
    assert row.file.documents == {
        notice: "seen",
        archive: f"due {due}",
        card: "missing",
        SLOTS[5]: "not_needed",
    }
    assert {lack.item.slot for lack in row.assessment.lacking} == {archive, card, SLOTS[4]}
    record_check_in(college, REVIEW, CheckInNotes(documents=(DocumentNote(one, {card: ""}),)))
    assert card not in _row(college, one).file.documents


def test_a_whole_class_brought_everything_except_what_some_lack(college: Session) -> None:
    one, two, three = (row.student for row in rows_of(college))
    arrive(college, one, two)
    group = class_id(college, FIRST)
    notice, card, _, archive, health, *_ = SLOTS
    record_check_in(
        college, REVIEW, CheckInNotes(documents=(DocumentNote(one, {card: "missing"}),))
    )
    told = record_class_documents(college, REVIEW, group, {two: {archive: FAR_DAY}})
    assert told == (one, two)
    # an item that was found missing before stays missing, and what nobody must bring is not seen
    assert _row(college, one).file.documents == {
        notice: "seen",
        card: "missing",
        archive: "seen",
        health: "seen",
    }
    assert _row(college, two).file.documents[archive] == f"due {FAR_DAY}"
    assert not _row(college, three).file.documents
    assert record_class_documents(college, REVIEW, group, {}) == ()


def test_documents_that_can_not_be_are_refused(college: Session, school: School) -> None:
    one, two, _ = (row.student for row in rows_of(college))
    arrive(college, one)
    yesterday = (college.today() - timedelta(days=1)).isoformat()
    for student, items, error in (
        (one, {SLOTS[0]: f"due {yesterday}"}, ValueRefused),
        (one, {SLOTS[0]: "due soon"}, ValueRefused),
        (one, {SLOTS[19]: "seen"}, NotOnChecklist),
        (two, {SLOTS[0]: "seen"}, NotArrived),
        ("student:12354-nobody", {SLOTS[0]: "seen"}, NotFound),
    ):
        notes = CheckInNotes(documents=(DocumentNote(student, items),))
        before = digest(college)
        with pytest.raises(error):
            record_check_in(college, REVIEW, notes)
        assert digest(college) == before
    with pytest.raises(ValueError, match="no such slot"):
        record_check_in(college, REVIEW, CheckInNotes(documents=(DocumentNote(one, {"x": ""}),)))
    assert school.registrar  # the round was opened there


# --- verdicts ------------------------------------------------------------------------------------


def test_the_others_are_normal_only_where_the_faces_were_compared(
    college: Session, school: School
) -> None:
    one, two, three = (row.student for row in rows_of(college))
    arrive(college, one, two, three)
    check_face(college, one)
    check_face(college, two, likeness="0.62")  # below the threshold: a person has to look
    group = class_id(college, FIRST)
    assert record_rest_normal(college, REVIEW, group, TEACHER) == (one,)
    assert _row(college, one).file.finding is Finding.NORMAL
    for student in (two, three):
        with pytest.raises(FaceNotPassed):
            record_check_in(
                college,
                REVIEW,
                CheckInNotes(verdicts=(VerdictNote(student, Finding.NORMAL, TEACHER),)),
            )
        find(college, student)
    assert record_rest_normal(college, REVIEW, group, TEACHER) == ()
    record_class_documents(college, REVIEW, group, {})
    assert {row.assessment.standing for row in rows_of(college)} == {Standing.QUALIFIED}
    (line, _) = check_in_board(college, REVIEW)
    assert line.next.action is Action.EXPORT
    school.carry(college, school.registrar, REVIEW)
    (line, _) = check_in_board(college, REVIEW)
    assert line.next.words == "等待招生工作处汇总"


def test_a_doubt_has_a_reason_and_its_evidence_and_a_second_person(
    college: Session, tmp_path: Path
) -> None:
    one = rows_of(college)[0].student
    arrive(college, one)
    scan = tmp_path / "身份证.jpg"
    scan.write_bytes(b"scan")
    note = VerdictNote(
        one,
        Finding.DOUBTFUL,
        TEACHER,
        "照片不像本人",
        {**SAME, "person": "different"},
        (str(scan),),
    )
    record_check_in(college, REVIEW, CheckInNotes(verdicts=(note,)))
    row = _row(college, one)
    assert row.assessment.standing is Standing.DOUBTFUL
    assert row.needs_second
    second = SecondNote(one, Finding.DOUBTFUL, TEACHER, "确实不像")
    with pytest.raises(SameChecker):
        record_check_in(college, REVIEW, CheckInNotes(seconds=(second,)))
    second = SecondNote(one, Finding.ABNORMAL, "吴老师", "指纹不符")
    record_check_in(college, REVIEW, CheckInNotes(seconds=(second,)))
    row = _row(college, one)
    assert (row.file.second, row.file.second_checker) == (Finding.ABNORMAL, "吴老师")
    entries = student_page(college, one).history
    names = [file.name for entry in entries for file in entry.evidence]
    assert names == ["身份证.jpg"]
    scan.unlink()
    with pytest.raises(FileUnreadable):
        record_check_in(college, REVIEW, CheckInNotes(verdicts=(note,)))


@pytest.mark.parametrize(
    ("note", "error"),
    [
        (lambda s: VerdictNote(s, Finding.NORMAL, "", compared=SAME), Incomplete),
        (lambda s: VerdictNote(s, Finding.DOUBTFUL, TEACHER, " "), Incomplete),
        (
            lambda s: VerdictNote(s, Finding.NORMAL, TEACHER, "", {**SAME, "notice": "different"}),
            FindingContradicts,
        ),
        (lambda s: VerdictNote(s, Finding.NORMAL, TEACHER, "", {"photo": "same"}), FaceNotPassed),
    ],
)
def test_a_verdict_that_does_not_fit_is_refused(
    college: Session, note: Callable[[str], VerdictNote], error: type[UserError]
) -> None:
    one = rows_of(college)[0].student
    arrive(college, one)
    with pytest.raises(error):
        record_check_in(college, REVIEW, CheckInNotes(verdicts=(note(one),)))
    assert _row(college, one).file.finding is None


def test_a_second_look_comes_after_the_first(college: Session) -> None:
    one = rows_of(college)[0].student
    arrive(college, one)
    second = CheckInNotes(seconds=(SecondNote(one, Finding.NORMAL, "吴老师"),))
    with pytest.raises(FindingContradicts):
        record_check_in(college, REVIEW, second)
    find(college, one)
    record_check_in(college, REVIEW, second)
    again = CheckInNotes(verdicts=(VerdictNote(one, Finding.NORMAL, "吴老师", "", SAME),))
    with pytest.raises(SameChecker):
        record_check_in(college, REVIEW, again)


def test_notes_of_several_kinds_are_saved_together_or_not_at_all(college: Session) -> None:
    one, two, _ = (row.student for row in rows_of(college))
    today = today_of(college)
    notes = CheckInNotes(
        arrivals=(
            ArrivalNote(one, ArrivalState.ARRIVED, today),
            ArrivalNote(two, ArrivalState.ARRIVED, today),
        ),
        documents=(DocumentNote(one, {SLOTS[0]: "seen"}),),
        verdicts=(VerdictNote(one, Finding.DOUBTFUL, TEACHER, "待查"),),
        seconds=(SecondNote(one, Finding.DOUBTFUL, "吴老师", "同意"),),
    )
    assert notes.students == {one, two}
    before = digest(college)
    broken = CheckInNotes(notes.arrivals, notes.documents, (VerdictNote(two, Finding.NORMAL, ""),))
    with pytest.raises(Incomplete):
        record_check_in(college, REVIEW, broken)
    assert digest(college) == before
    assert record_check_in(college, REVIEW, notes) == 5
    assert not CheckInNotes()


# --- the gate ------------------------------------------------------------------------------------


def test_a_class_begins_with_a_trained_teacher_or_the_head_of_the_college(
    college: Session, school: School
) -> None:
    group = class_id(college, FIRST)
    one = rows_of(college)[0].student
    with pytest.raises(NothingToChange):
        waive_training(college, REVIEW, group, "刘院长", "不需要")
    set_class_teacher(college, group, "新班主任")  # another one than was trained
    desk = on_desk(college)
    assert not desk.line.gate.open
    assert f"参加培训的是{TEACHER}，现在的班主任是新班主任" in desk.line.gate.sentence
    arrive(college, one)  # coming needs no teacher
    assert check_in_board(college, REVIEW)[0].next.action is Action.ARRIVALS
    arrive(college, *(row.student for row in rows_of(college)))
    assert check_in_board(college, REVIEW)[0].next.action is Action.TRAINING
    document = CheckInNotes(documents=(DocumentNote(one, {SLOTS[0]: "seen"}),))
    with pytest.raises(NotStarted):
        record_check_in(college, REVIEW, document)
    with pytest.raises(NotStarted):
        find(college, one)
    with pytest.raises(NotStarted):
        record_class_documents(college, REVIEW, group, {})
    with pytest.raises(Incomplete):
        waive_training(college, REVIEW, group, "刘院长", " ")
    with pytest.raises(Incomplete):
        waive_training(college, REVIEW, group, "", "新班主任刚到岗")
    waive_training(college, REVIEW, group, "刘院长", "新班主任刚到岗")
    gate = on_desk(college).line.gate
    assert (gate.open, gate.waived) == (True, True)
    assert "刘院长" in gate.sentence
    assert "新班主任刚到岗" in gate.sentence
    record_check_in(college, REVIEW, document)
    train(school.registrar, group, "新班主任")
    school.carry(school.registrar, college, REVIEW)
    assert not on_desk(college).line.gate.waived


# --- taking back, and what stands for good -------------------------------------------------------


def test_what_rests_on_an_arrival_goes_with_it(college: Session) -> None:
    one = rows_of(college)[0].student
    arrive(college, one)
    find(college, one, Finding.DOUBTFUL, "待查")
    second = SecondNote(one, Finding.DOUBTFUL, "吴老师", "同意")
    record_check_in(college, REVIEW, CheckInNotes(seconds=(second,)))
    for state in (ArrivalState.LEAVE, ArrivalState.ABSENT):
        with pytest.raises(ArrivalContradicts):
            record_check_in(college, REVIEW, _arrival(one, state, FAR_DAY, "illness"))
    with pytest.raises(Incomplete):
        retract_check_in(college, REVIEW, one, "arrival", "")
    assert retract_check_in(college, REVIEW, one, "class_verdict", "核对错人") == (
        "class_verdict",
        "second_verdict",
    )
    find(college, one)
    assert retract_check_in(college, REVIEW, one, "arrival", "登记错人") == (
        "arrival",
        "class_verdict",
    )
    row = _row(college, one)
    assert row.assessment.standing is Standing.UNHEARD
    assert (row.file.finding, row.file.compared, row.file.documents) == (None, {}, {})
    for aspect in TAKEN_ALONG:
        with pytest.raises(NothingToChange):
            retract_check_in(college, REVIEW, one, aspect, "再来一次")


def test_nothing_is_changed_after_admissions_has_had_its_word(
    college: Session, school: School
) -> None:
    one, two, three = (row.student for row in rows_of(college))
    arrive(college, one, two)
    find(college, one)
    say(school.registrar, Key(one, "entry_review", REVIEW), verdict="passed")
    say(school.registrar, Key(two, "entry_review", REVIEW), verdict="failed", explanation="冒名")
    say(school.registrar, Key(three, "entry_review", REVIEW), verdict="given_up")
    school.carry(school.registrar, college, REVIEW)
    today, group = today_of(college), class_id(college, FIRST)
    before = digest(college)
    for act in (
        lambda: record_check_in(college, REVIEW, _arrival(three, ArrivalState.ARRIVED, today)),
        lambda: find(college, one, Finding.DOUBTFUL, "又有疑问"),
        lambda: find(college, two),
        lambda: retract_check_in(college, REVIEW, one, "arrival", "登记错"),
        lambda: report_place(college, REVIEW, PlaceReport(three, "kept", "入伍", "表", FAR_DAY)),
        lambda: record_check_in(
            college, REVIEW, CheckInNotes(documents=(DocumentNote(two, {SLOTS[0]: "seen"}),))
        ),
    ):
        with pytest.raises(VerdictStands):
            act()
    assert record_class_arrived(college, REVIEW, group, today) == ()
    assert record_rest_normal(college, REVIEW, group, TEACHER) == ()
    assert digest(college) == before
    # a document that was still missing may be brought to one who has passed
    assert record_class_documents(college, REVIEW, group, {}) == (one,)


def test_only_a_college_records_about_its_own_in_an_open_round_of_procedure_one(
    college: Session, school: School
) -> None:
    one = rows_of(college)[0].student
    notes = _arrival(one, ArrivalState.ARRIVED, today_of(college))
    with pytest.raises(NotAllowed):
        record_check_in(school.registrar, REVIEW, notes)
    with pytest.raises(CheckInError):
        record_check_in(college, ROUND, notes)
    with pytest.raises(NotFound):
        record_check_in(school.second, REVIEW, notes)
    close_round(school.registrar, REVIEW)
    school.carry(school.registrar, college, REVIEW)
    with pytest.raises(RoundNotOpen):
        record_check_in(college, REVIEW, notes)
    assert check_in_board(college, REVIEW)[0].next.words == "本批次已结束"


def test_the_leader_hears_what_the_college_recorded(college: Session, school: School) -> None:
    one, two, three = (row.student for row in rows_of(college))
    arrive(college, one, two)
    find(college, one)
    record_check_in(college, REVIEW, _arrival(three, ArrivalState.ABSENT, "", "gave_up"))
    school.carry(college, school.registrar, REVIEW)
    with pytest.raises(NotAllowed):
        check_in_board(school.registrar, REVIEW)
    with school.registrar.store.unit_of_work() as unit:
        heard = review_of(school.registrar, unit, REVIEW, [class_id(college, FIRST)]).students
    assert [one.file for one in heard] == [row.file for row in rows_of(college)]
    assert counted(heard) == check_in_board(college, REVIEW)[0].standing.count
