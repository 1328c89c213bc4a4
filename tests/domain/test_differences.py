"""Marking what differs: nothing lost, and what is equal is not marked."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.differences import code_points, differing, marked

TEXTS = st.text("王小甲乙頔頓𠮷", max_size=6)


@given(TEXTS, TEXTS)
def test_pieces_are_the_texts_and_the_unmarked_is_shared(old: str, new: str) -> None:
    left, right = differing(old, new)
    assert "".join(piece.text for piece in left) == old
    assert "".join(piece.text for piece in right) == new
    same = [[piece.text for piece in side if not piece.differs] for side in (left, right)]
    assert same[0] == same[1]
    assert (old == new) == (not any(piece.differs for piece in (*left, *right)))


def test_what_looks_alike_is_told_apart() -> None:
    old, new = differing("欧阳頔", "欧阳頓")
    assert (marked(old), marked(new)) == ("欧阳【頔】", "欧阳【頓】")
    assert code_points("頔𠮷") == "頔 U+9814、𠮷 U+20BB7"
