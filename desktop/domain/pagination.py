"""Which row stands on which page of a signature sheet.

The split is a pure function of the number of rows, for a whole class and for a supplementary
sheet alike: every sheet ends with a page that carries the sign-offs and the seal.
"""

from dataclasses import dataclass
from typing import Final

ROWS_PER_PAGE: Final = 27
"""Rows of a page that carries no sign-offs."""

ROWS_WITH_SIGN_OFFS: Final = 21
"""Rows, blank ones included, of the page that carries the sign-off boxes and the seal."""

BLANK_ROWS: Final = 3
"""Rows left empty at the end of a class for students who are added by hand."""

ROWS_KEPT_WITH_SIGN_OFFS: Final = 3
"""Students who always stand on the page of the sign-offs, so that no box stands there alone."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """How many rows the pages of one kind of paper hold.

    Attributes:
        full: rows of a page without sign-offs.
        last: rows of the page with sign-offs, blank ones included.
        blank: rows left empty at the end.
        kept: rows that travel with the sign-offs, unless there are fewer in all.

    Raises:
        ValueError: the numbers leave no page that could hold what must stand together.
    """

    full: int = ROWS_PER_PAGE
    last: int = ROWS_WITH_SIGN_OFFS
    blank: int = BLANK_ROWS
    kept: int = ROWS_KEPT_WITH_SIGN_OFFS

    def __post_init__(self) -> None:
        if self.blank < 0 or self.kept < 1 or self.full < self.last:
            raise ValueError("a page can not hold fewer rows than one with sign-offs")
        if self.last < self.kept + self.blank:
            raise ValueError("the page with sign-offs can not hold what must stand with them")


SIGNATURE_SHEET: Final = Capacity()


@dataclass(frozen=True, slots=True)
class PageSpan:
    """The rows ``first`` to ``stop - 1`` (from 0) on page ``page`` (from 1)."""

    page: int
    first: int
    stop: int
    blank_rows: int
    sign_offs: bool

    @property
    def row_count(self) -> int:
        """The students on the page, without blank rows."""
        return self.stop - self.first


def paginate(rows: int, capacity: Capacity = SIGNATURE_SHEET) -> tuple[PageSpan, ...]:
    """Return the pages of a class of ``rows`` students, at least one, in order.

    Pages are filled from the first. Blank rows and sign-offs stand on the last, together with at
    least ``capacity.kept`` students; those are taken from the page before where need be.

    Raises:
        ValueError: ``rows`` is negative.
    """
    if rows < 0:
        raise ValueError("a class can not have fewer than no students")
    room = capacity.last - capacity.blank
    before = max(0, -(-(rows - room) // capacity.full))  # pages before the last, rounded up
    on_last = rows - before * capacity.full if before else rows
    if before:
        on_last = max(on_last, capacity.kept)
    spans: list[PageSpan] = []
    first = 0
    for page in range(1, before + 1):
        stop = min(first + capacity.full, rows - on_last)
        spans.append(PageSpan(page, first, stop, blank_rows=0, sign_offs=False))
        first = stop
    spans.append(PageSpan(before + 1, first, rows, capacity.blank, sign_offs=True))
    return tuple(spans)
