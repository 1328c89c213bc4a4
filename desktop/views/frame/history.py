"""Where the user has been: back and forward through pages, as a browser does it."""

from typing import NamedTuple

_LONGEST = 100


class Place(NamedTuple):
    """A page and what it was opened at."""

    page: str
    argument: str = ""


class History:
    """The places visited, and where among them the user is."""

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._at = -1

    @property
    def can_go_back(self) -> bool:
        """Whether there is a place before this one."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether the user has come back from somewhere."""
        return self._at < len(self._places) - 1

    def visit(self, place: Place) -> None:
        """Go to a new place; what lay ahead is forgotten. The same place again is no step."""
        if self._places and self._places[self._at] == place:
            return
        self._places = [*self._places[: self._at + 1], place][-_LONGEST:]
        self._at = len(self._places) - 1

    def back(self) -> Place:
        """Go one place back; ask ``can_go_back`` before."""
        self._at -= 1
        return self._places[self._at]

    def forward(self) -> Place:
        """Go one place forward; ask ``can_go_forward`` before."""
        self._at += 1
        return self._places[self._at]
