"""What the tables of a province's admission set are: students, plans of majors, dictionaries."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import PurePath
from typing import Any

from desktop.interchange.columns import field_of_title
from desktop.interchange.spreadsheets import SheetNote
from desktop.interchange.tables import NEW_STUDENTS, load_table


@dataclass(frozen=True, slots=True)
class SetTable:
    """One table of a set; ``name`` is its path below the folder or ZIP."""

    name: str
    names: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: Sequence[int]
    notes: Sequence[SheetNote]

    @property
    def stem(self) -> str:
        """What the table is called, in capitals and without its ending."""
        return PurePath(self.name).stem.upper()

    def column(self, name: str) -> list[str]:
        """Return the values of a column that it has."""
        place = self.names.index(name)
        return [row[place].strip() for row in self.rows]

    @property
    def key(self) -> str:
        """The name of its column with 考生号, "" where it has none."""
        return next((name for name in self.names if name in _set_words()["key"]), "")


@dataclass(frozen=True, slots=True)
class Dictionary:
    """What codes mean in these columns of the students' tables."""

    table: str
    columns: frozenset[str]
    meanings: Mapping[str, str]
    plain: Mapping[str, str]

    def meaning(self, code: str) -> str:
        """Return what a code means, whether or not its zeros were kept; "" for nothing."""
        return (self.meanings.get(code) or self.plain.get(plain_code(code), "")) if code else ""


@dataclass(frozen=True, slots=True)
class PlanWords:
    """How a plan of majors is joined: by the number that was chosen, and what narrows it down."""

    tables: Sequence[str]
    number: str
    chosen: Sequence[str]
    told_by: Mapping[str, Sequence[str]]
    gives: frozenset[str]


def plain_code(code: str) -> str:
    """Return a code without the zeros that a number loses: 01, 1 and 1.0 are one."""
    return code.removesuffix(".0").lstrip("0") or "0"


def main_table(tables: Sequence[SetTable]) -> SetTable | None:
    """Return the table of those admitted: by its name, else the one that says most of students."""
    students = [table for table in tables if table.key]
    for stem in _set_words()["main"]:
        for table in students:
            if table.stem == stem:
                return table
    known = [(sum(1 for name in table.names if field_of(name)), table) for table in students]
    return max(known, key=lambda pair: pair[0])[1] if known else None


def tables_beside(tables: Sequence[SetTable], main: SetTable) -> list[SetTable]:
    """Return the other tables of students."""
    return [table for table in tables if table.key and table is not main]


def stands_once(table: SetTable) -> bool:
    """Return whether nobody should stand twice in a table: it is known, or it is so."""
    words = _set_words()["beside"].get(table.stem)
    if words:
        return bool(words["once"])
    keys = [key for key in table.column(table.key) if key]
    return len(keys) == len(set(keys))


@dataclass(frozen=True, slots=True)
class Gathering:
    """How the rows of a student in a table become one text, in a column of the list.

    Attributes:
        column: the name of that column.
        order: the table's column by which rows are put in order, "" for that of its records.
        since: its column with where a span of time begins, "" for none.
        until: the one with where it ends.
        told: the columns that are told, in their order.
    """

    column: str
    order: str
    since: str
    until: str
    told: Sequence[str]


def gathering(table: SetTable) -> Gathering | None:
    """Return how several rows of one student become a text; None for other tables."""
    words = _set_words()["beside"].get(table.stem, {})
    if "as" not in words:
        return None
    order, since, until = (
        next((name for name in words.get(what, ()) if name in table.names), "")
        for what in ("order", "from", "until")
    )
    left_out = {table.key, until, *words.get("without", ())} | ({order} - {since})
    first = [name for name in words.get("first", ()) if name in table.names]
    told = [*first, *(n for n in table.names if n not in left_out and n not in first)]
    return Gathering(words["as"], order, since, until, told)


def dictionaries(tables: Sequence[SetTable]) -> Iterator[Dictionary]:
    """Yield the dictionaries of a set; a code with two meanings has none."""
    for table in tables:
        found = None if table.key else _dictionary_columns(table)
        if found is None:
            continue
        code, name, columns = found
        pairs = [
            pair for pair in zip(table.column(code), table.column(name), strict=True) if pair[0]
        ]
        yield Dictionary(
            table.name,
            frozenset(columns),
            _agreed(pairs),
            _agreed([(plain_code(key), meaning) for key, meaning in pairs]),
        )


def _agreed(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return what each code means, "" where it is said in two ways."""
    meanings: dict[str, str] = {}
    for code, meaning in pairs:
        if meanings.setdefault(code, meaning) != meaning:
            meanings[code] = ""
    return meanings


def _dictionary_columns(table: SetTable) -> tuple[str, str, Sequence[str]] | None:
    """Return a dictionary's column of codes, that of names, and the columns that it explains."""
    for entry in _set_words()["lists"]:
        if entry["table"] == table.stem and {entry["code"], entry["name"]} <= set(table.names):
            return entry["code"], entry["name"], entry["columns"]
    if table.stem in _set_words()["plan"]["tables"]:
        return None
    code = next((name for name in table.names if name.endswith("DM")), "")
    name = f"{code[:-2]}MC"
    return (code, name, [code]) if code and name in table.names else None


def plan_words() -> PlanWords:
    """Return how plans of majors are joined."""
    entry = _set_words()["plan"]
    return PlanWords(
        entry["tables"],
        entry["number"],
        entry["chosen"],
        entry["told_by"],
        frozenset(entry["gives"]),
    )


def field_of(name: str) -> str | None:
    """Return the field of new students that a column's name means, also as a code."""
    return field_of_title(name, NEW_STUDENTS)


@cache
def _set_words() -> Any:  # noqa: ANN401 - the shape is the table's own
    return load_table("admission_sets")
