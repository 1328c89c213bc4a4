"""Reading a list of new students: what it says, and everything that is wrong with it at once."""

from collections.abc import Callable, Iterator, Sequence
from itertools import compress
from pathlib import Path
from typing import NamedTuple

from desktop.domain.import_problems import RosterFile, RosterRow, Severity
from desktop.domain.students import IDENTITY_FIELDS, Identity
from desktop.errors import HeaderMissing
from desktop.interchange.cells import cell_text
from desktop.interchange.columns import Header, find_header, foreign_header, other_kind
from desktop.interchange.field_checks import Finding, formula_error, iter_fields, read_cell
from desktop.interchange.problems import SEVERITIES, ProblemList
from desktop.interchange.row_checks import RowValues, check_row, duplicates, lost_zeros
from desktop.interchange.row_kinds import KEYS, RowKind, classify
from desktop.interchange.spreadsheets import (
    Cell,
    Sheet,
    SourceFile,
    is_formula_error,
    read_spreadsheet,
)
from desktop.interchange.tables import ListKind, RosterField, roster_fields

Progress = Callable[[int, int], None]

_STEP = 500
_SKIPPED = {
    RowKind.BLANK: "空行，已跳过。",
    RowKind.TOTAL: "合计行“{0}”，已跳过。",
    RowKind.NOTE: "说明文字“{0}”，已跳过。",
}


def read_roster(path: Path, progress: Progress | None = None) -> RosterFile:
    """Return the students of a roster file and every problem that it has within itself.

    Args:
        path: a workbook, CSV or DBF file.
        progress: called with the rows done and all rows; what it raises stops the reading.

    Raises:
        FileUnreadable, FileEncrypted: the file can not be read at all.
        HeaderMissing: no row of the file looks like the header of a list.
    """
    source = read_spreadsheet(path)
    problems = ProblemList()
    _note_ending(source, problems)
    headed = _headed_sheets(source, problems)
    counter = _Counter(sum(len(sheet.rows) for sheet, _ in headed), progress)
    rows: list[RowValues] = []
    for sheet, header in headed:
        rows += _SheetReader(sheet, header, problems).read(counter)
    for row, field, finding in duplicates(rows):
        _add(problems, row, field, finding)
    counter.finish()
    return _result(source, rows, problems)


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

    def __init__(self, field: RosterField, column: int, sheet: Sheet) -> None:
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
        fields = list(iter_fields(header.columns, roster_fields()))
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
        for found, field, finding in lost_zeros(rows, roster_fields()):
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


def _headed_sheets(source: SourceFile, problems: ProblemList) -> list[tuple[Sheet, Header]]:
    """Return the sheets that are rosters; the others are noted, unless they are empty.

    Raises:
        HeaderMissing: not one sheet has a header of any list that is known.
    """
    headed: list[tuple[Sheet, Header]] = []
    unheaded: list[Sheet] = []
    foreign = False
    for sheet in source.sheets:
        header = find_header(sheet)
        kind = _foreign(sheet, header)
        if kind:
            foreign = True
            _add_wrong_kind(problems, sheet, *kind)
        elif header:
            headed.append((sheet, header))
            _check_header(sheet, header, problems)
        elif any(cell_text(cell).strip() for row in sheet.rows for cell in row):
            unheaded.append(sheet)
    if not headed and not foreign:
        raise HeaderMissing(
            f"在“{source.file_name}”里没有找到表头。",
            "请确认选对了文件，并且名单上方有一行写着“考生号、姓名、身份证号”等栏目名称。",
        )
    for sheet in unheaded:
        _add_unheaded(problems, sheet)
    return headed


def _foreign(sheet: Sheet, header: Header | None) -> tuple[int, ListKind] | None:
    if header is None:
        return foreign_header(sheet)
    kind = other_kind(header.titles)
    return (header.number, kind) if kind else None


def _add_wrong_kind(problems: ProblemList, sheet: Sheet, number: int, kind: ListKind) -> None:
    problems.add_header(
        (sheet.name, number),
        "",
        kind.kind,
        "wrong-kind",
        f"从栏目看，“{sheet.name}”是{kind.title}，不是新生名单，没有读取。请选择新生名单文件。",
    )


def _add_unheaded(problems: ProblemList, sheet: Sheet) -> None:
    """Say that a sheet without a header was left out: an error when students may stand on it."""
    texts = [cell_text(cell).strip() for row in sheet.rows for cell in row]
    if any(len(text) >= _KEY_LENGTH and text[:-1].isdigit() for text in texts):
        code, message = "header-missing", "里有号码，但没有表头，没有读取。请补上栏目名称。"
    else:
        code, message = "note-row", "里没有名单，已跳过。"
    problems.add((sheet.name, 0), "", "", code, f"工作表“{sheet.name}”{message}")


_KEY_LENGTH = 12


def _check_header(sheet: Sheet, header: Header, problems: ProblemList) -> None:
    place = sheet.name, header.number
    for field, message in _missing_columns(header):
        problems.add_header(place, "", field.title, "header-missing", message)
    for name, rivals in header.rivals.items():
        field = roster_fields()[name]
        for rival in rivals:
            title = header.titles[rival]
            problems.add_header(
                place,
                title,
                title,
                "header-ambiguous",
                f"“{header.title(name)}”和“{title}”两列都可能是{field.title}，"
                f"暂按“{header.title(name)}”读取，请确认或删去另一列。",
            )


def _missing_columns(header: Header) -> Iterator[tuple[RosterField, str]]:
    for field in roster_fields().values():
        if field.needs_column and field.name not in header.columns:
            yield field, f"表头里没有“{field.title}”这一栏，请补上这一栏后再导入。"


def _result(source: SourceFile, rows: Sequence[RowValues], problems: ProblemList) -> RosterFile:
    good: list[RosterRow] = []
    held: list[RosterRow] = []
    for row in rows:
        (held if problems.holds_back(row.place) else good).append(_roster_row(row))
    return RosterFile(
        file_name=source.file_name,
        sha256=source.sha256,
        rows=tuple(good),
        held_back=tuple(held),
        problems=problems.in_order([sheet.name for sheet in source.sheets]),
    )


def _roster_row(row: RowValues) -> RosterRow:
    sheet, number = row.place
    return RosterRow(
        sheet=sheet,
        row=number,
        identity=Identity(**{name: row.values.get(name, "") for name in IDENTITY_FIELDS}),
        college=row.values.get("college", ""),
        class_name=row.values.get("class_name", ""),
    )
