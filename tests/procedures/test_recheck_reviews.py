"""The two reviews: the five things ticked, a second person, all of a class at once."""

from pathlib import Path

import pytest

from desktop.domain.recheck import ReviewFinding, Standing
from desktop.domain.statements import Key
from desktop.errors import Incomplete, NothingToChange, ReviewRefused
from desktop.procedures.keeping.doctor import diagnose
from desktop.procedures.recheck.recheck_answers import key_in, rule
from desktop.procedures.recheck.recheck_reviews import (
    Review,
    ready_in_class,
    retract_review,
    review,
    review_all,
    second_review,
)
from desktop.procedures.session import Session
from tests.conftest import School

from .acts import class_id, say
from .rechecks import FIRST_CLASS, RECHECK, begin_recheck, hand_in, stand, students, truth

FOUR = ("procedure_sound", "qualification_sound", "identity_sound", "health_sound")
ALL_YES = dict.fromkeys(FOUR, "yes")


@pytest.fixture(autouse=True)
def _compared(school: School, tmp_path: Path) -> None:
    """Let the first class hand in forms that agree with the file."""
    begin_recheck(school)
    hand_in(school.first, tmp_path / "表", students(school.first))
    for one in stand(school.first):
        key_in(school.first, RECHECK, one.student.subject, truth(one))


def subject(session: Session, place: int = 0) -> str:
    """Return a student of the first class."""
    return stand(session)[place].student.subject


def sound(session: Session, place: int = 0, reviewer: str = "张老师") -> None:
    """Let a first reviewer call a student sound."""
    review(
        session, RECHECK, Review(subject(session, place), ALL_YES, ReviewFinding.SOUND, reviewer)
    )


def ready(session: Session, reviewer: str = "", *, second: bool = False) -> list[str]:
    """Return who may be called sound in bulk."""
    where = class_id(session, FIRST_CLASS)
    found = ready_in_class(session, RECHECK, where, reviewer, second=second)
    return [one.student.subject for one in found]


def test_two_people_who_find_nothing_approve_a_student(school: School) -> None:
    sound(school.first)
    assert stand(school.first)[0].assessment.standing is Standing.IN_HAND
    assert stand(school.first)[0].file.five["talent_sound"] == "not_applicable"
    second_review(school.first, RECHECK, subject(school.first), ReviewFinding.SOUND, "李老师")
    assert stand(school.first)[0].assessment.standing is Standing.APPROVED
    assert diagnose(school.first.store).findings == ()


@pytest.mark.parametrize("name", ["张老师", " 张 老师"])
def test_the_same_person_does_not_review_twice(school: School, name: str) -> None:
    with pytest.raises(ReviewRefused, match="还没有初核"):
        second_review(school.first, RECHECK, subject(school.first), ReviewFinding.SOUND, name)
    sound(school.first)
    with pytest.raises(ReviewRefused, match="换一个人"):
        second_review(school.first, RECHECK, subject(school.first), ReviewFinding.SOUND, name)
    second_review(school.first, RECHECK, subject(school.first), ReviewFinding.SOUND, "李老师")
    with pytest.raises(ReviewRefused, match="换一个人"):
        sound(school.first, reviewer="李老师")


def test_a_finding_must_follow_from_what_is_ticked(school: School) -> None:
    who = subject(school.first)
    with pytest.raises(ReviewRefused, match="还没有核查"):
        review(school.first, RECHECK, Review(who, {}, ReviewFinding.SOUND, "张老师"))
    wrong = ALL_YES | {"health_sound": "no"}
    with pytest.raises(ReviewRefused, match="有疑问"):
        review(school.first, RECHECK, Review(who, wrong, ReviewFinding.SOUND, "张老师"))
    with pytest.raises(Incomplete, match="疑点"):
        review(school.first, RECHECK, Review(who, wrong, ReviewFinding.DOUBTFUL, "张老师"))
    with pytest.raises(Incomplete, match="初核人"):
        review(school.first, RECHECK, Review(who, ALL_YES, ReviewFinding.SOUND, " "))
    review(school.first, RECHECK, Review(who, wrong, ReviewFinding.DOUBTFUL, "张老师", "体检不符"))
    assert stand(school.first)[0].assessment.standing is Standing.DOUBTFUL
    sound(school.first)
    assert stand(school.first)[0].assessment.standing is Standing.IN_HAND


