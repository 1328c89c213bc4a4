"""Reading a list of any kind: what it says, and everything that is wrong with it at once."""

from collections.abc import Callable, Sequence
from itertools import compress
from pathlib import Path
from typing import NamedTuple

from desktop.domain.import_problems import (
    ListColumns,
    ListFile,
    ListRow,
    ListSheet,
    Severity,
)
from desktop.domain.list_shapes import ColumnMapping
from desktop.interchange.admission_sets import read_source
from desktop.interchange.cells import Cell, cell_text
from desktop.interchange.columns import NO_MAPPING, Header
from desktop.interchange.field_checks import Finding, formula_error, iter_fields, read_cell
from desktop.interchange.list_headers import headed_sheets, wanted_kind
from desktop.interchange.problems import SEVERITIES, ProblemList
from desktop.interchange.row_checks import RowValues, check_row, duplicates, lost_zeros
from desktop.interchange.row_kinds import KEYS, RowKind, classify
from desktop.interchange.spreadsheets import (
    Sheet,
    SourceFile,
    is_formula_error,
)
from desktop.interchange.tables import ListField

Progress = Callable[[int, int], None]

_STEP = 500
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
    by_sheet = [_SheetReader(sheet, header, problems).read(counter) for sheet, header in headed]
    rows = [row for group in by_sheet for row in group]
    for row, field, finding in duplicates(rows):
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
                len(group),
                ListColumns(tuple(header.titles), header.columns),
            )
            for (sheet, header), group in zip(headed, by_sheet, strict=True)
        ),
        rows=tuple(
            ListRow(*row.place, row.values, problems.holds_back(row.place), row.numbers)
            for row in rows
        ),
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


class _Read(NamedTuple):
    """What a cell says: its value, what is wrong with it, whether the value is without an error."""

    value: str
    findings: Sequence[Finding]
    sound: bool
    number: bool


class _Column:
    """Reads the cells of one column; in a list most texts of a column stand there many times."""

    def __init__(self, field: ListField, column: int, sheet: Sheet) -> None:
        self.field = field
        self._index = column
        self._sheet = sheet

    def raw(self, index: int) -> Cell:
        """Return a row's cell in this column, empty where the row ends before it."""
        row = self._sheet.rows[index]
        return row[self._index] if self._index < len(row) else ""

    def error(self, index: int) -> str:
        """Return the formula error in a row's cell, "" for none."""
        return self._sheet.errors.get((index, self._index), "")

    def read_all(self, indices: Sequence[int]) -> list[_Read]:
        """Return what the cells of these rows say."""
        cells = [self.raw(index) for index in indices]
        if self._sheet.errors:
            errors = [self.error(index) for index in indices]
            return [self._fresh(*pair) for pair in zip(cells, errors, strict=True)]
        # 3, 3.0 and True are the same key, so only texts are looked up
        known = {text: self._fresh(text) for text in {c for c in cells if isinstance(c, str)}}
        return [known[c] if isinstance(c, str) else self._fresh(c) for c in cells]

    def _fresh(self, raw: Cell, error: str = "") -> _Read:
        if not error and isinstance(raw, str) and raw.startswith("#") and is_formula_error(raw):
            error = raw
        value, findings = (
            ("", [formula_error(self.field, error)]) if error else read_cell(self.field, raw)
        )
        wrong = any(SEVERITIES[finding.code] is Severity.ERROR for finding in findings)
        number = not isinstance(raw, str) or (not self._sheet.typed and raw.strip().isdigit())
        return _Read(value, findings, bool(value) and not wrong, number)


class _SheetReader:
    """Reads the rows of one sheet below its header."""

    def __init__(self, sheet: Sheet, header: Header, problems: ProblemList) -> None:
        self._sheet = sheet
        self._header = header
        self._problems = problems
        fields = list(iter_fields(header.columns, header.kind.fields))
        self._columns = [_Column(field, column, sheet) for field, column in fields]
        self._names = tuple(field.name for field, _ in fields)
        self._titles = {field.name: header.titles[column] for field, column in fields}
        self._vital = [header.columns[key] for key in (*KEYS, "name") if key in header.columns]
        self._named: dict[tuple[bool, ...], frozenset[str]] = {}

    def read(self, counter: _Counter) -> list[RowValues]:
        """Return the students' rows; whatever else there is becomes a problem."""
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
        columns = [column.read_all(students) for column in self._columns]
        rows = [
            self._student(*one) for one in zip(students, zip(*columns, strict=True), strict=True)
        ]
        for found, field, finding in lost_zeros(rows, self._header.kind.fields):
            _add(self._problems, found, field, finding)
        return rows

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

    def _student(self, index: int, cells: tuple[_Read, ...]) -> RowValues:
        """Put together what the cells of a row say."""
        values, findings, sound, numbers = zip(*cells, strict=True)
        result = RowValues(
            (self._sheet.name, self._sheet.numbers[index]),
            self._titles,
            dict(zip(self._names, values, strict=True)),
            self._names_where(sound),
            self._names_where(numbers),
        )
        if any(findings):
            self._tell(index, result.place, findings)
        for name, finding in check_row(result.values, result.sound):
            _add(self._problems, result, name, finding)
        return result

    def _names_where(self, chosen: tuple[bool, ...]) -> frozenset[str]:
        """Return the names of the chosen fields: nearly all rows choose the same."""
        names = self._named.get(chosen)
        if names is None:
            names = self._named[chosen] = frozenset(compress(self._names, chosen))
        return names

    def _tell(
        self, index: int, place: tuple[str, int], findings: Sequence[Sequence[Finding]]
    ) -> None:
        """List what was found in the cells of a row."""
        for column, found in zip(self._columns, findings, strict=True):
            text = (column.error(index) or cell_text(column.raw(index))) if found else ""
            title = self._titles[column.field.name]
            for finding in found:
                self._problems.add(place, title, text, finding.code, finding.message)


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
