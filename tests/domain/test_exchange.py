"""Numbers in a stream, as people and tables write them."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.exchange import numbers_in, numbers_text


@given(st.sets(st.integers(1, 60)) | st.sets(st.integers(1, 2**53)))
def test_numbers_are_written_and_read_back(numbers: set[int]) -> None:
    assert numbers_in(numbers_text(numbers)) == sorted(numbers)


def test_ranges_are_written_short() -> None:
    assert numbers_text([9, 3, 4, 5, 7, 8]) == "3-5,7-9"
    assert numbers_text([4]) == "4"
    assert numbers_text([]) == ""
