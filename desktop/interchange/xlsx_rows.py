"""Error cells, hidden rows and columns in the XML of a worksheet, or of some of its rows."""

import html
import re
from collections.abc import Iterator

_LETTERS = 26
# no part of these patterns reaches over a sign that begins a tag: they can not take long
_SHOWN = (
    rb"\s*(?:<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f\s*>)\s*)?"
    rb"<(?:\w+:)?v(?:\s[^<>]*)?>([^<]*)<"
)
_ERROR_CELL = re.compile(
    rb'<(?:\w+:)?c\s(?=[^<>]*\bt=["\']e["\'])[^<>]*\br=["\']([A-Za-z]+)([0-9]+)["\'][^<>]*>'
    + _SHOWN
)
_ERROR_TAG = re.compile(rb"<(?:\w+:)?c\s(?=[^<>]*\bt=[\"']e[\"'])[^<>]*>")
_HAS_PLACE = re.compile(rb"\sr=[\"']([A-Za-z]*)([0-9]+)[\"']")
_ROW_OR_CELL = re.compile(rb"<(?:\w+:)?(row|c)(?:\s[^<>]*)?>")
_VALUE = re.compile(_SHOWN)
_UNSAID = "#N/A"
# a formula of which nobody has worked out the value; an empty text (t="str") is a value
_UNKNOWN = (
    rb"(?:>([^<>]*)</(?:\w+:)?f\s*>|/>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v\s*></(?:\w+:)?v\s*>)?\s*</(?:\w+:)?c\s*>"
)
_UNKNOWN_CELL = re.compile(
    rb"<(?:\w+:)?c\s(?![^<>]*\bt=[\"'](?:str|e)[\"'])[^<>]*\br=[\"']([A-Za-z]+)([0-9]+)[\"'][^<>]*>"
    rb"\s*<(?:\w+:)?f\b[^<>]*" + _UNKNOWN
)
_UNKNOWN_SHAPE = re.compile(rb"<(?:\w+:)?f\b[^<>]*" + _UNKNOWN)
_HIDDEN = re.compile(rb"\shidden=[\"'](?:1|true)[\"']")
_ROW = re.compile(rb"<(?:\w+:)?row\s[^<>]*>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\s[^<>]*>")
_FIRST = re.compile(rb"\smin=[\"']([0-9]{1,9})[\"']")
_LAST = re.compile(rb"\smax=[\"']([0-9]{1,9})[\"']")
_WIDEST = 1 << 14
_PLAIN_ROW = re.compile(rb"<row[\s>/]")
_NUMBERED_ROW = re.compile(rb"<row\s(?:[^>]*\s)?r=[\"'][\"']")  # without digits
_PLAIN_CELL = re.compile(rb"<c[\s>/]")
_PLACED_CELL = re.compile(rb"<c\s(?:[^>]*\s)?r=[\"'][A-Za-z]+[\"']")


def all_placed(shapes: bytes) -> bool:
    """Tell whether every row and cell says where it is, and nothing can hide a row's beginning.

    ``shapes`` are without their digits.
    """
    return (
        b"<!" not in shapes
        and len(_PLAIN_ROW.findall(shapes)) == len(_NUMBERED_ROW.findall(shapes))
        and len(_PLAIN_CELL.findall(shapes)) == len(_PLACED_CELL.findall(shapes))
    )


def error_cells(xml: bytes) -> dict[tuple[int, int], str]:
    """Return the error cells by row and column from 0."""
    if b't="e"' not in xml and b"t='e'" not in xml:
        return {}
    return dict(_placed_errors(xml) if errors_have_places(xml) else _counted_errors(xml))


def errors_have_places(xml: bytes) -> bool:
    """Tell whether every error cell says where it stands; others are counted from the first row."""
    return all(_HAS_PLACE.search(tag) for tag in _ERROR_TAG.findall(xml))


def _placed_errors(xml: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield the error cells, where each says in which row and column it stands."""
    for letters, row, value in _ERROR_CELL.findall(xml):
        yield (int(row) - 1, column_index(letters)), _shown(value)


def _counted_errors(xml: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield the error cells, where some do not: a cell stands right of the one before it."""
    row = column = -1
    for tag in _ROW_OR_CELL.finditer(xml):
        place = _HAS_PLACE.search(tag[0])
        if tag[1] == b"row":
            row = int(place[2]) - 1 if place else row + 1
            column = -1
            continue
        column = column_index(place[1]) if place and place[1] else column + 1
        if _ERROR_TAG.match(tag[0]):
            value = _VALUE.match(xml, tag.end())
            yield (row, column), _shown(value[1]) if value else _UNSAID


def _shown(value: bytes) -> str:
    return html.unescape(value.decode("utf-8", "replace"))


def has_unknown_values(shapes: bytes) -> bool:
    """Tell whether there can be formulas without a value; ``shapes`` may be without its digits."""
    return (b"<f" in shapes or b":f" in shapes) and _UNKNOWN_SHAPE.search(shapes) is not None


def unknown_values(xml: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield the cells by row and column from 0 whose formula has no value yet, and the formula.

    The systems that write such files leave working it out to whoever opens them.
    """
    for letters, row, formula in _UNKNOWN_CELL.findall(xml):
        yield (int(row) - 1, column_index(letters)), f"={_shown(formula)}"


def hidden_rows(xml: bytes) -> Iterator[int]:
    """Yield the indices of the rows that a filter or a person has hidden."""
    if b"hidden=" in xml:
        for tag in _ROW.findall(xml):
            place = _HAS_PLACE.search(tag)
            if place and _HIDDEN.search(tag):
                yield int(place[2]) - 1


def hidden_columns(xml: bytes) -> Iterator[int]:
    """Yield the indices of the columns that a person has hidden."""
    if b"hidden=" in xml:
        for tag in _COLUMN.findall(xml):
            first, last = _FIRST.search(tag), _LAST.search(tag)
            if first and last and _HIDDEN.search(tag):
                yield from range(int(first[1]) - 1, min(int(last[1]), _WIDEST))


def column_index(letters: bytes) -> int:
    """Return the index of a column from its letters: A is 0."""
    index = 0
    for letter in letters.upper():
        index = index * _LETTERS + letter - ord("A") + 1
    return index - 1


def column_letters(index: int) -> str:
    """Return what a spreadsheet calls a column: that of 0 is A."""
    letters = ""
    place = index + 1
    while place:
        place, letter = divmod(place - 1, _LETTERS)
        letters = chr(ord("A") + letter) + letters
    return letters
