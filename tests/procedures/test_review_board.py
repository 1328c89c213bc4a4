"""The board of procedure one: colleges and classes, and how far each step is."""

from collections import Counter

import pytest

from desktop.domain.entry_review import Standing
from desktop.domain.offices import OfficeKind
from desktop.domain.statements import Key
from desktop.domain.written_papers import PaperKind
from desktop.errors import NotAllowed
from desktop.procedures.entry_review.class_training import (
    TrainedTeacher,
    record_training,
    training_list,
)
from desktop.procedures.entry_review.review_board import ReviewCollege, ReviewSteps, review_board
from desktop.procedures.entry_review.review_desk import review_desk
from desktop.procedures.entry_review.review_verdicts import issue_qualified
from desktop.procedures.registration.boards import NO_CLASS
from desktop.procedures.review_papers.paper_sources import Sources
from desktop.procedures.review_papers.paper_standing import PaperState
from desktop.procedures.session import Session
from desktop.store.journal import Draft
from desktop.store.students import students_by_subject
from tests.conftest import COLLEGES, School
from tests.list_offices import join
from tests.reviews import (
    CHECK_IN,
    REVIEW,
    arrives,
    begin_review,
    college_says,
    say_as,
    set_today,
    subjects,
)


@pytest.fixture
def admissions(founded: School) -> Session:
    """Admissions, which has heard from the registrar which colleges there are."""
    session = join(founded, OfficeKind.ADMISSIONS)
    begin_review(session, **CHECK_IN)
    set_today(session, "2026-09-10")
    say_as(
        founded.registrar,
        session,
        [
            Draft(Key(f"office:{id_}", "office", ""), {"kind": "college", "name": name})
            for id_, name in COLLEGES.items()
        ],
    )
    return session


def class_of(session: Session, student: str) -> str | None:
    with session.unit_of_work() as unit:
        return students_by_subject(unit.connection, [student])[student].class_id


def board(session: Session) -> dict[str, ReviewCollege]:
    return {one.office: one for one in review_board(session, REVIEW)}


def test_before_anything_came_everybody_is_counted_and_nothing_done(admissions: Session) -> None:
    found = board(admissions)
    assert [(one.name, one.steps.students) for one in found.values()] == [
        ("信息技术学院", 6),
        ("医学院", 3),
    ]
    assert [c.group.name for c in found["college-01"].classes] == ["软件2601班", "软件2602班"]
    nothing = ReviewSteps(students=6, standings=Counter({Standing.UNHEARD: 6}))
    assert found["college-01"].steps == nothing
    assert (found["college-01"].sent_down, found["college-01"].paper_sealed) == ("", False)
    assert not any(c.may_begin or c.paper_signed for c in found["college-01"].classes)


def test_each_step_counts_who_is_through_it(founded: School, admissions: Session) -> None:
    good, undated, by_hand, doubted, absent, _ = subjects(admissions)[:6]
    arrives(founded, admissions, good)
    arrives(founded, admissions, undated, document_check={"item_01": "missing"})
    arrives(founded, admissions, by_hand, face_check={"face_result": "失败"})
    arrives(
        founded,
        admissions,
        doubted,
        class_verdict={"verdict": "doubtful", "explanation": "发型不同"},
        face_check={"face_result": "失败"},
    )
    college_says(founded, admissions, absent, arrival={"state": "absent", "cause": "illness"})
    issue_qualified(admissions, REVIEW)
    everybody = {one.name: one.steps for one in review_board(admissions, REVIEW)}
    assert everybody["信息技术学院"] == ReviewSteps(
        students=6,
        heard=5,
        arrived=4,
        documents=3,
        face=3,
        found=3,  # the doubtful one waits for a second person
        qualified=2,
        issued=2,
        standings=Counter(
            {
                Standing.QUALIFIED: 2,
                Standing.IN_HAND: 1,
                Standing.DOUBTFUL: 1,
                Standing.ABSENT: 1,
                Standing.UNHEARD: 1,
            }
        ),
    )
    college_says(founded, admissions, doubted, second_verdict={"verdict": "normal"})
    assert board(admissions)["college-01"].steps.found == 4
    total = sum((one.steps for one in review_board(admissions, REVIEW)), ReviewSteps())
    count = review_desk(admissions, REVIEW).count
    assert (total.students, total.arrived, total.qualified) == (
        count.admitted,
        count.arrived,
        count.qualified,
    )


