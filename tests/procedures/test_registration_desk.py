"""Procedure three as the page shows it, and what is said before papers are made."""

import re
from pathlib import Path

import pytest

from desktop import domain
from desktop.domain.registration_reasons import REASON_TITLES, TODO
from desktop.domain.student_registration import Outcome
from desktop.errors import NotAllowed
from desktop.procedures.registration.papers import check_papers, make_chsi_files, make_register
from desktop.procedures.registration.registration_desk import (
    RegistrationLine,
    outcomes_ready,
    registration_lines,
)
from desktop.procedures.registration.student_registration import issue
from tests.conftest import ROUND, School, roster_rows

from .acts import complete_class, lacking, rename

RULES = Path(domain.__file__).parent / "student_registration.py"
PASSING = {"signed", "signed-by-proxy", "recheck-failed", "entry-review-failed"}
PASSING |= {"place-kept", "place-given-up"}


def lines(school: School) -> list[RegistrationLine]:
    return registration_lines(school.registrar, ROUND)


def test_every_reason_that_holds_back_has_a_word_and_a_way_on() -> None:
    codes = set(
        re.findall(r'"([a-z]+(?:-[a-z]+)+|conflict|incomplete|unsigned|signed)"', RULES.read_text())
    )
    held_back = codes - PASSING
    held_back |= {"class-teacher-missing", "student-section-missing"}
    held_back |= {"teaching-section-missing", "head-missing"}
    assert set(REASON_TITLES) == set(TODO) == held_back


def test_who_is_ready_waits_or_has_an_outcome(school: School) -> None:
    complete_class(school.first, "软件2601班")
    school.carry(school.first, school.registrar)
    before = lines(school)
    ready = [line for line in before if line.ready]
    assert {(line.group.name, line.title, line.codes) for line in ready} == {
        ("软件2601班", "可以办理", ())
    }
    assert ready[0].mark == "本人签字"
    assert ready[0].sheet.startswith("002-")
    assert {line.codes for line in before if not line.ready} == {("no-word",)}
    assert outcomes_ready(before) == {Outcome.REGISTERED: 3}
    issue(school.registrar, ROUND)
    after = lines(school)
    assert {line.title for line in after if line.issued} == {"注册学籍"}
    assert outcomes_ready(after) == {}
    assert len(before) == len(after) == 9


def test_what_is_missing_is_named(school: School) -> None:
    row = roster_rows()[0]
    bare = row._replace(
        identity=row.identity._replace(
            exam_number="26420699999999",
            id_number="",
            student_number="2026999",
            name="赵缺",
            birth_date="",
            sex="",
        ),
    )
    lacking(school.registrar, bare)
    line = next(line for line in lines(school) if line.identity.name == "赵缺")
    assert line.missing_fields == ("id_number", "sex", "birth_date")
    assert line.codes == ("incomplete",)


def test_a_check_tells_before_papers_are_made_and_makes_nothing(school: School) -> None:
    complete_class(school.first, "软件2601班")
    school.carry(school.first, school.registrar)
    issue(school.registrar, ROUND)
    check = check_papers(school.registrar, ROUND)
    assert (check.issued, check.held_back, check.stopped) == (3, 6, False)
    assert (check.left_out, check.register_made) == ((), False)
    make_register(school.registrar, ROUND)
    assert check_papers(school.registrar, ROUND).register_made
    with pytest.raises(NotAllowed):
        check_papers(school.first, ROUND)


def test_what_the_platforms_file_can_not_hold_is_said_with_the_students_name(
    school: School,
) -> None:
    row = roster_rows()[0]
    rename(school.registrar, row, name="王𬱖")
    school.carry(school.registrar, school.first)
    complete_class(school.first, "软件2601班")
    school.carry(school.first, school.registrar)
    issue(school.registrar, ROUND)
    (sentence,) = check_papers(school.registrar, ROUND).left_out
    assert sentence.startswith(f"王𬱖（{row.identity.student_number}）：")
    assert len(make_chsi_files(school.registrar, ROUND).problems) == 1
