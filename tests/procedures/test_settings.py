"""Settings that all offices hear of: the school's words with their days, the rules of a round."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest

from desktop.domain.papers import SignatureSheet
from desktop.domain.rounds import Round
from desktop.domain.schools import SchoolFacts
from desktop.errors import Incomplete, NotAllowed, RoundNotOpen
from desktop.printing.signature_sheets import render_signature_sheets
from desktop.procedures.registration.registers import register_of
from desktop.procedures.rounds import close_round
from desktop.procedures.session import Session
from desktop.procedures.settings import change_round, change_school, school_history
from desktop.procedures.signing import sheets
from desktop.store.school import school_facts
from tests.conftest import ROUND, School

REASON = "鄂政函〔2026〕12号"


def school_on(session: Session, day: str) -> SchoolFacts:
    with session.unit_of_work() as unit:
        return school_facts(unit.connection, day)


def test_the_school_is_called_otherwise_from_a_day_on(school: School) -> None:
    registrar = school.registrar
    before = school_on(registrar, "2026-12-31")
    change_school(registrar, "2027-01-01", SchoolFacts(name="襄阳职业技术大学"), REASON)
    change_school(registrar, "2027-09-01", SchoolFacts(president="新校长"), REASON)
    assert school_on(registrar, "2026-12-31") == before
    assert school_on(registrar, "2027-01-01").name == "襄阳职业技术大学"
    assert school_on(registrar, "2027-01-01").president == before.president
    later = school_on(registrar, "2028-01-01")
    assert (later.name, later.president, later.code) == ("襄阳职业技术大学", "新校长", "12354")
    assert [v.since for v in school_history(registrar)] == ["", "2027-01-01", "2027-09-01"]


@pytest.mark.parametrize(
    ("since", "facts", "reason"),
    [
        ("2027-01-01", SchoolFacts(name=" "), REASON),
        ("2027-1-1", SchoolFacts(name="襄阳职业技术大学"), REASON),
        ("2027-02-30", SchoolFacts(name="襄阳职业技术大学"), REASON),
        ("", SchoolFacts(name="襄阳职业技术大学"), REASON),
        ("2027-01-01", SchoolFacts(name="襄阳职业技术大学"), " "),
    ],
)
def test_a_change_of_the_school_is_whole(
    school: School, since: str, facts: SchoolFacts, reason: str
) -> None:
    with pytest.raises(Incomplete):
        change_school(school.registrar, since, facts, reason)
    assert len(school_history(school.registrar)) == 1


@pytest.mark.parametrize(
    ("day", "name"),
    [("2026-12-31", "襄阳职业技术学院"), ("2027-01-01", "襄阳职业技术大学")],
)
def test_a_college_hears_of_the_new_name_and_prints_it_from_its_day_on(
    school: School, monkeypatch: pytest.MonkeyPatch, day: str, name: str
) -> None:
    college = school.first
    change_school(school.registrar, "2027-01-01", SchoolFacts(name="襄阳职业技术大学"), REASON)
    school.carry(school.registrar, college)
    assert school_history(college) == school_history(school.registrar)
    printed: list[str] = []

    def render(papers: Sequence[SignatureSheet]) -> bytes:
        printed.extend(paper.school for paper in papers)
        return render_signature_sheets(papers)

    monkeypatch.setattr(sheets, "render_signature_sheets", render)
    college.store.now = lambda: datetime.fromisoformat(f"{day}T09:00:00+08:00")
    sheets.make_sheets(college, ROUND, [school.classes(college)[0].id])
    assert printed == [name]
    school.registrar.store.now = college.store.now
    assert register_of(school.registrar, ROUND).school == name


def test_colleges_change_neither_the_school_nor_a_round(school: School) -> None:
    with pytest.raises(NotAllowed):
        change_school(school.first, "2027-01-01", SchoolFacts(name="大学"), REASON)
    with pytest.raises(NotAllowed):
        change(school.first)


def change(session: Session, **changes: Any) -> Round:  # noqa: ANN401 - of several types
    """Change the round; what is not given is as a registrar would fill it in."""
    settings: dict[str, Any] = {
        "deadline": "2026-10-15",
        "required_sign_offs": ["head", "class_teacher"],
        "proxy_allowed": True,
        "reason": "军训延期",
    }
    return change_round(session, ROUND, **{**settings, **changes})


def test_the_rules_of_a_round_change_with_a_reason(school: School) -> None:
    round_ = change(school.registrar)
    assert round_ == change(school.registrar)  # once more changes nothing
    rules = (round_.deadline, round_.required_sign_offs, round_.proxy_allowed)
    assert rules == ("2026-10-15", ("class_teacher", "head"), True)


@pytest.mark.parametrize(
    "changes",
    [{"deadline": "2026-9-31"}, {"required_sign_offs": []}, {"reason": ""}],
    ids=str,
)
def test_rules_are_whole(school: School, changes: dict[str, Any]) -> None:
    with pytest.raises(Incomplete):
        change(school.registrar, **changes)


def test_a_closed_round_keeps_its_rules(school: School) -> None:
    close_round(school.registrar, ROUND)
    with pytest.raises(RoundNotOpen):
        change(school.registrar)
