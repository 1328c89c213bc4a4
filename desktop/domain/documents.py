"""Papers and files that were made, and files that were imported."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """A paper or file that was made; the same bytes can be had again by their SHA-256."""

    kind: str
    round: str
    name: str
    sha256: str
    pages: int
    made_at: str
    operator: str


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """A file that was imported, with counts; the last three are JSON lists."""

    round: str
    file_name: str
    sha256: str
    imported_at: str
    operator: str
    students: int
    new: int
    changed: int
    same: int
    held_back: int
    problems: str
    rows_held_back: str
    rows_admitted: str
