"""Where everything lies on a signature sheet, in millimetres from the top left of the page.

Software looks into scans at these places, of sheets that were printed years ago too: moving one
of them means a new kind of sheet.
"""

from dataclasses import dataclass
from typing import Final

from desktop.domain.pagination import ROWS_PER_PAGE
from desktop.printing.fonts import Face, Style

LEFT: Final = 25.0
RIGHT: Final = 200.0
"""The table's edges; the binding margin is to the left of it."""

QR_LEFT: Final = 175.0
QR_TOP: Final = 8.0

HEADER_TOP: Final = 36.0
HEADER_HEIGHT: Final = 7.0
ROWS_TOP: Final = HEADER_TOP + HEADER_HEIGHT
ROW_HEIGHT: Final = 8.5
"""The table: 27 rows end at 272.5 mm."""

BOXES_GAP: Final = 13.0
BOXES_HEIGHT: Final = 35.0
SEAL_BELOW_BOX_TOP: Final = 27.2
"""The sign-off boxes, from the last row; and the middle of the seal, from the boxes' top."""

FOOT: Final = 289.0
"""The baseline of the last line."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table: title, left edge and width in mm, and how its cells are set."""

    title: str
    left: float
    width: float
    style: Style

    @property
    def middle(self) -> float:
        """The horizontal middle."""
        return self.left + self.width / 2


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A place on the page in millimetres from its top left."""

    left: float
    top: float
    width: float
    height: float


_TEXT: Final = Style(Face.SERIF, 10.5)  # 五号
_NUMBER: Final = Style(Face.SANS, 10)
_SMALL_NUMBER: Final = Style(Face.SANS, 8.5)


def _columns(*parts: tuple[str, float, Style]) -> tuple[Column, ...]:
    columns: list[Column] = []
    left = LEFT
    for title, width, style in parts:
        columns.append(Column(title, left, width, style))
        left += width
    return tuple(columns)


# Numbers are set in the sans face: its digits are all of one width, so that they stand in columns.
# The signature cell lies at one place with and without the column of majors.
COLUMNS: Final = _columns(
    ("序号", 9, _NUMBER),
    ("学号", 27, _NUMBER),
    ("姓名", 32, _TEXT),
    ("性别", 9, _TEXT),
    ("身份证号", 40, _NUMBER),
    ("本人签字", 32, _TEXT),
    ("备注/更正", 26, _TEXT),
)
COLUMNS_WITH_MAJOR: Final = _columns(
    ("序号", 8, _SMALL_NUMBER),
    ("学号", 22, _SMALL_NUMBER),
    ("姓名", 23, _TEXT),
    ("性别", 8, _TEXT),
    ("身份证号", 32, _SMALL_NUMBER),
    ("专业", 24, _TEXT),
    ("本人签字", 32, _TEXT),
    ("备注/更正", 26, _TEXT),
)


def rows_bottom(rows: int) -> float:
    """Return where the table ends that has ``rows`` rows, blank ones included."""
    return ROWS_TOP + rows * ROW_HEIGHT


def boxes_top(rows: int) -> float:
    """Return where the sign-off boxes begin below a table of ``rows`` rows."""
    return rows_bottom(rows) + BOXES_GAP


def signature_cell(page_row: int) -> Rectangle:
    """Return the cell for the signature of a page's row ``page_row``, from 0, blank rows too.

    Raises:
        ValueError: there is no such row on a page.
    """
    if not 0 <= page_row < ROWS_PER_PAGE:
        raise ValueError(f"a page has no row {page_row}")
    column = next(column for column in COLUMNS if column.title == "本人签字")
    return Rectangle(column.left, ROWS_TOP + page_row * ROW_HEIGHT, column.width, ROW_HEIGHT)


def remark_cell(page_row: int) -> Rectangle:
    """Return the cell for remarks and corrections beside ``signature_cell(page_row)``."""
    beside = signature_cell(page_row)
    column = COLUMNS[-1]
    return Rectangle(column.left, beside.top, column.width, beside.height)


def sign_off_box(rows: int, index: int, count: int) -> Rectangle:
    """Return the sign-off box ``index`` of ``count`` below a table of ``rows`` rows."""
    width = (RIGHT - LEFT) / count
    return Rectangle(LEFT + index * width, boxes_top(rows), width, BOXES_HEIGHT)


def seal_place(rows: int, count: int) -> tuple[float, float]:
    """Return the middle of the seal, over the date in the last of ``count`` boxes."""
    box = sign_off_box(rows, count - 1, count)
    return box.left + box.width / 2, box.top + SEAL_BELOW_BOX_TOP
