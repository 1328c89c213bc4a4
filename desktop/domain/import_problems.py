"""What can be wrong in a file that an office brings, and what was read from it."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from operator import itemgetter
from typing import Any, NamedTuple

from desktop.domain.students import IDENTITY_FIELDS, Identity


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
class ListColumns:
    """The columns of a sheet: all titles as problems name them, and which column is which field."""

    titles: tuple[str, ...] = ()
    places: Mapping[str, int] = field(default_factory=dict)

    def title(self, field: str) -> str:
        """Return the title of a field's column, "" where it has none."""
        return self.titles[self.places[field]] if field in self.places else ""


@dataclass(frozen=True, slots=True)
class ListSheet:
    """A list: its sheet, where its header stands, and how many rows are students.

    Several lists may stand one below the other on a sheet; each begins with its header.
    """

    name: str
    header_row: int
    rows: int
    columns: ListColumns = ListColumns()

    @property
    def header(self) -> tuple[str, int]:
        """Where its header stands: the sheet and the row's number."""
        return self.name, self.header_row


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

    def values(self) -> tuple[str, ...]:  # type: ignore[override]
        """Return the values: no view of them, but at once; nothing here ever changes."""
        return self.texts

    def items(self) -> tuple[tuple[str, str], ...]:  # type: ignore[override]
        """Return the fields with their values, likewise."""
        return tuple(zip(self.places, self.texts, strict=True))

    def __repr__(self) -> str:
        return repr(dict(self))


class ListRow(NamedTuple):
    """One row of a list, as read and set right: field to value.

    ``numbers`` names the fields whose cell is a number, or could be one.
    """

    sheet: str
    row: int
    values: Mapping[str, str]
    held_back: bool
    numbers: frozenset[str] = frozenset()

    @property
    def place(self) -> tuple[str, int]:
        """The sheet and the row's number."""
        return self.sheet, self.row


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
            has_all = places.keys() >= set(fields)
        yield take(values.texts if has_all else (*values.texts, ""))


@dataclass(frozen=True, slots=True)
class ListFile:
    """A list of any kind: its sheets, all its rows in their order, and every problem."""

    file_name: str
    sha256: str
    kind: str
    sheets: tuple[ListSheet, ...]
    rows: tuple[ListRow, ...]
    problems: tuple[ImportProblem, ...]


class ListsByPlace:
    """Finds the list in which a row stands, among many rows and lists."""

    def __init__(self, sheets: Iterable[ListSheet]) -> None:
        self._lists: dict[str, list[ListSheet]] = {}
        for one in sorted(sheets, key=lambda one: one.header_row):
            self._lists.setdefault(one.name, []).append(one)
        self._begins = {
            name: [one.header_row for one in lists] for name, lists in self._lists.items()
        }

    def at(self, place: tuple[str, int]) -> ListSheet | None:
        """Return the list of a row, None where none of the sheet begins above it."""
        sheet, row = place
        above = bisect_left(self._begins.get(sheet, ()), row)
        return self._lists[sheet][above - 1] if above else None


class RosterRow(NamedTuple):
    """One student of a roster file, as read and set right."""

    sheet: str
    row: int
    identity: Identity
    college: str  # 院部, as written in the file
    class_name: str  # 班级

    @property
    def place(self) -> str:
        """Where it stands in the file, as people say it; "" for a row that was typed by hand."""
        return f"{self.sheet} 第{self.row}行" if self.row else self.sheet

    @property
    def texts(self) -> dict[str, str]:
        """What it says, by the field of a list of new students."""
        said = {name: getattr(self.identity, name) for name in IDENTITY_FIELDS}
        return {**said, "college": self.college, "class_name": self.class_name}

    def with_texts(self, texts: Mapping[str, str]) -> "RosterRow":
        """Return the row with some fields saying something else."""
        now = self.texts | dict(texts)
        identity = Identity(**{name: now[name] for name in IDENTITY_FIELDS})
        return self._replace(
            identity=identity, college=now["college"], class_name=now["class_name"]
        )

    def as_kept(self) -> dict[str, object]:
        """Return it as the record of an import keeps it; ``from_kept`` makes the row of that."""
        return self._asdict() | {"identity": self.identity._asdict()}

    @classmethod
    def from_kept(cls, kept: Mapping[str, Any]) -> "RosterRow":
        """Return the row that a record keeps."""
        return cls(**{**kept, "identity": Identity(**kept["identity"])})


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
