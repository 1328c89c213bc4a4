"""The tables that are readings: loading statements of a key, writing what they read."""

from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from functools import cache

from sqlalchemy import Connection, Table, delete, select, tuple_

from desktop.bundles.lines import Said, decode
from desktop.domain.authority import ASPECTS
from desktop.domain.readings import Reading, read
from desktop.domain.statements import Key, Statement, by_key, canonical_json
from desktop.models import READING_TABLES, Base
from desktop.models.journal import StatementRow
from desktop.store.engine import Row, insert_rows, insert_values
from desktop.store.links import among, as_json, chunks

TABLES: dict[str, Table] = {a: Base.metadata.tables[a] for a in ASPECTS}
_PLACE = ("subject", "round", "conflicts")
FIELDS: dict[str, tuple[str, ...]] = {
    a: tuple(c.name for c in TABLES[a].columns if c.name not in _PLACE) for a in ASPECTS
}


WIDE = frozenset(aspect for aspect, fields in FIELDS.items() if len(fields) > 8)  # noqa: PLR2004
"""Aspects of so many fields that the database fills their tables; see ``write_as_said``."""
_SPOKEN_OF = (
    "SELECT value FROM json_each(?) "
    "WHERE EXISTS (SELECT 1 FROM statement WHERE statement.subject = value)"
)


def statements_of(
    connection: Connection, keys: Collection[Key], *, counted: bool = True
) -> dict[Key, list[Statement]]:
    """Return the statements of each key, only those that count unless told otherwise.

    Keys about which nothing was said are not in the result.
    """
    wanted = set(keys)
    by_aspect: dict[str, set[str]] = {}
    for key in wanted:
        by_aspect.setdefault(key.aspect, set()).add(key.subject)
    said: list[Statement] = []
    for aspect, subjects in by_aspect.items():
        query = select(StatementRow.line).where(
            among(StatementRow.subject, subjects), StatementRow.aspect == aspect
        )
        if counted:
            query = query.where(StatementRow.uncounted == "")
        said.extend(decode(line) for (line,) in connection.execute(query))
    # a subject may have been spoken about in other rounds too
    return {key: group for key, group in by_key(said).items() if key in wanted}


def spoken_of(connection: Connection, subjects: Collection[str]) -> set[str]:
    """Return the subjects among these about which the journal says anything.

    Of a new list it says nothing, and to see that takes a tenth of looking for what it says.
    """
    text = as_json(subjects)
    if text is None:
        return set(subjects)
    return set(connection.exec_driver_sql(_SPOKEN_OF, (text,)).scalars())


def write_readings(
    connection: Connection, readings: Mapping[Key, Reading], old: Collection[Key]
) -> None:
    """Make the tables say what the readings say; see ``write_rows``."""
    write_rows(connection, rows_by_aspect(readings), old)


def rows_by_aspect(readings: Mapping[Key, Reading]) -> dict[str, list[Row]]:
    """Return readings as rows of their aspects' tables; one that says nothing has none."""
    by_aspect: dict[str, list[Row]] = {}
    for key, reading in readings.items():
        if reading.values or reading.conflicts:
            by_aspect.setdefault(key.aspect, []).append(to_row(key, reading))
    return by_aspect


def first_rows(aspect: str, said: Sequence[Said], but: Container[Key] = ()) -> list[str | None]:
    """Return what is said about keys for the first time as ``write_first`` takes it.

    They read what they say, and of a list nearly every statement is the first about its key. Where
    it says nothing there is no row.

    Args:
        aspect: the keys' aspect; their round is the same, too.
        said: what is said.
        but: keys that are left out.
    """
    fields = FIELDS[aspect]
    if but:
        said = [one for one in said if one[0] not in but]
    if len(fields) == 1:
        pairs = [(one[1].get(fields[0]), one[0][0]) for one in said]
        return [part for pair in pairs if pair[0] is not None for part in pair]
    rows: list[str | None] = []
    for key, values, _, _ in said:
        if any(values.values()) or set(values.values()) != {None}:
            rows += (*map(values.get, fields), key[0])
    return rows


