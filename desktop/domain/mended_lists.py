"""A list whose problems a person has mended: what the steps of the import desk hand on."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.import_problems import ListFile


@dataclass(frozen=True, slots=True)
class Mended:
    """A list after its problem rows were mended, let in or set aside.

    ``file.rows`` carry the mended values; ``held_back`` is false for rows without open errors or
    questions. ``let_in`` gives the reason for which a row was let in with its questions,
    ``set_aside`` names the rows that a person left out. Both are by (sheet, row) of the file.
    """

    file: ListFile
    let_in: Mapping[tuple[str, int], str]
    set_aside: frozenset[tuple[str, int]]
