"""Whose photo a file is, by its name: numbers first, then the name, never a guess.

Offices name photos by 考生号, 学号, the number of a document, or 学号+姓名, with any separator or
none, in either order, half or full width, in folders of 学院/年级/班级.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_SHORTEST_NUMBER: Final = 5
"""A shorter number that nobody has is a serial number of the list, not a wrong 学号."""

_COPY: Final = re.compile(
    r"^\s*(?:副本|复件|COPY OF)\s*(?:\(\d{1,3}\)\s*)?"
    r"|[-_ ]*(?:副本|复件|COPY)\s*(?:\(\d{1,3}\))?\s*$"
)
_NUMBER: Final = re.compile(r"[0-9A-Z()/]*\d[0-9A-Z()/]*")
_DIGITS: Final = re.compile(r"\d+X?")
_BRACKETED: Final = re.compile(r"\(\d{1,3}\)$")
_NOT_LETTERS: Final = re.compile(r"[^A-Z]")
_NOT_OF_NUMBERS: Final = re.compile(r"[^0-9A-Z]")
_SEPARATORS: Final = re.compile(r"[^\w?]|_")
_NUMBERED: Final = re.compile(r"(?=.*\d)(?=.*[^\x00-\x7f]).*")
# words that may stand beside a name: 张三学历照片, 一寸蓝底
_OF_THE_TRADE: Final = (
    *("照片", "相片", "头像", "证件照", "登记照", "标准照", "学历", "录取", "入学", "身份证"),
    *("毕业", "学籍", "采集", "一寸", "二寸", "蓝底", "白底", "红底", "正面", "免冠", "电子"),
    *("修改后", "修改", "最新"),
)
_LEFT_OVER: Final = frozenset({"照", "寸", "新", "大寸", "小寸", "大", "小"})


class Fit(StrEnum):
    """How far a file's name leads."""

    ONE = "matched"
    NONE = "unmatched"
    SEVERAL = "ambiguous"
    CONTRADICTS = "name-contradicts"
    UNKNOWN_NUMBER = "unknown-number"


@dataclass(frozen=True, slots=True)
class Named:
    """A student by what may stand in a file's name.

    ``words`` are further words that may stand beside: class, college, major.
    """

    subject: str
    name: str
    numbers: tuple[str, ...]
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """What a name says: the student where it is one, else who it might be."""

    fit: Fit
    subjects: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        """The student whose it is, "" where that is not certain."""
        return self.subjects[0] if self.fit is Fit.ONE else ""


