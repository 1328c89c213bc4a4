"""Finding the real character for a name in which one was lost, and what can be done with it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop.errors import CharacterUnknown
from desktop.interchange.characters import Radical, character_of_code, characters, in_gbk
from desktop.printing.fonts import missing_characters

MOST_FOUND = 400
"""So many are shown; whoever finds more says more about the character."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is known of a character; what is not known is empty, 0 or None."""

    reading: str = ""
    radical: int = 0
    further: int | None = None
    strokes: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known: strokes besides a radical say nothing without one."""
        return not (self.reading.strip() or self.radical or self.strokes)


@dataclass(frozen=True, slots=True)
class FoundCharacter:
    """A character: how it is read, its strokes, whether papers and GBK files can hold it."""

    character: str
    readings: tuple[str, ...]
    strokes: int
    can_be_printed: bool
    in_gbk: bool

    @property
    def code(self) -> str:
        """Its code point as people write it."""
        return f"U+{ord(self.character):04X}"


@dataclass(frozen=True, slots=True)
class FoundCharacters:
    """The first characters that were found, and how many there are."""

    shown: tuple[FoundCharacter, ...]
    total: int


def find_characters(wanted: Wanted) -> FoundCharacters:
    """Return the characters that are as wanted, those that GBK lacks first."""
    if wanted.is_empty:
        return FoundCharacters((), 0)
    found = characters().find(wanted.reading, wanted.radical, wanted.further, wanted.strokes)
    return FoundCharacters(tuple(_facts(found[:MOST_FOUND])), len(found))


def character_at(code: str) -> FoundCharacter:
    """Return the character of a code point such as U+20BB7.

    Raises:
        CharacterUnknown: it is none that can stand in a name.
    """
    character = character_of_code(code)
    if not character:
        raise CharacterUnknown(
            f"“{code.strip()}”不是能用在姓名里的汉字编码。",
            "请按“U+20BB7”的写法输入，或者用拼音、部首查找。",
        )
    return next(_facts([character]))


def radicals() -> tuple[Radical, ...]:
    """Return the radicals, by their strokes as in a dictionary."""
    return characters().radicals


def _facts(found: Iterable[str]) -> Iterator[FoundCharacter]:
    table = characters()
    one_by_one = list(found)
    missing = frozenset(missing_characters("".join(one_by_one)))
    return (
        FoundCharacter(
            character,
            tuple(table.readings_of(character)),
            table.strokes_of(character),
            character not in missing,
            in_gbk(character),
        )
        for character in one_by_one
    )
