"""The spelling of texts and numbers that is set right by itself, and what is never let in."""

import re
import unicodedata
from collections.abc import Mapping

from desktop.domain.names import is_refused

_DIRTY = re.compile(
    r"^\s|\s$|[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff"
    r"\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]"
)
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_SPACE = re.compile(r"\s+")
_NEW_LINE = re.compile(r" *[\t\r\n\u2028\u2029][ \t\r\n\u2028\u2029]*")
_TYPED_CONTROLS = frozenset("\t\r\n")
_LOST = "\ufffd"  # what stands where a character could not be decoded
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FULL_WIDTH_ALNUM = {code: plain for code, plain in _FULL_WIDTH.items() if chr(plain).isalnum()}
_APOSTROPHES = "'‘’`"


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


def normalise_text(text: str, mapping: Mapping[str, str]) -> tuple[str, str]:
    """Return typed text set right, and the characters in it that nobody could read.

    ``mapping`` gives the real character for a known private-use one. Line breaks and tabs become
    a space: what is typed is printed in one line.
    """
    text = _NEW_LINE.sub(" ", _INVISIBLE.sub("", text))
    text = "".join(mapping.get(c, c) for c in text)
    strange = "".join(c for c in text if c == _LOST or is_refused(c))
    return tidy(text), strange


def control_characters(text: str) -> str:
    """Return the control characters in ``text`` that are no white space that people type."""
    return "".join(c for c in text if unicodedata.category(c) == "Cc" and c not in _TYPED_CONTROLS)


def describe(characters: str) -> str:
    """Return characters named for a sentence, each once: “□”（U+25A1）, or U+E000 if unseen."""
    names = (
        f"“{c}”（U+{ord(c):04X}）" if c.isprintable() else f"U+{ord(c):04X}"
        for c in dict.fromkeys(characters)
    )
    return "、".join(names)
