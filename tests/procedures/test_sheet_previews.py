"""What is previewed is what is made, to the letter, or nothing is made."""

import pytest

from desktop.errors import DecisionStale, NotAllowed
from desktop.procedures.signing.sheets import keep_sheets, make_sheets, preview_sheets
from desktop.procedures.signing.signing_desk import class_lines
from desktop.store import documents
from tests.conftest import ROUND, School, roster_rows
from tests.procedures.acts import class_id, fill_class, rename

CLASS = "软件2601班"


def test_a_preview_makes_nothing_and_then_exactly_itself(school: School) -> None:
    college = school.first
    classes = [class_id(college, CLASS)]
    seen = preview_sheets(college, ROUND, classes)
    assert not any(line.sheets for line in class_lines(college, ROUND))
    kept = keep_sheets(college, seen)
    assert kept.pdf == seen.pdf
    with college.unit_of_work() as unit:
        (document,) = documents.documents(unit.connection, ROUND)
    assert college.store.attachments.get(document.sha256) == seen.pdf
    (line,) = [one for one in class_lines(college, ROUND) if one.group.name == CLASS]
    assert line.sheets == (seen.sheets[0].number,)


def test_a_preview_that_something_overtook_is_not_made(school: School) -> None:
    college = school.first
    classes = [class_id(college, CLASS)]
    seen = preview_sheets(college, ROUND, classes)
    make_sheets(college, ROUND, classes)
    with pytest.raises(DecisionStale):
        keep_sheets(college, seen)


def test_a_preview_of_data_that_changed_is_not_made(school: School) -> None:
    college = school.first
    seen = preview_sheets(college, ROUND, [class_id(college, CLASS)])
    row = next(row for row in roster_rows() if row.class_name == CLASS)
    rename(school.registrar, row, name="王晓铭")
    school.carry(school.registrar, college)
    with pytest.raises(DecisionStale):
        keep_sheets(college, seen)


def test_a_preview_of_a_class_that_grew_is_not_made(school: School) -> None:
    college = school.first
    seen = preview_sheets(college, ROUND, [class_id(college, CLASS)])
    fill_class(school, CLASS, 4)
    with pytest.raises(DecisionStale):
        keep_sheets(college, seen)


def test_only_a_college_previews(school: School) -> None:
    with pytest.raises(NotAllowed):
        preview_sheets(school.registrar, ROUND, [class_id(school.first, CLASS)])
