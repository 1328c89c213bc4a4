"""Reading a list of new students as a roster, and checking again what is typed into its rows."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from desktop.domain.import_problems import (
    ImportProblem,
    ListColumns,
    ListFile,
    ListRow,
    ListsByPlace,
    ListSheet,
    RosterFile,
    RosterRow,
    Severity,
    texts_of,
)
from desktop.domain.mends import Place
from desktop.domain.students import IDENTITY_FIELDS, Identity
from desktop.interchange.list_reading import Progress, read_list
from desktop.interchange.rechecking import Rechecking
from desktop.interchange.tables import NEW_STUDENTS, list_kinds

# as fast as tuples, where the classes' own makers take three times as long
_IDENTITY: Final = partial(tuple.__new__, Identity)
_ROSTER_ROW: Final = partial(tuple.__new__, RosterRow)


def read_roster(path: Path, progress: Progress | None = None) -> RosterFile:
    """Return the students of a roster file and every problem that it has within itself.

    Args:
        path: a workbook, CSV or DBF file, or a folder or ZIP of an admission set's tables.
        progress: called with the rows done and all rows; what it raises stops the reading.

    Raises:
        FileUnreadable, FileEncrypted: the file can not be read at all.
        HeaderMissing: no row of the file looks like the header of a list.
    """
    return as_roster(read_list(path, NEW_STUDENTS, progress))


def as_roster(read: ListFile) -> RosterFile:
    """Return a list of new students as a roster."""
    rows: list[RosterRow] = []
    held_back: list[RosterRow] = []
    unread = _unread(read)
    for row, one in zip(read.rows, _roster_rows(read.rows), strict=True):
        if row.held_back:
            held_back.append(one.with_texts(unread.get(row.place, {})))
        else:
            rows.append(one)
    return RosterFile(read.file_name, read.sha256, tuple(rows), tuple(held_back), read.problems)


def rows_as_they_stand(read: ListFile, places: Collection[Place]) -> tuple[RosterRow, ...]:
    """Return some rows of a list of new students, what could not be read as it stands there."""
    unread = _unread(read)
    rows = [row for row in read.rows if row.place in places]
    return tuple(
        one.with_texts(unread.get(row.place, {}))
        for row, one in zip(rows, _roster_rows(rows), strict=True)
    )


def check_again(
    row: RosterRow, columns: Collection[str] = ()
) -> tuple[RosterRow, tuple[ImportProblem, ...]]:
    """Check a row that a person has typed into by the checks of reading; return it set right.

    What stands between rows is not looked at. The problems name the fields by their own titles.

    Args:
        row: the row.
        columns: the fields of which a column is known, besides those that a list must have and
            those that the row says something of.
    """
    fields, texts = list_kinds()[NEW_STUDENTS].fields, row.texts
    there = [f for f, one in fields.items() if texts[f] or one.needs_column or f in columns]
    places = {field: place for place, field in enumerate(there)}
    titles = ListColumns(tuple(fields[field].title for field in there), places)
    blank = ListRow(row.sheet, 1, dict.fromkeys(there, ""), held_back=False)
    sheets = (ListSheet(row.sheet, 0, 1, titles),)
    checking = Rechecking(ListFile("", "", NEW_STUDENTS, sheets, (blank,), ()))
    now = checking.with_typed({blank.place: {field: texts[field] for field in there}})
    (right,) = now.rows
    return row.with_texts(right.values), tuple(replace(one, row=row.row) for one in now.problems)


def _unread(read: ListFile) -> Mapping[Place, Mapping[str, str]]:
    """Return what stands in the cells that an error has left without a value, row by row."""
    lists = ListsByPlace(read.sheets)
    values = {row.place: row.values for row in read.rows if row.held_back}
    found: dict[Place, dict[str, str]] = defaultdict(dict)
    for one in read.problems:
        place = one.sheet, one.row
        if one.severity is Severity.ERROR and one.value and place in values:
            its_list = lists.at(place)
            for field in its_list.columns.places if its_list else ():
                if its_list and its_list.columns.title(field) == one.column:
                    found[place][field] = values[place][field] or one.value
    return found


def _roster_rows(rows: Sequence[ListRow]) -> Iterator[RosterRow]:
    identities = texts_of(rows, IDENTITY_FIELDS)
    places = texts_of(rows, ("college", "class_name"))
    for row, identity, (college, class_name) in zip(rows, identities, places, strict=True):
        yield _ROSTER_ROW((row[0], row[1], _IDENTITY(identity), college, class_name))
