"""Lists with planted faults, as an office brings them."""

from collections.abc import Mapping
from pathlib import Path

from desktop.interchange.lists import ListColumn, ListSheet, write_lists
from tests.interchange.conftest import TITLES, student

SHEET = "名单"


def faulty_list(
    path: Path, faults: Mapping[tuple[int, str], str], rows: int = 12, *, sheet: str = SHEET
) -> Path:
    """Write a workbook of faultless students, but for the cells that are given.

    Args:
        path: where it is written.
        faults: what stands in a cell, by the row's number in the sheet (from 2) and its title.
        rows: how many students.
        sheet: its name.
    """
    written = [student(number) for number in range(1, rows + 1)]
    for (row, title), text in faults.items():
        written[row - 2][TITLES.index(title)] = text
    columns = [ListColumn(title, 10) for title in TITLES]
    path.write_bytes(write_lists([ListSheet(sheet, columns, written)]))
    return path