def write_first(connection: Connection, rows: Mapping[tuple[str, str], list[str | None]]) -> None:
    """Write what is said for the first time about keys into the tables.

    Args:
        connection: within a transaction.
        rows: by aspect and round, what ``first_rows`` returns.
    """
    for (aspect, round_), values in rows.items():
        same = {"round": round_, "conflicts": ""}
        columns = [*FIELDS[aspect], "subject"]
        insert_values(connection, READING_TABLES[aspect], columns, values, same=same)


def write_as_said(connection: Connection, aspects: Collection[str], after: int) -> None:
    """Write what is said for the first time about keys into wide tables, as the journal has it.

    The database takes the values out of the lines, and other threads work meanwhile; to hand them
    over would take Python longer than the database needs for both.

    Args:
        connection: within a transaction.
        aspects: each statement of which says something, and is the only one about its key.
        after: the arrival after which the statements have come.
    """
    for aspect in aspects:
        connection.exec_driver_sql(_as_said(aspect), (after, aspect))


@cache
def _as_said(aspect: str) -> str:
    """Return the statement that fills an aspect's table from the journal."""
    names = ", ".join(f'"{name}"' for name in (*FIELDS[aspect], "subject", "round", "conflicts"))
    values = "".join(
        f"json_extract(CAST(line AS TEXT), '$.values.{field}'), " for field in FIELDS[aspect]
    )
    return (
        f'INSERT INTO "{TABLES[aspect].name}" ({names}) '  # noqa: S608 - names of our own
        f"SELECT {values}subject, round, '' FROM statement WHERE arrival > ? AND aspect = ?"
    )


def write_rows(
    connection: Connection, by_aspect: Mapping[str, list[Row]], old: Collection[Key]
) -> None:
    """Make the tables say what readings say.

    Args:
        connection: within a transaction.
        by_aspect: the rows of the keys that were touched, as ``rows_by_aspect`` makes them.
        old: the keys among them that may have a row already.
    """
    stale: dict[str, list[Row]] = {}
    for key in old:
        stale.setdefault(key.aspect, []).append((key.subject, key.round))
    for aspect, places in stale.items():
        _delete(connection, TABLES[aspect], places)
    for aspect, rows in by_aspect.items():
        columns = [*FIELDS[aspect], *_PLACE]
        insert_rows(connection, READING_TABLES[aspect], columns, rows)


def reread(connection: Connection, keys: Collection[Key]) -> None:
    """Compute the readings of keys anew and write them."""
    said = statements_of(connection, keys)
    write_readings(connection, {key: read(said[key]) for key in said}, keys)


def rows_in_order(connection: Connection, aspect: str) -> Iterator[Row]:
    """Yield an aspect's table rows ``(*fields, subject, round, conflicts)`` in canonical order."""
    table = TABLES[aspect]
    columns = [table.c[name] for name in (*FIELDS[aspect], *_PLACE)]
    query = select(*columns).order_by(table.c.subject, table.c.round)
    for row in connection.execution_options(yield_per=2000).execute(query):
        yield tuple(row)


def computed_readings(connection: Connection, aspect: str) -> Iterator[tuple[Key, Reading]]:
    """Yield the readings of an aspect in canonical order, computed from the journal alone."""
    query = (
        select(StatementRow.line)
        .where(StatementRow.aspect == aspect, StatementRow.uncounted == "")
        .order_by(StatementRow.subject, StatementRow.round)
    )
    group: list[Statement] = []
    for (line,) in connection.execution_options(yield_per=2000).execute(query):
        statement = decode(line)
        if group and group[0].key != statement.key:
            yield group[0].key, read(group)
            group = []
        group.append(statement)
    if group:
        yield group[0].key, read(group)


def to_row(key: Key, reading: Reading) -> Row:
    """Return a reading as a row ``(*fields, subject, round, conflicts)``."""
    subject, aspect, round_ = key
    values, sides = reading
    conflicts = canonical_json({f: list(v) for f, v in sides.items()}) if sides else ""
    return (*map(values.get, FIELDS[aspect]), subject, round_, conflicts)


def _delete(connection: Connection, table: Table, places: list[Row]) -> None:
    """Delete rows by subject and round."""
    for chunk in chunks(places):
        parts = tuple_(table.c.subject, table.c.round)
        connection.execute(delete(table).where(parts.in_(chunk)))
