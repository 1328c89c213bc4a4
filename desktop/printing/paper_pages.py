"""How the parts of a written paper fall on pages: nothing is split or cut, nothing stands lost.

The parts are taken apart into rows and lines, each with its height; rows of one table that come to
stand on one page are put together again, below the table's header.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from desktop.domain.written_papers import Bars, Heading, PaperColumn, PaperTable, Part, Prose
from desktop.printing.fitting import wrap
from desktop.printing.fonts import Face, Style
from desktop.printing.pen import MM
from desktop.printing.tables import KEPT, TableColumn, TableDesign, TableRow

HEADING: Final = Style(Face.SANS_BOLD, 12)  # 小四黑体
TABLE_TITLE: Final = Style(Face.SANS_BOLD, 10.5)
PROSE: Final = Style(Face.SERIF, 12)  # 小四
LINE_HEIGHT: Final = 7.4
HEADING_HEIGHT: Final = 10.0
TITLE_HEIGHT: Final = 8.5
BAR_HEIGHT: Final = 7.0
GAP: Final = 3.0
_INDENT: Final = "　　"
_TEXT: Final = Style(Face.SERIF, 10)
_NUMBER: Final = Style(Face.SANS, 9)
_NAME: Final = Style(Face.SANS_BOLD, 9)
_UNIT: Final = 1.0
_ROW_UNITS: Final = 7
_AIR: Final = 2.0
_WRITING_UNITS: Final = 10
_ONE_LINE: Final = 7.0
_TWO_LINES: Final = 10.0


@dataclass(frozen=True, slots=True)
class Piece:
    """The smallest thing that a page holds: a row, a line, a title, a chart.

    Attributes:
        height: in mm, without a table's header.
        content: what is drawn.
        design: of the table whose row it is.
        table: tells two tables of one paper apart.
        following: how many rows of its table come after it.
        sticky: it never stands last on a page.
        prose: it is a line of a paragraph.
        title: of the table whose row it is, to be told again where it goes on.
    """

    height: float
    content: TableRow | Bars | Heading | str
    design: TableDesign | None = None
    table: int = 0
    following: int = 0
    sticky: bool = False
    prose: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """What is drawn in one go: the rows of one table on one page, or one other piece."""

    pieces: tuple[Piece, ...]

    @property
    def design(self) -> TableDesign | None:
        """The design of the table, None for other pieces."""
        return self.pieces[0].design

    @property
    def height(self) -> float:
        """Its height in mm, a table's header and the gap below it included."""
        header = self.design.header_height + GAP if self.design else 0.0
        return header + sum(piece.height for piece in self.pieces)


def design_of(table: PaperTable, width: float) -> TableDesign:
    """Return a table's columns, scaled to a width in mm."""
    whole = sum(column.share for column in table.columns)
    columns = tuple(
        TableColumn(
            column.title,
            column.share / whole * width,
            _style_of(column),
            0 if column.left else 0.5,
        )
        for column in table.columns
    )
    tall = any(len(c.title) * 9 > (c.width - 1) * MM for c in columns)
    return TableDesign(
        columns,
        _UNIT,
        (_TWO_LINES if tall else _ONE_LINE) if table.headed else 0.0,
        _WRITING_UNITS if table.writing else _ROW_UNITS,
        _AIR,
    )


def _style_of(column: PaperColumn) -> Style:
    if column.names:
        return _NAME
    return _NUMBER if column.numbers else _TEXT


def pieces_of(parts: Sequence[Part], width: float) -> list[Piece]:
    """Take the parts of a paper apart, for a page whose body is ``width`` mm wide."""
    found: list[Piece] = []
    for number, part in enumerate(parts):
        if isinstance(part, PaperTable):
            if found and found[-1].prose:
                found[-1] = replace(found[-1], height=LINE_HEIGHT + GAP)
            found.extend(_table_pieces(part, number, width))
        elif isinstance(part, Prose):
            lines = wrap(_INDENT + part.text, PROSE, width * MM, prose=True)
            last = len(lines) - 1
            found.extend(
                Piece(LINE_HEIGHT, line, sticky=at == 0 < last, prose=True)
                for at, line in enumerate(lines)
            )
        elif isinstance(part, Heading):
            found.append(Piece(HEADING_HEIGHT, part, sticky=True))
        else:
            high = TITLE_HEIGHT + GAP + len(part.bars) * BAR_HEIGHT
            found.append(Piece(high, part))
    return found


def pages_of(pieces: Sequence[Piece], room: float, ending: float = 0.0) -> list[list[Group]]:
    """Return what stands on each page.

    Args:
        pieces: of the paper, in order.
        room: the height of a page's body in mm.
        ending: the height of what stands below the last piece; some pieces always go with it.
    """
    pages: list[list[Piece]] = [[]]
    for piece in pieces:
        if pages[-1] and height_of([*pages[-1], piece]) > room:
            carried = _carried(pages[-1], max(0, KEPT - 1 - piece.following), piece)
            pages.append(_continued([*carried, piece]))
        else:
            pages[-1].append(piece)
    if ending and pages[-1] and height_of(pages[-1]) + ending > room:
        pages.append(_continued(_carried(pages[-1], KEPT, pages[-1][-1])))
    return [grouped(page) for page in pages if page] or [[]]


def grouped(pieces: Sequence[Piece]) -> list[Group]:
    """Put the rows of one table together again."""
    numbered = enumerate(pieces)
    groups = groupby(numbered, key=lambda pair: pair[1].table or -pair[0] - 1)
    return [Group(tuple(piece for _, piece in group)) for _, group in groups]


def height_of(pieces: Sequence[Piece]) -> float:
    """Return the height in mm of the pieces on one page."""
    return sum(group.height for group in grouped(pieces))


def _table_pieces(table: PaperTable, number: int, width: float) -> Iterator[Piece]:
    design = design_of(table, width)
    rows = [TableRow(row) for row in table.rows] or [TableRow((table.empty,), summary=True)]
    if table.total:
        rows.append(TableRow(table.total, bold=True))
    if table.title:
        yield Piece(TITLE_HEIGHT, table.title, sticky=True)
    for at, row in enumerate(rows):
        high = design.units(row) * design.row_height
        yield Piece(high, row, design, number + 1, len(rows) - 1 - at, title=table.title)


def _continued(page: list[Piece]) -> list[Piece]:
    """Return what begins a page; rows that go on from the page before bear their table's title."""
    if page and page[0].design and page[0].title:
        return [Piece(TITLE_HEIGHT, f"{page[0].title}（续）", sticky=True), *page]
    return page


def _carried(page: list[Piece], wanted: int, with_piece: Piece) -> list[Piece]:
    """Take from the end of a page what belongs to what follows on the next, and return it.

    Rows go along only with rows of the same table, and never so many that the page is left empty.
    """
    carried: list[Piece] = []
    while len(page) > 1 and len(carried) < wanted and page[-1].table == with_piece.table:
        carried.insert(0, page.pop())
    while len(page) > 1 and page[-1].sticky:
        carried.insert(0, page.pop())
    return carried
