"""Columns fit their room: what is short stays whole, what is long is cut, the rest is scrolled."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.views.table_models.column_widths import fitted

COLUMNS = st.lists(
    st.tuples(st.integers(20, 400), st.integers(10, 800), st.booleans()), min_size=1, max_size=12
)


@given(COLUMNS, st.integers(50, 3000))
def test_columns_fill_the_room_or_are_as_wished(
    columns: list[tuple[int, int, bool]], room: int
) -> None:
    wishes, needs, elastic = (list(part) for part in zip(*columns, strict=True))
    widths = fitted(wishes, needs, room, elastic)
    if sum(wishes) <= room:
        assert sum(widths) <= room
        assert all(width >= wish for width, wish in zip(widths, wishes, strict=True))
    else:
        assert sum(widths) == room or widths == wishes


@given(COLUMNS, st.integers(50, 3000))
def test_what_is_short_is_never_cut(columns: list[tuple[int, int, bool]], room: int) -> None:
    wishes, needs, elastic = (list(part) for part in zip(*columns, strict=True))
    for width, wish, need, may in zip(
        fitted(wishes, needs, room, elastic), wishes, needs, elastic, strict=True
    ):
        assert width >= (min(need, wish // 2) if may else min(need, wish))


def test_long_texts_give_way_first_where_they_have_room_to_spare() -> None:
    assert fitted([100, 300], [100, 200], 350, [False, True]) == [100, 250]
    assert fitted([100, 300], [100, 300], 350, [False, True]) == [100, 250]
    assert fitted([100, 300], [100, 300], 200, [False, True]) == [100, 300]
    assert fitted([100, 100], [140, 100], 300, [True, False]) == [140, 100]
    assert fitted([100, 100], [900, 100], 900, [True, False]) == [150, 100]
