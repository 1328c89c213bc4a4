"""What a list that is read would change, row by row, and what people decide about it."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from desktop.domain.likeness import Alike
from desktop.domain.students import Identity

Place = tuple[str, int]
"""Where a row stands: sheet and row, as the file numbers it."""
_PAIRS = uuid.UUID("0d0a7c7a-5f7e-5b7e-9d55-7b1de0a2f7c4")


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"  # says something about a student for the first time
    CHANGED = "changed"  # says something else than stands
    SAME = "same"  # says what stands already
    KEPT = "kept"  # says something else than a person has decided: that stays
    LIKELY = "likely"  # its student is likely one who is there already: undecided
    NAME = "name"  # its number belongs to a student of another name
    OTHER = "other"  # its student is of another round or college
    FOREIGN = "foreign"  # its student is another college's: nothing for the one who reads
    UNKNOWN = "unknown"  # there is no such student
    CLASH = "clash"  # its number belongs to somebody else, or its student came before
    HELD = "held"  # has a problem that nobody has mended
    ASIDE = "aside"  # a person has left it out


FATE_TITLES: Final[Mapping[Fate, str]] = {
    Fate.NEW: "新的",
    Fate.CHANGED: "有改动",
    Fate.SAME: "没有变化",
    Fate.KEPT: "保留人工决定的",
    Fate.LIKELY: "疑似同一人",
    Fate.NAME: "姓名不一致",
    Fate.OTHER: "属于其他批次或院部",
    Fate.FOREIGN: "其他院部的",
    Fate.UNKNOWN: "查无此人",
    Fate.CLASH: "号码冲突",
    Fate.HELD: "有问题没有改",
    Fate.ASIDE: "人工放下的",
}
WRITTEN: Final = frozenset({Fate.NEW, Fate.CHANGED})
"""The fates of rows that say something."""
LEFT_OUT: Final = frozenset(Fate) - WRITTEN - {Fate.SAME, Fate.KEPT}
"""The fates of rows that do not come in."""
MAY_COME_IN: Final = frozenset({Fate.NAME, Fate.OTHER, Fate.KEPT})
"""The fates of rows that come in when a person says so."""


class Sameness(StrEnum):
    """What a person says of two who look alike."""

    TWO = "two"  # two people; never asked again
    LEFT = "left"  # one person, with the numbers of the row on the left
    RIGHT = "right"  # one person, with the numbers on the right


@dataclass(frozen=True, slots=True)
class Target:
    """What a list is for: a round, or a year; "" where its kind needs none."""

    kind: str
    round: str = ""
    year: str = ""

    @property
    def key(self) -> str:
        """What tells imports of one kind from one another."""
        return self.round or self.year


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A value that the file has otherwise; ``aspect`` and ``field`` say which, in the journal."""

    aspect: str
    field: str
    title: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A row, and what would become of it.

    Attributes:
        sheet: as in the file.
        row: its number, as in the file.
        name: as in the file.
        number: by which people find it: 学号, else 考生号 or the document's.
        class_name: as in the file, or as known.
        fate: what becomes of it.
        subject: the student, "" for nobody.
        changes: what changes about the student.
        kept: what the file has otherwise and a person has decided: it stays.
        sentence: why it is left out, or what there is to know.
        reason: why a person let it in.
    """

    sheet: str
    row: int
    name: str
    number: str
    class_name: str
    fate: Fate
    subject: str = ""
    changes: tuple[FieldChange, ...] = ()
    kept: tuple[FieldChange, ...] = ()
    sentence: str = ""
    reason: str = ""

    @property
    def place(self) -> Place:
        """Where it stands in the file."""
        return self.sheet, self.row

    @property
    def where(self) -> str:
        """Where it stands, as people say it."""
        return f"{self.sheet} 第{self.row}行" if self.row else self.sheet


@dataclass(frozen=True, slots=True)
class MissingStudent:
    """A student who was expected in the list and is in no row of it: a question."""

    subject: str
    name: str
    number: str
    class_name: str


@dataclass(frozen=True, slots=True)
class Side:
    """One of two who look alike: a row of the file, or a student who is there already.

    ``row`` is 0 for a student who is there already.
    """

    subject: str
    identity: Identity
    college: str
    class_name: str
    sheet: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class LikelyPair:
    """Two who are likely the same person: a row of the file, and somebody else."""

    left: Side
    right: Side
    why: Alike
    field: str = ""

    @property
    def id(self) -> str:
        """What the journal calls the two of them together."""
        return pair_subject(self.left.subject, self.right.subject)


@dataclass(frozen=True, slots=True)
class Decisions:
    """What people have decided about a list before it is written.

    Attributes:
        pairs: by the id of the pair.
        come_in: rows that come in although they are of another round, college or name, or have
            otherwise what a person has decided.
        reason: why these come in.
    """

    pairs: Mapping[str, Sameness] = field(default_factory=dict)
    come_in: frozenset[Place] = frozenset()
    reason: str = ""


NOTHING_DECIDED: Final = Decisions()


def pair_subject(one: str, other: str) -> str:
    """Return the journal's subject for two students, in whatever order they are named."""
    return f"pair:{uuid.uuid5(_PAIRS, '/'.join(sorted((one, other))))}"
