"""What can be wrong in a file that an office brings, and what was read from it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import itemgetter

from desktop.domain.students import Identity


class Severity(StrEnum):
    """How a problem is treated."""

    ERROR = "error"  # keeps the row out until it is mended
    QUESTION = "question"  # lets the row in only when a person has decided
    NOTE = "note"  # says what was set right or skipped by itself


@dataclass(frozen=True, slots=True)
class ImportProblem:
    """One problem of one cell, row or file.

    ``row`` counts from 1 as the spreadsheet does (0 for the whole file), ``column`` is the header
    as it stands in the file (empty for a whole row), ``message`` a Chinese sentence.
    """

    sheet: str
    row: int
    column: str
    value: str
    code: str
    severity: Severity
    message: str


@dataclass(frozen=True, slots=True)
class ListSheet:
    """A list: its sheet, where its header stands, and how many rows are students.

    Several lists may stand one below the other on a sheet; each begins with its header.
    """

    name: str
    header_row: int
    rows: int


class RowTexts(Mapping[str, str]):
    """The values of a row by field, in little memory: which field is where, all rows share.

    A dictionary for each row would take more than the texts in it.
    """

    __slots__ = ("places", "texts")

    def __init__(self, places: Mapping[str, int], texts: tuple[str, ...]) -> None:
        self.places = places
        self.texts = texts

    def __getitem__(self, field: str) -> str:
        return self.texts[self.places[field]]

    def __iter__(self) -> Iterator[str]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)

    def __repr__(self) -> str:
        return repr(dict(self))


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row of a list, as read and set right: field to value."""

    sheet: str
    row: int
    values: Mapping[str, str]
    held_back: bool


def texts_of(rows: Iterable[ListRow], fields: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield some fields' values of each row, "" for those that it has not."""
    places: Mapping[str, int] | None = None
    for row in rows:
        values = row.values
        if not isinstance(values, RowTexts):
            yield tuple(values.get(name, "") for name in fields)
            continue
        if values.places is not places:
            places = values.places
            take = itemgetter(*(places.get(name, -1) for name in fields))
        yield take((*values.texts, ""))


@dataclass(frozen=True, slots=True)
class ListFile:
    """A list of any kind: its sheets, all its rows in their order, and every problem."""

    file_name: str
    sha256: str
    kind: str
    sheets: tuple[ListSheet, ...]
    rows: tuple[ListRow, ...]
    problems: tuple[ImportProblem, ...]

    def list_of(self, row: ListRow) -> ListSheet:
        """Return the list in which a row stands: the last on its sheet that begins above it."""
        above = [one for one in self.sheets if one.name == row.sheet and one.header_row < row.row]
        return max(above, key=lambda one: one.header_row)


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One student of a roster file, as read and set right."""

    sheet: str
    row: int
    identity: Identity
    college: str  # 院部, as written in the file
    class_name: str  # 班级


@dataclass(frozen=True, slots=True)
class RosterFile:
    """A roster file: the rows that are fine, the rows held back, and every problem.

    ``rows`` holds the rows without errors and questions; ``held_back`` those with one or more.
    """

    file_name: str
    sha256: str
    rows: tuple[RosterRow, ...]
    held_back: tuple[RosterRow, ...]
    problems: tuple[ImportProblem, ...]

    @property
    def students(self) -> int:
        """How many student rows the file has, good and bad."""
        return len(self.rows) + len(self.held_back)
