"""The history of a student: every statement that concerns one, with who, when, why and by what."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from desktop.domain.statements import Statement


class Said(NamedTuple):
    """A statement as it lies in a store.

    ``uncounted`` is why it does not count, "" where it does. ``file_name`` and ``merged_at`` are
    those of the bundle in which it came, empty when it was said at this seat. ``before`` is what
    its fields said until then, where that was something else.
    """

    statement: Statement
    office: str
    uncounted: str
    file_name: str
    merged_at: str
    before: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Attached:
    """A piece of evidence: a file beside the store, by its SHA-256."""

    sha256: str
    name: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One statement as the student's page tells it.

    Attributes:
        at: the time on the wall of the seat where it was said, as people write it.
        office: the name of the office.
        seat: the number of the seat.
        operator: who said it.
        title: what it is about.
        told: what it set, as pairs of title and text.
        before: what that was until then, by title, where it was something else.
        aspect: what it is about, as the journal names it.
        reason: why, "" where none was asked for.
        evidence: the papers on which it stands.
        source: how it came here, a sentence.
        uncounted: why it does not count, a sentence; "" where it does.
        round: the name of the round, "" where it lasts.
    """

    at: str
    office: str
    seat: str
    operator: str
    title: str
    told: tuple[tuple[str, str], ...]
    reason: str
    evidence: tuple[Attached, ...]
    source: str
    uncounted: str
    round: str
    aspect: str
    before: Mapping[str, str]


def evidence_name(sha256: str, place: int, files: Mapping[str, str]) -> str:
    """Return what the n-th piece of evidence is called; a name does not travel with a bundle."""
    name = files.get(sha256, sha256)
    return f"证明材料 {place}" if name == sha256 else name
