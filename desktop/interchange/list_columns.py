"""Reading a column of a list at once: in most columns a few texts stand again and again.

Each distinct cell is judged once. Of texts that are right as they stand, which nearly all are,
even that is asked for all of them together.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import NamedTuple, cast

from desktop.domain.import_problems import Severity
from desktop.interchange.cells import Cell
from desktop.interchange.field_checks import Finding, formula_error, in_doubt, read_cell
from desktop.interchange.problems import SEVERITIES
from desktop.interchange.spreadsheets import is_formula_error
from desktop.interchange.tables import ListField

_REPEATED = 2  # a column in which a text stands so often, on average, keeps each but once


@dataclasses.dataclass(slots=True)
class ReadColumn:
    """What the cells of a column say, from above.

    Attributes:
        field: of the column.
        values: as set right.
        sound: 1 where there is a value without an error, else 0: a byte for each cell.
        numbers: 1 where the cell is a number, or could be one in a format that does not tell.
        findings: what was found, by place, where anything was.
    """

    field: ListField
    values: Sequence[str]
    sound: bytes
    numbers: bytes
    findings: dict[int, Sequence[Finding]] = dataclasses.field(default_factory=dict)


class _Read(NamedTuple):
    """What one cell says."""

    value: str
    findings: Sequence[Finding]
    sound: bool
    number: bool


def read_column(
    field: ListField, cells: Sequence[Cell], errors: Mapping[int, str], *, typed: bool
) -> ReadColumn:
    """Return what the cells of a column say.

    Args:
        field: of the column.
        cells: from above.
        errors: the formula errors that the reader hands over as empty cells, by place.
        typed: whether the format tells numbers from text.
    """
    if set(map(type, cells)) <= {str}:
        column = _read_texts(field, cast("Sequence[str]", cells), typed=typed)
    else:
        column = _read_mixed(field, cells, typed=typed)
    if errors:
        sound, values = bytearray(column.sound), list(column.values)
        for place, shown in errors.items():
            values[place], sound[place] = "", False
            column.findings[place] = [formula_error(field, shown)]
        column.sound, column.values = bytes(sound), values
    return column


def _read_texts(field: ListField, cells: Sequence[str], *, typed: bool) -> ReadColumn:
    distinct = list(dict.fromkeys(cells))
    read = {text: _read(field, text, typed=typed) for text in in_doubt(field, distinct)}
    said: Sequence[str] = cells
    if len(distinct) * _REPEATED <= len(cells) or any(r.value != t for t, r in read.items()):
        values = {text: text for text in distinct} | {text: r.value for text, r in read.items()}
        alike = len(distinct) == 1  # as in many columns
        said = list(values.values()) * len(cells) if alike else [values[cell] for cell in cells]
    digits = set() if typed else {text for text in distinct if _is_digits(text)}
    return ReadColumn(
        field,
        said,
        _chosen(cells, {text for text, r in read.items() if not r.sound}, within=False),
        _chosen(cells, digits, within=True),
        _findings(cells, {text: r.findings for text, r in read.items() if r.findings}),
    )


def _read_mixed(field: ListField, cells: Sequence[Cell], *, typed: bool) -> ReadColumn:
    """Read a column with numbers or days: 3, 3.0 and True are alike as keys, but not as cells."""
    keys = list(zip(map(type, cells), cells, strict=True))
    read = {key: _read(field, key[1], typed=typed) for key in set(keys)}
    found = [read[key] for key in keys]
    return ReadColumn(
        field,
        [one.value for one in found],
        bytes(one.sound for one in found),
        bytes(one.number for one in found),
        {place: one.findings for place, one in enumerate(found) if one.findings},
    )


def _read(field: ListField, raw: Cell, *, typed: bool) -> _Read:
    if isinstance(raw, str) and raw.startswith("#") and is_formula_error(raw):
        value, findings = "", [formula_error(field, raw)]
    else:
        value, findings = read_cell(field, raw)
    wrong = any(SEVERITIES[finding.code] is Severity.ERROR for finding in findings)
    number = not isinstance(raw, str) or (not typed and _is_digits(raw))
    return _Read(value, findings, bool(value) and not wrong, number)


def _chosen(cells: Sequence[str], texts: set[str], *, within: bool) -> bytes:
    """Tell of each cell whether it is among the texts (or else, whether it is not)."""
    if not texts:
        return bytes([not within]) * len(cells)
    return bytes([(cell in texts) is within for cell in cells])


def _findings(
    cells: Sequence[str], found: Mapping[str, Sequence[Finding]]
) -> dict[int, Sequence[Finding]]:
    if not found:
        return {}
    return {place: found[cell] for place, cell in enumerate(cells) if cell in found}


def _is_digits(text: str) -> bool:
    return text.strip().isdigit()
