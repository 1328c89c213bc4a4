"""Tables of web pages, which many systems give out as .xls: read cell by cell, nothing is run."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from desktop.interchange.cells import Cell, Merge

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_HEAD = 4096
_ENCODINGS = ("utf-8-sig", "gb18030")
_TAG = re.compile(r"<(?:(!--)|(/?)([A-Za-z][A-Za-z0-9:]*)([^<>]*)>)")
_SPANS = re.compile(r"\b(col|row)span\s*=\s*[\"']?\s*([0-9]{1,5})", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_ENDS = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "title")} | {
    "!--": re.compile("-->")
}
_MOST_CELLS = 5_000_000
_WIDEST = 1_000


class NoTables(ValueError):
    """The page has no table with a text in it, or one that is no table."""


@dataclass(slots=True)
class HtmlTable:
    """A table: its rows, and its merged cells."""

    rows: list[list[Cell]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    _held: dict[int, int] = field(default_factory=dict)  # rows that a cell above still takes

    def begin_row(self) -> None:
        """Begin a row."""
        self.rows.append([])

    def add(self, text: str, columns: int, rows: int) -> int:
        """Add a cell at the next free place of the row; return how many places were filled."""
        if not self.rows:
            self.begin_row()
        row = self.rows[-1]
        before = len(row)
        while self._held.get(len(row), 0) >= len(self.rows):
            row.append("")
        top, left = len(self.rows) - 1, len(row)
        row.extend([text, *[""] * (columns - 1)])
        if (columns, rows) != (1, 1):
            self.merges.append((top, left, top + rows - 1, left + columns - 1))
            self._held.update(dict.fromkeys(range(left, left + columns), top + rows))
        return len(row) - before


def read_html(data: bytes) -> list[HtmlTable]:
    """Return the tables of a page that have a text in them; a table within another is its own.

    Raises:
        NoTables: there are none, or the page is no text in a known encoding.
    """
    tables = [table for table in _tables(_decode(data)) if any(map(any, table.rows))]
    if not tables:
        raise NoTables
    return tables


def _decode(data: bytes) -> str:
    declared = _DECLARED.search(data[:_HEAD])
    named = declared[1].decode().lower() if declared else ""
    first = ["gb18030"] if named.startswith("gb") else []
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        first = ["utf-16"]
    for encoding in (*first, *_ENCODINGS):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NoTables


class _Open:
    """A table that is being read, and the cell of it that is open."""

    def __init__(self) -> None:
        self.table = HtmlTable()
        self.cell: list[str] | None = None
        self.spans = (1, 1)

    def close_cell(self) -> int:
        """Put the open cell into the table; return how many places were filled."""
        if self.cell is None:
            return 0
        text = _SPACE.sub(" ", html.unescape("".join(self.cell))).strip(" ")
        if text.startswith('="') and text.endswith('"'):
            text = text[2:-1]
        self.cell = None
        return self.table.add(text, *self.spans)


def _tables(text: str) -> Iterator[HtmlTable]:
    """Yield the tables of a page in the order in which they end."""
    stack: list[_Open] = []
    cells = 0
    for shown, closing, name, attributes in _tokens(text):
        if stack and stack[-1].cell is not None:
            stack[-1].cell.append(shown)
        if name == "table" and not closing:
            stack.append(_Open())
        if not stack:
            continue
        cells += _take(stack[-1], closing, name, attributes)
        if cells > _MOST_CELLS:
            raise NoTables
        if name == "table" and closing:
            yield stack.pop().table
    while stack:
        stack[-1].close_cell()
        yield stack.pop().table


def _take(opened: _Open, closing: bool, name: str, attributes: str) -> int:
    """Do what a tag says with the innermost table; return how many places it filled."""
    filled = 0
    if name in ("td", "th", "tr", "table"):
        filled = opened.close_cell()
    if closing:
        return filled
    if name == "tr":
        opened.table.begin_row()
    elif name in ("td", "th"):
        spans = {kind.lower(): int(count) for kind, count in _SPANS.findall(attributes)}
        opened.spans = (
            min(max(spans.get("col", 1), 1), _WIDEST),
            max(spans.get("row", 1), 1),
        )
        opened.cell = []
    elif name == "br" and opened.cell is not None:
        opened.cell.append(" ")
    return filled


def _tokens(text: str) -> Iterator[tuple[str, bool, str, str]]:
    """Yield every tag with the text before it; what is no content is passed over."""
    start = 0
    while tag := _TAG.search(text, start):
        shown = text[start : tag.start()]
        start = tag.end()
        name = (tag[3] or "").lower()
        if not tag[2] and (end := _ENDS.get(tag[1] or name)):
            ended = end.search(text, start)
            start = ended.end() if ended else len(text)
        yield shown, bool(tag[2]), name, tag[4] or ""
    yield text[start:], False, "", ""
