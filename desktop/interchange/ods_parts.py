"""What python-calamine does not tell of an .ods file: errors, merged cells, what is hidden.

The content is read piece by piece, and only when it mentions one of them; a document that defines
entities, which no office program does, is not looked at further.
"""

import io
import zipfile
from collections.abc import Iterator
from typing import IO
from xml.parsers import expat

from desktop.interchange.sheet_facts import MOST_NOTED, MOST_REPEATED, SheetFacts

_CONTENT = "content.xml"
_PIECE = 1 << 20
_SIGNS = (b'value-type="error"', b"value-type='error'", b"-spanned=", b":visibility=")
_LONGEST_SIGN = max(map(len, _SIGNS))
_CELLS = frozenset({"table:table-cell", "table:covered-table-cell"})
_HIDDEN = frozenset({"collapse", "filter"})  # by a person, by a filter


class _Refused(ValueError):
    """The document is not one that an office program writes."""


def ods_sheets(data: bytes) -> dict[str, SheetFacts]:
    """Return what is known of the sheets, by name; nothing where the document can not tell."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        with archive.open(_CONTENT) as content:
            if not _mentions_any(content):
                return {}
        with archive.open(_CONTENT) as content:
            return _Reader().read(content)


def _mentions_any(content: IO[bytes]) -> bool:
    end = b""
    for piece in _pieces(content):
        if any(sign in end + piece for sign in _SIGNS):
            return True
        end = piece[-_LONGEST_SIGN:]
    return False


def _pieces(content: IO[bytes]) -> Iterator[bytes]:
    while piece := content.read(_PIECE):
        yield piece


class _Reader:
    """Follows the tables of a document, cell by cell."""

    def __init__(self) -> None:
        self._sheets: dict[str, SheetFacts] = {}
        self._sheet = SheetFacts()
        self._row = 0
        self._rows = 1
        self._column = 0
        self._described = 0  # columns that were described so far
        self._error: int | None = None  # how many cells repeat it, while its text is read
        self._text = ""

    def read(self, content: IO[bytes]) -> dict[str, SheetFacts]:
        """Return the sheets of a document."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.EntityDeclHandler = self._refuse
        try:
            for piece in _pieces(content):
                parser.Parse(piece, False)
            parser.Parse(b"", True)
        except (expat.ExpatError, LookupError, ValueError):  # LookupError: the encoding
            return {}
        return self._sheets

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table:table":
            self._sheet = self._sheets.setdefault(attributes.get("table:name", ""), SheetFacts())
            self._row = self._column = self._described = 0
        elif tag == "table:table-column":
            self._describe(attributes)
        elif tag == "table:table-row":
            self._begin_row(attributes)
        elif tag in _CELLS:
            self._cell(attributes)

    def _describe(self, attributes: dict[str, str]) -> None:
        count = _count(attributes, "table:number-columns-repeated")
        if attributes.get("table:visibility") in _HIDDEN:
            self._sheet.hide_columns(self._described, count)
        self._described += count

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self._rows = _count(attributes, "table:number-rows-repeated")
        self._column = 0
        if attributes.get("table:visibility") in _HIDDEN:
            self._sheet.hide_rows(self._row, self._rows)

    def _cell(self, attributes: dict[str, str]) -> None:
        low = self._row + _count(attributes, "table:number-rows-spanned") - 1
        right = self._column + _count(attributes, "table:number-columns-spanned") - 1
        if (low, right) != (self._row, self._column):
            self._sheet.merges.append((self._row, self._column, low, right))
        repeated = _count(attributes, "table:number-columns-repeated")
        if attributes.get("calcext:value-type") == "error":
            self._error, self._text = min(repeated, MOST_REPEATED), ""
        self._column += repeated

    def _characters(self, text: str) -> None:
        if self._error is not None:
            self._text += text

    def _end(self, tag: str) -> None:
        if tag == "table:table-row":
            self._row += self._rows
        elif tag in _CELLS and self._error is not None:
            self._note_errors(self._error)
            self._error = None

    def _note_errors(self, repeated: int) -> None:
        if len(self._sheet.errors) < MOST_NOTED:
            for row in range(self._row, self._row + min(self._rows, MOST_REPEATED)):
                for column in range(self._column - repeated, self._column):
                    self._sheet.errors[row, column] = self._text.strip() or "#N/A"

    def _refuse(self, *_declared: object) -> None:
        raise _Refused("the document defines entities")


def _count(attributes: dict[str, str], name: str) -> int:
    """Return a number of rows or columns: 1 where none is said, and never absurdly many."""
    written = attributes.get(name, "1")
    return min(int(written), 1 << 20) if written.isdecimal() and len(written) < 9 else 1  # noqa: PLR2004
