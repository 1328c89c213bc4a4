"""Finding the header of a list by itself, and which column is which field."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from desktop.interchange.cells import Cell, cell_text
from desktop.interchange.spreadsheets import Sheet
from desktop.interchange.tables import NEW_STUDENTS, ListKind, list_kinds

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


def find_header(sheet: Sheet, kind: ListKind) -> Header | None:
    """Return the header of ``sheet``, read as a list of ``kind``; None where no row looks like one.

    It is the row with the most header words, at least three; the first of equals.
    """
    best: Header | None = None
    for index, row in enumerate(sheet.rows[:_SEARCHED_ROWS]):
        if sum(1 for cell in row if isinstance(cell, str) and cell) < _FEWEST_FIELDS:
            continue
        header = _as_header(sheet, index, kind)
        if len(header.columns) >= _FEWEST_FIELDS and (
            best is None or len(header.columns) > len(best.columns)
        ):
            best = header
    return best


def marked_kind(sheet: Sheet) -> tuple[int, ListKind] | None:
    """Return the row number and kind of the first header with words that only one kind has."""
    for row, number in zip(sheet.rows[:_SEARCHED_ROWS], sheet.numbers, strict=False):
        words = {header_word(cell) for cell in row if isinstance(cell, str) and cell}
        for kind in list_kinds().values():
            if kind.markers and len(words & kind.markers) >= kind.at_least:
                return number, kind
    return None


def has_marks_of(sheet: Sheet, kind: ListKind) -> bool:
    """Return whether a row of ``sheet`` has enough of the words that only ``kind`` has."""
    return any(
        len({header_word(cell) for cell in row if isinstance(cell, str)} & kind.markers)
        >= kind.at_least
        for row in sheet.rows[:_SEARCHED_ROWS]
    )


def header_word(title: str) -> str:
    """Return a header as it is looked up: plain characters, no spaces, capitals."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", title)).upper()


@cache
def recognise(title: str, kind: str = NEW_STUDENTS) -> str | None:
    """Return the field that a header means in a kind of list, or None."""
    word = header_word(title)
    words = _words(kind)
    return words.get(word) or words.get(_TRAILING_BRACKETS.sub("", word))


@cache
def _words(kind: str) -> dict[str, str]:
    return {
        header_word(synonym): field.name
        for field in list_kinds()[kind].fields.values()
        for synonym in field.synonyms
        if synonym
    }


def _as_header(sheet: Sheet, index: int, kind: ListKind) -> Header:
    titles = [_title(sheet, index, column, kind) for column in range(len(sheet.rows[index]))]
    found: dict[str, list[int]] = {}
    for column, title in enumerate(titles):
        if title and (field := recognise(title, kind.kind)):
            found.setdefault(field, []).append(column)
    columns = {
        field: _best(kind.fields[field].title, places, titles) for field, places in found.items()
    }
    return Header(
        kind=kind,
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


def _best(title: str, places: Sequence[int], titles: Sequence[str]) -> int:
    """Return the column whose header is the field's own title, else the first."""
    return next((place for place in places if header_word(titles[place]) == title), places[0])


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
