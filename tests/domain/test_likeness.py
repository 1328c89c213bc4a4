"""Who is asked about as likely the same person, and that nobody is compared with everybody."""

from itertools import combinations
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain import likeness
from desktop.domain.likeness import (
    Alike,
    Likeness,
    Person,
    find_likenesses,
    nearly_equal,
    person,
)
from desktop.domain.students import Identity
from tests.conftest import identity


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("26420601", "26420602", True),
        ("26420601", "26420610", True),
        ("26420601", "06420621", True),
        ("26420601", "26420601", False),
        ("26420601", "26420612", False),
        ("26420601", "2642060", False),
        ("", "", False),
    ],
)
def test_numbers_are_nearly_equal_when_a_slip_makes_one_of_the_other(
    one: str, other: str, *, expected: bool
) -> None:
    assert nearly_equal(one, other) is expected
    assert nearly_equal(other, one) is expected


def test_one_name_and_one_birth_date_with_other_numbers_are_alike() -> None:
    one = identity(1)
    other = identity(57)._replace(name=one.name, birth_date=one.birth_date)
    assert find_likenesses([person("new", other)], [person("old", one)]) == (
        Likeness("new", "old", Alike.BIRTH),
    )


def test_a_birth_date_is_read_from_the_id_number_where_there_is_no_other() -> None:
    assert person(1, identity(1)._replace(birth_date="")).birth_date == identity(1).birth_date
    assert person(1, Identity(name="王", id_number="H12345678")).birth_date == ""


def test_a_slip_in_a_number_is_found_and_told_which() -> None:
    one = identity(1)
    other = identity(2)._replace(name=one.name, exam_number=one.exam_number[:-1] + "9")
    (found,) = find_likenesses([person("a", one), person("b", other)])
    assert found == Likeness("a", "b", Alike.NUMBER, "exam_number")


def test_classmates_with_following_numbers_are_not_asked_about() -> None:
    people = [person(place, identity(place)) for place in range(1, 60)]
    assert find_likenesses(people) == ()


def test_who_shares_a_number_is_not_asked_about_again() -> None:
    one = identity(1)
    other = one._replace(student_number="2026999")
    assert find_likenesses([person("a", other)], [person("b", one)]) == ()


def test_who_is_known_already_is_not_compared_with_others_who_are() -> None:
    one = identity(1)
    twin = identity(2)._replace(name=one.name, birth_date=one.birth_date)
    assert find_likenesses([person("c", identity(3))], [person("a", one), person("b", twin)]) == ()


DIGITS = st.text("012", min_size=3, max_size=3)
PEOPLE = st.lists(
    st.builds(
        lambda name, birth, exam, number: Person(
            0, name, birth, {"exam_number": exam, **({"id_number": number} if number else {})}
        ),
        st.sampled_from("甲乙"),
        st.sampled_from(["", "20080101", "20080102"]),
        DIGITS,
        st.just("") | DIGITS,
    ),
    max_size=40,
)


@pytest.mark.parametrize("few", [0, 40])
@given(people=PEOPLE, new=st.integers(0, 40))
def test_blocks_find_what_comparing_everybody_would(
    few: int, people: list[Person], new: int
) -> None:
    with mock.patch.object(likeness, "_FEW", few):
        compare_with_everybody(people, new)


def compare_with_everybody(people: list[Person], new: int) -> None:
    """Fail unless the same pairs are found as by looking at all of them."""
    everybody = [one._replace(id=place) for place, one in enumerate(people)]
    found = {
        frozenset((one.one, one.other)) for one in find_likenesses(everybody[:new], everybody[new:])
    }
    expected = set()
    for one, other in combinations(everybody, 2):
        shared = one.numbers.keys() & other.numbers.keys()
        close = any(nearly_equal(one.numbers[f], other.numbers[f]) for f in shared)
        equal = any(one.numbers[f] == other.numbers[f] for f in shared)
        born = one.birth_date and one.birth_date == other.birth_date
        if one.name == other.name and not equal and (close or born) and one.id < new:  # type: ignore[operator]
            expected.add(frozenset((one.id, other.id)))
    assert found == expected
