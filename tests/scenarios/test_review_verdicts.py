"""From student affairs' preparation to the registrar's word: procedure one between the offices."""

import pytest

from desktop.domain.class_training import TrainingState
from desktop.domain.entry_review import Standing
from desktop.domain.rounds import Procedure
from desktop.procedures.entry_review.class_training import (
    TrainedTeacher,
    record_training,
    training_list,
)
from desktop.procedures.entry_review.preparation import TypedRules, change_rules, issue_preparation
from desktop.procedures.entry_review.review_board import review_board
from desktop.procedures.entry_review.review_desk import no_show_report, review_desk
from desktop.procedures.entry_review.review_verdicts import (
    Ground,
    confirm_given_up,
    issue_qualified,
    take_back_verdicts,
)
from desktop.procedures.entry_review.year_checklist import (
    TypedLine,
    checklist_on_desk,
    save_checklist,
)
from desktop.procedures.registration.verdicts import verdicts_for
from desktop.procedures.session import Session
from desktop.procedures.standing.review_files import checklist_of, rules_of_round
from desktop.store import school as school_queries
from tests.conftest import School
from tests.procedures.acts import require_healthy
from tests.reviewing import Reviewing, begin_review, say

RULES = TypedRules(
    face_link="https://face.example.edu.cn",
    face_threshold="90%",
    check_in_from="2026-09-05",
    check_in_until="2026-09-07",
)
SIX = dict.fromkeys(("photo", "notice", "exam_card", "archive_file", "id_card", "person"), "same")


@pytest.fixture
def reviewing(founded: School) -> Reviewing:
    """The school in the days of check-in."""
    return begin_review(founded)


def prepare(reviewing: Reviewing) -> None:
    """Let student affairs prepare, and send it to the college and to admissions."""
    affairs, round_ = reviewing.affairs, reviewing.round
    change_rules(affairs, round_, RULES)
    items = checklist_on_desk(affairs, round_).items
    kept = [TypedLine(i.title, i.required_types, i.note, i.slot) for i in items if i.note]
    save_checklist(affairs, round_, [TypedLine("入学承诺书", ("*",)), *kept])
    issue_preparation(affairs, round_)
    trained = [TrainedTeacher(one.group.id, "赵老师") for one in training_list(affairs, round_)]
    record_training(affairs, round_, trained, "2026-08-30")
    for receiver in (reviewing.college, reviewing.admissions):
        reviewing.school.carry(affairs, receiver, round_)


def comes(session: Session, round_id: str, student: str, slots: list[str], likeness: str) -> None:
    said: dict[tuple[str, str], dict[str, str | None]] = {
        (student, "arrival"): {"state": "arrived", "arrived_on": "2026-09-05"},
        (student, "document_check"): dict.fromkeys(slots, "seen"),
        (student, "class_verdict"): {"verdict": "normal", "checker": "赵老师", **SIX},
    }
    say(session, round_id, said)
    face = {"face_result": "成功", "face_likeness": likeness}
    say(session, "", {(student, "face_check"): face})


def test_what_student_affairs_prepares_holds_at_every_office(reviewing: Reviewing) -> None:
    prepare(reviewing)
    for session in (reviewing.college, reviewing.admissions, reviewing.affairs):
        with session.unit_of_work() as unit:
            rules = rules_of_round(unit, reviewing.round)
            items = checklist_of(unit, reviewing.round)
        assert (rules.face_threshold, rules.give_up_after) == (0.9, "2026-09-21")
        assert [item.title for item in items][:2] == ["入学承诺书", "身份证"]
        assert "录取通知书" not in [item.title for item in items]
        states = {one.file.state for one in training_list(session, reviewing.round)}
        assert states == {TrainingState.TRAINED}
        require_healthy(session)


def test_verdicts_reach_the_registrar_and_so_does_that_one_is_taken_back(
    reviewing: Reviewing,
) -> None:
    prepare(reviewing)
    school, round_, admissions = reviewing.school, reviewing.round, reviewing.admissions
    good, gone, _ = reviewing.subjects()
    with reviewing.college.unit_of_work() as unit:
        slots = [item.slot for item in checklist_of(unit, round_)]
    comes(reviewing.college, round_, good, slots, "0.95")
    say(reviewing.college, round_, {(gone, "arrival"): {"state": "absent", "cause": "other"}})
    school.carry(reviewing.college, admissions, round_)
    desk = review_desk(admissions, round_)
    standings = {one.subject: one.standing for one in desk.students}
    assert (standings[good], standings[gone]) == (Standing.QUALIFIED, Standing.ABSENT)
    [province] = no_show_report(admissions, round_).provinces
    assert (province.province, len(province.students)) == ("湖北省", 1)
    board = {one.office: one for one in review_board(admissions, round_)}
    assert board["college-01"].came.numbers == (1,)
    assert board["college-01"].sent_down
    confirm_given_up(admissions, round_, [gone], Ground("逾期未报到", "情况说明1号"))
    issue_qualified(admissions, round_, document="核验报告")
    assert verdicts_at_registrar(reviewing) == {good: "passed", gone: "given_up"}
    take_back_verdicts(admissions, round_, [gone], "本人到校")
    assert verdicts_at_registrar(reviewing) == {good: "passed"}
    require_healthy(school.registrar)


def verdicts_at_registrar(reviewing: Reviewing) -> dict[str, str]:
    """Bring what is new to the registrar, and return what he knows."""
    school = reviewing.school
    assert school.carry(reviewing.admissions, school.registrar, reviewing.round).refusals == ()
    with school.registrar.unit_of_work() as unit:
        round_ = school_queries.round_by_id(unit.connection, reviewing.round)
        said = verdicts_for(unit, Procedure.ENTRY_REVIEW, round_).said
    return {student: texts["verdict"] for student, texts in said.items()}
