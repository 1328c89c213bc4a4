"""How far an office is with its lists, and what it has to do next."""

from pathlib import Path

import pytest

from desktop.domain.imports import Target
from desktop.domain.offices import OfficeKind
from desktop.domain.students import Identity
from desktop.procedures.imports.import_kinds import AskedFor
from desktop.procedures.overview.list_progress import (
    ListDesk,
    NextStep,
    expected_in,
    list_desk,
    told_students,
)
from desktop.procedures.session import Session
from tests.conftest import CLASS_SIZE, School, roster_rows
from tests.list_offices import AUDIT_YEAR, FEE_YEAR, audit_file, fee_file, join, read_in

from .acts import rename

OF_THE_YEAR = Target("fees", year=FEE_YEAR)
EVERYBODY = 9


@pytest.fixture
def finance(school: School) -> Session:
    """A finance office that has joined and heard of nobody."""
    return join(school, OfficeKind.FINANCE)


def told(desk: ListDesk) -> tuple[int, int]:
    (one,) = desk.lists
    return one.told, one.expected


def test_the_next_step_goes_along_with_the_work(
    school: School, finance: Session, tmp_path: Path
) -> None:
    assert list_desk(finance).next is NextStep.TAKE_IN
    school.carry(school.registrar, finance)
    assert (list_desk(finance).next, told(list_desk(finance))) == (NextStep.READ, (0, EVERYBODY))
    read_in(finance, fee_file(tmp_path / "1.xlsx", ["已缴费"] * 4), OF_THE_YEAR)
    assert (list_desk(finance).next, told(list_desk(finance))) == (NextStep.SEND, (4, EVERYBODY))
    school.carry(finance, school.registrar)
    assert list_desk(finance).next is NextStep.COMPLETE
    read_in(finance, fee_file(tmp_path / "2.xlsx", ["已缴费"] * EVERYBODY), OF_THE_YEAR)
    school.carry(finance, school.registrar)
    assert (list_desk(finance).next, list_desk(finance).unsent) == (NextStep.NOTHING, 0)


def test_each_class_names_who_lacks(school: School, finance: Session, tmp_path: Path) -> None:
    school.carry(school.registrar, finance)
    read_in(finance, fee_file(tmp_path / "1.xlsx", ["已缴费"] * 3 + ["缓缴"]), OF_THE_YEAR)
    desk = list_desk(finance)
    lacking = {one.group.name: len(one.lacking[0]) for one in desk.classes}
    assert lacking == {"护理2601班": 3, "软件2601班": 0, "软件2602班": 2}
    assert all(one.students == one.expected[0] == CLASS_SIZE for one in desk.classes)
    assert dict(desk.lists[0].values) == {"已缴费": 3, "缓缴": 1}
    said = {one.name: one.said for one in told_students(finance)}
    assert sorted(said.values()) == [""] * 5 + ["已缴费"] * 3 + ["缓缴"]


def test_a_list_of_those_who_graduate_expects_no_others(school: School, tmp_path: Path) -> None:
    seat = join(school, OfficeKind.ACADEMIC_AFFAIRS)
    rename(school.registrar, roster_rows()[0], expected_graduation_date=f"{AUDIT_YEAR}0630")
    school.carry(school.registrar, seat)
    (one,) = list_desk(seat).lists
    assert (one.kind, one.expected) == ("credit-audit", one.told + 1)
    read_in(seat, audit_file(tmp_path / "1.xlsx", ["139"]), Target("credit-audit", year=AUDIT_YEAR))
    (one,) = list_desk(seat).lists
    assert (one.told, one.expected) == (1, 1)
    assert {s.said for s in told_students(seat)} == {"", "已修139，应修140"}


@pytest.mark.parametrize(
    ("asked", "year", "entry", "leaving", "expected"),
    [
        (AskedFor.SCHOOL_YEAR, "2026-2027", "20260901", "20290630", True),
        (AskedFor.SCHOOL_YEAR, "2026-2027", "20240901", "20270630", True),
        (AskedFor.SCHOOL_YEAR, "2026-2027", "20230901", "20260630", False),
        (AskedFor.SCHOOL_YEAR, "2026-2027", "20270901", "20300630", False),
        (AskedFor.SCHOOL_YEAR, "2026-2027", "", "", True),
        (AskedFor.YEAR, "2027", "20240901", "20270630", True),
        (AskedFor.YEAR, "2027", "20240901", "20280630", False),
        (AskedFor.YEAR, "2027", "", "", False),
        (AskedFor.NOTHING, "", "", "", True),
    ],
)
def test_who_ought_to_be_in_a_list(
    asked: AskedFor, year: str, entry: str, leaving: str, *, expected: bool
) -> None:
    identity = Identity(entry_date=entry, expected_graduation_date=leaving)
    assert expected_in(asked, year, identity) is expected
