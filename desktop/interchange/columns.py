"""Finding the header of a list by itself, and which column is which field."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from desktop.interchange.cells import cell_text
from desktop.interchange.spreadsheets import Cell, Sheet
from desktop.interchange.tables import ListKind, list_kinds, roster_fields

_SEARCHED_ROWS = 60
_FEWEST_FIELDS = 3
_LOOK_ABOVE = 2
_SERIAL_WORDS = frozenset({"序号", "编号", "序", "NO", "NO.", "行号"})
_NOISE = re.compile(r"[\s*＊:：]+")
_TRAILING_BRACKETS = re.compile(r"[(\[【（][^()（）\]】]*[)\]】）]$")


@dataclass(frozen=True, slots=True)
class Header:
    """The header of one sheet.

    Attributes:
        index: index of the header's row in the sheet.
        number: number of that row as people count it.
        columns: the column's index for every field that was found.
        titles: the header as it stands in the file, by column.
        rivals: columns that could also be a field, by field.
        serial: columns that only number the rows.
    """

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


def find_header(sheet: Sheet) -> Header | None:
    """Return the header of ``sheet``, or None where no row looks like one.

    It is the row with the most header words, at least three; the first of equals.
    """
    best: Header | None = None
    for index, row in enumerate(sheet.rows[:_SEARCHED_ROWS]):
        if sum(1 for cell in row if isinstance(cell, str) and cell) < _FEWEST_FIELDS:
            continue
        header = _as_header(sheet, index)
        if len(header.columns) >= _FEWEST_FIELDS and (
            best is None or len(header.columns) > len(best.columns)
        ):
            best = header
    return best


def other_kind(titles: Sequence[str]) -> ListKind | None:
    """Return the kind of list that a header belongs to when it is not one of new students."""
    words = {header_word(title) for title in titles}
    for kind in list_kinds():
        if len(words & kind.markers) >= kind.at_least:
            return kind
    return None


def foreign_header(sheet: Sheet) -> tuple[int, ListKind] | None:
    """Return the row number and kind of a header that has words of another kind of list only."""
    for row, number in zip(sheet.rows[:_SEARCHED_ROWS], sheet.numbers, strict=False):
        kind = other_kind([cell_text(cell) for cell in row])
        if kind:
            return number, kind
    return None


def header_word(title: str) -> str:
    """Return a header as it is looked up: plain characters, no spaces, capitals."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", title)).upper()


@cache
def recognise(title: str) -> str | None:
    """Return the field that a header means, or None."""
    word = header_word(title)
    return _words().get(word) or _words().get(_TRAILING_BRACKETS.sub("", word))


@cache
def _words() -> dict[str, str]:
    return {
        header_word(synonym): field.name
        for field in roster_fields().values()
        for synonym in field.synonyms
        if synonym
    }


def _as_header(sheet: Sheet, index: int) -> Header:
    titles = [_title(sheet, index, column) for column in range(len(sheet.rows[index]))]
    found: dict[str, list[int]] = {}
    for column, title in enumerate(titles):
        if title and (field := recognise(title)):
            found.setdefault(field, []).append(column)
    columns = {field: _best(field, places, titles) for field, places in found.items()}
    return Header(
        index=index,
        number=sheet.numbers[index],
        columns=columns,
        titles=titles,
        rivals={
            field: tuple(place for place in places if place != columns[field])
            for field, places in found.items()
            if len(places) > 1
        },
        serial=frozenset(
            column for column, title in enumerate(titles) if header_word(title) in _SERIAL_WORDS
        ),
    )


def _best(field: str, places: Sequence[int], titles: Sequence[str]) -> int:
    """Return the column whose header is the field's own title, else the first."""
    title = roster_fields()[field].title
    return next((place for place in places if header_word(titles[place]) == title), places[0])


def _title(sheet: Sheet, index: int, column: int) -> str:
    """Return a column's header; one merged over two rows stands in the upper one."""
    own = _text(sheet.rows[index], column)
    if own.strip():
        return own
    for above in range(index - 1, max(index - 1 - _LOOK_ABOVE, -1), -1):
        text = _text(sheet.rows[above], column)
        if text.strip():
            return text if recognise(text) else ""
    return ""


def _text(row: Sequence[Cell], column: int) -> str:
    return cell_text(row[column]) if column < len(row) else ""
