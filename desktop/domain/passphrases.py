"""What makes a passphrase one that nobody guesses: length first, and nothing that all try first.

The keys of a seat lie on its disk under the passphrase (ADR 3). Whoever takes the PC tries what
people use most: digits, names, the rows of the keyboard.
"""

import unicodedata
from collections.abc import Callable, Collection, Iterable
from enum import StrEnum
from itertools import pairwise

LEAST = 10
_GOOD, _LEAST_NEW, _LEAST_REST = 16, 6, 6
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "qazwsxedcrfvtgbyhnujmikolp", "1qaz2wsx3edc4rfv")
_TRIED_FIRST = (
    "password",
    "passwd",
    "iloveyou",
    "woaini",
    "admin",
    "welcome",
    "jice",
    "xueji",
    "demo",
    "kouling",
    "mima",
)


class Weakness(StrEnum):
    """Why a passphrase is refused."""

    BLANK = "blank"
    DIGITS = "digits"
    SHORT = "short"
    MONOTONE = "monotone"
    TRIED_FIRST = "tried_first"
    NAME = "name"


def weakness(passphrase: str, names: Collection[str] = ()) -> Weakness | None:
    """Return why a passphrase is refused, None where it is not.

    Args:
        passphrase: as it was typed; width and case do not make it harder to guess.
        names: who uses it, and what else everybody around knows.
    """
    core = _core(passphrase)
    faults: tuple[tuple[Weakness, Callable[[], bool]], ...] = (
        (Weakness.BLANK, lambda: not core),
        (Weakness.DIGITS, core.isdecimal),
        (Weakness.SHORT, lambda: _weight(core) < LEAST),
        (Weakness.MONOTONE, lambda: _new_characters(core) < _LEAST_NEW),
        (Weakness.TRIED_FIRST, lambda: _weight(_without(core, _TRIED_FIRST)) < _LEAST_REST),
        (Weakness.NAME, lambda: _weight(_without(core, map(_core, names))) < _LEAST_REST),
    )
    return next((fault for fault, found in faults if found()), None)


def is_strong(passphrase: str) -> bool:
    """Tell whether a passphrase that is not refused could hardly be better."""
    return _weight(_core(passphrase)) >= _GOOD


def _core(text: str) -> str:
    """Return the letters and digits of a text, in their plain form."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in plain if character.isalnum())


def _weight(core: str) -> int:
    """Return the length; a Chinese character counts for two, there are so many of them."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in core)


def _new_characters(core: str) -> int:
    """Count the characters that do not merely go on from the one before, or repeat a part."""
    for length in range(1, len(core) // 2 + 1):
        if core == (core[:length] * len(core))[: len(core)]:
            return _new_characters(core[:length])
    going_on = sum(_goes_on(before, after) for before, after in pairwise(core))
    return _weight(core) - going_on


def _goes_on(before: str, after: str) -> bool:
    pair = before + after
    return abs(ord(before) - ord(after)) <= 1 or any(
        pair in row or pair in row[::-1] for row in _ROWS
    )


def _without(core: str, parts: Iterable[str]) -> str:
    """Return a text without some parts, and without the digits that people put behind them."""
    for part in parts:
        if part:
            rest = core.replace(part, "")
            core = "".join(c for c in rest if not c.isdecimal()) if rest != core else core
    return core
