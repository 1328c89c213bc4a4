"""Numbers belong to one student: lists that exchange them, and lists that take somebody else's."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.key_claims import Claim, find_clashes

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
