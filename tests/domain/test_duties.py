"""What each kind of office is told: the table against that of who may say what."""

import pytest

from desktop.domain.authority import ASPECTS, may_state
from desktop.domain.duties import DUTIES, READERS
from desktop.domain.offices import OfficeKind
from desktop.domain.statements import Statement
from desktop.domain.students import IDENTITY_FIELDS
from desktop.procedures.imports.import_kinds import readable_kinds

LIST_OFFICES = [kind for kind, duty in DUTIES.items() if duty.told]
PRIVATE = {"phone", "political_status", "ethnicity", "secondary_school", "remark", "birth_date"}


def said(aspect: str, **values: str | None) -> Statement:
    return Statement("id", "001", 1, "", "张", 1, "", "", "student:1", aspect, values)


def test_every_kind_of_office_has_a_duty() -> None:
    assert set(DUTIES) == set(OfficeKind)


@pytest.mark.parametrize("kind", OfficeKind)
def test_whoever_reads_lists_may_state_one(kind: OfficeKind) -> None:
    if kind in READERS:
        assert readable_kinds(kind)


@pytest.mark.parametrize("kind", LIST_OFFICES)
def test_an_office_hears_what_it_may_state_itself_so_that_it_sees_what_stands(
    kind: OfficeKind,
) -> None:
    stated = {aspect for rule in readable_kinds(kind) for aspect in rule.aspects}
    assert stated <= DUTIES[kind].told.keys()
    assert all(may_state(kind, aspect) for aspect in stated)
    for other in ("fee", "credit_audit", "face_check", "chsi_state", "signature", "registration"):
        assert (other in DUTIES[kind].told) is (other in stated)


@pytest.mark.parametrize("kind", LIST_OFFICES)
def test_what_it_is_told_exists(kind: OfficeKind) -> None:
    for aspect, fields in DUTIES[kind].told.items():
        assert fields
        assert fields <= ASPECTS[aspect].fields
    assert DUTIES[kind].sees <= set(IDENTITY_FIELDS)
    assert not DUTIES[kind].sees & PRIVATE


def test_a_statement_travels_when_it_says_something_that_is_needed() -> None:
    finance = DUTIES[OfficeKind.FINANCE]
    assert finance.hears(said("identity", name="王小甲", phone="13900000000"))
    assert finance.hears(said("identity", id_number=None))  # taken back: that is news, too
    assert not finance.hears(said("identity", phone="13900000000"))
    assert not finance.hears(said("photo", id_card_photo="ab"))
    assert not DUTIES[OfficeKind.COLLEGE].hears(said("identity", name="王小甲"))


def test_admissions_hears_who_was_registered_and_nothing_else_of_a_registration() -> None:
    admissions = DUTIES[OfficeKind.ADMISSIONS]
    assert admissions.hears(said("registration", outcome="registered"))
    assert not admissions.hears(said("signature", mark="signed"))
    assert not DUTIES[OfficeKind.STUDENT_AFFAIRS].hears(said("registration", outcome="registered"))
    assert admissions.judges  # it reads a round's list, as it always did
