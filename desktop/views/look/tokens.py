"""The tokens: every distance, size and colour of the window. Nothing literal stands elsewhere."""

from dataclasses import dataclass
from typing import Final

RADIUS: Final = 6
TIGHT, SMALL, MEDIUM, LARGE, HUGE = 4, 8, 12, 16, 24
"""Distances in pixels: inside a control, beside it, between controls, around, between parts."""

RAIL_WIDTH: Final = 200
ROW_HEIGHT: Final = 28
DENSE_ROW_HEIGHT: Final = 22
LARGE_TEXT: Final = 1.5  # from this factor on
LARGEST_FACTOR: Final = 2.0
FAMILIES: Final = ("Microsoft YaHei UI", "Noto Sans SC")

NOTE, BODY, LEAD, HEADING, TITLE = 12, 13, 15, 18, 24
"""The type scale in pixels at 100 %."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one scheme, as ``#rrggbb``.

    ``accent`` and the four states have at least 4.5:1 against ``surface``; ``wrong`` is only for
    what is wrong or can not be undone.
    """

    dark: bool
    ground: str  # behind everything
    surface: str  # tables, fields, pages
    raised: str  # rail, headers of tables, hovered rows
    line: str  # hairlines
    edge: str  # borders of controls: 3:1 against surface
    text: str
    quiet: str  # second line, hints
    accent: str
    on_accent: str
    chosen: str  # the ground of a selected row
    done: str
    in_hand: str
    attention: str
    not_yet: str
    wrong: str
    practice: str  # the ground of the training banner
    on_practice: str


LIGHT: Final = Palette(
    dark=False,
    ground="#f4f5f5",
    surface="#ffffff",
    raised="#eceeee",
    line="#dcdfdf",
    edge="#868e8e",
    text="#1d2323",
    quiet="#566060",
    accent="#0b6b6b",
    on_accent="#ffffff",
    chosen="#d3e8e7",
    done="#0b6b6b",
    in_hand="#2f5f9e",
    attention="#9a5b00",
    not_yet="#6b7474",
    wrong="#b3261e",
    practice="#ffe2a8",
    on_practice="#4a3000",
)
DARK: Final = Palette(
    dark=True,
    ground="#191c1c",
    surface="#212525",
    raised="#2a2f2f",
    line="#3a4040",
    edge="#7f8989",
    text="#e8ecec",
    quiet="#aab4b4",
    accent="#56bdb9",
    on_accent="#06302f",
    chosen="#1f4443",
    done="#56bdb9",
    in_hand="#8ab4ee",
    attention="#f0b35a",
    not_yet="#98a2a2",
    wrong="#f2877f",
    practice="#5c4410",
    on_practice="#ffe9c2",
)


@dataclass(frozen=True, slots=True)
class Look:
    """One scheme at one text size; ``factor`` is 1.0 to 2.0."""

    palette: Palette = LIGHT
    factor: float = 1.0

    def px(self, size: int) -> int:
        """Return a size of the type scale, or what must grow with the text, in pixels."""
        return round(size * self.factor)

    @property
    def large(self) -> bool:
        """Whether the text is so large that what explains must give way to what is listed."""
        return self.factor >= LARGE_TEXT

    @property
    def row_height(self) -> int:
        """The height of a table row."""
        return self.px(ROW_HEIGHT)

    @property
    def rail_width(self) -> int:
        """The width of the rail, which grows less than the text: its words are short."""
        return round(RAIL_WIDTH * (1 + (self.factor - 1) * 0.3))
