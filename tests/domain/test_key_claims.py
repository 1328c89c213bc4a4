"""Numbers belong to one student: lists that exchange them, and lists that take somebody else's."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.key_claims import Claim, all_free, find_clashes

Owners = dict[tuple[str, str], str]


def after(claims: list[Claim], owners: Owners) -> Owners:
    """Return who has which number once the granted claims are written."""
    refused = find_clashes(claims, owners)
    numbers = {(student, field): number for (field, number), student in owners.items()}
    for place, claim in enumerate(claims):
        if place not in refused:
            numbers.update({(claim.student, f): n for f, n in claim.numbers.items()})
    assert len({(f, n) for (_, f), n in numbers.items()}) == len(numbers), "a number stands twice"
    return {(field, number): student for (student, field), number in numbers.items()}


def test_two_students_may_exchange_numbers() -> None:
    owners = {("id_number", "1"): "a", ("id_number", "2"): "b"}
    claims = [Claim("a", {"id_number": "2"}), Claim("b", {"id_number": "1"})]
    assert find_clashes(claims, owners) == {}


def test_the_number_of_a_student_who_keeps_it_is_refused() -> None:
    owners = {("id_number", "1"): "a"}
    (clash,) = find_clashes([Claim("b", {"id_number": "1"})], owners).values()
    assert clash == ("id_number", "1", "a")


def test_a_refused_row_keeps_its_number_and_refuses_another() -> None:
    owners = {("id_number", "1"): "a", ("id_number", "9"): "z"}
    claims = [Claim("a", {"id_number": "9"}), Claim("b", {"id_number": "1"})]
    assert set(find_clashes(claims, owners)) == {0, 1}


NUMBERS = st.sampled_from("123456")
STUDENTS = st.sampled_from("abcdef")
OWNERS = st.dictionaries(NUMBERS, STUDENTS, max_size=6).map(
    lambda numbers: {("id_number", n): s for s, n in {s: n for n, s in numbers.items()}.items()}
)
CLAIMS = st.dictionaries(STUDENTS, NUMBERS, max_size=6).map(
    lambda wishes: [Claim(student, {"id_number": number}) for student, number in wishes.items()]
)


@given(CLAIMS, OWNERS)
def test_no_number_ever_stands_twice_and_reading_again_changes_nothing(
    claims: list[Claim], owners: Owners
) -> None:
    once = after(claims, owners)
    assert after(claims, once) == once


@given(
    CLAIMS | st.lists(st.builds(lambda s, n: Claim(s, {"id_number": n}), STUDENTS, NUMBERS)), OWNERS
)
def test_where_all_numbers_are_free_nothing_clashes(claims: list[Claim], owners: Owners) -> None:
    students = [claim.student for claim in claims]
    numbers = {"id_number": [claim.numbers["id_number"] for claim in claims]}
    if all_free(students, numbers, owners):
        assert find_clashes(claims, owners) == {}
        # what a person has corrected is not claimed: fewer claims can not clash either
        assert find_clashes(claims[::2], owners) == {}


def test_new_numbers_are_free_and_somebody_elses_are_not() -> None:
    owners = {("id_number", "1"): "a"}
    assert all_free(["a", "b", "c"], {"id_number": ["1", "2", ""]}, owners)
    assert not all_free(["b"], {"id_number": ["1"]}, owners)
    assert not all_free(["b", "c"], {"id_number": ["2", "2"]}, {})
