"""Raw cells as text, and the spelling that is set right by itself."""

import datetime as dt
import re

from desktop.interchange.spreadsheets import Cell

_LOST_FROM = 10**15  # a number of sixteen digits; spreadsheets keep fifteen
_SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+)?[Ee]\+[0-9]{1,3}")
_DIRTY = re.compile(
    r"^\s|\s$|[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff"
    r"\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]"
)
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_SPACE = re.compile(r"\s+")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FULL_WIDTH_ALNUM = {code: plain for code, plain in _FULL_WIDTH.items() if chr(plain).isalnum()}
_APOSTROPHES = "'‘’`"


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


def tidy(text: str) -> str:
    """Return ``text`` without stray spaces and invisible characters, digits and letters plain."""
    if not _DIRTY.search(text):
        return text
    text = _INVISIBLE.sub("", text)
    text = _CONTROL.sub("", text.strip())
    return text.translate(_FULL_WIDTH_ALNUM).strip()


def compact(text: str) -> str:
    """Return a code or number in plain characters, without any space or text mark."""
    if text.isascii() and text.isalnum():
        return text
    text = _INVISIBLE.sub("", text).translate(_FULL_WIDTH)
    return _CONTROL.sub("", _SPACE.sub("", text)).strip(_APOSTROPHES)


def gbk_width(text: str) -> tuple[int, str]:
    """Return the bytes that ``text`` takes in GBK, and the characters that GBK can not hold.

    A character that it can not hold is counted as two bytes, as every other ideograph is.
    """
    try:
        return len(text.encode("gbk")), ""
    except UnicodeEncodeError:
        strange = "".join(c for c in text if not _encodable(c))
        plain = "".join(c for c in text if c not in strange)
        return len(plain.encode("gbk")) + 2 * (len(text) - len(plain)), strange


def _encodable(character: str) -> bool:
    try:
        character.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def _number_text(number: float) -> str:
    if abs(number) >= _LOST_FROM:
        return f"{number:.14E}"
    return str(int(number)) if number == int(number) else repr(number)