class NameIndex:
    """Finds students by the names of files; made once for many files."""

    def __init__(self, students: Iterable[Named]) -> None:
        self._names: dict[str, str] = {}
        self._words: dict[str, frozenset[str]] = {}
        self._by_number: dict[str, set[str]] = {}
        self._by_name: dict[str, set[str]] = {}
        places: set[str] = set()
        for student in students:
            subject, name = student.subject, _plain(student.name)
            self._names[subject] = name
            self._words[subject] = frozenset(filter(None, map(_plain, student.words)))
            places |= self._words[subject]
            for number in filter(None, map(number_key, student.numbers)):
                self._by_number.setdefault(number, set()).add(subject)
            if name:
                self._by_name.setdefault(name, set()).add(subject)
        self._places = frozenset(places)
        # 软件2601班 has a number in it that is nobody's
        self._numbered = sorted(filter(_NUMBERED.fullmatch, places), key=len, reverse=True)

    def match(self, parts: Sequence[str]) -> Match:
        """Return whose a file is.

        Args:
            parts: the folders in which it lies, outermost first, and its name.
        """
        stem = _stem(parts[-1])
        if stem.isascii() and (whole := self._by_number.get(number_key(stem))):
            return _certain(whole)
        said = self._read(_COPY.sub("", stem))
        if said.owners:
            return self._by_numbers(said)
        named = {subject for text in said.texts for subject in self._named(text)}
        if said.strange:
            return Match(Fit.UNKNOWN_NUMBER, tuple(sorted(named)))
        return self._by_names(named, [*said.texts, *parts[:-1]])

    def _read(self, stem: str) -> "_Said":
        """Take a file's name apart: whose numbers stand in it, and which words."""
        texts = []
        for place in self._numbered:
            if place in stem:
                texts.append(place)
                stem = stem.replace(place, " ")
        runs = _NUMBER.findall(stem)
        owners, strange = [], False
        for run in runs:
            if found := self._owners(run):
                owners.append(found)
            elif found := self._owners(digits := max(_DIGITS.findall(run), key=len)):
                owners.append(found)  # a name in Latin letters is written together with it
                texts += filter(None, [_NOT_LETTERS.sub("", run.replace(digits, "", 1))])
            else:
                strange = strange or len(number_key(run)) >= _SHORTEST_NUMBER
        together = number_key("".join(runs))
        if not owners and len(together) >= _SHORTEST_NUMBER and together in self._by_number:
            owners, strange = [self._by_number[together]], False  # written with hyphens
        words = _NUMBER.sub(" ", stem)
        if (whole := _plain(words)) in self._by_name:
            return _Said(owners, [*texts, whole], strange)
        texts += filter(None, map(_plain, _SEPARATORS.split(words)))
        return _Said(owners, texts, strange)

    def _owners(self, run: str) -> set[str]:
        """Return who has a number, be it with or without what a copy adds in brackets."""
        keys = {number_key(run), number_key(_BRACKETED.sub("", run))}
        return set().union(*(self._by_number.get(key, ()) for key in keys))

    def _named(self, text: str) -> set[str]:
        """Return who has a name, be it written together with a word of the trade."""
        return self._by_name.get(text) or self._by_name.get(_without(text, _OF_THE_TRADE), set())

    def _by_numbers(self, said: "_Said") -> Match:
        """Weigh what numbers say against one another, and against the name."""
        shared = set.intersection(*said.owners)
        if not shared:
            return Match(Fit.CONTRADICTS, tuple(sorted(set().union(*said.owners))))
        agreeing = {subject for subject in shared if self._agrees(subject, said.texts)}
        if not agreeing:
            others = {subject for text in said.texts for subject in self._named(text)}
            return Match(Fit.CONTRADICTS, tuple(sorted(shared | others)))
        confirmed = {subject for subject in agreeing if self._says_name(subject, said.texts)}
        if said.strange and not confirmed:  # perhaps the number of a card, mistyped
            return Match(Fit.UNKNOWN_NUMBER, tuple(sorted(agreeing)))
        return _certain(confirmed or agreeing)

    def _agrees(self, subject: str, texts: Iterable[str]) -> bool:
        """Tell whether nothing but a student's name and words that may stand there is said."""
        own = {self._names[subject], *self._words[subject]}
        return all(text in own or not _without(text, {*own, *_OF_THE_TRADE}) for text in texts)

    def _says_name(self, subject: str, texts: Iterable[str]) -> bool:
        name = self._names[subject]
        return bool(name) and any(name in text for text in texts)

    def _by_names(self, named: set[str], around: Iterable[str]) -> Match:
        """Return who a name means without any number, class and folders helping out."""
        if not named:
            return Match(Fit.NONE)
        places = self._places.intersection(map(_plain, around))
        here = {subject for subject in named if places <= self._words[subject]}
        if not here and len(named) == 1:  # the only one of this name is in another class
            return Match(Fit.CONTRADICTS, tuple(named))
        return _certain(here or named)


@dataclass(frozen=True, slots=True)
class _Said:
    """What stands in a file's name.

    ``owners`` has, for each number that somebody has, who has it; ``strange`` says that there is
    a number that nobody has, long enough to be a student's.
    """

    owners: list[set[str]]
    texts: list[str]
    strange: bool


def number_key(text: str) -> str:
    """Return a number in the one spelling in which numbers are compared."""
    return _NOT_OF_NUMBERS.sub("", unicodedata.normalize("NFKC", text).upper())


def _certain(subjects: set[str]) -> Match:
    return Match(Fit.ONE if len(subjects) == 1 else Fit.SEVERAL, tuple(sorted(subjects)))


def _stem(name: str) -> str:
    """Return a file's name in half width, without its ending."""
    text = unicodedata.normalize("NFKC", name)
    stem, dot, ending = text.rpartition(".")
    named = stem if dot and stem and ending.strip().isascii() else text
    return named.strip().upper()


def _plain(text: str) -> str:
    """Return a word as it is compared: without dots, blanks, brackets and width."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()


def _without(text: str, words: Iterable[str]) -> str:
    """Return what is left of a word when others are cut out of it: 张三学历照片, 软件班张三."""
    for word in sorted(words, key=len, reverse=True):
        if len(word) > 1:
            text = text.replace(word, "")
    return "" if text in _LEFT_OVER else text