def test_nobody_is_sound_whose_form_is_not_compared_or_in_doubt(school: School) -> None:
    other = students(school.first, "软件2602班")[0].subject
    with pytest.raises(ReviewRefused, match="录入比对"):
        review(school.first, RECHECK, Review(other, ALL_YES, ReviewFinding.SOUND, "张老师"))
    key_in(school.first, RECHECK, subject(school.first), {"name": "王大丙"})
    rule(school.first, RECHECK, subject(school.first), {"name": "doubt"})
    with pytest.raises(ReviewRefused, match="姓名"):
        sound(school.first)


def test_the_fifth_thing_is_ticked_for_special_types_alone(school: School) -> None:
    who = subject(school.registrar)
    say(school.registrar, Key(who, "identity", ""), admission_type="艺术类")
    school.carry(school.registrar, school.first, RECHECK)
    with pytest.raises(ReviewRefused, match="特殊类型"):
        sound(school.first)
    five = ALL_YES | {"talent_sound": "yes"}
    review(school.first, RECHECK, Review(who, five, ReviewFinding.SOUND, "张老师"))
    assert stand(school.first)[0].file.five["talent_sound"] == "yes"


def test_all_who_agree_are_sound_at_once_and_nobody_else(school: School) -> None:
    key_in(school.first, RECHECK, subject(school.first, 2), {"name": "王大丙"})
    both = [subject(school.first, place) for place in range(2)]
    assert ready(school.first) == both
    everybody = [*both, subject(school.first, 2)]
    with pytest.raises(ReviewRefused, match="没有登记"):
        review_all(school.first, RECHECK, everybody, "张老师")
    assert review_all(school.first, RECHECK, both, "张老师") == 2
    assert ready(school.first) == []
    assert ready(school.first, "张老师", second=True) == []
    assert ready(school.first, "李老师", second=True) == both
    with pytest.raises(ReviewRefused):
        review_all(school.first, RECHECK, both, "张老师", second=True)
    assert review_all(school.first, RECHECK, both, "李老师", second=True) == 2
    standings = [one.assessment.standing for one in stand(school.first)]
    assert standings == [Standing.APPROVED, Standing.APPROVED, Standing.IN_HAND]
    with pytest.raises(NothingToChange):
        review_all(school.first, RECHECK, [], "张老师")


def test_special_types_and_doubts_are_never_called_sound_in_bulk(school: School) -> None:
    say(school.registrar, Key(subject(school.registrar), "identity", ""), admission_type="体育类")
    school.carry(school.registrar, school.first, RECHECK)
    review(
        school.first,
        RECHECK,
        Review(subject(school.first, 1), ALL_YES, ReviewFinding.DOUBTFUL, "张老师", "字迹不像"),
    )
    assert ready(school.first) == [subject(school.first, 2)]
    assert ready(school.first, second=True) == []


def test_a_review_is_taken_back_with_a_reason(school: School) -> None:
    sound(school.first)
    second_review(school.first, RECHECK, subject(school.first), ReviewFinding.SOUND, "李老师")
    retract_review(school.first, RECHECK, subject(school.first), "看错了人", second=True)
    assert stand(school.first)[0].file.second is None
    retract_review(school.first, RECHECK, subject(school.first), "看错了人")
    assert stand(school.first)[0].file.first is None
    assert stand(school.first)[0].file.five == {}
    with pytest.raises(NothingToChange):
        retract_review(school.first, RECHECK, subject(school.first), "看错了人")


def test_reviews_of_a_college_reach_the_office_that_leads(school: School) -> None:
    review_all(school.first, RECHECK, ready(school.first), "张老师")
    review_all(school.first, RECHECK, ready(school.first, second=True), "李老师", second=True)
    school.carry(school.first, school.registrar, RECHECK)
    assert [one.assessment.standing for one in stand(school.registrar)] == [Standing.APPROVED] * 3
