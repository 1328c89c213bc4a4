"""A clerk's check-in day of one class: from admissions' list to admissions' numbers and back."""

from dataclasses import asdict
from datetime import timedelta

import pytest

from desktop.domain.check_in import Action
from desktop.domain.checklists import SLOTS
from desktop.domain.entry_review import ArrivalState, Finding, Standing
from desktop.domain.import_problems import RosterRow
from desktop.domain.imports import Fate
from desktop.domain.offices import OfficeKind
from desktop.domain.review_count import ReviewCount
from desktop.domain.rounds import Procedure
from desktop.domain.statements import Key
from desktop.errors import VerdictStands
from desktop.procedures.check_in.check_in import (
    record_check_in,
    record_class_arrived,
    record_class_documents,
    record_rest_normal,
)
from desktop.procedures.check_in.check_in_desk import CheckInLine, check_in_board, class_on_desk
from desktop.procedures.check_in.check_in_drafts import keep_notes, kept_notes
from desktop.procedures.check_in.check_in_gate import waive_training
from desktop.procedures.check_in.check_in_notes import (
    ArrivalNote,
    CheckInNotes,
    DocumentNote,
    SecondNote,
    VerdictNote,
)
from desktop.procedures.imports.imports import write_import
from desktop.procedures.imports.rosters import admit_rows
from desktop.procedures.overview.overview import known_rounds
from desktop.procedures.session import Session
from desktop.procedures.signing.recording import set_class_teacher
from desktop.procedures.standing.review_files import counted, review_of
from tests.conftest import CLASS_SIZE, COLLEGES, FAR_DAY, School, identity, roster_rows
from tests.procedures.acts import class_id, require_healthy, say
from tests.procedures.test_imports import fates, listed, planned, target_of
from tests.reviewing import Reviewing, begin_review

CLASS, SIZE = "软件2601班", 12
SAME = {"photo": "same", "id_card": "same", "person": "same"}


def line_of(college: Session, round_id: str) -> CheckInLine:
    """Return the class on the board."""
    board = check_in_board(college, round_id)
    return next(line for line in board if line.group.name == CLASS)


def next_words(college: Session, round_id: str) -> str:
    """Return what the board says is next for the class."""
    return line_of(college, round_id).next.words


def test_a_clerk_s_check_in_day(founded: School) -> None:
    reviewing = begin_review(founded, [OfficeKind.ADMISSIONS])
    admissions_adds_to_its_list(reviewing)
    school, round_id = founded, reviewing.round
    admissions, college = reviewing.admissions, reviewing.college
    group = class_id(college, CLASS)
    students = [row.student for row in class_on_desk(college, round_id, group).rows]
    assert len(students) == SIZE

    # the morning: who came, who did not
    assert next_words(college, round_id) == f"登记 {SIZE} 人的报到情况"
    came = who_came(college, round_id, group, students)
    assert next_words(college, round_id) == "班主任未经培训，暂不能核验"
    set_class_teacher(college, group, "周敏")
    waive_training(college, round_id, group, "刘院长", "班主任临时更换，培训安排在下周")

    # documents: all of them, but what two lack
    assert next_words(college, round_id) == f"核验 {came} 人的材料"
    due = (college.today() + timedelta(days=7)).isoformat()
    lacks = {students[0]: {SLOTS[3]: due}, students[1]: {SLOTS[4]: ""}}
    assert len(record_class_documents(college, round_id, group, lacks)) == came
    assert next_words(college, round_id) == "约定 1 人的补交日期"
    agreed = DocumentNote(students[1], {SLOTS[4]: f"due {due}"})
    record_check_in(college, round_id, CheckInNotes(documents=(agreed,)))

    # the evening: the file of the comparison, then the verdicts
    reads_the_comparison(college, students)
    normal = record_rest_normal(college, round_id, group, "周敏")
    assert len(normal) == came - 2  # one failed, one is not alike enough
    assert next_words(college, round_id) == "核对 2 人并填写结论"
    looks_at_the_others(college, round_id, group, students)
    assert line_of(college, round_id).next.action is Action.EXPORT

    # admissions hears all of it, and counts the same
    school.carry(college, admissions, round_id)
    assert next_words(college, round_id) == "等待招生工作处汇总"
    with admissions.unit_of_work() as unit:
        heard = review_of(admissions, unit, round_id, [group]).students
    ours = line_of(college, round_id).standing.count
    assert asdict(counted(heard)) == asdict(ours)
    assert ours == ReviewCount(
        admitted=SIZE,
        expected=SIZE,
        arrived=came,
        no_show=1,
        leave=1,
        face_passed=came - 2,
        documents_missing=2,
        doubtful=1,
        qualified=came - 1,
    )
    afterwards(school, admissions, round_id, students)
    require_healthy(college)
    require_healthy(admissions)


