"""Raw cells as text, and how wide a text is in the files of the national platform."""

import datetime as dt
import re

Cell = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta
Merge = tuple[int, int, int, int]
"""A merged cell by index: its top row, left column, bottom row and right column."""

_LOST_FROM = 10**15  # a number of sixteen digits; spreadsheets keep fifteen
_SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+)?[Ee]\+[0-9]{1,3}")


def cell_text(cell: Cell) -> str:
    """Return a raw cell as text: 3.0 as "3", dates as YYYYMMDD, long numbers as they are shown."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return _number_text(cell)
    if isinstance(cell, dt.datetime):
        plain_day = cell.time() == dt.time()
        return f"{cell:%Y%m%d}" if plain_day else f"{cell:%Y%m%d %H:%M:%S}"
    return f"{cell:%Y%m%d}" if isinstance(cell, dt.date) else str(cell)


def digits_lost(cell: Cell, text: str) -> bool:
    """Return whether the last digits of a long number are gone for ever.

    They are when the cell is a number of sixteen digits or more, or a text such as 4.2E+17.
    """
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return abs(cell) >= _LOST_FROM
    return "+" in text and _SCIENTIFIC.fullmatch(text.strip()) is not None


def is_in_gbk(text: str) -> bool:
    """Tell whether GBK has every character of ``text``."""
    try:
        text.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def gbk_width(text: str) -> tuple[int, str]:
    """Return the bytes that ``text`` takes in GBK, and the characters that GBK can not hold.

    A character that it can not hold is counted as two bytes, as every other ideograph is.
    """
    try:
        return len(text.encode("gbk")), ""
    except UnicodeEncodeError:
        strange = "".join(c for c in text if not is_in_gbk(c))
        plain = "".join(c for c in text if c not in strange)
        return len(plain.encode("gbk")) + 2 * (len(text) - len(plain)), strange


def _number_text(number: float) -> str:
    if abs(number) >= _LOST_FROM:
        return f"{number:.14E}"
    return str(int(number)) if number == int(number) else repr(number)
