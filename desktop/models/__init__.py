"""Mapped classes: the shape of the store's tables, one file per aggregate.

A row never leaves the store; what leaves it is a record of the domain.
"""

from desktop.models import (
    document,
    entry_review,
    exchange,
    imported,
    journal,
    recheck,
    registration,
    school,
    seat,
    sheet,
    student,
)
from desktop.models.base import Base, ReadingRow

READING_TABLES: dict[str, type[Base]] = {
    mapper.local_table.description: mapper.class_
    for mapper in Base.registry.mappers
    if issubclass(mapper.class_, ReadingRow) and issubclass(mapper.class_, Base)
}
"""The mapped class of each aspect's reading, by the aspect's name (which is the table's)."""

__all__ = [
    "READING_TABLES",
    "Base",
    "ReadingRow",
    "document",
    "entry_review",
    "exchange",
    "imported",
    "journal",
    "recheck",
    "registration",
    "school",
    "seat",
    "sheet",
    "student",
]
