"""Reading a list of any kind: what it says, and everything that is wrong with it at once."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import compress, repeat
from operator import itemgetter
from pathlib import Path
from typing import Final

from desktop.domain.import_problems import ListColumns, ListFile, ListRow, ListSheet, RowTexts
from desktop.domain.list_shapes import ColumnMapping
from desktop.interchange.admission_sets import read_source
from desktop.interchange.cells import Cell, cell_text
from desktop.interchange.columns import NO_MAPPING, Header
from desktop.interchange.field_checks import Finding, iter_fields
from desktop.interchange.list_columns import ReadColumn, read_column
from desktop.interchange.list_headers import headed_sheets, wanted_kind
from desktop.interchange.problems import ProblemList
from desktop.interchange.row_checks import (
    UNIQUE,
    WITH_ZEROS,
    RowValues,
    check_row,
    doubtful_rows,
    duplicates,
    lost_zeros,
)
from desktop.interchange.row_kinds import KEYS, RowKind, classify
from desktop.interchange.spreadsheets import Sheet, SourceFile

Progress = Callable[[int, int], None]

_STEP = 500
# as fast as tuples, where the classes' own makers take three times as long
_LIST_ROW: Final = partial(tuple.__new__, ListRow)
_SKIPPED = {
    RowKind.BLANK: "空行，已跳过。",
    RowKind.TOTAL: "合计行“{0}”，已跳过。",
    RowKind.NOTE: "说明文字“{0}”，已跳过。",
}


def read_list(
    path: Path,
    kind: str = "",
    progress: Progress | None = None,
    mapping: ColumnMapping = NO_MAPPING,
) -> ListFile:
    """Return the rows of a list and every problem that it has within itself.

    Args:
        path: a workbook, CSV or DBF file, or a folder or ZIP of an admission set's tables.
        kind: of the list; "" lets its headers tell.
        progress: called with the rows done and all rows; what it raises stops the reading.
        mapping: what a person says of the columns, and of the kind where ``kind`` does not.

    Raises:
        FileUnreadable, FileEncrypted: the file can not be read at all.
        HeaderMissing: no row of the file looks like the header of a list.
    """
    source = read_source(path)
    wanted = wanted_kind(source, kind or mapping.kind)
    problems = ProblemList()
    _note_ending(source, problems)
    headed = headed_sheets(source, wanted, problems, mapping)
    counter = _Counter(sum(len(sheet.rows) for sheet, _ in headed), progress)
    lists = [_ListReader(sheet, header, problems).read(counter) for sheet, header in headed]
    for row, field, finding in duplicates(_doubled(lists)):
        _add(problems, row, field, finding)
    counter.finish()
    return ListFile(
        file_name=source.file_name,
        sha256=source.sha256,
        kind=wanted.kind,
        sheets=tuple(
            ListSheet(
                sheet.name,
                header.number,
                len(one.numbers),
                ListColumns(tuple(header.titles), header.columns),
            )
            for (sheet, header), one in zip(headed, lists, strict=True)
        ),
        rows=tuple(row for one in lists for row in one.rows(problems)),
        problems=problems.in_order([sheet.name for sheet in source.sheets]),
    )


class _Counter:
    """Tells how far the reading is, every few hundred rows."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self._total = total
        self._progress = progress
        self._done = 0

    def step(self) -> None:
        """Count one row."""
        self._done += 1
        if self._progress and self._done % _STEP == 0:
            self._progress(self._done, self._total)

    def finish(self) -> None:
        """Say that every row was read."""
        if self._progress:
            self._progress(self._total, self._total)


@dataclass(slots=True)
class _ReadList:
    """A list as it was read, column by column: few of its rows need ever be looked at.

    Attributes:
        sheet: the name of its sheet.
        numbers: of its students' rows, as people count them.
        columns: what their cells say, by field.
        titles: of the columns, by field.
    """

    sheet: str
    numbers: Sequence[int]
    columns: Mapping[str, ReadColumn]
    titles: Mapping[str, str]

    def row(self, at: int) -> RowValues:
        """Return one row."""
        columns = self.columns.items()
        return RowValues(
            (self.sheet, self.numbers[at]),
            self.titles,
            {name: column.values[at] for name, column in columns},
            frozenset(name for name, column in columns if column.sound[at]),
            frozenset(name for name, column in columns if column.numbers[at]),
        )

    def rows(self, problems: ProblemList) -> Iterator[ListRow]:
        """Yield all rows, and whether a problem holds them back."""
        columns = self.columns.values()
        places = {name: place for place, name in enumerate(self.columns)}
        texts = zip(*(column.values for column in columns), strict=True)
        held = [problems.holds_back((self.sheet, number)) for number in self.numbers]
        digits = _chosen(tuple(self.columns), [column.numbers for column in columns])
        for number, said, is_held, which in zip(self.numbers, texts, held, digits, strict=False):
            yield _LIST_ROW((self.sheet, number, RowTexts(places, said), is_held, which))


def _chosen(names: Sequence[str], flags: Sequence[bytes]) -> Iterable[frozenset[str]]:
    """Return, for each row, the names of the columns that have chosen it."""
    if not any(map(any, flags)):
        return repeat(frozenset())
    rows = list(zip(*flags, strict=True))
    chosen = {row: frozenset(compress(names, row)) for row in set(rows)}  # most are alike
    return map(chosen.__getitem__, rows)


