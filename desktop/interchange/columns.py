"""Finding the header of a list by itself, and which column is which field."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from desktop.domain.list_shapes import ColumnMapping, plain_title, untitled
from desktop.interchange.cells import Cell, cell_text
from desktop.interchange.spreadsheets import Sheet
from desktop.interchange.tables import NEW_STUDENTS, ListKind, list_kinds

_SEARCHED_ROWS = 60
_FEWEST_FIELDS = 3
_LOOK_ABOVE = 2
_SERIAL_WORDS = frozenset({"序号", "编号", "序", "NO", "NO.", "行号"})
_TRAILING_BRACKETS = re.compile(r"[(\[【（][^()（）\]】]*[)\]】）]$")


@dataclass(frozen=True, slots=True)
class Header:
    """The header of one sheet.

    Attributes:
        kind: the kind of list of which it is read.
        index: index of the header's row in the sheet.
        number: number of that row as people count it.
        columns: the column's index for every field that was found.
        titles: the header as it stands in the file, by column.
        rivals: columns that could also be a field, by field.
        serial: columns that only number the rows.
    """

    kind: ListKind
    index: int
    number: int
    columns: Mapping[str, int]
    titles: Sequence[str]
    rivals: Mapping[str, tuple[int, ...]]
    serial: frozenset[int]

    def title(self, field: str) -> str:
        """Return the header of the field's column as it stands in the file."""
        column = self.columns.get(field)
        return "" if column is None else self.titles[column]


NO_MAPPING = ColumnMapping("")


def find_header(sheet: Sheet, kind: ListKind, mapping: ColumnMapping = NO_MAPPING) -> Header | None:
    """Return the header of ``sheet``, read as a list of ``kind``; None where no row looks like one.

    It is the row with the most header words, at least three (or all that the mapping names); the
    first of equals. A sheet without such a row has the header that the mapping gives it.
    """
    best: Header | None = None
    fewest = min(_FEWEST_FIELDS, len(mapping.fields) or _FEWEST_FIELDS)
    for index, row in enumerate(sheet.rows[:_SEARCHED_ROWS]):
        if sum(1 for cell in row if isinstance(cell, str) and cell) < fewest:
            continue
        header = header_at(sheet, index, kind, mapping)
        if _is_enough(header, mapping) and (
            best is None or len(header.columns) > len(best.columns)
        ):
            best = header
    return best or _given_header(sheet, kind, mapping)


def marked_kind(sheet: Sheet) -> tuple[int, ListKind] | None:
    """Return the row number and kind of the first header with words that only one kind has."""
    for row, number in zip(sheet.rows[:_SEARCHED_ROWS], sheet.numbers, strict=False):
        words = {plain_title(cell) for cell in row if isinstance(cell, str) and cell}
        for kind in list_kinds().values():
            if kind.markers and len(words & kind.markers) >= kind.at_least:
                return number, kind
    return None


def has_marks_of(sheet: Sheet, kind: ListKind) -> bool:
    """Return whether a row of ``sheet`` has enough of the words that only ``kind`` has."""
    return any(
        len({plain_title(cell) for cell in row if isinstance(cell, str)} & kind.markers)
        >= kind.at_least
        for row in sheet.rows[:_SEARCHED_ROWS]
    )


@cache
def recognise(title: str, kind: str = NEW_STUDENTS) -> str | None:
    """Return the field that a header means in a kind of list, or None."""
    word = plain_title(title)
    words = _words(kind)
    return words.get(word) or words.get(_TRAILING_BRACKETS.sub("", word))


@cache
def _words(kind: str) -> dict[str, str]:
    return {
        plain_title(synonym): field.name
        for field in list_kinds()[kind].fields.values()
        for synonym in field.synonyms
        if synonym
    }


def header_at(
    sheet: Sheet, index: int, kind: ListKind, mapping: ColumnMapping = NO_MAPPING
) -> Header:
    """Return the header that a row of ``sheet`` is."""
    titles = [_title(sheet, index, column, kind) for column in range(len(sheet.rows[index]))]
    return _as_header(titles, (index, sheet.numbers[index]), kind, mapping)


def _as_header(
    titles: list[str], place: tuple[int, int], kind: ListKind, mapping: ColumnMapping
) -> Header:
    found: dict[str, list[int]] = {}
    for column, title in enumerate(titles):
        if field := _field_of(column, title, kind, mapping):
            found.setdefault(field, []).append(column)
            titles[column] = title or untitled(column)
    columns = {
        field: _best(kind.fields[field].title, places, titles) for field, places in found.items()
    }
    return Header(
        kind=kind,
        index=place[0],
        number=place[1],
        columns=columns,
        titles=titles,
        rivals={
            field: tuple(place for place in places if place != columns[field])
            for field, places in found.items()
            if len(places) > 1
        },
        serial=frozenset(
            column for column, title in enumerate(titles) if plain_title(title) in _SERIAL_WORDS
        ),
    )


def _field_of(column: int, title: str, kind: ListKind, mapping: ColumnMapping) -> str | None:
    """Return the field of a column: what a person says of it comes first."""
    said = mapping.said_of(column, title)
    if said is not None:
        return said if said in kind.fields else None
    field = recognise(title, kind.kind) if title else None
    return None if field in mapping.fields else field


def _is_enough(header: Header, mapping: ColumnMapping) -> bool:
    """Return whether a row has so many header words that it is a header."""
    titled = [
        f for f, column in header.columns.items() if header.titles[column] != untitled(column)
    ]
    if len(titled) >= _FEWEST_FIELDS:
        return True
    return bool(mapping.fields) and mapping.fields <= set(titled)


def _given_header(sheet: Sheet, kind: ListKind, mapping: ColumnMapping) -> Header | None:
    """Return the header of a sheet that has none, where the mapping names columns by place."""
    width = max((len(row) for row in sheet.rows[:_SEARCHED_ROWS]), default=0)
    header = _as_header([""] * width, (-1, 0), kind, mapping)
    return header if header.columns and mapping.fields <= set(header.columns) else None


def _best(title: str, places: Sequence[int], titles: Sequence[str]) -> int:
    """Return the column whose header is the field's own title, else the first."""
    return next((place for place in places if plain_title(titles[place]) == title), places[0])


def _title(sheet: Sheet, index: int, column: int, kind: ListKind) -> str:
    """Return a column's header; one merged over two rows stands in the upper one."""
    own = _text(sheet.rows[index], column)
    if own.strip():
        return own
    for above in range(index - 1, max(index - 1 - _LOOK_ABOVE, -1), -1):
        text = _text(sheet.rows[above], column)
        if text.strip():
            return text if recognise(text, kind.kind) else ""
    return ""


def _text(row: Sequence[Cell], column: int) -> str:
    return cell_text(row[column]) if column < len(row) else ""
