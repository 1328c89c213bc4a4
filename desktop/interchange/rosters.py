"""Reading a list of new students as a roster."""

from pathlib import Path

from desktop.domain.import_problems import ListFile, ListRow, RosterFile, RosterRow, texts_of
from desktop.domain.students import IDENTITY_FIELDS, Identity
from desktop.interchange.list_reading import Progress, read_list
from desktop.interchange.tables import NEW_STUDENTS

_FIELDS = ("college", "class_name", *IDENTITY_FIELDS)


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
    for row, (college, class_name, *identity) in zip(
        read.rows, texts_of(read.rows, _FIELDS), strict=True
    ):
        one = RosterRow(row.sheet, row.row, Identity(*identity), college, class_name)
        (held_back if row.held_back else rows).append(one)
    return RosterFile(read.file_name, read.sha256, tuple(rows), tuple(held_back), read.problems)


def as_roster_row(row: ListRow) -> RosterRow:
    """Return a row of a list of new students as one of a roster."""
    values = row.values
    return RosterRow(
        sheet=row.sheet,
        row=row.row,
        identity=Identity(**{name: values.get(name, "") for name in IDENTITY_FIELDS}),
        college=values.get("college", ""),
        class_name=values.get("class_name", ""),
    )
