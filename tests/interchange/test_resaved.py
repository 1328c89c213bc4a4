"""What LibreOffice saves is read as the list that it was; ``tests/data/resaved`` says how."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any, Final

import pytest

from desktop.domain.import_problems import ListFile, Severity
from desktop.interchange.file_types import FileKind
from desktop.interchange.list_reading import read_list
from desktop.interchange.spreadsheets import read_spreadsheet

LISTS: Final = Path(__file__).parents[1] / "data" / "resaved" / "lists"
EXPECTED: Final[dict[str, dict[str, Any]]] = json.loads(
    (LISTS / "expected.json").read_text(encoding="utf-8")
)
FORMATS: Final = {
    "xlsx": FileKind.XLSX,
    "xls": FileKind.XLS,
    "ods": FileKind.ODS,
    "csv": FileKind.CSV,
    "txt": FileKind.CSV,
}
TABLE: Final = "xsxx.dbf"
# fields of this table are 24 bytes wide, which cuts an ID number in full-width digits
CUT: Final = Counter({"id-length": 1})
_TYPE: Final = re.compile(r",[A-Z],[0-9]+$")
Place = tuple[int, str, str]


def resaved(name: str, folder: str) -> Path:
    return LISTS / folder / f"{Path(name).stem}.{folder}"


def asked(read: ListFile) -> Counter[Place]:
    return Counter(
        (p.row, p.column, p.code) for p in read.problems if p.severity is not Severity.NOTE
    )


def planted(name: str) -> Counter[Place]:
    return Counter((one["row"], one["column"], one["code"]) for one in EXPECTED[name]["problems"])


def as_in_the_table(places: Counter[Place]) -> Counter[Place]:
    """Return places of a saved table as the table counts: names are no record, and have no type."""
    return Counter(
        {(row - 1, _TYPE.sub("", column), code): n for (row, column, code), n in places.items()}
    )


@pytest.mark.parametrize("name", EXPECTED)
def test_a_short_list_has_what_is_planted_in_its_sample(name: str) -> None:
    read = read_list(LISTS / "original" / name)
    assert len(read.rows) == EXPECTED[name]["students"]
    beyond = asked(read) - planted(name)
    assert Counter(code for _, _, code in beyond) == (CUT if name == TABLE else Counter())
    assert planted(name) <= asked(read)


@pytest.mark.parametrize("name", EXPECTED)
@pytest.mark.parametrize("folder", FORMATS)
def test_a_saved_list_is_read_as_the_list_that_it_was(name: str, folder: str) -> None:
    before = read_list(LISTS / "original" / name)
    path = resaved(name, folder)
    assert read_spreadsheet(path).kind is FORMATS[folder]
    read = read_list(path)
    assert read.kind == before.kind
    found = as_in_the_table(asked(read)) if name == TABLE else asked(read)
    assert found == asked(before)
    lost = {(p.row, p.column) for p in read.problems if p.code == "id-digits-lost"}
    titles = {field: _title(read, field) for field in read.rows[0].values}
    for row, same in zip(read.rows, before.rows, strict=True):
        differing = {f for f in same.values if row.values.get(f) != same.values[f]}
        # what is left of a lost number is written in every format's own way
        assert {(row.row, titles[f]) for f in differing} <= lost


def _title(read: ListFile, field: str) -> str:
    columns = read.sheets[0].columns
    return columns.titles[columns.places[field]]


@pytest.mark.parametrize("name", [n for n in EXPECTED if n != TABLE])
@pytest.mark.parametrize("folder", FORMATS)
def test_the_notes_of_a_saved_list_are_those_of_the_list(name: str, folder: str) -> None:
    def notes(read: ListFile) -> Counter[Place]:
        noted = (p for p in read.problems if p.severity is Severity.NOTE)
        return Counter((p.row, p.column, p.code) for p in noted)

    assert notes(read_list(resaved(name, folder))) == notes(read_list(LISTS / "original" / name))


def test_numbers_that_became_numbers_on_the_way_are_lost_and_told() -> None:
    """A CSV opened by a double click: ID numbers of digits only are numbers now."""
    before = read_list(LISTS / "original" / "单招.csv")
    read = read_list(LISTS / "numbers" / "单招.xlsx")
    wide = {p.row for p in before.problems if (p.column, p.code) == ("身份证号", "normalised")}
    written = {row.row: row.values["id_number"] for row in before.rows if row.row not in wide}
    numbers = {n for n, text in written.items() if text.isdecimal() and len(text) == 18}
    lost = {p.row for p in read.problems if p.code == "id-digits-lost" and p.column == "身份证号"}
    assert len(numbers) > 10
    assert numbers <= lost
    assert numbers <= {row.row for row in read.rows if row.held_back}


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_what_was_hidden_and_what_failed_is_still_told(ending: str) -> None:
    read = read_list(LISTS.parent / "hidden" / f"隐藏.{ending}")
    assert len(read.rows) == 6
    told = [
        (p.row, p.column, p.value, p.code)
        for p in read.problems
        if p.code in ("formula-error", "note-row")
    ]
    assert sorted(told) == [
        (0, "", "", "note-row"),
        (4, "姓名", "#DIV/0!", "formula-error"),
        (5, "政治面貌", "#N/A", "formula-error"),
    ]
    (note,) = (p.message for p in read.problems if p.code == "note-row")
    assert note.startswith("第3行、第6行，第G栏是隐藏的，已照常读取")
