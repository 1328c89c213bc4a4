"""Finding the header of a list by itself, and which column is which field."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from desktop.domain.list_shapes import ColumnMapping, plain_title, untitled
from desktop.domain.spelling import compact
from desktop.interchange.cells import Cell, cell_text
from desktop.interchange.header_rows import MOST_HEADER_ROWS, Headings, headings
from desktop.interchange.spreadsheets import Sheet
from desktop.interchange.tables import NEW_STUDENTS, ListKind, list_kinds

_SEARCHED_ROWS = 60
_KNOWN_TITLES = 4096
_MOST_MERGES = 2_000
_FEWEST_FIELDS = 3
_LONG_NUMBER = 10  # digits
_SERIAL_WORDS = frozenset({"序号", "编号", "序", "NO", "NO.", "行号"})
_SERIAL = re.compile(r"[0-9A-Za-z.、()（）-]+")
_TRAILING_BRACKETS = re.compile(r"[(\[【（][^()（）\]】]*[)\]】）]$")


@dataclass(frozen=True, slots=True)
class Header:
    """The header of one sheet.

    Attributes:
        kind: the kind of list of which it is read.
        index: index of the header's lowest row in the sheet.
        number: number of that row as people count it.
        height: how many rows the header has.
        columns: the column's index for every field that was found.
        titles: the header as it stands in the file, by column.
        groups: the titles above, by column, "" where there are none.
        rivals: columns that could also be a field, by field.
        serial: columns that only number the rows.
        lines: the texts of each of its rows, as they come again where pages were pasted together.
    """

    kind: ListKind
    index: int
    number: int
    height: int
    columns: Mapping[str, int]
    titles: Sequence[str]
    groups: Sequence[str]
    rivals: Mapping[str, tuple[int, ...]]
    serial: frozenset[int]
    lines: frozenset[tuple[str, ...]] = frozenset()

    @property
    def words(self) -> tuple[int, int]:
        """How many fields were found, and how many columns that could be one."""
        return len(self.columns), len(self.columns) + sum(map(len, self.rivals.values()))

    def title(self, field: str) -> str:
        """Return the header of the field's column as it stands in the file."""
        column = self.columns.get(field)
        return "" if column is None else self.titles[column]


NO_MAPPING = ColumnMapping("")


def find_header(sheet: Sheet, kind: ListKind, mapping: ColumnMapping = NO_MAPPING) -> Header | None:
    """Return the header of ``sheet``, read as a list of ``kind``; None where no row looks like one.

    It is the row with the most header words, at least three (or all that the mapping names); the
    first of equals. With the rows above it is one header when so more words are found. A sheet
    without such a row has the header that the mapping gives it.
    """
    best: Header | None = None
    at_top = [merge for merge in sheet.merges if merge[0] < _SEARCHED_ROWS]
    sheet = replace(sheet, merges=at_top[:_MOST_MERGES])
    fewest = min(_FEWEST_FIELDS, len(mapping.fields) or _FEWEST_FIELDS)
    for index, row in enumerate(sheet.rows[:_SEARCHED_ROWS]):
        if any(map(_is_long_number, row)):
            continue  # a person's, whatever stands above it
        for height in range(1, min(MOST_HEADER_ROWS, index + 1) + 1):
            if height == 1 and _texts_in(row) == 0:
                break
            if sum(_texts_in(sheet.rows[index - above]) for above in range(height)) < fewest:
                continue
            header = header_at(sheet, index, kind, mapping, height)
            if _is_enough(header, mapping) and (best is None or header.words > best.words):
                best = header
    return best or _given_header(sheet, kind, mapping)


def marked_kind(sheet: Sheet) -> tuple[int, ListKind] | None:
    """Return the row number and kind of the first header with words that only one kind has."""
    above: set[str] = set()
    for row, number in zip(sheet.rows[:_SEARCHED_ROWS], sheet.numbers, strict=False):
        words = {plain_title(cell) for cell in row if isinstance(cell, str) and cell}
        for kind in list_kinds().values():
            if kind.markers and len((words | above) & kind.markers) >= kind.at_least:
                return number, kind
        above = words
    return None


def has_marks_of(sheet: Sheet, kind: ListKind) -> bool:
    """Return whether a row of ``sheet`` has enough of the words that only ``kind`` has."""
    return any(
        len({plain_title(cell) for cell in row if isinstance(cell, str)} & kind.markers)
        >= kind.at_least
        for row in sheet.rows[:_SEARCHED_ROWS]
    )


