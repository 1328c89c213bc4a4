"""What a sheet says beside its values: error cells, merged cells, hidden rows and columns."""

from collections.abc import MutableMapping
from dataclasses import dataclass, field

from desktop.interchange.cells import Merge

MOST_REPEATED = 1_000
"""Rows or columns alike that are noted at most: more of them are no list."""
MOST_NOTED = 100_000


@dataclass(slots=True)
class SheetFacts:
    """One sheet: everything by index from 0."""

    errors: MutableMapping[tuple[int, int], str] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)

    def hide_rows(self, first: int, count: int) -> None:
        """Note that rows are hidden, as far as that is sensible."""
        _extend(self.hidden_rows, first, count)

    def hide_columns(self, first: int, count: int) -> None:
        """Note that columns are hidden, as far as that is sensible."""
        _extend(self.hidden_columns, first, count)


def _extend(hidden: list[int], first: int, count: int) -> None:
    if len(hidden) < MOST_NOTED:
        hidden.extend(range(first, first + min(count, MOST_REPEATED)))
