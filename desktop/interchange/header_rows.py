"""What heads each column, where a header has several rows: titles, and the groups above them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.interchange.cells import Cell, cell_text
from desktop.interchange.spreadsheets import Sheet

MOST_HEADER_ROWS = 3
# a name or a telephone number below these words is that of somebody else
_SOMEBODY_ELSE = re.compile(r"家长|父|母|监护|家庭成员|亲属|联系人|班主任|辅导员|教师|导师|经办")


@dataclass(frozen=True, slots=True)
class Headings:
    """What heads the columns of some rows.

    Attributes:
        titles: of each column, the lowest text of these rows.
        groups: the texts above the title, nearest first; one may head several columns.
    """

    titles: list[str]
    groups: list[tuple[str, ...]]

    def spellings(self, column: int) -> tuple[str, ...]:
        """Return what a column may be called, the likeliest first; none where it is empty.

        “名称” below “专业” is 专业名称, and “姓名” below “家长” is nobody's on the list.
        """
        title, groups = self.titles[column], self.groups[column]
        if not title:
            return ()
        joined = tuple(f"{group}{title}" for group in groups)
        if any(map(_SOMEBODY_ELSE.search, groups)):
            return joined
        return (*joined, title)


def headings(sheet: Sheet, bottom: int, height: int) -> Headings:
    """Return what heads the columns when the rows that end with ``bottom`` are the header."""
    first = bottom - height + 1
    width = max(len(row) for row in sheet.rows[first : bottom + 1])
    lines = [_line(sheet.rows[bottom], width)]
    for index in range(bottom - 1, first - 1, -1):
        lines.append(_spread(sheet, index, _line(sheet.rows[index], width), lines[-1]))
    titles: list[str] = []
    groups: list[tuple[str, ...]] = []
    for texts in zip(*lines, strict=True):
        filled = [text for text in texts if text.strip()]
        title = filled[0] if filled else ""
        titles.append(title)
        groups.append(tuple(dict.fromkeys(text for text in filled[1:] if text != title)))
    return Headings(titles, groups)


def _line(row: Sequence[Cell], width: int) -> list[str]:
    texts = [cell_text(cell) for cell in row]
    return texts + [""] * (width - len(texts))


def _spread(sheet: Sheet, index: int, texts: list[str], below: list[str]) -> list[str]:
    """Return a row of a header with the title of every group above all columns of the group.

    Where the format tells merged cells, a group has the columns of its cell. Where a title stands
    above a title and beside empty cells, it heads the columns beside, too.
    """
    spread = list(texts)
    merged: set[int] = set()
    for top, left, low, right in sheet.merges:
        if top <= index <= low and left < len(texts):
            text = cell_text(sheet.rows[top][left]) if left < len(sheet.rows[top]) else ""
            for column in range(left, min(right + 1, len(texts))):
                spread[column] = text if text.strip() else spread[column]
                merged.add(column)
    group = ""
    for column, text in enumerate(texts):
        if column in merged or not below[column].strip():
            group = ""
        elif text.strip():
            group = text
        elif group:
            spread[column] = group
    return spread
