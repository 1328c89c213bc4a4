"""Columns are data; tables, clipboard and spreadsheets share them."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, Generic, TypeVar

from desktop.views.look.states import State

R = TypeVar("R")


class Align(Enum):
    """Where the text of a column stands."""

    LEFT = "left"
    RIGHT = "right"
    CENTRE = "centre"


@dataclass(frozen=True)
class Column(Generic[R]):
    """One column of a table over records.

    Attributes:
        title: the header, and the column's name in what is remembered.
        text: what a cell shows.
        sort_key: by what it sorts; its text unless told.
        align: numbers stand on the right.
        width: in characters of the body size.
        copied: what the clipboard gets where it is more than what is shown.
        state: the shape that stands before the text, None for none.
        may_be_cut: to half its width, where a table would have to be scrolled otherwise.
    """

    title: str
    text: Callable[[R], str]
    sort_key: Callable[[R], Any] | None = None
    align: Align = Align.LEFT
    width: int = 10
    copied: Callable[[R], str] | None = None
    state: Callable[[R], State | None] | None = None
    may_be_cut: bool = False

    def key(self, record: R) -> Any:  # noqa: ANN401 - anything that can be compared
        """Return what a record sorts by in this column."""
        return self.sort_key(record) if self.sort_key else self.text(record)
