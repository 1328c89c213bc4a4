"""One spelling, and fields that are what they must be."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.bundles.canonical import Fields, Malformed, canonical_bytes, read_canonical

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner),
    max_leaves=10,
)


@given(st.dictionaries(st.text(st.characters(codec="utf-8")), VALUES))
def test_an_object_reads_back_from_its_one_spelling(value: dict[str, object]) -> None:
    assert read_canonical(canonical_bytes(value)) == value


@given(st.binary(max_size=200))
def test_anything_else_is_malformed(data: bytes) -> None:
    try:
        value = read_canonical(data)
    except Malformed:
        return
    assert canonical_bytes(value) == data


def test_rare_characters_are_letters_like_others() -> None:
    assert Fields({"name": "𬭬䶮\u3000㐂"}).name("name") == "𬭬䶮\u3000㐂"


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (Fields.text, ""),
        (Fields.text, 1),
        (Fields.text, "x" * 65),
        (Fields.text, "\x00"),
        (Fields.text, "\u2028"),
        (Fields.text, "\ud800"),
        (Fields.number, True),
        (Fields.number, -1),
        (Fields.number, 1.0),
        (Fields.flag, 1),
        (Fields.day, "2026-02-30"),
        (Fields.day, "2026-W01-1"),
        (Fields.hexadecimal, "A" * 64),
        (Fields.hexadecimal, "0" * 63),
        (Fields.objects, {}),
        (Fields.texts, ["a", 1]),
    ],
)
def test_a_field_is_what_it_must_be(read: Callable[[Fields, str], object], value: object) -> None:
    with pytest.raises(Malformed):
        read(Fields({"field": value}), "field")
