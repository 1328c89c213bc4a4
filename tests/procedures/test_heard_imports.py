"""What a bundle says of lists and of undone imports is taken only in the form that it must have."""

from pathlib import Path

import pytest

from desktop.domain.statements import Statement
from desktop.errors import BundleContent, SignerWithoutAuthority
from desktop.procedures.exchange.merging import merge
from desktop.procedures.session import Session
from desktop.store.imports import readings
from tests.conftest import School

from .acts import forge, require_healthy, statement

RANGE = {"withdrawn": "yes", "seat": "001", "first": "1", "last": "2"}


def refused(session: Session, bundle: Path) -> list[str]:
    """Return the codes with which a bundle is refused."""
    return [refusal.code for refusal in merge(session, [bundle]).refusals]


def said_of_an_import(school: School, **values: str | None) -> Statement:
    one = statement(school.registrar, "list_import", "import:1", **{**RANGE, **values})
    return one._replace(round="")


def fee(school: School, year: str) -> Statement:
    student = school.students(school.registrar)[0].subject
    return statement(school.registrar, "fee", student, fee_state="已缴费")._replace(round=year)


@pytest.mark.parametrize(
    "spoilt",
    [
        {"seat": "002"},
        {"seat": None},
        {"first": "one"},
        {"last": "٣"},
        {"last": "9" * 30},
        {"first": None},
        {"withdrawn": "no"},
    ],
    ids=str,
)
def test_an_import_that_is_not_said_as_it_must_be_is_refused(
    school: School, tmp_path: Path, spoilt: dict[str, str | None]
) -> None:
    bundle = forge(
        school.registrar,
        tmp_path / "stick",
        [said_of_an_import(school, **spoilt)],
        to_office="college-01",
    )
    assert refused(school.first, bundle) == [BundleContent.code]


@pytest.mark.parametrize("year", ["", "2026", "2026-2028", "2026-student_registration-1"])
def test_fees_of_no_year_are_refused(school: School, tmp_path: Path, year: str) -> None:
    bundle = forge(
        school.registrar, tmp_path / "stick", [fee(school, year)], to_office="college-01"
    )
    assert refused(school.first, bundle) == [BundleContent.code]


def test_what_is_said_as_it_must_be_is_taken(school: School, tmp_path: Path) -> None:
    said = [fee(school, "2026-2027"), said_of_an_import(school)]
    bundle = forge(school.registrar, tmp_path / "stick", said, to_office="college-01")
    assert refused(school.first, bundle) == []
    with school.first.unit_of_work() as unit:
        assert len(readings(unit.connection, "fee", "2026-2027")) == 1
    require_healthy(school.first)


def test_a_college_says_nothing_of_fees(school: School, tmp_path: Path) -> None:
    student = school.students(school.first)[0].subject
    said = statement(school.first, "fee", student, fee_state="已缴费")._replace(round="2026-2027")
    bundle = forge(school.first, tmp_path / "stick", [said])
    assert refused(school.registrar, bundle) == [SignerWithoutAuthority.code]