@lru_cache(_KNOWN_TITLES)
def recognise(title: str, kind: str = NEW_STUDENTS) -> str | None:
    """Return the field that a header means in a kind of list, or None."""
    word = plain_title(title)
    words = _words(kind)
    return words.get(word) or words.get(_TRAILING_BRACKETS.sub("", word))


def field_of_title(title: str, kind: str = NEW_STUDENTS) -> str | None:
    """Return the field that a header means by its name or its code, or None."""
    return recognise(title, kind) or _words_of_codes(kind).get(plain_title(title))


@cache
def _words(kind: str) -> dict[str, str]:
    fields = list_kinds()[kind].fields.values()
    return {plain_title(word): field.name for field in fields for word in field.synonyms if word}


@cache
def _words_of_codes(kind: str) -> dict[str, str]:
    fields = list_kinds()[kind].fields.values()
    return {plain_title(word): field.name for field in fields for word in field.codes}


def header_at(
    sheet: Sheet,
    index: int,
    kind: ListKind,
    mapping: ColumnMapping = NO_MAPPING,
    height: int = 1,
) -> Header:
    """Return the header that so many rows of ``sheet`` are, the lowest of which is at ``index``."""
    heads = headings(sheet, index, height)
    header = _as_header(heads, (index, sheet.numbers[index], height), kind, mapping)
    rows = sheet.rows[index - height + 1 : index + 1]
    return replace(header, lines=frozenset(tuple(plain_texts(row, header)) for row in rows))


def plain_texts(row: Sequence[Cell], header: Header) -> list[str]:
    """Return the texts of a row without spaces, but for what only numbers it."""
    return [
        text
        for column, cell in enumerate(row)
        if (text := compact(cell_text(cell)))
        and not (column in header.serial and _SERIAL.fullmatch(text))
    ]


def _as_header(
    heads: Headings, place: tuple[int, int, int], kind: ListKind, mapping: ColumnMapping
) -> Header:
    titles = heads.titles
    found: dict[str, list[int]] = {}
    for column in range(len(titles)):
        if field := _field_of(column, heads, kind, mapping):
            found.setdefault(field, []).append(column)
            titles[column] = titles[column] or untitled(column)
    for column, title in enumerate(titles):
        coded = _words_of_codes(kind.kind).get(plain_title(title)) if title else None
        if coded and coded not in mapping.fields and mapping.said_of(column, title) is None:
            found.setdefault(coded, [column])
    columns = {
        field: _best(kind.fields[field].title, places, titles) for field, places in found.items()
    }
    return Header(
        kind=kind,
        index=place[0],
        number=place[1],
        height=place[2],
        columns=columns,
        titles=titles,
        groups=[" ".join(reversed(groups)) for groups in heads.groups],
        rivals={
            field: tuple(place for place in places if place != columns[field])
            for field, places in found.items()
            if len(places) > 1
        },
        serial=frozenset(
            column for column, title in enumerate(titles) if plain_title(title) in _SERIAL_WORDS
        ),
    )


def _field_of(column: int, heads: Headings, kind: ListKind, mapping: ColumnMapping) -> str | None:
    """Return the field of a column: what a person says of it comes first."""
    said = mapping.said_of(column, heads.titles[column])
    if said is not None:
        return said if said in kind.fields else None
    words = (recognise(spelling, kind.kind) for spelling in heads.spellings(column))
    field = next(filter(None, words), None)
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
    heads = Headings([""] * width, [()] * width)
    header = _as_header(heads, (-1, 0, 0), kind, mapping)
    return header if header.columns and mapping.fields <= set(header.columns) else None


def _best(title: str, places: Sequence[int], titles: Sequence[str]) -> int:
    """Return the column whose header is the field's own title, else the first."""
    return next((place for place in places if plain_title(titles[place]) == title), places[0])


def _is_long_number(cell: Cell) -> bool:
    """Tell whether a text is as long a number as no header has: 考生号, an ID number, a telephone.

    The last sign of an ID number may be a letter.
    """
    return isinstance(cell, str) and len(cell) > _LONG_NUMBER and cell[:_LONG_NUMBER].isdigit()


def _texts_in(row: Sequence[Cell]) -> int:
    return sum(1 for cell in row if isinstance(cell, str) and cell)
