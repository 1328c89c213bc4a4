"""Columns fit their room: what is short stays whole, what is long is cut, the rest is scrolled."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.views.table_models.column_widths import fitted, left_out

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


def test_columns_are_left_out_from_the_right_and_those_with_a_state_last() -> None:
    plain = [False] * 5
    wishes = [100] * 5
    assert left_out(wishes, wishes, 500, plain, plain) == frozenset()
    assert left_out(wishes, wishes, 499, plain, plain) == {4}
    assert left_out(wishes, wishes, 300, plain, [False, False, False, False, True]) == {3, 2}
    assert left_out(wishes, wishes, 50, plain, plain) == {4, 3, 2}  # two always stay
    assert left_out(wishes, wishes, 450, [False, True, *plain[2:]], plain) == frozenset()
