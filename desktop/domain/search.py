"""Finding a student by whatever a person knows: name, pinyin initials, a number or its tail."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SHORTEST_TAIL = 4
"""Digits of a number's beginning or end that are worth looking for: fewer find half a school."""

_BETWEEN_PARTS = re.compile(r"[\s·•・‧．.∙⋅･]+")


@dataclass(frozen=True, slots=True)
class Searchable:
    """A student as the search box sees one.

    ``initials`` holds, for each character of the name, the first letters of every way to read it
    (曾 is "cz"). ``keys`` are name and class as ``folded`` gives them; ``numbers`` are 学号, 考生号
    and the number of the document, in small letters.
    """

    subject: str
    name: str
    student_number: str
    id_tail: str
    class_id: str
    class_name: str
    college_name: str
    initials: tuple[str, ...]
    keys: tuple[str, str]
    numbers: tuple[str, ...]


def folded(text: str) -> str:
    """Return ``text`` as it is compared: full and half width, dots and capitals do not matter."""
    return _BETWEEN_PARTS.sub("", unicodedata.normalize("NFKC", text).casefold())


def search(students: Iterable[Searchable], words: str, most: int = 50) -> list[Searchable]:
    """Return the students whom all words mean, the likeliest first.

    A word is a name or a part of one, its pinyin initials from the first character on, a part of
    a class's name, a whole number, or at least the first or last four digits of one.

    Args:
        students: everybody.
        words: what a person typed; empty finds nobody.
        most: how many to return at most.
    """
    wanted = [word for part in words.split() if (word := folded(part))]
    if not wanted:
        return []
    found = []
    for student in students:
        ranks = [_rank(student, word) for word in wanted]
        if _NOT not in ranks:
            found.append((sum(ranks), student.student_number, student.name, student))
    found.sort(key=lambda one: one[:3])
    return [student for *_, student in found[:most]]


_WHOLE, _BEGINNING, _INITIALS, _PART, _TAIL, _CLASS, _NOT = range(7)


def _rank(student: Searchable, word: str) -> int:
    """Return how well a word fits a student, 0 best."""
    name, class_name = student.keys
    if word == name or word in student.numbers:
        return _WHOLE
    if word in name:
        return _BEGINNING if name.startswith(word) else _PART
    if word.isascii():
        if word.isalpha() and _reads(student.initials, word):
            return _INITIALS
        if len(word) >= SHORTEST_TAIL and any(
            number.endswith(word) or number.startswith(word) for number in student.numbers
        ):
            return _TAIL
    return _CLASS if word in class_name else _NOT


def _reads(initials: Sequence[str], word: str) -> bool:
    """Tell whether a word is the initials of a name, or of its beginning."""
    return len(word) <= len(initials) and all(
        letter in letters for letter, letters in zip(word, initials, strict=False)
    )
