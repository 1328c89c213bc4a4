"""A college that joins after its roster came has its classes at once, or is given them by hand."""

from pathlib import Path

import pytest

from desktop.bundles.enrolment import Applicant
from desktop.domain.import_problems import RosterRow
from desktop.domain.offices import OfficeKind
from desktop.errors import DecisionStale, NotAllowed, NotFound
from desktop.procedures.exchange.dispatching import Outbox, Wish, dispatch
from desktop.procedures.exchange.merging import merge
from desktop.procedures.imports.rosters import admit_rows
from desktop.procedures.overview.overview import student_lines
from desktop.procedures.school.class_offices import class_desk, give_classes
from desktop.procedures.school.enrolment import (
    accept_enrolment,
    ask_to_join,
    enrol,
    school_fingerprint,
)
from desktop.procedures.session import Session
from tests.conftest import CHEAPEST, OPERATOR, PASSPHRASE, ROUND, SCHOOL_CODE, School, identity

LATE = "临床医学院"
ROWS = (
    RosterRow("", 0, identity(40), LATE, "临床2601班"),
    RosterRow("", 0, identity(41), LATE, "临床2602班"),
    RosterRow("", 0, identity(42), LATE, "临床2602班"),
)


def bring_roster(school: School, college: str = LATE) -> None:
    """Let the roster name a college that has not joined."""
    rows = [row._replace(college=college) for row in ROWS]
    admit_rows(school.registrar, ROUND, rows, "招生工作处补来的名单")


def join(school: School, name: str = LATE, office: str = "college-03") -> Session:
    """Let the college join."""
    at = school.store_folder("late")
    applicant = Applicant(SCHOOL_CODE, OfficeKind.COLLEGE, name, "李老师的电脑", training=False)
    request, digits = ask_to_join(at, applicant, OPERATOR, PASSPHRASE, cost=CHEAPEST)
    answer = enrol(school.registrar, request, digits, office)
    accept_enrolment(at, answer, school_fingerprint(school.registrar))
    return school.reopen("late")


def classes_of(school: School, office: str) -> list[str]:
    return sorted(c.name for c in school.classes(school.registrar) if c.office == office)


def test_a_college_that_joins_late_has_the_classes_that_are_called_as_it_is(school: School) -> None:
    bring_roster(school)
    assert [(c.name, c.classes, c.students) for c in class_desk(school.registrar).loose] == [
        (LATE, ("临床2601班", "临床2602班"), 3)
    ]
    join(school)
    assert classes_of(school, "college-03") == ["临床2601班", "临床2602班"]
    assert class_desk(school.registrar).loose == ()
    assert classes_of(school, "college-02") == ["护理2601班"]  # nobody else's were touched


def test_the_next_bundle_brings_the_late_college_its_round(school: School, tmp_path: Path) -> None:
    bring_roster(school)
    late = join(school)
    wish = Wish(("college-01", "college-02", "college-03"), ROUND)
    sent = dispatch(school.registrar, wish, tmp_path, Outbox())
    (bundle,) = [one.path for one in sent if one.office == "college-03" and one.path]
    merge(late, [bundle])
    assert sorted(line.class_name for line in student_lines(late, ROUND)) == [
        "临床2601班",
        "临床2602班",
        "临床2602班",
    ]


def test_classes_that_somebody_has_stay_where_they_are(school: School) -> None:
    bring_roster(school)
    (loose,) = class_desk(school.registrar).loose
    give_classes(school.registrar, loose, "college-02")
    join(school)
    assert classes_of(school, "college-03") == []
    assert len(classes_of(school, "college-02")) == 3


def test_a_college_of_another_name_is_given_classes_by_hand(school: School) -> None:
    bring_roster(school, "临床医学部")
    join(school)
    (loose,) = class_desk(school.registrar).loose
    assert give_classes(school.registrar, loose, "college-03") == 2
    assert classes_of(school, "college-03") == ["临床2601班", "临床2602班"]
    with pytest.raises(DecisionStale):  # they are no longer those that were shown
        give_classes(school.registrar, loose, "college-01")
    late = ROWS[0]._replace(college="临床医学部", class_name="临床2603班", identity=identity(43))
    admit_rows(school.registrar, ROUND, [late], "招生工作处又补来的名单")
    assert "临床2603班" in classes_of(school, "college-03")  # what comes later goes the same way


def test_classes_given_to_the_wrong_college_can_be_given_to_another(school: School) -> None:
    bring_roster(school)
    (loose,) = class_desk(school.registrar).loose
    give_classes(school.registrar, loose, "college-02")
    wrong = next(c for c in class_desk(school.registrar).colleges if c.name == LATE)
    assert (wrong.office, wrong.office_name) == ("college-02", "医学院")
    give_classes(school.registrar, wrong, "college-01")
    assert classes_of(school, "college-02") == ["护理2601班"]


def test_only_the_registrar_gives_classes_and_only_to_colleges(school: School) -> None:
    bring_roster(school)
    (loose,) = class_desk(school.registrar).loose
    with pytest.raises(NotFound):
        give_classes(school.registrar, loose, "registrar")
    with pytest.raises(NotAllowed):
        give_classes(school.first, loose, "college-01")
    with pytest.raises(NotAllowed):
        class_desk(school.first)
