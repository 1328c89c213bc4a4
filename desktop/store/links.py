"""Where subjects belong, as the journal ever said it.

A student belongs to a class, a class to an office, a sheet to a class, and so on. Asked for
authority: a college speaks about students of classes that were ever assigned to it. Every statement
that was accepted makes its link, also one that does not count, so the answer does not depend on the
order in which statements arrive. Only what a revocation cuts off makes none: had it come after the
revocation, it would have been refused.
"""

import json
from collections.abc import Collection, Iterable, Iterator
from typing import TypeVar

from sqlalchemy import Column, ColumnElement, Connection, delete, func, select
from sqlalchemy.orm import InstrumentedAttribute

from desktop.bundles.lines import Said
from desktop.domain.statements import Statement
from desktop.models.journal import LinkRow
from desktop.store.engine import insert_rows

T = TypeVar("T")
Link = tuple[str, str]
"""Subject and target."""

CHUNK = 900  # parameters per query: old SQLite libraries take 999
_LINKING_FIELD = {
    "placement": "class_id",
    "class_group": "office",
    "sheet": "class_id",
    "addition": "class_id",
    "correction": "student",
    "paper": "about",
    "case_file": "student",
    "case_note": "student",
}
_LINK = ("subject", "target")
LINKING_ASPECTS = tuple(_LINKING_FIELD)
_LONGEST_PATH = 4  # correction → student → class → office


def chunks(items: Collection[T]) -> Iterator[list[T]]:
    """Yield the items in lists short enough for one query's parameters."""
    everything = list(items)
    for start in range(0, len(everything), CHUNK):
        yield everything[start : start + CHUNK]


def among(
    column: InstrumentedAttribute[str] | Column[str], values: Collection[str]
) -> ColumnElement[bool]:
    """Return the condition that a column has one of many texts.

    They travel as one parameter. SQLAlchemy looks at every value of an ordinary list, and for
    thousands of them that takes longer than the database needs to answer.
    """
    text = as_json(values)
    if text is None:
        return column.in_(values)
    listed = func.json_each(text).table_valued("value")
    return column.in_(select(listed.c.value))


def as_json(values: Collection[str]) -> str | None:
    """Return texts as one parameter; None where SQLite would not read them as they are."""
    text = json.dumps(list(values))
    return None if "\\u0000" in text else text  # it ends a text there that comes by way of JSON


def links_of(statements: Iterable[Statement]) -> set[Link]:
    """Return the links that statements make."""
    found = set()
    for statement in statements:
        if (field := _LINKING_FIELD.get(statement.aspect)) and (
            target := statement.values.get(field)
        ):
            found.add((statement.subject, target))
    return found


def links_said(aspect: str, said: Iterable[Said]) -> set[Link]:
    """Return the links that are made by what is said, all of it of one aspect."""
    field = _LINKING_FIELD.get(aspect)
    if not field:
        return set()
    return {(key[0], target) for key, values, _, _ in said if (target := values.get(field))}


class Links:
    """The links of one store, within a transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, links: set[Link]) -> bool:
        """Keep links and tell whether any was new."""
        return insert_rows(self._connection, LinkRow, _LINK, sorted(links), again=True) > 0

    def drop(self, links: set[Link]) -> None:
        """Forget links that nothing makes any more."""
        for subject, target in sorted(links):
            self._connection.execute(
                delete(LinkRow).where(LinkRow.subject == subject, LinkRow.target == target)
            )

    def belongs_to(self, subjects: Collection[str]) -> dict[str, set[str]]:
        """Return, for each subject, what it was ever said to belong to: classes and offices.

        Itself included: what an office says of itself is about its own.
        """
        reached: dict[str, set[str]] = {subject: {subject} for subject in subjects}
        step: dict[str, set[str]] = {}
        frontier = set(subjects)
        for _ in range(_LONGEST_PATH):
            for subject, target in self._known(frontier):
                step.setdefault(subject, set()).add(target)
            frontier = {t for s in frontier for t in step.get(s, ())} - step.keys()
            if not frontier:
                break
        return {subject: {subject} | _reach(subject, step) for subject in reached}

    def belonging_to(self, target: str) -> set[str]:
        """Return every subject that was ever said to belong to an office or class."""
        near: dict[str, set[str]] = {}
        for subject, place in self.all():
            near.setdefault(place, set()).add(subject)
        return _reach(target, near)

    def all(self) -> set[Link]:
        """Return every link."""
        rows = self._connection.execute(select(LinkRow.subject, LinkRow.target))
        return {(row.subject, row.target) for row in rows}

    def _known(self, subjects: Collection[str]) -> set[Link]:
        """Return the kept links of these subjects."""
        query = select(LinkRow.subject, LinkRow.target).where(among(LinkRow.subject, subjects))
        return {(subject, target) for subject, target in self._connection.execute(query)}


def _reach(subject: str, step: dict[str, set[str]]) -> set[str]:
    """Return everything that can be reached from a subject by links."""
    reached: set[str] = set()
    frontier = {subject}
    while frontier:
        frontier = {t for s in frontier for t in step.get(s, ())} - reached
        reached |= frontier
    return reached
