"""Named queries about the cases of the re-check."""

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, select

from desktop.bundles.lines import decode
from desktop.domain.statements import Statement
from desktop.models.journal import StatementRow
from desktop.store.links import among
from desktop.store.tables import TABLES


def next_serial(connection: Connection, aspect: str, prefix: str) -> int:
    """Return the number after the highest that a seat has given, over all rounds.

    What was taken back keeps its number: ``prefix`` is such as ``case:005-``.
    """
    table = TABLES[aspect]
    query = select(table.c.subject).where(table.c.subject.startswith(prefix, autoescape=True))
    given = [s.removeprefix(prefix) for s in connection.execute(query).scalars()]
    return max((int(serial) for serial in given if serial.isdecimal()), default=0) + 1


def counted_statements(
    connection: Connection, subjects: Collection[str]
) -> Mapping[str, tuple[tuple[Statement, str], ...]]:
    """Return per subject the statements that count with who made them, in the order of clocks.

    The second of each pair is the office's id.
    """
    query = select(StatementRow.subject, StatementRow.line, StatementRow.office).where(
        among(StatementRow.subject, subjects), StatementRow.uncounted == ""
    )
    found: dict[str, list[tuple[Statement, str]]] = {}
    for subject, line, office in connection.execute(query):
        found.setdefault(subject, []).append((decode(line), office))
    return {
        subject: tuple(sorted(said, key=lambda s: (s[0].clock, s[0].seat, s[0].number)))
        for subject, said in found.items()
    }
