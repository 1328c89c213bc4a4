"""What the columns of a file are taken for, and what a person says that they are."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

_NOISE = re.compile(r"[\s*＊:：]+")
# some programs put a field's type and width behind its name when they save a DBF otherwise
_DBASE_TYPE = re.compile(r",(?:[DLM]|[A-Z](?:,[0-9]+){1,2})$")


def plain_title(title: str) -> str:
    """Return a column's title as titles are compared: plain characters, no spaces, capitals."""
    plain = _NOISE.sub("", unicodedata.normalize("NFKC", title)).upper()
    return _DBASE_TYPE.sub("", plain) if "," in plain else plain


def untitled(place: int) -> str:
    """Return what a column without a title is called; ``place`` counts from 0."""
    return f"第{place + 1}栏"


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """A field that a column of a kind of list can be: its name, its title, whether it must be."""

    name: str
    title: str
    needed: bool


@dataclass(frozen=True, slots=True)
class SeenColumn:
    """One column as it was found.

    Attributes:
        place: its index, from 0.
        title: its header as problems name it; “第3栏” for a column that has none.
        group: the title above that it shares with its neighbours, "" for none.
        samples: a few of its values, as the file has them, no two alike.
        field: what it is taken for, "" for nothing.
        ambiguous: whether another column could be the same field.
    """

    place: int
    title: str
    group: str
    samples: tuple[str, ...]
    field: str
    ambiguous: bool


@dataclass(frozen=True, slots=True)
class SeenSheet:
    """One sheet that is a list: the numbers of its header's rows (none: no header) and columns."""

    name: str
    header_rows: tuple[int, ...]
    columns: tuple[SeenColumn, ...]


@dataclass(frozen=True, slots=True)
class ListShape:
    """What a file's columns are taken for.

    Attributes:
        file_name: of the file.
        sha256: of its content.
        kind: of list, as it is looked at.
        fields: what a column can be.
        sheets: those that are lists, or could be.
        fingerprint: the same for files of the same kind whose columns are headed alike.
        also: another kind of list that the same file holds as well, "" for none.
    """

    file_name: str
    sha256: str
    kind: str
    fields: tuple[FieldChoice, ...]
    sheets: tuple[SeenSheet, ...]
    fingerprint: str
    also: str = ""

    @property
    def missing(self) -> tuple[FieldChoice, ...]:
        """The fields that must have a column and have none on some sheet."""
        found = [{column.field for column in sheet.columns} for sheet in self.sheets]
        return tuple(
            field
            for field in self.fields
            if field.needed and any(field.name not in names for names in found)
        )


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """What a person says of one column: by its place and title, the field or "" for nothing."""

    place: int
    title: str
    field: str


@dataclass(frozen=True)
class ColumnMapping:
    """What a person says of the columns of a kind of list, for every sheet that has them.

    A column is meant when it stands at the place and has the title. What is not said of a column
    is found out as without a mapping, but for fields that the mapping gives to others.
    """

    kind: str
    columns: tuple[ColumnChoice, ...] = ()
    _by_column: Mapping[tuple[int, str], str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Make the choices ready to be looked up."""
        by_column = {(c.place, plain_title(c.title)): c.field for c in self.columns}
        object.__setattr__(self, "_by_column", by_column)

    @cached_property
    def fields(self) -> frozenset[str]:
        """The fields that a column was chosen for."""
        return frozenset(choice.field for choice in self.columns if choice.field)

    def said_of(self, place: int, title: str) -> str | None:
        """Return the field of a column, "" for none, None where nothing was said of it."""
        said = self._by_column.get((place, plain_title(title)))
        if said is None and not title:
            return self._by_column.get((place, plain_title(untitled(place))))
        return said
