"""The code tables of ``resources/tables``, read once and handed on as frozen records."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from desktop.paths import resources_dir


@dataclass(frozen=True, slots=True)
class RosterField:
    """One field of a roster: how it is headed, how it is read, what must be there.

    ``rule`` is one of number, major, phone, document, name, code, date, text. ``width`` counts
    GBK bytes as 学信网 does, 0 for no limit. ``needs_column`` fields must have a column,
    ``needs_value`` fields must not be empty where there is a column.
    """

    name: str
    title: str
    rule: str
    width: int
    needs_column: bool
    needs_value: bool
    synonyms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CodeTable:
    """The values that a field may have, and known other spellings of them."""

    standard: str
    values: frozenset[str]
    spellings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ListKind:
    """A kind of list, told by header words that no roster of new students has."""

    kind: str
    title: str
    at_least: int
    markers: frozenset[str]


@cache
def load_table(name: str) -> Any:  # noqa: ANN401 - the shape is the table's own
    """Return the content of ``resources/tables/<name>.json``."""
    path = resources_dir() / "tables" / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8"))


@cache
def roster_fields() -> Mapping[str, RosterField]:
    """Return the fields of a roster by name, in the order of the table."""
    return {
        name: RosterField(
            name=name,
            title=entry["title"],
            rule=entry["rule"],
            width=entry["width"],
            needs_column=entry["column_required"],
            needs_value=entry["cell_required"],
            synonyms=(entry["title"], entry["chsi"], *entry["synonyms"]),
        )
        for name, entry in load_table("roster_fields")["fields"].items()
    }


@cache
def code_table(field: str) -> CodeTable:
    """Return the code table of a field whose rule is ``code``."""
    entry = load_table("codes")[field]
    return CodeTable(entry["standard"], frozenset(entry["values"]), entry["spellings"])


@cache
def list_kinds() -> tuple[ListKind, ...]:
    """Return the kinds of lists that are not rosters of new students."""
    return tuple(
        ListKind(entry["kind"], entry["title"], entry["at_least"], frozenset(entry["markers"]))
        for entry in load_table("list_kinds")["kinds"]
    )


@cache
def private_use_map() -> Mapping[str, str]:
    """Return the real character for every private-use one that old GBK systems used."""
    table = load_table("pua")["map"]
    return {chr(int(old, 16)): chr(int(new, 16)) for old, new in table.items()}