def _doubled(lists: Sequence[_ReadList]) -> list[RowValues]:
    """Return the rows of which a number stands in another row, too."""
    found = [(one, set[int]()) for one in lists]
    for field in UNIQUE:
        having = [(one.columns[field], places) for one, places in found if field in one.columns]
        numbers = [
            number for column, _ in having for number in compress(column.values, column.sound)
        ]
        if len(set(numbers)) == len(numbers):
            continue
        counts = Counter(numbers)
        for column, places in having:
            cells = enumerate(zip(column.values, column.sound, strict=True))
            places.update(at for at, (value, is_sound) in cells if is_sound and counts[value] > 1)
    return [one.row(at) for one, places in found for at in sorted(places)]


class _ListReader:
    """Reads the rows of a list below its header."""

    def __init__(self, sheet: Sheet, header: Header, problems: ProblemList) -> None:
        self._sheet = sheet
        self._header = header
        self._problems = problems
        self._fields = list(iter_fields(header.columns, header.kind.fields))
        self._titles = {field.name: header.titles[column] for field, column in self._fields}
        self._vital = [header.columns[key] for key in (*KEYS, "name") if key in header.columns]

    def read(self, counter: _Counter) -> _ReadList:
        """Return the students' rows; whatever else there is becomes a problem."""
        students = self._students(counter)
        columns = {column.field.name: column for column in self._columns(students)}
        numbers = [self._sheet.numbers[index] for index in students]
        read = _ReadList(self._sheet.name, numbers, columns, self._titles)
        self._tell(students, read)
        self._tell_lost_zeros(read)
        return read

    def _students(self, counter: _Counter) -> list[int]:
        """Return the indices of the rows that are students."""
        students: list[int] = []
        for index in range(self._header.index + 1, self._end()):
            counter.step()
            row = self._sheet.rows[index]
            kind = self._kind(index, row)
            if kind is RowKind.STUDENT:
                students.append(index)
            else:
                place = self._sheet.name, self._sheet.numbers[index]
                text = next((t for cell in row if (t := cell_text(cell).strip())), "")
                self._problems.add(place, "", text, kind.value, _SKIPPED[kind].format(text))
        return students

    def _end(self) -> int:
        """Return the index after the last row that is not empty; the empty tail is no news."""
        rows = self._sheet.rows
        end = len(rows)
        while end and not any(cell_text(cell).strip() for cell in rows[end - 1]):
            if any((end - 1, column) in self._sheet.errors for column in self._vital):
                break
            end -= 1
        return end

    def _kind(self, index: int, row: Sequence[Cell]) -> RowKind:
        if self._sheet.errors and any((index, c) in self._sheet.errors for c in self._vital):
            return RowKind.STUDENT
        return classify(row, self._header)

    def _columns(self, students: Sequence[int]) -> list[ReadColumn]:
        """Read the cells of the students' rows, column by column."""
        rows = [self._sheet.rows[index] for index in students]
        shortest = min(map(len, rows), default=0)
        read = []
        for field, column in self._fields:
            if column < shortest:
                cells = list(map(itemgetter(column), rows))
            else:  # some rows end before it
                cells = [row[column] if column < len(row) else "" for row in rows]
            errors = self._errors(students, column)
            read.append(read_column(field, cells, errors, typed=self._sheet.typed))
        return read

    def _errors(self, students: Sequence[int], column: int) -> dict[int, str]:
        """Return the formula errors of a column, by the students' place."""
        errors = self._sheet.errors
        if not errors:
            return {}
        places = enumerate((index, column) for index in students)
        return {place: errors[cell] for place, cell in places if cell in errors}

    def _tell(self, students: Sequence[int], read: _ReadList) -> None:
        """List what was found in the cells of each row, and between them."""
        columns = read.columns.values()
        doubtful = doubtful_rows(read.columns)
        for at in sorted(doubtful.union(*(column.findings for column in columns))):
            place = read.sheet, read.numbers[at]
            for column in columns:
                for finding in column.findings.get(at, ()):
                    text = self._shown(students[at], column.field.name)
                    title = self._titles[column.field.name]
                    self._problems.add(place, title, text, finding.code, finding.message)
            if at in doubtful:
                row = read.row(at)
                for name, finding in check_row(row.values, row.sound):
                    _add(self._problems, row, name, finding)

    def _tell_lost_zeros(self, read: _ReadList) -> None:
        """List the codes that have lost their zeros; only numbers lose them."""
        for name in filter(read.columns.__contains__, WITH_ZEROS):
            column = read.columns[name]
            if any(column.numbers):
                codes = zip(column.values, column.sound, column.numbers, strict=True)
                for at, finding in lost_zeros(column.field, list(codes)):
                    _add(self._problems, read.row(at), name, finding)

    def _shown(self, index: int, field: str) -> str:
        """Return what a cell shows in the file."""
        row, column = self._sheet.rows[index], self._header.columns[field]
        shown = self._sheet.errors.get((index, column), "")
        return shown or (cell_text(row[column]) if column < len(row) else "")


def _add(problems: ProblemList, row: RowValues, field: str, finding: Finding) -> None:
    problems.add(
        row.place,
        row.titles.get(field, ""),
        row.values.get(field, ""),
        finding.code,
        finding.message,
    )


def _note_ending(source: SourceFile, problems: ProblemList) -> None:
    if not source.ending_fits:
        problems.add(
            (source.file_name, 0),
            "",
            Path(source.file_name).suffix,
            "file-type-mismatch",
            f"文件“{source.file_name}”的内容其实是{source.kind.value}格式，已按内容读取。",
        )