def test_steps_add_up_field_by_field() -> None:
    stand = Counter({Standing.QUALIFIED: 3, Standing.LEAVE: 1})
    one = ReviewSteps(1, 2, 3, 4, 5, 6, 7, 8, stand)
    assert one + one == ReviewSteps(2, 4, 6, 8, 10, 12, 14, 16, stand + stand)


def test_training_and_signed_papers_are_seen(founded: School, admissions: Session) -> None:
    [first, *_] = [c.group.id for c in training_list(admissions, REVIEW)]
    record_training(admissions, REVIEW, [TrainedTeacher(first, "赵老师")], "2026-09-01")

    def paper(number: str, kind: str, about: str, **signed: str) -> list[Draft]:
        subject = f"paper:{number}"
        made = {"kind": kind, "about": about, "page_count": "1", "printed_at": "2026-09-08"}
        with admissions.unit_of_work() as unit:
            now = Sources(admissions, unit, REVIEW).paper(PaperKind(kind), about)
        made["digest"] = now.digest
        return [
            Draft(Key(subject, "paper", REVIEW), made),
            Draft(Key(subject, "paper_sign_off", REVIEW), signed),
        ]

    both = {"class_teacher": "赵老师", "student_section": "周科长"}
    say_as(founded.first, admissions, paper("002-001", "class_report", first, **both))
    unsealed = {"student_section": "周科长", "head": "钱院长"}
    say_as(founded.first, admissions, paper("002-002", "college_return", "college-01", **unsealed))
    whole = {"student_section": "吴科长", "head": "孙院长", "seal": "已盖"}
    say_as(founded.second, admissions, paper("004-001", "college_return", "college-02", **whole))
    found = board(admissions)
    known = {c.group.id: c for one in found.values() for c in one.classes}
    assert [one.paper_sealed for one in found.values()] == [False, True]  # one lacks its seal
    assert (known[first].may_begin, known[first].paper_signed) == (True, True)
    assert not any(c.paper_signed for id_, c in known.items() if id_ != first)
    assert found["college-01"].paper
    assert found["college-01"].paper.missing == ("盖章",)

    # somebody of the class comes after it was signed: neither paper counts any more
    [one, *_] = [s for s in subjects(admissions) if class_of(admissions, s) == first]
    arrives(founded, admissions, one)
    found = board(admissions)
    known = {c.group.id: c for one in found.values() for c in one.classes}
    assert (known[first].paper_signed, known[first].paper.state) == (False, PaperState.VOID)
    assert [one.paper and one.paper.state for one in found.values()] == [
        PaperState.VOID,
        PaperState.SIGNED,  # the other college's
    ]


def test_who_has_no_college_or_class_stands_last(admissions: Session) -> None:
    lost, *_ = subjects(admissions)
    nursing = next(c for c in training_list(admissions, REVIEW) if c.group.name == "护理2601班")
    with admissions.unit_of_work() as unit:
        unit.journal.state(Key(lost, "placement", ""), {"class_id": None})
        unit.journal.state(Key(nursing.group.id, "class_group", ""), {"office": None})
        unit.commit()
    rest = review_board(admissions, REVIEW)[-1]
    assert (rest.office, rest.name) == ("", NO_CLASS.college_name)
    assert [(c.group.name, c.steps.students) for c in rest.classes] == [
        ("护理2601班", 3),
        (NO_CLASS.name, 1),
    ]
    assert not rest.classes[-1].may_begin


def test_colleges_do_not_see_the_board(founded: School, admissions: Session) -> None:
    del admissions
    with pytest.raises(NotAllowed):
        review_board(founded.first, REVIEW)
