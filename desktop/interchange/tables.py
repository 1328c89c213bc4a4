"""The code tables of ``resources/tables``, read once and handed on as frozen records."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from desktop.paths import resources_dir

NEW_STUDENTS = "new-students"


@dataclass(frozen=True, slots=True)
class ListField:
    """One field of a kind of list: how it is headed, how it is read, what must be there.

    ``rule`` is one of number, major, phone, document, name, code, date, amount, text. ``width``
    counts GBK bytes as 学信网 does, 0 for no limit. ``needs_column`` fields must have a column,
    ``needs_value`` fields must not be empty where there is a column. ``codes`` head columns that
    hold its code instead of its name.
    """

    name: str
    title: str
    rule: str
    width: int
    needs_column: bool
    needs_value: bool
    synonyms: tuple[str, ...]
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeTable:
    """The values that a field may have, and known other spellings of them."""

    standard: str
    values: frozenset[str]
    spellings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ListKind:
    """A kind of list: its fields by name, and the header words that only it has.

    A list is of a kind when at least ``at_least`` of the markers stand in its header.
    """

    kind: str
    title: str
    at_least: int
    markers: frozenset[str]
    fields: Mapping[str, ListField]


@cache
def load_table(name: str) -> Any:  # noqa: ANN401 - the shape is the table's own
    """Return the content of ``resources/tables/<name>.json``."""
    path = resources_dir() / "tables" / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8"))


@cache
def list_kinds() -> Mapping[str, ListKind]:
    """Return the kinds of lists that offices bring, by name, in the order of the table."""
    fields = load_table("list_fields")["fields"]
    return {
        entry["kind"]: ListKind(
            kind=entry["kind"],
            title=entry["title"],
            at_least=entry["at_least"],
            markers=frozenset(entry["markers"]),
            fields={
                name: _field(name, fields[name], need) for name, need in entry["fields"].items()
            },
        )
        for entry in load_table("list_kinds")["kinds"]
    }


def roster_fields() -> Mapping[str, ListField]:
    """Return the fields of a list of new students by name."""
    return list_kinds()[NEW_STUDENTS].fields


def _field(name: str, entry: Mapping[str, Any], need: str) -> ListField:
    return ListField(
        name=name,
        title=entry["title"],
        rule=entry["rule"],
        width=entry["width"],
        needs_column=need == "required",
        needs_value=need in ("required", "filled"),
        synonyms=(entry["title"], entry["chsi"], *entry["synonyms"]),
        codes=tuple(entry.get("codes", ())),
    )


@cache
def code_table(field: str) -> CodeTable:
    """Return the code table of a field whose rule is ``code``."""
    entry = load_table("codes")[field]
    return CodeTable(entry["standard"], frozenset(entry["values"]), entry["spellings"])


@cache
def province_names() -> Mapping[str, str]:
    """Return the names of the provinces by the two digits that stand for them."""
    names: Mapping[str, str] = code_table("province").spellings
    return names


@cache
def private_use_map() -> Mapping[str, str]:
    """Return the real character for every private-use one that old GBK systems used."""
    table = load_table("pua")["map"]
    return {chr(int(old, 16)): chr(int(new, 16)) for old, new in table.items()}