def admissions_adds_to_its_list(reviewing: Reviewing) -> None:
    """Let admissions list more students of the class, and the college hear of them."""
    more = [
        RosterRow("", 0, identity(100 + place), COLLEGES["college-01"], CLASS)
        for place in range(SIZE - CLASS_SIZE)
    ]
    admit_rows(reviewing.admissions, reviewing.round, more, "补录")
    reviewing.school.carry(reviewing.admissions, reviewing.college, reviewing.round)


def who_came(college: Session, round_id: str, group: str, students: list[str]) -> int:
    """Record the exceptions first, then all the others; a power cut loses nothing."""
    notes = CheckInNotes(
        arrivals=(
            ArrivalNote(students[-1], ArrivalState.LEAVE, FAR_DAY, "", "途中延误"),
            ArrivalNote(students[-2], ArrivalState.ABSENT, "", "unreachable"),
        )
    )
    keep_notes(college, round_id, group, notes)
    assert line_of(college, round_id).draft
    record_check_in(college, round_id, kept_notes(college, round_id, group))
    keep_notes(college, round_id, group, CheckInNotes())
    return len(record_class_arrived(college, round_id, group, college.today().isoformat()))


def reads_the_comparison(college: Session, students: list[str]) -> None:
    """Read the file of the face-comparison system: of the school, not of the class alone."""
    own = class_on_desk(college, *_where(college)).rows
    rows = [
        {
            "exam_number": row.identity.exam_number,
            "name": row.identity.name,
            "face_result": "失败" if row.student == students[2] else "成功",
            "face_likeness": "0.62" if row.student == students[3] else "0.93",
        }
        for row in own
        if row.student not in students[-2:]
    ]
    other = roster_rows()[-1].identity
    rows.append({"exam_number": other.exam_number, "name": other.name, "face_result": "成功"})
    list_ = listed("face-check", rows)
    assert fates(planned(college, list_)) == [*[Fate.NEW] * (len(rows) - 1), Fate.FOREIGN]
    write_import(college, list_, target_of(college, list_))


def _where(college: Session) -> tuple[str, str]:
    """Return the round of procedure one that a college knows, and the class."""
    review = [one.id for one in known_rounds(college) if one.procedure is Procedure.ENTRY_REVIEW]
    return review[0], class_id(college, CLASS)


def looks_at_the_others(college: Session, round_id: str, group: str, students: list[str]) -> None:
    """Compare two by hand: one is who he says, about the other a second person looks, too."""
    failed, unlike = students[2], students[3]
    doubt = VerdictNote(failed, Finding.DOUBTFUL, "周敏", "照片与本人不像", {"person": "different"})
    sound = VerdictNote(unlike, Finding.NORMAL, "周敏", "", SAME)
    record_check_in(college, round_id, CheckInNotes(verdicts=(doubt, sound)))
    assert next_words(college, round_id) == "复核 1 人"
    second = SecondNote(failed, Finding.DOUBTFUL, "吴老师", "同意存疑")
    record_check_in(college, round_id, CheckInNotes(seconds=(second,)))
    rows = {row.student: row for row in class_on_desk(college, round_id, group).rows}
    assert rows[failed].assessment.standing is Standing.DOUBTFUL
    assert rows[unlike].assessment.standing is Standing.QUALIFIED


def afterwards(school: School, admissions: Session, round_id: str, students: list[str]) -> None:
    """Admissions has its word; a late document still comes in, nothing else is changed."""
    college = school.first
    say(admissions, Key(students[0], "entry_review", round_id), verdict="passed")
    school.carry(admissions, college, round_id)
    brought = DocumentNote(students[0], {SLOTS[3]: "seen"})
    assert record_check_in(college, round_id, CheckInNotes(documents=(brought,))) == 1
    gone = ArrivalNote(students[0], ArrivalState.ABSENT, "", "gave_up")
    with pytest.raises(VerdictStands):
        record_check_in(college, round_id, CheckInNotes(arrivals=(gone,)))
