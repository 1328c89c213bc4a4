"""The index behind the search box: made from the store, kept while nothing new was said."""

import pytest

from desktop.procedures.search import initials_of, student_index
from desktop.procedures.signing.recording import set_class_teacher
from tests.conftest import School


def test_every_student_of_the_store_is_in_the_index(school: School) -> None:
    index = student_index(school.registrar)
    assert len(index.students) == 9
    assert len(student_index(school.second).students) == 3
    one = index.students[0]
    assert index.search(one.student_number) == [one]
    assert one in index.search(one.name)
    assert one.class_name in {"软件2601班", "软件2602班", "护理2601班"}


def test_the_index_is_made_anew_only_when_something_was_said(school: School) -> None:
    college = school.first
    index = student_index(college)
    assert student_index(college, index) is index
    set_class_teacher(college, school.classes(college)[0].id, "李老师")
    assert student_index(college, index) is not index


@pytest.mark.parametrize(
    ("character", "letters"),
    [("李", "l"), ("曾", "cz"), ("单", "cds"), ("a", "a"), ("𬱖", "d"), ("·", "·")],
)
def test_initials_know_every_reading(character: str, letters: str) -> None:
    assert initials_of(character) == letters
