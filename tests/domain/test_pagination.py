"""Pages of a signature sheet: every row once, in order, and nothing alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.pagination import (
    BLANK_ROWS,
    ROWS_KEPT_WITH_SIGN_OFFS,
    ROWS_PER_PAGE,
    ROWS_WITH_SIGN_OFFS,
    Capacity,
    paginate,
)


@st.composite
def capacities(draw: st.DrawFn) -> Capacity:
    blank = draw(st.integers(0, 6))
    kept = draw(st.integers(1, 8))
    last = blank + kept + draw(st.integers(0, 20))
    return Capacity(full=last + draw(st.integers(0, 20)), last=last, blank=blank, kept=kept)


@given(st.integers(0, 700), capacities())
def test_every_row_stands_once_and_in_order_within_what_pages_hold(
    rows: int, capacity: Capacity
) -> None:
    pages = paginate(rows, capacity)
    placed = [row for page in pages for row in range(page.first, page.stop)]
    assert placed == list(range(rows))
    assert [page.page for page in pages] == list(range(1, len(pages) + 1))
    for page in pages[:-1]:
        assert 1 <= page.row_count <= capacity.full
        assert page.blank_rows == 0
        assert not page.sign_offs
    assert pages[-1].sign_offs
    assert pages[-1].blank_rows == capacity.blank
    assert pages[-1].row_count + capacity.blank <= capacity.last
    assert pages[-1].row_count >= min(rows, capacity.kept)


@given(st.integers(0, 700), capacities())
def test_no_split_takes_more_pages_than_it_needs(rows: int, capacity: Capacity) -> None:
    fewer = len(paginate(rows, capacity)) - 1
    room = (fewer - 1) * capacity.full + capacity.last - capacity.blank
    assert fewer == 0 or rows > room


@pytest.mark.parametrize(
    ("rows", "split"),
    [
        (0, [0]),
        (1, [1]),
        (18, [18]),
        (19, [16, 3]),
        (25, [22, 3]),
        (26, [23, 3]),
        (27, [24, 3]),
        (45, [27, 18]),
        (46, [27, 16, 3]),
        (61, [27, 27, 7]),
        (500, [27] * 18 + [14]),
    ],
)
def test_the_split_of_a_class_is_fixed_for_ever(rows: int, split: list[int]) -> None:
    assert [page.row_count for page in paginate(rows)] == split


def test_the_constants_are_those_that_sheets_are_printed_with() -> None:
    assert (ROWS_PER_PAGE, ROWS_WITH_SIGN_OFFS) == (27, 21)
    assert (BLANK_ROWS, ROWS_KEPT_WITH_SIGN_OFFS) == (3, 3)


def test_negative_numbers_and_impossible_pages_are_refused() -> None:
    with pytest.raises(ValueError, match="fewer than no students"):
        paginate(-1)
    with pytest.raises(ValueError, match="must stand with them"):
        Capacity(full=10, last=4, blank=3, kept=3)
    with pytest.raises(ValueError, match="fewer rows"):
        Capacity(full=5, last=10)
