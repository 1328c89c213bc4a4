"""Workbooks in the XML of Office 2003, which some systems give out as .xls."""

import datetime as dt
import re
from dataclasses import dataclass, field
from xml.parsers import expat  # entities are refused where they are defined

from desktop.interchange.cells import Cell
from desktop.interchange.sheet_facts import SheetFacts

_DECLARATION = re.compile(rb"^\s*<\?xml[^>]*encoding\s*=\s*[\"']([A-Za-z0-9_-]+)[\"'][^>]*\?>")
_SEPARATOR = " "
_TALLEST, _WIDEST, _MOST_CELLS = 1 << 20, 1 << 14, 5_000_000


class NotAWorkbook(ValueError):
    """The document can not be read as a workbook."""


@dataclass(slots=True)
class XmlSheet:
    """One sheet: its rows, what it says beside them, and whether it is hidden."""

    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    facts: SheetFacts = field(default_factory=SheetFacts)
    hidden: bool = False


def read_xml_workbook(data: bytes) -> list[XmlSheet]:
    """Return the sheets of a workbook.

    Raises:
        NotAWorkbook: it is damaged, defines entities, or claims more cells than a list can have.
    """
    declared = _DECLARATION.match(data[:200])
    encoding = None
    if declared and declared[1].lower().startswith(b"gb"):
        try:
            data, encoding = data.decode("gb18030").encode(), "utf-8"
        except UnicodeDecodeError as error:
            raise NotAWorkbook from error
    try:
        return _Reader(encoding).read(data)
    except (expat.ExpatError, LookupError, ValueError) as error:  # LookupError: the encoding
        raise NotAWorkbook from error


class _Reader:
    """Follows the sheets of a document, cell by cell."""

    def __init__(self, encoding: str | None) -> None:
        self._sheets: list[XmlSheet] = []
        self._parser = expat.ParserCreate(encoding, _SEPARATOR)
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.EntityDeclHandler = self._refuse
        self._cells = 0
        self._column = 0
        self._described = 0  # columns that were described so far
        self._text: list[str] | None = None
        self._type = ""

    def read(self, data: bytes) -> list[XmlSheet]:
        """Return the sheets of a document."""
        self._parser.Parse(data, True)
        return self._sheets

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _plain(tag)
        plain = {_plain(key): value for key, value in attributes.items()}
        if name == "Worksheet":
            self._sheets.append(XmlSheet(plain.get("Name", "")))
            self._described = 0
        elif name == "Column" and self._sheets:
            self._describe(plain)
        elif name == "Row" and self._sheets:
            self._begin_row(plain)
        elif name == "Cell" and self._sheets and self._sheets[-1].rows:
            self._begin_cell(plain)
        elif name in ("Data", "Visible"):
            self._text, self._type = [], plain.get("Type", "")

    def _describe(self, attributes: dict[str, str]) -> None:
        place = _count(attributes, "Index", 1, _WIDEST) if "Index" in attributes else 0
        first = place - 1 if place else self._described
        count = _count(attributes, "Span", 0, _WIDEST) + 1
        if attributes.get("Hidden") == "1":
            self._sheets[-1].facts.hide_columns(first, count)
        self._described = first + count

    def _begin_row(self, attributes: dict[str, str]) -> None:
        sheet = self._sheets[-1]
        index = _count(attributes, "Index", len(sheet.rows) + 1, _TALLEST)
        sheet.rows.extend([] for _ in range(index - len(sheet.rows)))
        self._column = 0
        if attributes.get("Hidden") == "1":
            sheet.facts.hide_rows(index - 1, 1)

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        sheet = self._sheets[-1]
        row = sheet.rows[-1]
        self._column = _count(attributes, "Index", self._column + 1, _WIDEST) - 1
        across = _count(attributes, "MergeAcross", 0, _WIDEST)
        down = _count(attributes, "MergeDown", 0, _TALLEST)
        top = len(sheet.rows) - 1
        if across or down:
            sheet.facts.merges.append((top, self._column, top + down, self._column + across))
        missing = self._column + 1 - len(row)
        self._cells += max(missing, 1)
        if self._cells > _MOST_CELLS:
            raise NotAWorkbook
        row.extend([""] * missing)
        self._column += across + 1

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _end(self, tag: str) -> None:
        name = _plain(tag)
        if self._text is None or name not in ("Data", "Visible"):
            return
        text, self._text = "".join(self._text), None
        sheet = self._sheets[-1] if self._sheets else None
        if sheet and name == "Visible":
            sheet.hidden = text.strip() in ("SheetHidden", "SheetVeryHidden")
        elif sheet and sheet.rows and sheet.rows[-1]:
            row = sheet.rows[-1]
            if self._type == "Error":
                sheet.facts.errors[len(sheet.rows) - 1, len(row) - 1] = text
            else:
                row[-1] = _value(text, self._type)

    def _refuse(self, *_declared: object) -> None:
        raise NotAWorkbook


def _plain(name: str) -> str:
    """Return a name without the address of its namespace."""
    return name.rsplit(_SEPARATOR, 1)[-1]


def _count(attributes: dict[str, str], name: str, usual: int, most: int) -> int:
    """Return a number of rows or columns, the usual one where none is said."""
    written = attributes.get(name, "")
    if not written:
        return usual
    if not written.isdecimal() or not usual <= int(written[:9]) <= most:
        raise NotAWorkbook
    return int(written)


def _value(text: str, kind: str) -> Cell:
    if kind == "Number":
        try:
            return float(text) if text.strip() else ""
        except ValueError:
            return text
    if kind == "DateTime":
        try:
            return dt.datetime.fromisoformat(text.strip().removesuffix("Z"))
        except ValueError:
            return text
    return text
