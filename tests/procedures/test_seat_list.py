"""The seats of the school as the root sees them, and whose a new one can be."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from desktop.bundles.enrolment import JoinRequest
from desktop.domain.offices import OfficeKind
from desktop.procedures.school.enrolment import VALID_DAYS
from desktop.procedures.school.renewal import renew
from desktop.procedures.school.revocation import revoke
from desktop.procedures.school.seat_list import SeatLine, Standing, offices_for, seat_list
from tests.conftest import School

from .acts import complete_class

ASKS = JoinRequest("1", "12354", OfficeKind.COLLEGE, "体育学院", "王老师的电脑", "", "", "", False)


def seats(school: School) -> dict[str, SeatLine]:
    return {line.seat.id: line for line in seat_list(school.registrar)}


def test_a_seat_waits_until_something_has_come_from_it(school: School) -> None:
    assert {id_: line.standing for id_, line in seats(school).items()} == {
        "001": Standing.WORKS,
        "002": Standing.WAITS,
        "003": Standing.WAITS,
        "004": Standing.WAITS,
    }
    complete_class(school.first, "软件2601班")
    school.carry(school.first, school.registrar)
    line = seats(school)["002"]
    assert (line.standing, line.bundles, line.own) == (Standing.WORKS, 1, False)
    assert line.last_arrival[:10] == school.registrar.today().isoformat()
    assert seats(school)["001"].root
    assert seats(school)["001"].own


def test_a_revoked_seat_says_when_and_why(school: School) -> None:
    revoke(school.registrar, "002", "电脑丢失")
    line = seats(school)["002"]
    assert (line.standing, line.works, line.reason) == (Standing.REVOKED, False, "电脑丢失")
    assert line.revoked_on == school.registrar.today().isoformat()


def test_certificates_run_out_and_are_renewed(school: School) -> None:
    def at(days: int) -> None:
        shown = datetime.now(UTC).astimezone() + timedelta(days=days)
        school.registrar.store.now = lambda: shown

    at(VALID_DAYS - 5)
    assert (seats(school)["004"].standing, seats(school)["004"].days_left) == (
        Standing.RUNS_OUT,
        5,
    )
    at(VALID_DAYS + 1)
    assert seats(school)["004"].standing is Standing.RAN_OUT
    until = renew(school.registrar, "004")
    assert (seats(school)["004"].standing, seats(school)["004"].valid_until) == (
        Standing.WAITS,
        until,
    )


def test_a_college_that_is_known_by_its_name_comes_first(school: School) -> None:
    known = offices_for(school.registrar, replace(ASKS, office_name="医学院"))
    assert [office.id for office in known] == ["college-02", "college-01"]


def test_a_new_college_gets_the_next_number(school: School) -> None:
    offices = offices_for(school.registrar, ASKS)
    assert [(office.id, office.name) for office in offices] == [
        ("college-03", "体育学院"),
        ("college-01", "信息技术学院"),
        ("college-02", "医学院"),
    ]


def test_of_other_kinds_there_is_one_office_each(school: School) -> None:
    asks = replace(ASKS, office_kind=OfficeKind.FINANCE, office_name="计划财务处")
    assert [(o.id, o.name) for o in offices_for(school.registrar, asks)] == [
        ("finance", "计划财务处")
    ]
    mine = replace(ASKS, office_kind=OfficeKind.REGISTRAR, office_name="学籍科")
    assert [(o.id, o.name) for o in offices_for(school.registrar, mine)] == [
        ("registrar", "教务处学籍科")
    ]
