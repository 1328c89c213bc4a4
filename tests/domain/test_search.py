"""The search box finds a student by whatever a person knows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.search import Searchable, folded, search


def student(number: str, name: str, initials: str, id_number: str = "") -> Searchable:
    """Return a student of 软件2601班; ``initials`` has a word for each character."""
    return Searchable(
        subject=f"student:{number}",
        name=name,
        student_number=number,
        id_tail=id_number[-4:],
        class_id="class:1",
        class_name="软件2601班",
        college_name="信息技术学院",
        initials=tuple(initials.split()),
        keys=(folded(name), folded("软件2601班")),
        numbers=tuple(n.casefold() for n in (number, id_number) if n),
    )


ZENG = student("202601010001", "曾小明", "cz x m", "11010519491231002X")
ZENG_MING = student("202601010002", "曾明", "cz m")
GULI = student("202601010003", "古丽努尔·阿不都热依木", "g l n e a b d r y m")
EVERYBODY = [ZENG, ZENG_MING, GULI]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("曾小明", [ZENG]),
        ("曾", [ZENG_MING, ZENG]),
        ("小明", [ZENG]),
        ("zxm", [ZENG]),
        ("ZXM", [ZENG]),
        ("cxm", [ZENG]),
        ("ｚｍ", [ZENG_MING]),
        ("gln", [GULI]),
        ("古丽努尔阿不都", [GULI]),
        ("古丽努尔•阿不都热依木", [GULI]),
        ("202601010002", [ZENG_MING]),
        ("002x", [ZENG]),
        ("曾 0002", [ZENG_MING]),
        ("软件 gln", [GULI]),
        ("02X", []),
        ("王", []),
        ("", []),
        ("  ", []),
        ("·", []),
    ],
)
def test_a_student_is_found_by(words: str, expected: list[Searchable]) -> None:
    found = search(EVERYBODY, words)
    assert sorted(s.subject for s in found) == sorted(s.subject for s in expected)


def test_the_likeliest_comes_first() -> None:
    exact, longer = student("2", "王明", "w m"), student("1", "王明明", "w m m")
    assert search([longer, exact], "王明") == [exact, longer]
    assert search([longer, exact], "王明", most=1) == [exact]


@given(st.text(max_size=20))
def test_whatever_is_typed_finds_students_and_nothing_else(words: str) -> None:
    assert set(search(EVERYBODY, words)) <= set(EVERYBODY)


@given(st.sampled_from(EVERYBODY), st.data())
def test_everybody_is_found_by_any_part_of_the_own_name(
    one: Searchable, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(one.name) - 1))
    part = one.name[start : data.draw(st.integers(start + 1, len(one.name)))]
    if folded(part):
        assert one in search(EVERYBODY, part)
