"""Admissions' desk: who stands where, what does not agree, no-shows by province, days left."""

from collections import Counter
from itertools import groupby

import pytest

from desktop.domain.entry_review import Standing
from desktop.domain.offices import OfficeKind
from desktop.domain.review_differences import FaceDifference
from desktop.domain.statements import Key
from desktop.errors import NotAllowed, NotFound
from desktop.procedures.entry_review.review_desk import no_show_report, review_desk
from desktop.procedures.registration.boards import NO_CLASS
from desktop.procedures.session import Session
from desktop.store.school import classes
from tests.conftest import FAR_DAY, School
from tests.list_offices import join
from tests.reviews import (
    CHECK_IN,
    REVIEW,
    arrives,
    begin_review,
    college_says,
    set_today,
    subjects,
)

ABSENT = {"state": "absent", "cause": "unreachable"}


@pytest.fixture
def admissions(founded: School) -> Session:
    """Admissions three days after check-in."""
    session = join(founded, OfficeKind.ADMISSIONS)
    begin_review(session, **CHECK_IN)
    set_today(session, "2026-09-10")
    return session


def test_everybody_is_on_the_desk_with_class_and_standing(
    founded: School, admissions: Session
) -> None:
    here, away, *_ = subjects(admissions)
    arrives(founded, admissions, here)
    college_says(founded, admissions, away, arrival=ABSENT)
    desk = review_desk(admissions, REVIEW)
    assert Counter(one.standing for one in desk.students) == {
        Standing.QUALIFIED: 1,
        Standing.ABSENT: 1,
        Standing.UNHEARD: 7,
    }
    assert (desk.count.admitted, desk.count.arrived, desk.count.no_show) == (9, 1, 1)
    assert {one.group.name for one in desk.students} == {"软件2601班", "软件2602班", "护理2601班"}
    found = desk.of(here)
    assert found is not None
    assert (found.ready, found.may_give_up, found.may_be_kept) == (True, False, False)
    gone = desk.of(away)
    assert gone is not None
    assert (gone.ready, gone.may_give_up, gone.may_be_kept) == (False, False, True)
    unheard = [one for one in desk.students if one.standing is Standing.UNHEARD]
    assert not any(one.may_be_kept for one in unheard)
    assert desk.of("student:nobody") is None


def test_students_stand_by_college_and_class_as_everywhere(admissions: Session) -> None:
    with admissions.unit_of_work() as unit:
        listed = [group.name for group in classes(unit.connection)]
    shown = [one.group.name for one in review_desk(admissions, REVIEW).students]
    assert (
        [name for name, _ in groupby(shown)]
        == listed
        == [
            "软件2601班",
            "软件2602班",
            "护理2601班",
        ]
    )


def test_days_are_left_until_they_are_over(admissions: Session) -> None:
    desk = review_desk(admissions, REVIEW)
    assert (desk.report_days, desk.give_up_days) == (17, 11)  # 20 and 14 after 7 September
    set_today(admissions, "2026-09-28")
    desk = review_desk(admissions, REVIEW)
    assert (desk.report_days, desk.give_up_days) == (-1, -7)


def test_without_days_of_check_in_nothing_is_counted(founded: School) -> None:
    session = join(founded, OfficeKind.ADMISSIONS)
    begin_review(session)
    desk = review_desk(session, REVIEW)
    assert (desk.report_days, desk.give_up_days) == (None, None)
    assert no_show_report(session, REVIEW).days is None


def test_the_report_is_held_beside_what_colleges_say(founded: School, admissions: Session) -> None:
    doubted, by_hand, nowhere, away, *_ = subjects(admissions)
    assert not review_desk(admissions, REVIEW).report_read
    arrives(founded, admissions, doubted, class_verdict={"verdict": "doubtful"})
    arrives(founded, admissions, by_hand, face_check={"face_result": "失败"})
    arrives(founded, admissions, nowhere, face_check={"remark": ""})
    college_says(founded, admissions, away, arrival=ABSENT, face_check={"face_result": "成功"})
    desk = review_desk(admissions, REVIEW)
    assert desk.report_read
    found = {one.subject: one.difference.kind for one in desk.students if one.difference}
    assert found == {
        doubted: FaceDifference.PASSED_BUT_DOUBTED,
        by_hand: FaceDifference.FAILED_BUT_NORMAL,
        nowhere: FaceDifference.NOT_IN_REPORT,
        away: FaceDifference.COMPARED_BUT_AWAY,
    }


def test_no_shows_are_told_by_the_province_that_sent_them(
    founded: School, admissions: Session
) -> None:
    first, second, kept, on_leave, *_, last = subjects(admissions)
    for gone in (first, second, last):
        college_says(founded, admissions, gone, arrival=ABSENT)
    college_says(
        founded, admissions, kept, arrival=ABSENT, place_report={"kind": "kept", "until": FAR_DAY}
    )
    leave = {"state": "leave", "until": "2026-09-20"}
    college_says(founded, admissions, on_leave, arrival=leave)
    report = no_show_report(admissions, REVIEW)
    assert [(one.province, len(one.students)) for one in report.provinces] == [
        ("湖北省", 2),
        ("河南省", 1),
    ]
    assert (report.report_by, report.days) == ("2026-09-27", 17)
    assert report.number == review_desk(admissions, REVIEW).count.no_show == 3


def test_a_number_that_names_no_province_stands_last(founded: School, admissions: Session) -> None:
    first, second, *_ = subjects(admissions)
    with admissions.unit_of_work() as unit:
        unit.journal.state(Key(first, "identity", ""), {"exam_number": "ZSB2026001"})
        unit.commit()
    for gone in (first, second):
        college_says(founded, admissions, gone, arrival=ABSENT)
    report = no_show_report(admissions, REVIEW)
    assert [one.province for one in report.provinces] == ["湖北省", "其他"]


def test_who_has_no_class_stands_in_none(admissions: Session) -> None:
    student = subjects(admissions)[0]
    with admissions.unit_of_work() as unit:
        unit.journal.state(Key(student, "placement", ""), {"class_id": None})
        unit.commit()
    found = review_desk(admissions, REVIEW).of(student)
    assert found is not None
    assert found.group == NO_CLASS


def test_colleges_do_not_see_the_desk(founded: School, admissions: Session) -> None:
    for read in (review_desk, no_show_report):
        with pytest.raises(NotAllowed):
            read(founded.first, REVIEW)
    with pytest.raises(NotFound):
        review_desk(admissions, "2025-entry_review-1")
