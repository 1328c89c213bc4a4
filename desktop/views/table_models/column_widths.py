"""How wide the columns of a table are: as wished, and otherwise so that none has to be scrolled."""

from collections.abc import Sequence
from typing import Final

_LEAST: Final = 0.5
_MOST: Final = 1.5


def fitted(
    wishes: Sequence[int], needs: Sequence[int], room: int, elastic: Sequence[bool]
) -> list[int]:
    """Return widths that fill a room where that can be done without hiding what is short.

    Args:
        wishes: how wide the columns would like to be.
        needs: what their texts take, as far as they are in sight.
        room: how much there is.
        elastic: which may be cut to half of what they wish, for they hold long texts.

    Too little room for even that leaves them as wished: the table is scrolled then.
    """
    lacking = sum(wishes) - room
    if lacking <= 0:
        return _grown(wishes, needs, -lacking)
    spare = [max(wish - need, 0) for wish, need in zip(wishes, needs, strict=True)]
    if lacking <= sum(spare):
        return _less(wishes, spare, lacking)
    tight = [wish - one for wish, one in zip(wishes, spare, strict=True)]
    least = [
        min(width, round(wish * _LEAST)) if may else width
        for width, wish, may in zip(tight, wishes, elastic, strict=True)
    ]
    cut = _cut(tight, least, lacking - sum(spare))
    return list(wishes) if cut is None else cut


def left_out(
    wishes: Sequence[int],
    needs: Sequence[int],
    room: int,
    elastic: Sequence[bool],
    kept: Sequence[bool],
) -> frozenset[int]:
    """Return the columns to leave out, from the right, so that a table need not be scrolled.

    What is ``kept`` goes last; two columns always stay.
    """
    places = list(range(len(wishes)))
    least = [
        min(need, wish, round(wish * _LEAST) if may else wish)
        for wish, need, may in zip(wishes, needs, elastic, strict=True)
    ]
    dispensable = [n for n in reversed(places[1:]) if not kept[n]]
    order = [*dispensable, *(n for n in reversed(places[1:]) if kept[n])][: len(places) - 2]
    out: set[int] = set()
    for place in order:
        if sum(least[n] for n in places if n not in out) <= room:
            break
        out.add(place)
    return frozenset(out)


def _grown(wishes: Sequence[int], needs: Sequence[int], left: int) -> list[int]:
    """Give what is left to columns whose texts need it, from the left, to none too much."""
    widths = []
    for wish, need in zip(wishes, needs, strict=True):
        more = min(max(min(need, round(wish * _MOST)) - wish, 0), left)
        widths.append(wish + more)
        left -= more
    return widths


def _less(widths: Sequence[int], spare: Sequence[int], lacking: int) -> list[int]:
    """Take what is lacking from the columns, from each in proportion to what it can spare."""
    narrower, rest = [], sum(spare)
    for width, one in zip(widths, spare, strict=True):
        taken = -(-one * lacking // rest) if rest else 0
        narrower.append(width - taken)
        lacking, rest = lacking - taken, rest - one
    return narrower


def _cut(widths: Sequence[int], least: Sequence[int], lacking: int) -> list[int] | None:
    """Cut the widest columns first, down to one level; None where that is not enough."""
    if lacking > sum(widths) - sum(least):
        return None
    cut = list(widths)
    for _ in range(lacking):
        able = [place for place, width in enumerate(cut) if width > least[place]]
        cut[max(able, key=cut.__getitem__)] -= 1
    return cut
