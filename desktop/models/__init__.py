"""Mapped classes: the shape of the store's tables, one file per aggregate.

A row never leaves the store; what leaves it is a record of the domain.
"""

from sqlalchemy import Index

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
from desktop.models.base import DISPUTED, Base, ReadingRow

READING_TABLES: dict[str, type[Base]] = {
    mapper.local_table.description: mapper.class_
    for mapper in Base.registry.mappers
    if issubclass(mapper.class_, ReadingRow) and issubclass(mapper.class_, Base)
}
"""The mapped class of each aspect's reading, by the aspect's name (which is the table's)."""
for _name, _model in READING_TABLES.items():
    # by the round: of a round and of what lasts is asked at once
    Index(f"ix_{_name}_disputed", _model.__table__.c.round, sqlite_where=DISPUTED)

__all__ = [
    "DISPUTED",
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
