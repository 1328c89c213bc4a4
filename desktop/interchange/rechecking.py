"""Checking a list again after some of its cells were typed anew: the file is not needed.

The checks are those of reading. What one cell says is judged again only where it was typed; what
stands between the cells of a row, only in rows with a typed cell; what stands between the rows
(doubled numbers, the usual length of codes), for all of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import compress

from desktop.domain.import_problems import (
    ImportProblem,
    ListFile,
    ListRow,
    ListsByPlace,
    Severity,
)
from desktop.domain.mends import Cells, Place
from desktop.interchange.field_checks import Finding, Findings, formula_error, read_cell
from desktop.interchange.problems import SEVERITIES
from desktop.interchange.row_checks import WITH_ZEROS, RowValues, check_row, duplicates, lost_zeros
from desktop.interchange.spreadsheets import is_formula_error
from desktop.interchange.tables import ListField, list_kinds

Found = tuple[RowValues, str, Finding]

_BETWEEN_CELLS = frozenset({"id-birth-mismatch", "id-sex-mismatch", "study-dates"})
_BETWEEN_ROWS = frozenset({"duplicate-key", "leading-zero-lost"})


class Rechecking:
    """A list as it was read, checked again with whatever is typed into it."""

    def __init__(self, file: ListFile) -> None:
        self._file = file
        self._fields = list_kinds()[file.kind].fields
        self._lists = ListsByPlace(file.sheets)
        places = [row.place for row in file.rows]
        self._index = {place: index for index, place in enumerate(places)}
        self._of_rows: dict[Place, list[ImportProblem]] = defaultdict(list)
        self._others: list[ImportProblem] = []
        for problem in file.problems:
            place = problem.sheet, problem.row
            if place not in self._index:
                self._others.append(problem)
            elif problem.code not in _BETWEEN_ROWS:
                self._of_rows[place].append(problem)
        self._titles = {
            one.header: {field: one.columns.title(field) for field in one.columns.places}
            for one in file.sheets
        }
        self._list = {place: self._header_of(place) for place in places}
        self._sound: dict[tuple[str, ...], frozenset[str]] = {}
        rows = zip(places, file.rows, strict=True)
        self._read = {place: self._as_read(place, row) for place, row in rows}
        self._held = {row.place for row in file.rows if row.held_back}

    def with_typed(self, typed: Cells, left_out: Set[Place] = frozenset()) -> ListFile:
        """Return the list with these cells; rows and fields that it lacks are passed over.

        Rows that are left out do not come in: nothing is a double of them.

        A row's problems are in the order of reading: cells, between cells, between rows.
        """
        rows = dict(self._read)
        problems: dict[Place, Sequence[ImportProblem]] = dict(self._of_rows)
        for place, cells in typed.items():
            if place in rows:
                rows[place], problems[place] = self._row_with(rows[place], cells)
        for row, field, finding in self._between_rows(rows, left_out):
            problems[row.place] = [
                *problems.get(row.place, ()),
                _problem(row.place, row.titles[field], row.values[field], finding),
            ]
        touched = self._held | (typed.keys() & rows.keys())
        return self._put_together(rows, problems, touched)

    def _put_together(
        self,
        rows: Mapping[Place, RowValues],
        problems: Mapping[Place, Sequence[ImportProblem]],
        touched: Set[Place],
    ) -> ListFile:
        """Return the list with these rows and the problems of each; rows that are the same stay."""
        held_lists = {
            (one.sheet, one.row) for one in self._others if one.severity is not Severity.NOTE
        }
        held = {place for place, group in problems.items() if _holds(group)}
        made = list(self._file.rows)
        for place in touched | held:
            row, is_held = rows[place], place in held or self._list[place] in held_lists
            made[self._index[place]] = ListRow(*place, row.values, is_held, row.numbers)
        found = [*self._others, *(one for group in problems.values() for one in group)]
        return replace(self._file, rows=tuple(made), problems=self._in_order(found))

    def _header_of(self, place: Place) -> Place:
        """Return where the header of a row's list stands."""
        found = self._lists.at(place)
        return found.header if found else (place[0], 0)

    def _as_read(self, place: Place, row: ListRow) -> RowValues:
        """Return a row as reading had it before it looked at the other rows."""
        titles = self._titles[self._list[place]]
        found = self._of_rows.get(place, ())
        wrong = {one.column for one in found if one.severity is Severity.ERROR}
        filled = tuple(compress(row.values, row.values.values()))
        if wrong:
            sound = frozenset(field for field in filled if titles[field] not in wrong)
        else:  # nearly always, and in nearly all rows the same fields are filled in
            sound = self._sound.get(filled) or self._sound.setdefault(filled, frozenset(filled))
        return RowValues(place, titles, row.values, sound, row.numbers)

    def _row_with(
        self, row: RowValues, cells: Mapping[str, str]
    ) -> tuple[RowValues, list[ImportProblem]]:
        """Return a row with typed cells, and what is wrong within it."""
        values, sound, numbers = dict(row.values), set(row.sound), set(row.numbers)
        typed = {field: text for field, text in cells.items() if field in values}
        new: list[ImportProblem] = []
        for field, text in typed.items():
            values[field], findings = _read(self._fields[field], text)
            _set(sound, field, present=bool(values[field]) and not any(map(_is_error, findings)))
            _set(numbers, field, present=text.strip().isdigit())
            new += [_problem(row.place, row.titles[field], text, one) for one in findings]
        again = {row.titles[field] for field in typed}
        kept = [
            one
            for one in self._of_rows.get(row.place, ())
            if one.column not in again and one.code not in _BETWEEN_CELLS
        ]
        rank = {title: place for place, title in enumerate(row.titles.values())}
        within = sorted([*kept, *new], key=lambda one: rank.get(one.column, -1))
        result = row._replace(values=values, sound=frozenset(sound), numbers=frozenset(numbers))
        for field, finding in check_row(values, sound):
            within.append(_problem(row.place, row.titles.get(field, ""), values[field], finding))
        return result, within

    def _between_rows(
        self, rows: Mapping[Place, RowValues], left_out: Set[Place]
    ) -> Iterator[Found]:
        """Yield what is wrong between rows: short codes list by list, then doubled numbers."""
        lists: dict[Place, list[RowValues]] = defaultdict(list)
        coming = [row for place, row in rows.items() if place not in left_out]
        for row in coming:
            lists[self._list[row.place]].append(row)
        for group in lists.values():
            for name in filter(self._fields.__contains__, WITH_ZEROS):
                codes = [
                    (row.values.get(name, ""), name in row.sound, name in row.numbers)
                    for row in group
                ]
                for at, finding in lost_zeros(self._fields[name], codes):
                    yield group[at], name, finding
        yield from duplicates(coming)

    def _in_order(self, problems: Iterable[ImportProblem]) -> tuple[ImportProblem, ...]:
        rank = {one.name: place for place, one in enumerate(self._file.sheets)}
        return tuple(sorted(problems, key=lambda one: (rank.get(one.sheet, -1), one.row)))


def _read(field: ListField, text: str) -> tuple[str, Findings]:
    """Read a typed cell as one of a file whose cells are texts."""
    shown = text.strip()
    return (
        ("", [formula_error(field, shown)]) if is_formula_error(shown) else read_cell(field, text)
    )


def _problem(place: Place, title: str, value: str, finding: Finding) -> ImportProblem:
    severity = SEVERITIES[finding.code]
    return ImportProblem(*place, title, value, finding.code, severity, finding.message)


def _is_error(finding: Finding) -> bool:
    return SEVERITIES[finding.code] is Severity.ERROR


def _holds(problems: Iterable[ImportProblem]) -> bool:
    return any(one.severity is not Severity.NOTE for one in problems)


def _set(names: set[str], name: str, *, present: bool) -> None:
    """Put a name into a set, or take it out."""
    (names.add if present else names.discard)(name)
