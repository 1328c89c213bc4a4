"""Finding a character that nobody can type: by reading, radical and strokes, or code point."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

from desktop.domain.names import is_refused
from desktop.interchange.tables import load_table

_CODE = re.compile(r"(?:U\+|0X|\\U|&#X)?([0-9A-F]{4,6});?", re.IGNORECASE)
_TONES: Final = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}
_FIRST, _LAST = 0x2E80, 0x3FFFD
_IDEOGRAPHS = frozenset({"Lo", "Nl"})
_BASIC_PLANE = 0xFFFF


@dataclass(frozen=True, slots=True)
class Radical:
    """One of the 214 radicals: its number, its forms, how many strokes it has."""

    number: int
    forms: str
    strokes: int


class Characters:
    """The table of characters; sets are made when they are asked for."""

    def __init__(self, table: Mapping[str, Mapping[str, str]]) -> None:
        self._by_radical: Mapping[str, Mapping[str, str]] = table["by_radical"]  # type: ignore[assignment]
        self._by_strokes, self._by_reading = table["by_strokes"], table["by_reading"]
        self._standard = frozenset(table["standard"])
        self.radicals = tuple(Radical(*one) for one in table["radicals"])

    @cached_property
    def _readings(self) -> Mapping[str, tuple[str, ...]]:
        """The syllables with a tone, by those without and by those with its number."""
        found: dict[str, tuple[str, ...]] = {}
        for syllable in self._by_reading:
            plain, tone = plain_syllable(syllable)
            for key in {plain, plain + tone}:
                found[key] = (*found.get(key, ()), syllable)
        return found

    def find(
        self, reading: str = "", radical: int = 0, further: int | None = None, strokes: int = 0
    ) -> list[str]:
        """Return the characters that fulfil all that is asked, the likely ones first.

        Those that GBK lacks come first: they are the ones that get lost on the way.

        Args:
            reading: a syllable such as “ji”, “jí” or “ji2”; "" for any.
            radical: its number; 0 for any.
            further: strokes besides the radical's; None for any.
            strokes: all strokes; 0 for any.
        """
        asked: list[set[str]] = []
        if reading.strip():
            plain, tone = plain_syllable(reading)
            syllables = self._readings.get(plain + tone, ())
            asked.append({c for syllable in syllables for c in self._by_reading[syllable]})
        if radical:
            groups = self._by_radical.get(str(radical), {})
            wanted = groups.values() if further is None else [groups.get(str(further), "")]
            asked.append(set("".join(wanted)))
        if strokes:
            asked.append(set(self._by_strokes.get(str(strokes), "")))
        return sorted(set.intersection(*asked), key=self._rank) if asked else []

    def readings_of(self, character: str) -> list[str]:
        """Return how a character is read, with tones."""
        return [syllable for syllable, found in self._by_reading.items() if character in found]

    def strokes_of(self, character: str) -> int:
        """Return how many strokes a character has, 0 where that is not known."""
        groups = self._by_strokes.items()
        return next((int(number) for number, found in groups if character in found), 0)

    def _rank(self, character: str) -> tuple[bool, bool, bool, int]:
        code = ord(character)
        return in_gbk(character), character not in self._standard, code > _BASIC_PLANE, code


@cache
def characters() -> Characters:
    """Return the table, loaded at the first call."""
    return Characters(load_table("characters"))


def in_gbk(character: str) -> bool:
    """Return whether files in GBK can hold a character."""
    try:
        character.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def character_of_code(text: str) -> str:
    """Return the character of a code point as people write it (U+20BB7), "" where it is none.

    A character itself is taken as well; what can not stand in a name is not.
    """
    text = text.strip()
    match = _CODE.fullmatch(text)
    code = int(match[1], 16) if match else ord(text) if len(text) == 1 else 0
    if not _FIRST <= code <= _LAST or is_refused(chr(code)):
        return ""
    is_letter = code > _BASIC_PLANE or unicodedata.category(chr(code)) in _IDEOGRAPHS
    return chr(code) if is_letter else ""


def plain_syllable(reading: str) -> tuple[str, str]:
    """Return a syllable in plain letters (ü as v), and the number of its tone, "" for none."""
    text = unicodedata.normalize("NFD", reading.strip().lower())
    tone = next((_TONES[c] for c in text if c in _TONES), "")
    plain = "".join(c for c in text if c not in _TONES).replace("u\u0308", "v")
    if plain[-1:].isdigit():
        plain, tone = plain[:-1], plain[-1]
    return plain, tone
