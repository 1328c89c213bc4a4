"""Imports of lists that were undone: which statements of which seat no longer count by it."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, select

from desktop.domain.statements import Statement
from desktop.models.journal import StatementRow, UndoneImportRow
from desktop.store.engine import insert_rows

STAYING: Final = frozenset({"withdrawal", "list_import"})
"""Aspects whose statements stay although the bundle that brought them, or the import, is undone."""


class Undoing(NamedTuple):
    """The statements of a seat from one number to another, both included."""

    seat: str
    first: int
    last: int

    @property
    def condition(self) -> ColumnElement[bool]:
        """What holds for the rows of these statements."""
        numbers = StatementRow.number.between(self.first, self.last)
        return (StatementRow.seat == self.seat) & numbers


class Undoings:
    """What was undone in one store, within one transaction: there are few."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: frozenset[Undoing] | None = None

    @property
    def all(self) -> frozenset[Undoing]:
        """Everything that was undone."""
        if self._known is None:
            row = UndoneImportRow
            found = self._connection.execute(select(row.seat, row.first, row.last))
            self._known = frozenset(Undoing(*one) for one in found)
        return self._known

    @property
    def any(self) -> bool:
        """Whether anything was ever undone."""
        return bool(self.all)

    def touch(self, statement: Statement) -> bool:
        """Tell whether an import was undone that made a statement."""
        if statement.aspect in STAYING:
            return False
        seat, number = statement.seat, statement.number
        return any(one.seat == seat and one.first <= number <= one.last for one in self.all)

    def add(self, undoings: Iterable[Undoing]) -> list[Undoing]:
        """Keep what was undone, and return what is new of it."""
        new = sorted(set(undoings) - self.all)
        insert_rows(self._connection, UndoneImportRow, list(Undoing._fields), list(map(tuple, new)))
        self._known = None
        return new

    def drop(self, undoings: Iterable[Undoing]) -> None:
        """Forget what nobody says to be undone any more."""
        row = UndoneImportRow
        for one in undoings:
            same = (row.seat == one.seat, row.first == one.first, row.last == one.last)
            self._connection.execute(delete(row).where(*same))
        self._known = None


def undoings_of(statements: Iterable[Statement]) -> set[Undoing]:
    """Return what statements undo: a seat takes back what its own import made, nothing else."""
    found = set()
    for statement in statements:
        values = statement.values
        if statement.aspect == "list_import" and values.get("withdrawn") == "yes":
            first, last = int(values.get("first") or 0), int(values.get("last") or 0)
            found.add(Undoing(statement.seat, first, last))
    return found
