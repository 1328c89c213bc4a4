"""What other offices' lists say of one student, as the student's page shows it."""

from dataclasses import dataclass

from desktop.domain.wording import ASPECT_TITLES, field_title, told, year_text
from desktop.procedures.imports.import_kinds import LIST_ASPECTS
from desktop.procedures.imports.student_facts import FactSource, source_of
from desktop.store import imports
from desktop.store.store import UnitOfWork


@dataclass(frozen=True, slots=True)
class ListFact:
    """What is said of a student in one year, or for ever.

    Attributes:
        title: what it is about, with the year.
        rows: title and text of each field that is agreed upon.
        disputed: the titles of those on which offices contradict one another.
        source: who said the last word, and in which file.
    """

    title: str
    rows: tuple[tuple[str, str], ...]
    disputed: tuple[str, ...]
    source: FactSource | None


def list_facts(unit: UnitOfWork, student: str) -> tuple[ListFact, ...]:
    """Return everything that lists say of a student, the latest year first."""
    return tuple(
        ListFact(
            " ".join(filter(None, (ASPECT_TITLES[aspect], year_text(year)))),
            told(aspect, values, {}),
            tuple(field_title(aspect, field) for field in disputed),
            source_of(unit, student, aspect, year),
        )
        for aspect in LIST_ASPECTS
        for year, values, disputed in imports.readings_of(unit.connection, aspect, student)
    )
